//! Accounts and sessions as they are stored.

use sqlx::FromRow;

use crate::kit::{CivilDate, Email, Id, Instant, Lang, Phone, StaffRole};

/// Someone who can sign in.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Account {
    pub id: Id,
    pub email: Email,
    /// Empty until the person has said it.
    pub name: String,
    pub phone: Option<Phone>,
    pub lang: Lang,
    /// `active`, `disabled` by an administrator, `closed` by the person.
    pub status: String,
    /// How often the person wants mail: a code of `rules::Notices`.
    pub notices: String,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub last_sign_in_at: Option<Instant>,
}

impl Account {
    pub fn is_active(&self) -> bool {
        self.status == "active"
    }

    /// What the person is called on pages.
    pub fn shown(&self) -> &str {
        if self.name.is_empty() { self.email.as_str() } else { &self.name }
    }
}

/// A role of the staff, held or to come or past.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct RoleRow {
    pub id: Id,
    pub account_id: Id,
    pub role: StaffRole,
    pub valid_from: CivilDate,
    /// The last day.
    pub valid_until: Option<CivilDate>,
    pub given_by: Id,
    pub given_at: Instant,
}

impl RoleRow {
    pub fn holds_on(&self, day: CivilDate) -> bool {
        self.valid_from <= day && self.valid_until.is_none_or(|until| day <= until)
    }
}

/// How someone was let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// By a mail's link or code.
    Mail,
    /// By choosing a name, in demonstration mode only.
    Demo,
    /// By a provider of OpenID Connect.
    OpenId,
}

impl Method {
    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Demo => "demo",
            Self::OpenId => "openid",
        }
    }
}

/// How long a session lasts: from the last thing that happened, and in all. Staff see others' personal data, so theirs end
/// sooner (OWASP ASVS 5.0, 7.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lasts {
    pub idle_minutes: i64,
    pub in_all_minutes: i64,
}

impl Lasts {
    pub const fn of(staff: bool) -> Self {
        if staff { Self { idle_minutes: 60, in_all_minutes: 10 * 60 } } else { Self { idle_minutes: 2 * 60, in_all_minutes: 24 * 60 } }
    }

    /// When a session ends unless something happens first.
    pub fn end(self, created_at: Instant, last_seen_at: Instant) -> Instant {
        created_at.plus_seconds(self.in_all_minutes * 60).min(last_seen_at.plus_seconds(self.idle_minutes * 60))
    }
}

/// A session, for the person whose it is.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct SessionRow {
    pub id: Id,
    pub method: String,
    pub agent: String,
    pub created_at: Instant,
    pub last_seen_at: Instant,
}

/// A mail that lets someone in.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct SignInLink {
    pub id: Id,
    pub code_hash: String,
    pub browser_hash: String,
    pub email: Email,
    pub lang: Lang,
    pub leads_to: String,
    pub guesses: i64,
    pub expires_at: Instant,
    pub used_at: Option<Instant>,
}

impl SignInLink {
    /// Whether it still opens anything.
    pub fn lives(&self, now: Instant) -> bool {
        self.used_at.is_none() && now < self.expires_at && self.guesses < super::actions::MOST_GUESSES
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_at_the_nearer_limit() {
        let start = Instant::parse("2026-11-23T09:00:00Z").unwrap();
        let minutes = |minutes: i64| start.plus_seconds(minutes * 60);
        assert_eq!(Lasts::of(true).end(start, start), minutes(60));
        assert_eq!(Lasts::of(true).end(start, minutes(590)), minutes(600));
        assert_eq!(Lasts::of(false).end(start, minutes(30)), minutes(150));
    }
}
