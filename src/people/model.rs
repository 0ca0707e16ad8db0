//! Accounts and sessions as they are stored.

use std::collections::BTreeMap;

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

/// What a notice is about. Where it leads and what stands in its sentence comes with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeKind {
    /// Asked into an organisation: `organisation`.
    Invited,
    /// Someone wants to be let into one's organisation: `who`, `organisation`.
    Asked,
    /// `organisation`.
    RoleChanged,
    /// No longer in an `organisation`.
    Removed,
    /// `organisation`, `into`.
    Merged,
    /// `organisation`.
    Verified,
    /// `organisation`.
    Retired,
    /// Signed in with a `browser` that the account was not known by.
    NewSignIn,
    /// Asked in to an application of an `organisation`.
    ApplicationInvited,
    /// To those who sign: an application with a `title`, of an `organisation`, waits.
    SignatureAsked,
    /// `title`, `organisation`.
    ApplicationSigned,
    /// `number`, `organisation`.
    ApplicationReceived,
    /// `number`, `organisation`.
    ApplicationWithdrawn,
    /// Of a call that one has begun an application under: its `title`.
    CallChanged,
    /// `organisation`, `when`.
    MoreTime,
    /// Harmful code was found in a `file` that one attached.
    FileQuarantined,
    /// For the warehouse: `title`.
    LowStock,
    /// For editors: `title`.
    DraftAwaitsReview,
    /// For editors: the name of a `file` of publications.
    ImportAwaits,
    /// For officers: the `title` of a call.
    CallAwaitsReview,
    /// For officers: the `title` of a call that somebody has asked about.
    CallQuestion,
    /// For registrars: the `number` of a request to see documents that came.
    DisclosureCame,
    /// For registrars: the same, when a decision is asked for.
    DecisionAsked,
    /// For registrars: the same, when it has waited too long.
    DisclosureLate,
}

impl NoticeKind {
    pub const ALL: [Self; 24] = [
        Self::Invited,
        Self::Asked,
        Self::RoleChanged,
        Self::Removed,
        Self::Merged,
        Self::Verified,
        Self::Retired,
        Self::NewSignIn,
        Self::ApplicationInvited,
        Self::SignatureAsked,
        Self::ApplicationSigned,
        Self::ApplicationReceived,
        Self::ApplicationWithdrawn,
        Self::CallChanged,
        Self::MoreTime,
        Self::FileQuarantined,
        Self::LowStock,
        Self::DraftAwaitsReview,
        Self::ImportAwaits,
        Self::CallAwaitsReview,
        Self::CallQuestion,
        Self::DisclosureCame,
        Self::DecisionAsked,
        Self::DisclosureLate,
    ];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Invited => "organisation.invited",
            Self::Asked => "organisation.asked",
            Self::RoleChanged => "organisation.role",
            Self::Removed => "organisation.removed",
            Self::Merged => "organisation.merged",
            Self::Verified => "organisation.verified",
            Self::Retired => "organisation.retired",
            Self::NewSignIn => "sign_in.new",
            Self::ApplicationInvited => "application.invited",
            Self::SignatureAsked => "application.signature",
            Self::ApplicationSigned => "application.signed",
            Self::ApplicationReceived => "application.received",
            Self::ApplicationWithdrawn => "application.withdrawn",
            Self::CallChanged => "call.changed",
            Self::MoreTime => "call.more_time",
            Self::FileQuarantined => "file.quarantined",
            Self::LowStock => "stock.low",
            Self::DraftAwaitsReview => "draft.review",
            Self::ImportAwaits => "import.review",
            Self::CallAwaitsReview => "call.review",
            Self::CallQuestion => "call.question",
            Self::DisclosureCame => "disclosure.came",
            Self::DecisionAsked => "disclosure.decision",
            Self::DisclosureLate => "disclosure.late",
        }
    }

    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether only the staff are told: in Swedish.
    pub const fn is_for_staff(self) -> bool {
        matches!(
            self,
            Self::LowStock
                | Self::DraftAwaitsReview
                | Self::ImportAwaits
                | Self::CallAwaitsReview
                | Self::CallQuestion
                | Self::DisclosureCame
                | Self::DecisionAsked
                | Self::DisclosureLate
        )
    }

    /// Whether a mail of its own goes out anyway, so that the notice brings none.
    pub const fn has_own_mail(self) -> bool {
        matches!(self, Self::Invited | Self::Asked | Self::ApplicationInvited | Self::ApplicationReceived)
    }
}

/// What stands in a notice's sentence, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NoticeWords(BTreeMap<String, String>);

impl NoticeWords {
    pub fn set(&mut self, name: &str, word: impl Into<String>) {
        self.0.insert(name.to_owned(), word.into());
    }

    /// The word, or nothing.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// As it is stored: JSON with names in order.
    pub fn json(&self) -> String {
        serde_json::to_string(&self.0).unwrap_or_default()
    }

    pub fn read(json: &str) -> Self {
        Self(serde_json::from_str(json).unwrap_or_default())
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

/// Browser and system as people know them, out of what a browser says of itself.
pub fn device(agent: &str) -> (Option<&'static str>, Option<&'static str>) {
    let first = |names: &[(&str, &'static str)]| names.iter().find(|(part, _)| agent.contains(part)).map(|(_, name)| *name);
    let browser = first(&[("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")]);
    let system = first(&[
        ("Windows", "Windows"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    ]);
    (browser, system)
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
    fn a_kind_is_found_by_its_code_and_words_are_read_back() {
        for kind in NoticeKind::ALL {
            assert_eq!(NoticeKind::of_code(kind.code()), Some(kind));
        }
        let mut words = NoticeWords::default();
        words.set("organisation", "Umeå \"kommun\"");
        assert_eq!(NoticeWords::read(&words.json()), words);
        assert_eq!((words.get("organisation"), words.get("who")), ("Umeå \"kommun\"", ""));
    }

    #[test]
    fn a_session_ends_at_the_nearer_limit() {
        let start = Instant::parse("2026-11-23T09:00:00Z").unwrap();
        let minutes = |minutes: i64| start.plus_seconds(minutes * 60);
        assert_eq!(Lasts::of(true).end(start, start), minutes(60));
        assert_eq!(Lasts::of(true).end(start, minutes(590)), minutes(600));
        assert_eq!(Lasts::of(false).end(start, minutes(30)), minutes(150));
    }
}
