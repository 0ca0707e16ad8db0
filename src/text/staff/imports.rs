//! Sentences of the page that reads in publications. The report's own stand in `text::import`.

use crate::catalogue::rules::imports::FileError;

pub struct ImportsTexts {
    pub title: &'static str,
    pub lead: &'static str,
    pub files: &'static str,
    pub choose: &'static str,
    pub hint: fn(megabytes: u64) -> String,
    pub check: &'static str,
    pub history: &'static str,
    pub none: &'static str,
    pub name: &'static str,
    pub state: &'static str,
    /// By stored code.
    pub stage: fn(code: &str) -> &'static str,
    pub uploaded: &'static str,
    pub confirmed: &'static str,
    pub finished: &'static str,
    pub by_at: fn(name: &str, at: &str) -> String,
    pub size: &'static str,
    pub hash: &'static str,
    pub report: &'static str,
    pub far: fn(rows: i64) -> String,
    pub judged_of: fn(rows: i64, all: i64) -> String,
    pub written_of: fn(rows: i64, all: i64) -> String,
    pub progress_label: &'static str,
    pub reading_in: &'static str,
    pub may_leave: &'static str,
    pub again: &'static str,
    pub confirm_lead: &'static str,
    pub needs_another: fn(evaluations: i64) -> String,
    pub confirm: &'static str,
    pub gone: &'static str,
    pub stale: &'static str,
    pub lost: &'static str,
    pub error: fn(FileError, megabytes: u64) -> String,
}
