//! Sentences of the register and of asking to see documents.

use crate::register::lifecycle::State;
use crate::register::model::{AnswerKind, Direction, Ground};
use crate::register::rules::Wrong;

pub struct Register {
    pub title: &'static str,
    pub description: &'static str,
    pub lead: &'static str,
    pub about: &'static str,
    pub about_text: &'static str,
    pub direction: fn(Direction) -> &'static str,
    /// A person who is not named.
    pub somebody: &'static str,
    pub masked: &'static str,
    pub secret: &'static str,
    pub number: &'static str,
    pub day: &'static str,
    pub way: &'static str,
    pub counterpart: &'static str,
    pub subject: &'static str,
    pub search: SearchTexts,
    pub case: CaseTexts,
    pub ask: AskTexts,
    pub request: RequestTexts,
    pub mail: MailTexts,
    /// What is wrong with an answer, by field.
    pub wrong: fn(field: &str, Wrong) -> String,
    /// A section, as the act is cited.
    pub ground: fn(&Ground) -> String,
}

pub struct SearchTexts {
    pub words: &'static str,
    pub words_hint: &'static str,
    pub counterpart_hint: &'static str,
    pub year: &'static str,
    pub any_year: &'static str,
    pub any_direction: &'static str,
    pub submit: &'static str,
    pub caption: &'static str,
    pub found: fn(count: i64) -> String,
    pub many: fn(most: i64) -> String,
    pub none: &'static str,
    pub none_help: &'static str,
    pub clear: &'static str,
    pub page: fn(page: usize) -> String,
    pub csv: fn(most: i64) -> String,
    pub registered: &'static str,
    pub doing: &'static str,
    pub ask: &'static str,
    pub ask_which: fn(number: &str) -> String,
}

pub struct CaseTexts {
    pub title: fn(number: &str) -> String,
    pub caption: fn(number: &str) -> String,
    pub ask: &'static str,
    pub count: fn(count: usize) -> String,
}

pub struct AskTexts {
    pub title: &'static str,
    pub lead: &'static str,
    pub anonymous: &'static str,
    pub documents: &'static str,
    pub documents_hint: &'static str,
    pub wish: &'static str,
    pub wish_hint: &'static str,
    pub wish_more: &'static str,
    pub wish_more_hint: &'static str,
    pub email: &'static str,
    pub email_hint: &'static str,
    pub name: &'static str,
    pub name_hint: &'static str,
    pub kept: &'static str,
    pub submit: &'static str,
}

/// The page behind the link, and what can be done there.
pub struct RequestTexts {
    pub title: fn(number: &str) -> String,
    pub received: &'static str,
    pub received_number: fn(number: &str) -> String,
    pub received_next: &'static str,
    pub save_link: &'static str,
    pub state: fn(State) -> &'static str,
    pub state_lead: fn(State) -> &'static str,
    pub state_label: &'static str,
    pub number: &'static str,
    pub came: &'static str,
    pub documents: &'static str,
    pub wish: &'static str,
    pub address: &'static str,
    pub address_gone: &'static str,
    pub answers: &'static str,
    pub answer: fn(AnswerKind) -> &'static str,
    pub answered: fn(at: &str) -> String,
    pub grounds: &'static str,
    pub files: &'static str,
    pub file: fn(name: &str, size: &str) -> String,
    pub decision_title: &'static str,
    pub decision_lead: &'static str,
    pub decision_submit: &'static str,
    pub decision_done: &'static str,
    pub withdraw: &'static str,
    pub withdraw_lead: &'static str,
    pub withdraw_submit: &'static str,
    pub withdraw_done: &'static str,
    pub not_now: &'static str,
}

pub struct MailTexts {
    pub received_subject: fn(number: &str) -> String,
    pub received: fn(number: &str) -> String,
    pub received_next: &'static str,
    pub link: &'static str,
    pub keep: &'static str,
    pub answered_subject: fn(number: &str) -> String,
    pub answered: fn(number: &str) -> String,
}
