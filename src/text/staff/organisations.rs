//! Sentences of the staff's pages about organisations. Kinds, roles, states and facts are named as in `text::organisations`.

pub struct StaffOrganisationTexts {
    pub title: &'static str,
    pub caption: &'static str,
    pub find: &'static str,
    pub find_hint: &'static str,
    pub any_kind: &'static str,
    pub any_municipality: &'static str,
    pub any_status: &'static str,
    pub asked: &'static str,
    pub search: &'static str,
    pub count: fn(count: i64) -> String,
    pub none: &'static str,
    pub requests: &'static str,
    pub one: StaffOneTexts,
    pub end: EndTexts,
    pub merge: MergeTexts,
    pub retire: RetireTexts,
}

/// The page of one organisation.
pub struct StaffOneTexts {
    pub members: &'static str,
    pub no_members: &'static str,
    pub nobody_signs: &'static str,
    pub became: &'static str,
    pub was: &'static str,
    pub verify: &'static str,
    pub verify_lead: &'static str,
    pub unverify: &'static str,
    pub unverify_lead: &'static str,
    pub reopen: &'static str,
    pub reopen_lead: &'static str,
    pub more: &'static str,
    pub stale: &'static str,
    pub was_verified: &'static str,
    pub was_unverified: &'static str,
    pub was_reopened: &'static str,
    pub was_retired: &'static str,
    pub was_merged: &'static str,
    pub was_let_in: &'static str,
    pub was_refused: &'static str,
    pub was_removed: &'static str,
}

/// Ending someone's membership.
pub struct EndTexts {
    pub end: &'static str,
    pub end_whose: fn(name: &str) -> String,
    pub title: &'static str,
    pub lead: fn(organisation: &str) -> String,
    pub reason: &'static str,
    pub reason_hint: &'static str,
    pub reason_missing: &'static str,
    pub last: &'static str,
    pub confirm: &'static str,
    pub unconfirmed: &'static str,
    pub stale: &'static str,
    pub submit: &'static str,
    /// Those whom staff have removed.
    pub ended: &'static str,
    pub was_ended: fn(name: &str, role: &str, day: &str, by: &str) -> String,
}

pub struct MergeTexts {
    pub title: &'static str,
    pub lead: fn(name: &str) -> String,
    pub into: &'static str,
    pub next: &'static str,
    pub check: &'static str,
    pub goes: &'static str,
    pub stays: &'static str,
    pub what: fn(from: &str, into: &str) -> String,
    pub submit: &'static str,
    pub not_into: &'static str,
}

pub struct RetireTexts {
    pub title: &'static str,
    pub lead: fn(name: &str) -> String,
    pub submit: &'static str,
}
