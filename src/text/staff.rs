//! Sentences of the staff's house. Its pages are in Swedish only (språklagen 2009:600 § 10), so there is one constant.

pub mod applications;
pub mod calls;
pub mod covers;
pub mod editor;
pub mod files;
pub mod guests;
pub mod imports;
pub mod letters;
pub mod markdown;
pub mod orders;
pub mod organisations;
pub mod prices;
pub mod register;
pub mod sales;
pub mod stock;
pub mod tables;

use crate::kit::StaffRole;
use covers::CoversTexts;
use files::FilesTexts;
use imports::ImportsTexts;
use letters::LettersTexts;
use markdown::MarkdownTexts;
use orders::OrdersTexts;
use sales::SalesTexts;
use stock::StockTexts;
use tables::TablesTexts;

use organisations::StaffOrganisationTexts;
use prices::{FreightTexts, PricesTexts};
use register::StaffRegisterTexts;

pub struct Staff {
    pub menu: Menu,
    pub role: fn(StaffRole) -> &'static str,
    pub queue: QueueTexts,
    pub search: SearchTexts,
    pub people: StaffPeopleTexts,
    pub guests: guests::GuestsTexts,
    pub orders: OrdersTexts,
    pub stock: StockTexts,
    pub covers: CoversTexts,
    pub files: FilesTexts,
    pub imports: ImportsTexts,
    pub markdown: MarkdownTexts,
    pub prices: PricesTexts,
    pub freight: FreightTexts,
    pub sales: SalesTexts,
    pub letters: LettersTexts,
    pub tables: TablesTexts,
    pub invitation: InvitationTexts,
    pub outbox: OutboxTexts,
    pub log: LogTexts,
    pub disposal: DisposalTexts,
    pub organisations: StaffOrganisationTexts,
    pub register: StaffRegisterTexts,
    pub editor: editor::EditorTexts,
    pub calls: calls::StaffCallsTexts,
    pub applications: applications::StaffApplicationsTexts,
}

/// Mail on its way out.
pub struct OutboxTexts {
    pub title: &'static str,
    pub caption: &'static str,
    pub find: &'static str,
    pub find_hint: &'static str,
    pub search: &'static str,
    /// By stored code.
    pub status: fn(code: &str) -> &'static str,
    pub none: &'static str,
    pub subject: &'static str,
    pub to: &'static str,
    pub written: &'static str,
    pub state: &'static str,
    pub tried: &'static str,
    pub kind: &'static str,
    pub kind_of: fn(kind: &str) -> String,
    pub sent_at: &'static str,
    pub next: &'static str,
    pub error: &'static str,
    pub secret: &'static str,
    pub again: &'static str,
    pub all_again: &'static str,
    pub dead_lead: &'static str,
    pub again_done: fn(count: i64) -> String,
}

/// The audit chain.
pub struct LogTexts {
    pub title: &'static str,
    pub caption: &'static str,
    pub find: &'static str,
    pub find_hint: &'static str,
    pub from: &'static str,
    pub until: &'static str,
    pub day_hint: &'static str,
    pub day_wrong: &'static str,
    pub search: &'static str,
    pub none: &'static str,
    pub older: &'static str,
    pub number: &'static str,
    pub at: &'static str,
    pub who: &'static str,
    pub what: &'static str,
    pub about: &'static str,
    pub detail: &'static str,
    pub code: &'static str,
    pub hash: &'static str,
    pub action: fn(action: &str) -> String,
    pub verify: &'static str,
    pub verify_lead: &'static str,
    pub whole: fn(rows: i64, head: &str) -> String,
    pub broken: fn(fault: &str, head: &str) -> String,
}

/// What is deleted, and when.
pub struct DisposalTexts {
    pub title: &'static str,
    pub lead: &'static str,
    pub rules: &'static str,
    pub what: &'static str,
    pub after: &'static str,
    pub days: fn(days: i64) -> String,
    pub due: &'static str,
    pub due_in_all: fn(rows: u64) -> String,
    pub count: &'static str,
    pub count_lead: &'static str,
    /// By `retention::Sweep::code`; one that is not known comes back as it is.
    pub sweep: fn(code: &str) -> String,
    pub uploads: &'static str,
    pub runs: &'static str,
    pub no_runs: &'static str,
    pub at: &'static str,
    pub by: &'static str,
    pub by_night: &'static str,
    pub by_operator: &'static str,
    pub gone: &'static str,
    pub nothing: &'static str,
}

/// The letter to a new administrator.
pub struct InvitationTexts {
    pub subject: &'static str,
    pub lead: &'static str,
    pub link: &'static str,
    pub second_factor: &'static str,
    /// What the command line answers.
    pub done: fn(email: &str) -> String,
    pub already: fn(email: &str) -> String,
}

/// The names of the pages in the menu.
pub struct Menu {
    pub queue: &'static str,
    pub orders: &'static str,
    pub stock: &'static str,
    pub freight: &'static str,
    pub publications: &'static str,
    pub sales: &'static str,
    pub templates: &'static str,
    pub people: &'static str,
    pub outbox: &'static str,
    pub log: &'static str,
    pub disposal: &'static str,
    pub organisations: &'static str,
    pub register: &'static str,
    pub exports: &'static str,
    pub applications: &'static str,
    pub calls: &'static str,
}

/// The search over everything that one may see.
pub struct SearchTexts {
    pub title: &'static str,
    pub label: &'static str,
    pub hint: &'static str,
    pub submit: &'static str,
    pub nothing: &'static str,
    pub all_of: fn(list: &str) -> String,
    pub to_edit: &'static str,
    pub in_the_log: &'static str,
}

/// The desk.
pub struct QueueTexts {
    pub title: &'static str,
    pub lead: fn(name: &str, roles: &str) -> String,
    pub what: &'static str,
    pub count: &'static str,
    pub more_than: fn(most: i64) -> String,
    pub to_pick: &'static str,
    pub packed: &'static str,
    pub backordered: &'static str,
    pub late: &'static str,
    pub low: &'static str,
    pub asked: &'static str,
    pub unverified: &'static str,
    pub to_review: &'static str,
    pub calls: &'static str,
    pub call_questions: &'static str,
    pub to_assess: &'static str,
    pub being_assessed: &'static str,
    pub overdue: &'static str,
    pub dead: &'static str,
    pub keeping: &'static str,
    pub own: &'static str,
    pub notices: &'static str,
    pub exports: &'static str,
}

/// Who works here, and with what.
pub struct StaffPeopleTexts {
    pub title: &'static str,
    pub caption: &'static str,
    pub find: &'static str,
    pub find_hint: &'static str,
    pub only_staff: &'static str,
    pub search: &'static str,
    pub count: fn(count: i64) -> String,
    pub name: &'static str,
    pub email: &'static str,
    pub roles: &'static str,
    pub last_sign_in: &'static str,
    pub never: &'static str,
    pub status: &'static str,
    pub active: &'static str,
    pub disabled: &'static str,
    pub closed: &'static str,
    pub none: &'static str,
    pub add: AddTexts,
    pub one: OnePersonTexts,
}

/// The form that adds someone.
pub struct AddTexts {
    pub title: &'static str,
    pub lead: &'static str,
    pub submit: &'static str,
    pub email_wrong: &'static str,
    pub name_missing: &'static str,
    pub name_long: &'static str,
}

/// The page of one person.
pub struct OnePersonTexts {
    pub facts: &'static str,
    pub roles_held: &'static str,
    pub roles_before: &'static str,
    pub no_roles: &'static str,
    pub period: fn(from: &str, until: Option<&str>) -> String,
    pub give: &'static str,
    pub role: &'static str,
    pub role_missing: &'static str,
    pub from: &'static str,
    pub from_hint: &'static str,
    pub from_wrong: &'static str,
    pub until: &'static str,
    pub until_hint: &'static str,
    pub until_wrong: &'static str,
    pub until_before: &'static str,
    pub give_submit: &'static str,
    pub end: &'static str,
    pub end_role: fn(role: &str) -> String,
    pub given: &'static str,
    pub ended: &'static str,
    pub has_role: &'static str,
    pub disable: &'static str,
    pub disable_lead: &'static str,
    pub enable: &'static str,
    pub enable_lead: &'static str,
    pub factor: &'static str,
    pub factor_lead: &'static str,
    pub was_taken: &'static str,
    /// What someone has of a second factor.
    pub factors: &'static str,
    pub no_factor: &'static str,
    pub app_since: fn(at: &str) -> String,
    pub app_begun: &'static str,
    pub key: fn(name: &str, added: &str, used: Option<&str>) -> String,
    pub sessions: &'static str,
    pub this_session: &'static str,
    pub end_session: &'static str,
    pub end_session_which: fn(session: &str) -> String,
    pub session_ended: &'static str,
    pub session: fn(device: &str, seen: &str) -> String,
    pub sign_out: &'static str,
    pub was_signed_out: &'static str,
    pub identities: &'static str,
    pub identities_lead: &'static str,
    pub identity: fn(issuer: &str, used: &str) -> String,
    pub take_identity: fn(issuer: &str) -> String,
    pub identity_taken: &'static str,
    pub was_disabled: &'static str,
    pub was_enabled: &'static str,
    pub not_yourself: &'static str,
    pub last_administrator: &'static str,
}
