//! Identities and requests as they are stored.

use serde_json::{Value, json};
use sqlx::FromRow;

use crate::kit::{Id, Instant, Lang};

/// What someone is sent to a provider for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    SignIn,
    /// The person is signed in and wants to use the provider from now on.
    Link,
    /// The person came by the provider and shows anew who they are: the second factor.
    Prove,
}

impl Purpose {
    const ALL: [Self; 3] = [Self::SignIn, Self::Link, Self::Prove];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::Link => "link",
            Self::Prove => "prove",
        }
    }

    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.code() == code)
    }
}

/// Someone at a provider, and the account that is theirs here.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Identity {
    pub id: Id,
    pub account_id: Id,
    pub issuer: String,
    pub subject: String,
    pub created_at: Instant,
    pub last_used_at: Instant,
}

impl Identity {
    /// For whom it belongs to, among all that is kept of them.
    pub fn told(&self) -> Value {
        json!({ "issuer": self.issuer, "subject": self.subject, "since": self.created_at.text(), "last_used": self.last_used_at.text() })
    }
}

/// A browser on its way to a provider and back.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Request {
    pub id: Id,
    pub nonce: String,
    pub verifier: String,
    pub issuer: String,
    pub purpose: String,
    pub account_id: Option<Id>,
    pub lang: Lang,
    pub leads_to: String,
    pub browser_hash: String,
    pub created_at: Instant,
    pub expires_at: Instant,
    pub used_at: Option<Instant>,
}

impl Request {
    /// Whether it may still be answered.
    pub fn lives(&self, now: Instant) -> bool {
        self.used_at.is_none() && now < self.expires_at
    }

    /// What it is for; a code that is not known is none of ours.
    pub fn purpose(&self) -> Option<Purpose> {
        Purpose::of_code(&self.purpose)
    }
}
