//! Sentences about applications: writing one together, signing, sending in, and what happens then.

use crate::applications::lifecycle::{Event, State};
use crate::applications::model::How;
use crate::calls::model::LateRule;
use crate::calls::rules::Bar;
use crate::kit::OrgRole;

pub struct Applications {
    pub state: fn(State) -> &'static str,
    pub event: fn(Event) -> &'static str,
    /// How a version of an answer came about.
    pub how: fn(How) -> &'static str,
    /// An application whose work has no name yet.
    pub untitled: &'static str,
    /// Someone whose name is not known.
    pub somebody: &'static str,
    /// The page of the documents that a call wants.
    pub documents: &'static str,
    pub no_file: fn(label: &str) -> String,
    /// What the register calls the document that came.
    pub register_subject: fn(call: &str) -> String,
    pub withdrawn_subject: &'static str,
    pub refusal: RefusalTexts,
    pub mine: MyApplicationsTexts,
    pub begin: BeginTexts,
    pub hub: HubTexts,
    pub topic: TopicTexts,
    pub files: FilesTexts,
    pub versions: VersionsTexts,
    pub conflict: ConflictTexts,
    pub people: ApplicationPeopleTexts,
    pub invited: ApplicationInvitedTexts,
    pub review: ReviewTexts,
    pub sign: SignTexts,
    pub submit: SubmitTexts,
    pub receipt: ReceiptTexts,
    pub withdraw: WithdrawTexts,
    pub discard: DiscardTexts,
    pub paper: PaperTexts,
    pub mail: ApplicationMailTexts,
}

/// Why something was not done.
pub struct RefusalTexts {
    pub role: &'static str,
    pub closed: &'static str,
    pub not_now: &'static str,
    pub stale: &'static str,
    pub exists: &'static str,
    pub bar: fn(&Bar) -> &'static str,
    pub unfit: fn(count: usize) -> String,
    pub unsettled: &'static str,
    pub unsigned: &'static str,
    pub late: &'static str,
    pub dead: &'static str,
    pub other_address: &'static str,
    pub is_here: &'static str,
}

pub struct MyApplicationsTexts {
    pub title: &'static str,
    pub none: &'static str,
    pub written: &'static str,
    pub received: &'static str,
    pub find: &'static str,
    pub closes: fn(when: &str) -> String,
    pub was_received: fn(number: &str, when: &str) -> String,
    pub discarded: &'static str,
    pub left: &'static str,
    pub to_do: fn(title: &str, when: &str) -> String,
    pub is_invited: fn(organisation: &str) -> String,
}

pub struct BeginTexts {
    pub title: &'static str,
    pub lead: &'static str,
    pub organisation: &'static str,
    pub choose: &'static str,
    pub submit: &'static str,
    pub first: &'static str,
    pub no_organisation: &'static str,
    pub only_reads: &'static str,
    pub add_organisation: &'static str,
    pub see_organisations: &'static str,
    pub see_mine: &'static str,
    pub again: &'static str,
}

pub struct HubTexts {
    pub begun: &'static str,
    pub saved: &'static str,
    pub joined: &'static str,
    pub moved_on: &'static str,
    pub withdrawn: &'static str,
    pub state: &'static str,
    pub organisation: &'static str,
    pub number: &'static str,
    pub received_at: &'static str,
    pub deadline: &'static str,
    pub decided_by: &'static str,
    pub call: &'static str,
    pub read_call: &'static str,
    /// What happens to an application that is sent in now, after the deadline.
    pub late: fn(LateRule, when: &str) -> String,
    pub call_gone: &'static str,
    pub extended: fn(when: &str) -> String,
    pub beside: &'static str,
    pub compare: fn(question: &str, who: &str) -> String,
    pub newer: &'static str,
    pub move_on: &'static str,
    pub to_do: &'static str,
    pub lead: &'static str,
    pub complete: &'static str,
    pub missing: fn(count: usize) -> String,
    pub to_mend: fn(count: usize) -> String,
    pub there: fn(names: &str) -> String,
    pub last: &'static str,
    pub review: &'static str,
    pub sign: &'static str,
    pub signed_by: fn(name: &str) -> String,
    pub submit: &'static str,
    pub ready: &'static str,
    pub later: &'static str,
    pub more: &'static str,
    pub people: &'static str,
    pub print: &'static str,
    pub discard: &'static str,
    pub next: &'static str,
    pub step_received: &'static str,
    pub step_checked: &'static str,
    pub step_assessed: &'static str,
    pub step_decided: &'static str,
    pub expected: fn(day: &str) -> String,
    pub receipt: &'static str,
    pub withdraw: &'static str,
    pub history: &'static str,
    pub what: &'static str,
    pub by: &'static str,
    pub when: &'static str,
}

pub struct TopicTexts {
    pub saved_by: fn(name: &str, when: &str) -> String,
    pub versions: &'static str,
    pub save_on: &'static str,
    pub save: &'static str,
    pub back: &'static str,
    pub beside: &'static str,
    pub compare: &'static str,
    pub there: fn(names: &str) -> String,
    pub unanswered: &'static str,
    pub unsaved: &'static str,
}

pub struct FilesTexts {
    pub change: &'static str,
    pub caption: &'static str,
    pub was_attached: &'static str,
    pub add: &'static str,
    pub submit: &'static str,
    pub full: fn(most: u8) -> String,
    pub back: &'static str,
}

pub struct VersionsTexts {
    pub title: fn(label: &str) -> String,
    pub caption: &'static str,
    pub lead: &'static str,
    pub by: fn(name: &str, when: &str) -> String,
    pub current: &'static str,
    pub restore: &'static str,
    pub none: &'static str,
    pub back: &'static str,
}

pub struct ConflictTexts {
    pub title: fn(label: &str) -> String,
    pub caption: &'static str,
    pub lead: &'static str,
    pub saved: &'static str,
    pub other: &'static str,
    pub by: fn(name: &str, when: &str) -> String,
    pub nobody: &'static str,
    pub choose: &'static str,
    pub keep: fn(who: &str) -> String,
    pub take: fn(who: &str) -> String,
    pub merge: &'static str,
    pub merged: &'static str,
    pub submit: &'static str,
    pub missing: &'static str,
    pub kept: &'static str,
    pub difference: &'static str,
    pub difference_hint: &'static str,
}

pub struct ApplicationPeopleTexts {
    pub title: &'static str,
    pub caption: &'static str,
    pub name: &'static str,
    pub role: &'static str,
    pub role_may: fn(OrgRole) -> &'static str,
    pub from: &'static str,
    pub invited: &'static str,
    pub doing: &'static str,
    pub end: &'static str,
    pub members: &'static str,
    pub waiting: &'static str,
    pub waits: fn(email: &str, role: &str, until: &str, over: bool) -> String,
    pub withdraw: &'static str,
    pub invite: &'static str,
    pub invite_lead: &'static str,
    pub email: &'static str,
    pub email_missing: &'static str,
    pub role_missing: &'static str,
    pub send: &'static str,
    pub was_sent: &'static str,
    pub was_withdrawn: &'static str,
    pub was_ended: &'static str,
}

pub struct ApplicationInvitedTexts {
    pub title: &'static str,
    pub organisation: &'static str,
    pub work: &'static str,
    pub role: &'static str,
    pub submit: &'static str,
}

pub struct ReviewTexts {
    pub title: &'static str,
    pub complete: &'static str,
    pub missing: fn(count: usize) -> String,
    pub beside: fn(label: &str) -> String,
    pub change: &'static str,
    pub on: &'static str,
}

pub struct SignTexts {
    pub title: &'static str,
    pub lead: &'static str,
    pub signed: fn(name: &str, when: &str) -> String,
    pub on: &'static str,
    pub void: &'static str,
    pub not_ready: &'static str,
    pub yourself: &'static str,
    pub yourself_lead: &'static str,
    pub read: &'static str,
    pub legend: &'static str,
    pub confirm: &'static str,
    pub unconfirmed: &'static str,
    pub submit: &'static str,
    pub others: &'static str,
    pub others_lead: &'static str,
    pub ask: &'static str,
    pub was_asked: &'static str,
    pub nobody: &'static str,
}

pub struct SubmitTexts {
    pub title: &'static str,
    pub lead: &'static str,
    pub fingerprint: &'static str,
    pub not_ready: &'static str,
    pub late: &'static str,
    pub knows_late: &'static str,
    pub submit: &'static str,
}

pub struct ReceiptTexts {
    pub title: &'static str,
    pub number: &'static str,
    pub work: &'static str,
    pub sent_by: &'static str,
    pub signed_by: &'static str,
    pub fingerprint: &'static str,
    pub fingerprint_lead: &'static str,
    pub late: fn(LateRule) -> &'static str,
    pub next: &'static str,
    pub next_lead: fn(day: &str) -> String,
    pub public: &'static str,
    pub pdf: &'static str,
    pub application_pdf: &'static str,
    pub back: &'static str,
}

pub struct WithdrawTexts {
    pub title: &'static str,
    pub lead: &'static str,
    pub reason: &'static str,
    pub reason_long: &'static str,
    pub submit: &'static str,
    pub keep: &'static str,
}

pub struct DiscardTexts {
    pub title: &'static str,
    pub lead: &'static str,
    pub submit: &'static str,
    pub keep: &'static str,
}

pub struct PaperTexts {
    pub title: fn(work: &str) -> String,
    pub agency: &'static str,
    pub written: &'static str,
    pub page: &'static str,
}

pub struct ApplicationMailTexts {
    pub invited_subject: &'static str,
    pub invited: fn(by: &str, organisation: &str) -> String,
    pub invited_link: &'static str,
    pub invited_how: fn(email: &str) -> String,
    pub invited_until: fn(when: &str) -> String,
    pub invited_unknown: &'static str,
    pub received_subject: fn(number: &str) -> String,
    pub received: &'static str,
    pub received_link: &'static str,
}
