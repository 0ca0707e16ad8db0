//! The door to clamd, which says whether a file does harm.

use std::time::Duration;

use clamav_client::tokio::{Socket, Tcp, ping, scan_buffer};

use super::config::Clamd;

/// How long clamd may take for one file.
const TIME_LIMIT: Duration = Duration::from_secs(120);

/// What clamd says of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Clean,
    /// What it found, as it calls it.
    Found(String),
}

/// clamd gave no answer about the file: it is down, it took too long, or it says that it could not look.
#[derive(Debug, thiserror::Error)]
#[error("clamd: {0}")]
pub struct NoAnswer(String);

/// Sends a whole file.
pub async fn scan(clamd: &Clamd, bytes: &[u8]) -> Result<Verdict, NoAnswer> {
    let scan = async {
        match clamd {
            Clamd::Tcp(place) => scan_buffer(bytes, Tcp { host_address: place.as_str() }, None).await,
            Clamd::Unix(path) => scan_buffer(bytes, Socket { socket_path: path }, None).await,
        }
    };
    let answer = tokio::time::timeout(TIME_LIMIT, scan).await.map_err(|_| NoAnswer("took too long".to_owned()))?;
    read(&answer.map_err(|error| NoAnswer(error.to_string()))?)
}

/// `stream: OK`, `stream: <name> FOUND`, or what went wrong. Only the first two are answers.
fn read(answer: &[u8]) -> Result<Verdict, NoAnswer> {
    let text = String::from_utf8_lossy(answer);
    let text = text.trim_end_matches(['\0', '\n']).trim();
    let said = text.strip_prefix("stream: ").unwrap_or(text);
    match said.strip_suffix(" FOUND") {
        Some(name) => Ok(Verdict::Found(name.chars().filter(|c| !c.is_control()).take(200).collect())),
        None if said == "OK" => Ok(Verdict::Clean),
        None => Err(NoAnswer(text.to_owned())),
    }
}

/// Whether clamd answers.
pub async fn answers(clamd: &Clamd) -> Result<(), NoAnswer> {
    let ping = async {
        match clamd {
            Clamd::Tcp(place) => ping(Tcp { host_address: place.as_str() }).await,
            Clamd::Unix(path) => ping(Socket { socket_path: path }).await,
        }
    };
    let pong = tokio::time::timeout(Duration::from_secs(5), ping).await.map_err(|_| NoAnswer("took too long".to_owned()))?;
    let pong = pong.map_err(|error| NoAnswer(error.to_string()))?;
    if pong.starts_with(b"PONG") { Ok(()) } else { Err(NoAnswer(String::from_utf8_lossy(&pong).into_owned())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_clamd_says_plainly_is_an_answer() {
        assert_eq!(read(b"stream: OK\0").unwrap(), Verdict::Clean);
        assert_eq!(read(b"stream: Portal.Test FOUND\n").unwrap(), Verdict::Found("Portal.Test".to_owned()));
        for odd in [&b""[..], b"INSTREAM size limit exceeded. ERROR\0", b"stream: OKAY", b"stream: Can't allocate memory ERROR"] {
            assert!(read(odd).is_err());
        }
    }
}
