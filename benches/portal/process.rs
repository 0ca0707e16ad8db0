//! A server as a child process: started, watched from outside through `/proc`, and stopped.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use super::Outcome;
use super::client::Client;

/// How the kernel counts processor time in `/proc/<pid>/stat`: hundredths of a second on every Linux.
const TICK: Duration = Duration::from_millis(10);

pub struct Process {
    child: Child,
    pub address: SocketAddr,
    /// Held, so that the server can write to it.
    _words: BufReader<ChildStdout>,
}

/// Resident memory in bytes.
#[derive(Debug, Clone, Copy)]
pub struct Memory {
    /// All of it, as `VmRSS` counts it.
    pub resident: u64,
    /// What is the process's own, without pages of files that the kernel may drop at will.
    pub own: u64,
}

impl Process {
    /// Starts a program that listens where `PORTAL_ADDR` says, and waits for its first line: from then on it listens.
    pub fn start(mut command: Command, log: &Path) -> Outcome<Self> {
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        command.env("PORTAL_ADDR", address.to_string()).stdout(Stdio::piped()).stderr(File::create(log)?);
        let mut child = command.spawn()?;
        let mut words = BufReader::new(child.stdout.take().ok_or("no standard output")?);
        let mut line = String::new();
        if words.read_line(&mut line)? == 0 {
            child.wait()?;
            return Err(format!("the server did not start: {}", std::fs::read_to_string(log)?).into());
        }
        Ok(Self { child, address, _words: words })
    }

    pub fn client(&self) -> Outcome<Client> {
        Client::connect(self.address)
    }

    /// Processor time so far, of all threads, in user and kernel mode.
    pub fn cpu(&self) -> Outcome<Duration> {
        cpu(&self.child.id().to_string())
    }

    pub fn memory(&self) -> Outcome<Memory> {
        memory(self.child.id())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Processor time of this program itself.
pub fn own_cpu() -> Outcome<Duration> {
    cpu("self")
}

fn cpu(pid: &str) -> Outcome<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat"))?;
    // The name in parentheses may hold anything; what follows it does not.
    let rest = stat.rsplit_once(')').ok_or("an unknown /proc/<pid>/stat")?.1;
    let ticks: Vec<u32> = rest.split_whitespace().skip(11).take(2).map(str::parse).collect::<Result<_, _>>()?;
    Ok(TICK * ticks.iter().sum())
}

pub fn memory(pid: u32) -> Outcome<Memory> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let field = |name: &str| -> Outcome<u64> {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).ok_or(format!("no {name} in /proc/<pid>/status"))?;
        let kib: u64 = line.trim_start_matches(':').trim().trim_end_matches(" kB").trim().parse()?;
        Ok(kib * 1024)
    };
    Ok(Memory { resident: field("VmRSS")?, own: field("RssAnon")? })
}
