//! Builds everything the browser gets and writes it, with content-hashed names and precompressed,
//! beside a manifest that the server reads.
//!
//! ```text
//! portal-build [--out DIR] [--dev] [--no-wasm] [--check-size]
//! ```
//!
//! What belongs here: the command line and the order of the steps. Each step is a module:
//!
//! * [`npm`] installs the packages that the lock file names;
//! * [`style`] makes one stylesheet of `style/`;
//! * [`wasm`] makes the islands' program of `src/`;
//! * [`site`] names, compresses and lists the results, fonts and `public/`;
//! * [`budget`] compares the sizes with what the portal promises;
//! * [`stamp`] remembers the inputs of a step, so that a second run does nothing.
//!
//! To add a step: a module with `pub fn run(&Place, …) -> Outcome<Did<…>>`, a call below, and its inputs
//! in its stamp. To add a file to the site: lay it in `public/`, or add it to `site::collect`.
//!
//! It replaces a framework's own build command on purpose: installing that takes half an hour of
//! processor time, and this takes seconds.

mod budget;
mod npm;
mod site;
mod stamp;
mod style;
mod wasm;

use std::{
    env, fmt, fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    time::Instant,
};

/// Builds the tool anew in another checkout that shares the build folder (.cargo/config.toml).
const _: Option<&str> = option_env!("CHECKOUT");

/// A sentence for the person at the terminal.
#[derive(Debug)]
pub struct Failure(String);

pub type Outcome<T> = Result<T, Failure>;

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Makes a [`Failure`] of `sentence`.
pub fn failure<T>(sentence: impl Into<String>) -> Outcome<T> {
    Err(Failure(sentence.into()))
}

/// Says what was being done when another library's error came.
pub trait While<T> {
    fn during(self, what: impl fmt::Display) -> Outcome<T>;
}

impl<T, E: fmt::Display> While<T> for Result<T, E> {
    fn during(self, what: impl fmt::Display) -> Outcome<T> {
        self.map_err(|error| Failure(format!("{what}: {error}")))
    }
}

/// What a step did.
pub enum Did<T> {
    /// Inputs are as last time; the result still stands.
    Nothing(T),
    Work(T),
}

/// Where things lie, and how thorough to be.
pub struct Place {
    /// The repository.
    pub root: PathBuf,
    /// Cargo's target folder, outside which nothing but `node_modules` is written.
    pub target: PathBuf,
    /// Intermediate results and stamps.
    pub work: PathBuf,
    /// The finished site.
    pub out: PathBuf,
    /// Quick rather than small: no wasm-opt, weaker compression.
    pub dev: bool,
}

struct Options {
    out: Option<PathBuf>,
    dev: bool,
    wasm: bool,
    check_size: bool,
}

const USAGE: &str = "Usage: portal-build [--out DIR] [--dev] [--no-wasm] [--check-size]

  --out DIR      where the site is written (default: site in Cargo's target folder)
  --dev          quick rather than small: no wasm-opt, weaker compression
  --no-wasm      leave out the islands; every page works without them
  --check-size   print the sizes against the budget, and fail when one is exceeded";

fn options(mut arguments: impl Iterator<Item = String>) -> Outcome<Options> {
    let mut options = Options { out: None, dev: false, wasm: true, check_size: false };
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--out" => match arguments.next() {
                Some(folder) => options.out = Some(folder.into()),
                None => return failure(format!("--out needs a folder\n\n{USAGE}")),
            },
            "--dev" => options.dev = true,
            "--no-wasm" => options.wasm = false,
            "--check-size" => options.check_size = true,
            "--help" | "-h" => {
                println!("{USAGE}");
                std::process::exit(0);
            }
            other => return failure(format!("There is no option {other}\n\n{USAGE}")),
        }
    }
    Ok(options)
}

fn place(options: &Options) -> Outcome<Place> {
    let root = env::current_dir().during("Finding the current folder")?;
    if !root.join("style/portal.scss").is_file() || !root.join("package.json").is_file() {
        return failure("Run portal-build from the root of the repository");
    }
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir));
    let work = target.join("portal-build");
    fs::create_dir_all(&work).during(format_args!("Creating {}", work.display()))?;
    let out = options.out.as_ref().map_or_else(|| target.join("site"), |dir| root.join(dir));
    Ok(Place { root, target, work, out, dev: options.dev })
}

/// Runs one step and prints one line about it.
fn step<T>(name: &str, run: impl FnOnce() -> Outcome<Did<T>>, tell: impl FnOnce(&T) -> String) -> Outcome<T> {
    let begun = Instant::now();
    let (result, note) = match run()? {
        Did::Nothing(result) => (result, "unchanged"),
        Did::Work(result) => (result, ""),
    };
    let told = tell(&result);
    let gap = if told.is_empty() || note.is_empty() { "" } else { ", " };
    println!("{name:<9}{:>6.1} s  {told}{gap}{note}", begun.elapsed().as_secs_f64());
    Ok(result)
}

/// Runs a command to its end; its own output is shown only when it fails.
pub fn command(what: &str, command: &mut Command) -> Outcome<()> {
    let output = command.output().during(format_args!("{what}: {:?} could not be started", command.get_program()))?;
    if output.status.success() {
        return Ok(());
    }
    failure(format!("{what} failed\n{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)))
}

pub fn read(path: &Path) -> Outcome<Vec<u8>> {
    fs::read(path).during(format_args!("Reading {}", path.display()))
}

pub fn write(path: &Path, bytes: &[u8]) -> Outcome<()> {
    fs::write(path, bytes).during(format_args!("Writing {}", path.display()))
}

/// `12.3 kB`; a kilobyte is 1 000 bytes, here and in the budget.
#[expect(clippy::cast_precision_loss, reason = "sizes of files, shown with one decimal")]
pub fn kilobytes(bytes: usize) -> String {
    format!("{:.1} kB", bytes as f64 / 1000.0)
}

fn build() -> Outcome<()> {
    let options = options(env::args().skip(1))?;
    let place = place(&options)?;

    step("packages", || npm::run(&place), |()| String::new())?;
    let style = step("style", || style::run(&place), |css| kilobytes(css.len()))?;
    let program = if options.wasm {
        step(
            "islands",
            || wasm::run(&place),
            |program| match program {
                Some(program) => format!("program {}, glue {}", kilobytes(program.wasm.len()), kilobytes(program.glue.len())),
                None => "left out".into(),
            },
        )?
    } else {
        None
    };
    let listed = step("site", || site::run(&place, style, program), |listed| format!("{} files in {}", listed.len(), place.out.display()))?;
    if options.check_size {
        budget::check(&listed)?;
    }
    Ok(())
}

fn main() -> ExitCode {
    match build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}
