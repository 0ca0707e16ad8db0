//! Sentences about organisations: founding one, its facts, who belongs to it, and the mails about that.

use crate::kit::OrgRole;
use crate::organisations::model::{Kind, Status};
use crate::organisations::rules::Wrong;

pub struct Organisations {
    pub kind: fn(Kind) -> &'static str,
    pub role: fn(OrgRole) -> &'static str,
    /// What the role may do.
    pub role_may: fn(OrgRole) -> &'static str,
    pub status: fn(Status) -> &'static str,
    /// What is wrong with the answer in a field.
    pub wrong: fn(field: &str, wrong: Wrong) -> String,
    pub fields: FactTexts,
    pub mine: MyOrganisationsTexts,
    pub new: NewOrganisationTexts,
    pub join: JoinTexts,
    pub one: OneOrganisationTexts,
    pub edit: EditTexts,
    pub people: MembersTexts,
    pub member: MemberTexts,
    pub request: RequestTexts,
    pub leave: LeaveTexts,
    pub invited: InvitedTexts,
    pub mail: OrganisationMailTexts,
    /// Why an account cannot be closed while nobody else signs.
    pub last_closes: &'static str,
}

/// The fields of an organisation's facts.
pub struct FactTexts {
    pub orgnr: &'static str,
    pub orgnr_hint: &'static str,
    pub name: &'static str,
    pub name_hint: &'static str,
    pub kind: &'static str,
    pub kind_choose: &'static str,
    pub municipality: &'static str,
    pub municipality_hint: &'static str,
    pub municipality_choose: &'static str,
    pub address: &'static str,
    pub street: &'static str,
    pub postal_code: &'static str,
    pub city: &'static str,
    pub email: &'static str,
    pub email_hint: &'static str,
    pub payment: &'static str,
    pub payment_hint: &'static str,
    pub bankgiro: &'static str,
    pub bankgiro_short: &'static str,
    pub plusgiro: &'static str,
    pub plusgiro_short: &'static str,
    pub peppol: &'static str,
    pub peppol_short: &'static str,
    pub peppol_hint: &'static str,
    pub status: &'static str,
    pub empty: &'static str,
}

pub struct MyOrganisationsTexts {
    pub title: &'static str,
    pub none: &'static str,
    pub caption: &'static str,
    pub role: &'static str,
    pub add: &'static str,
    pub asked_title: &'static str,
    pub asked: fn(name: &str, when: &str) -> String,
    pub left: &'static str,
    pub sent: &'static str,
    pub invited_title: &'static str,
    pub invited: fn(name: &str, role: &str, until: &str) -> String,
    pub accept: &'static str,
    pub accept_which: fn(name: &str) -> String,
    pub decline: &'static str,
    pub decline_which: fn(name: &str) -> String,
    pub declined: &'static str,
    pub is_invited: fn(name: &str) -> String,
    pub wait: fn(name: &str, count: i64) -> String,
}

/// Where someone founds an organisation: its number, then its facts.
pub struct NewOrganisationTexts {
    pub title: &'static str,
    pub lead: &'static str,
    pub next: &'static str,
    pub facts_title: &'static str,
    pub facts_lead: &'static str,
    pub submit: &'static str,
}

/// Where someone asks to be let into one that is here.
pub struct JoinTexts {
    pub title: &'static str,
    pub lead: fn(name: &str, orgnr: &str) -> String,
    pub who: &'static str,
    pub message: &'static str,
    pub message_hint: &'static str,
    pub submit: &'static str,
    pub has_asked: fn(when: &str) -> String,
    pub closed: &'static str,
}

pub struct OneOrganisationTexts {
    pub unverified: &'static str,
    pub retired: &'static str,
    pub your_role: fn(role: &str) -> String,
    pub edit: &'static str,
    pub people: &'static str,
    pub leave: &'static str,
    pub created: &'static str,
    pub accepted: &'static str,
    pub saved: &'static str,
}

pub struct EditTexts {
    pub title: &'static str,
    pub number_stays: &'static str,
    pub submit: &'static str,
    pub stale: &'static str,
    pub holds_now: &'static str,
}

/// Who belongs to an organisation.
pub struct MembersTexts {
    pub title: &'static str,
    pub caption: &'static str,
    pub name: &'static str,
    pub email: &'static str,
    pub role: &'static str,
    pub since: &'static str,
    pub change: &'static str,
    pub change_whose: fn(name: &str) -> String,
    pub you: &'static str,
    pub requests: &'static str,
    pub request_by: fn(name: &str, when: &str) -> String,
    pub invitations: &'static str,
    pub invited: fn(email: &str, role: &str, until: &str) -> String,
    pub expired: fn(email: &str, role: &str, until: &str) -> String,
    pub send_again: &'static str,
    pub send_again_to: fn(email: &str) -> String,
    pub withdraw: &'static str,
    pub withdraw_from: fn(email: &str) -> String,
    pub invite: &'static str,
    pub invite_lead: &'static str,
    pub invite_email: &'static str,
    pub invite_role: &'static str,
    pub invite_submit: &'static str,
    pub was_sent: &'static str,
    pub was_withdrawn: &'static str,
    pub was_changed: &'static str,
    pub was_removed: &'static str,
    pub was_let_in: &'static str,
    pub was_refused: &'static str,
    pub is_member: &'static str,
    pub is_invited: &'static str,
    pub dead: &'static str,
}

/// One member, as who signs sees them.
pub struct MemberTexts {
    pub role: &'static str,
    pub save: &'static str,
    pub remove: &'static str,
    pub remove_lead: &'static str,
    pub last: &'static str,
    pub stale: fn(role: &str) -> String,
}

/// Someone asks to be let in.
pub struct RequestTexts {
    pub title: &'static str,
    pub from: &'static str,
    pub when: &'static str,
    pub message: &'static str,
    pub check: &'static str,
    pub role: &'static str,
    pub approve: &'static str,
    pub refuse: &'static str,
    pub answered: &'static str,
    pub is_member: &'static str,
}

pub struct LeaveTexts {
    pub title: &'static str,
    pub lead: fn(name: &str) -> String,
    /// Where it acts no more.
    pub lead_closed: fn(name: &str) -> String,
    pub submit: &'static str,
    pub last: &'static str,
}

/// What the link of an invitation shows.
pub struct InvitedTexts {
    pub title: fn(name: &str) -> String,
    pub lead: fn(role: &str) -> String,
    pub submit: &'static str,
    pub dead_title: &'static str,
    pub dead: &'static str,
    pub other_title: &'static str,
    pub other: fn(who: &str) -> String,
}

pub struct OrganisationMailTexts {
    pub invited_subject: fn(name: &str) -> String,
    pub invited: fn(by: &str, name: &str, role: &str) -> String,
    pub invited_link: &'static str,
    pub invited_how: fn(email: &str) -> String,
    pub invited_until: fn(clock: &str) -> String,
    pub invited_unknown: &'static str,
    pub asked_subject: fn(name: &str) -> String,
    pub asked: fn(by: &str, name: &str) -> String,
    pub asked_check: &'static str,
    pub asked_link: &'static str,
    pub answered_subject: fn(name: &str) -> String,
    pub approved: fn(name: &str) -> String,
    pub approved_link: &'static str,
    pub refused: fn(name: &str) -> String,
    pub refused_why: &'static str,
}
