//! Sentences of the editors' page of files.

use crate::catalogue::rules::files::FileError;

pub struct FilesTexts {
    pub title: &'static str,
    pub lead: fn(megabytes: u64) -> String,
    pub none: &'static str,
    pub edition: fn(form: &str, isbn: Option<&str>) -> String,
    pub name: &'static str,
    pub size: &'static str,
    pub fetched: &'static str,
    pub times: fn(number: &str) -> String,
    pub hash: &'static str,
    pub no_file: &'static str,
    pub choose_first: &'static str,
    pub choose_other: &'static str,
    pub hint: fn(ending: &str) -> String,
    pub add: &'static str,
    pub replace: &'static str,
    pub keeps_address: &'static str,
    pub remove: &'static str,
    pub remove_which: fn(name: &str) -> String,
    pub added: &'static str,
    pub removed: &'static str,
    pub stale: &'static str,
    pub lost: &'static str,
    pub before: &'static str,
    pub before_caption: &'static str,
    pub until: &'static str,
    pub by: &'static str,
    pub error: fn(FileError, megabytes: u64) -> String,
}
