//! Sentences about attached files, whoever asks for them.

use crate::attachments::lifecycle::State;
use crate::attachments::model::Kind;
use crate::attachments::rules::{Advice, FileError};

pub struct Attachments {
    pub none: &'static str,
    pub kind: fn(Kind) -> &'static str,
    pub state: fn(State) -> &'static str,
    /// What somebody should know of a file, with what the scanner found.
    pub says: fn(State, finding: &str) -> String,
    /// What would make a PDF easier to read for everybody.
    pub advice: fn(Advice) -> &'static str,
    pub advice_title: &'static str,
    pub remove: &'static str,
    pub choose: &'static str,
    pub hint: fn(megabytes: u64) -> String,
    pub wrong: fn(FileError) -> String,
}
