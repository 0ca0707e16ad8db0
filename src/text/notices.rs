//! Sentences of notices: on the page, in mail, and where someone chooses how often they want mail. Kinds for the staff are in
//! Swedish only, in both constants.

use crate::people::model::{NoticeKind, NoticeWords};

pub struct NoticesTexts {
    pub title: &'static str,
    pub caption: &'static str,
    pub what: &'static str,
    pub when: &'static str,
    pub doing: &'static str,
    pub none: &'static str,
    pub new: &'static str,
    pub unread: fn(count: i64) -> String,
    pub unread_to_do: fn(count: i64) -> String,
    pub open: &'static str,
    pub open_which: fn(sentence: &str) -> String,
    pub read: &'static str,
    pub read_which: fn(sentence: &str) -> String,
    pub read_all: &'static str,
    pub was_read: &'static str,
    /// What a notice says on the page.
    pub told: fn(NoticeKind, &NoticeWords) -> String,
    /// What a kind is called.
    pub name: fn(NoticeKind) -> &'static str,
    /// The subject of its mail: nobody's name, nothing that others should not read.
    pub mail: fn(NoticeKind) -> &'static str,
    pub letter: NoticeLetterTexts,
    pub choices: ChoiceTexts,
    pub end: EndTexts,
}

pub struct NoticeLetterTexts {
    pub sign_in: &'static str,
    pub read: &'static str,
    pub why: &'static str,
    pub choose: &'static str,
    pub end: fn(name: &str) -> String,
    pub end_daily: &'static str,
    pub daily: &'static str,
    pub of_kind: fn(name: &str, count: i64) -> String,
}

/// How often someone wants mail.
pub struct ChoiceTexts {
    pub title: &'static str,
    pub lead: &'static str,
    pub general: &'static str,
    pub general_hint: &'static str,
    pub kinds: &'static str,
    pub as_general: &'static str,
    pub each: &'static str,
    pub daily: &'static str,
    pub never: &'static str,
    pub missing: &'static str,
    pub submit: &'static str,
    pub saved: &'static str,
    pub stale: &'static str,
}

/// Ending mail by the link in one.
pub struct EndTexts {
    pub title: &'static str,
    pub kind: fn(name: &str) -> String,
    pub daily: &'static str,
    pub submit: &'static str,
    pub done: &'static str,
    pub unknown: &'static str,
    pub unknown_lead: &'static str,
}
