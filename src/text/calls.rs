//! Sentences about calls for those who read them: the list, one call, its questions, who may apply, the question box.

use crate::calls::lifecycle::{Phase, Public};
use crate::calls::model::{LateRule, Scheme};

pub struct Calls {
    pub title: &'static str,
    pub lead: &'static str,
    pub open: &'static str,
    pub coming: &'static str,
    pub closed: &'static str,
    pub none_open: &'static str,
    pub none: &'static str,
    pub feed: &'static str,
    pub feed_title: &'static str,
    /// One word about where a call stands.
    pub stage: fn(Public, Phase) -> &'static str,
    /// `måndag 1 mars 2027 kl. 23.59` with the zone.
    pub swedish_time: fn(when: &str) -> String,
    pub opens_at: fn(when: &str) -> String,
    pub closes_at: fn(when: &str) -> String,
    pub closed_at: fn(when: &str) -> String,
    pub scheme: fn(Scheme) -> &'static str,
    pub one: OneCallTexts,
    pub questions: CallQuestionsTexts,
    pub eligibility: EligibilityTexts,
    pub ask: AskTexts,
    pub mail: AnswerMailTexts,
}

/// The page of one call.
pub struct OneCallTexts {
    pub apply: &'static str,
    pub facts: &'static str,
    pub opens: &'static str,
    pub closes: &'static str,
    pub decided: &'static str,
    pub scheme: &'static str,
    pub basis: &'static str,
    pub applicants: &'static str,
    pub anywhere: &'static str,
    pub only_in: fn(names: &str) -> String,
    pub frame: &'static str,
    pub each: &'static str,
    pub between: fn(floor: &str, ceiling: &str) -> String,
    pub at_most: fn(ceiling: &str) -> String,
    pub at_least: fn(floor: &str) -> String,
    pub years: &'static str,
    pub year_span: fn(first: u16, last: u16) -> String,
    pub budget: &'static str,
    pub on_costs: fn(share: &str) -> String,
    pub overhead: fn(share: &str) -> String,
    pub co_funding: fn(share: &str) -> String,
    pub several: &'static str,
    pub one_each: &'static str,
    pub several_each: &'static str,
    pub late: &'static str,
    pub late_rule: fn(LateRule) -> &'static str,
    pub documents: &'static str,
    pub demanded: &'static str,
    pub may_attach: &'static str,
    pub largest: fn(megabytes: u16) -> String,
    pub timetable: &'static str,
    pub day: &'static str,
    pub what: &'static str,
    pub contact: &'static str,
    pub prepare: &'static str,
    pub all_questions: &'static str,
    pub can_we: &'static str,
    pub ask: &'static str,
    pub calendar: &'static str,
    pub changes: &'static str,
    pub changed: fn(when: &str) -> String,
    pub called_off: &'static str,
    pub answers: &'static str,
    pub answered: fn(when: &str) -> String,
    pub calendar_opens: fn(name: &str) -> String,
    pub calendar_closes: fn(name: &str) -> String,
}

/// All questions of a call.
pub struct CallQuestionsTexts {
    pub title: &'static str,
    pub lead: &'static str,
    pub contents: &'static str,
    pub version: fn(number: i64, when: &str) -> String,
}

/// Whether an organisation can apply, before anybody has an account.
pub struct EligibilityTexts {
    pub title: &'static str,
    pub lead: &'static str,
    pub kind: &'static str,
    pub seat: &'static str,
    pub yes: &'static str,
    pub no: &'static str,
    pub submit: &'static str,
    pub can: &'static str,
    pub can_lead: &'static str,
    pub cannot: &'static str,
    pub wrong_kind: fn(kind: &str) -> String,
    pub elsewhere: &'static str,
    pub unsure: &'static str,
}

/// The question box.
pub struct AskTexts {
    pub title: &'static str,
    pub lead: &'static str,
    pub question: &'static str,
    pub email: &'static str,
    pub email_hint: &'static str,
    pub submit: &'static str,
    pub done: &'static str,
    pub done_lead: &'static str,
    pub too_late: &'static str,
}

/// The mail that answers.
pub struct AnswerMailTexts {
    pub subject: fn(name: &str) -> String,
    pub you_asked: &'static str,
    pub we_answer: &'static str,
    pub link: &'static str,
}
