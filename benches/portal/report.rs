//! The table of what was measured, beside what was promised.

use std::path::Path;
use std::time::Duration;

use super::Outcome;

/// The table stands between these lines of docs/performance.md; everything else there is written by hand.
const BEGIN: &str = "<!-- make bench: begin -->";
const END: &str = "<!-- make bench: end -->";

#[derive(Default)]
pub struct Report {
    rows: Vec<String>,
}

impl Report {
    /// A figure without a goal.
    pub fn note(&mut self, what: &str, measured: &str) {
        self.row(what, "", measured, "");
    }

    /// A figure that must not be above `most`.
    pub fn at_most(&mut self, what: &str, goal: &str, measured: &str, value: f64, most: f64) {
        self.row(what, goal, measured, if value <= most { "met" } else { "**MISSED**" });
    }

    /// A figure that must not be below `least`.
    pub fn at_least(&mut self, what: &str, goal: &str, measured: &str, value: f64, least: f64) {
        self.row(what, goal, measured, if value >= least { "met" } else { "**MISSED**" });
    }

    fn row(&mut self, what: &str, goal: &str, measured: &str, verdict: &str) {
        self.rows.push(format!("| {what} | {goal} | {measured} | {verdict} |"));
    }

    pub fn table(&self, machine: &str) -> String {
        format!("{machine}\n\n| what | goal | measured | verdict |\n| --- | --- | --- | --- |\n{}\n", self.rows.join("\n"))
    }
}

/// Puts the table into the document, in place of the one that stood there.
pub fn write(file: &Path, table: &str) -> Outcome<()> {
    let text = std::fs::read_to_string(file)?;
    let (before, rest) = text.split_once(BEGIN).ok_or("no place for the table")?;
    let (_, after) = rest.split_once(END).ok_or("no end of the place for the table")?;
    Ok(std::fs::write(file, format!("{before}{BEGIN}\n{table}{END}{after}"))?)
}

/// How many processors, which, and how busy they were.
pub fn machine() -> Outcome<String> {
    let cores = std::thread::available_parallelism()?;
    let about = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model =
        about.lines().find_map(|line| line.strip_prefix("model name")).map_or("unknown", |name| name.trim_start_matches([' ', '\t', ':']));
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').take(2).last().unwrap_or_default().to_owned();
    Ok(format!(
        "{cores} processor cores ({model}), shared by the server, its load and whatever else ran; {load} processes wanted them at once."
    ))
}

pub fn ms(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}

pub fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

#[expect(clippy::cast_precision_loss, reason = "sizes, shown with one decimal")]
pub fn kb(bytes: usize) -> String {
    format!("{:.1} kB", bytes as f64 / 1000.0)
}

#[expect(clippy::cast_precision_loss, reason = "sizes, shown in whole megabytes")]
pub fn mb(bytes: u64) -> f64 {
    bytes as f64 / 1_000_000.0
}
