//! Applications, their answers version by version, and the people who write them.

use sqlx::FromRow;

use super::lifecycle::State;
use crate::calls::model::Facts;
use crate::forms::model::Definition;
use crate::kit::codes::codes;
use crate::kit::{Email, Form, Id, Instant, OrgRole};
use crate::organisations::model::{Organisation, Status};

/// An application's own row.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Application {
    pub id: Id,
    pub call_id: Id,
    /// The version of the call whose questions and rules it answers.
    pub call_version: i64,
    pub organisation_id: Id,
    #[sqlx(try_from = "String")]
    pub state: State,
    /// What the work is called; empty until somebody has said.
    pub title: String,
    /// 1 if it came after the call had closed, or else 0.
    pub late: i64,
    pub submitted_at: Option<Instant>,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
}

/// An application as one of its own people opens it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    pub application: Application,
    /// Who applies. Its status says whether anything can be changed.
    pub organisation: Organisation,
    /// What the person may do here: that of the membership, or of the place in this application.
    pub role: OrgRole,
    /// Whether the person belongs to the organisation, or was asked in to this application alone.
    pub belongs: bool,
}

impl Seat {
    /// Whether this person may do what the role may: nobody changes anything for an organisation that is closed.
    pub fn may(&self, least: OrgRole) -> bool {
        self.role >= least && matches!(self.organisation.status, Status::Unverified | Status::Verified | Status::Merged)
    }

    /// Whether this person may write in the answers now.
    pub fn writes(&self) -> bool {
        self.may(OrgRole::Editor) && self.application.state.is_written()
    }

    /// A page of the application.
    pub fn path(&self, below: &str) -> String {
        path(&self.application.id, below)
    }
}

/// A page of an application.
pub fn path(application: &Id, below: &str) -> String {
    format!("/ansokan/{application}{below}")
}

/// How the audit chain, the register and files name an application.
pub fn reference(application: &Id) -> String {
    format!("application:{application}")
}

/// The call that an application answers: the version that was frozen, and what the newest says of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub slug: crate::kit::Slug,
    pub facts: Facts,
    /// The questions, and those about the documents that the call wants.
    pub form: Definition,
    /// The newest version's number.
    pub newest: i64,
    pub opens_at: Instant,
    pub closes_at: Instant,
    /// Whether applications are taken at all: the call is published, and not called off or decided.
    pub lives: bool,
    /// Until when this organisation may send in, if the agency has given it more time.
    pub extended_to: Option<Instant>,
}

impl Asked {
    /// The last instant, which itself is too late.
    pub fn deadline(&self) -> Instant {
        self.extended_to.map_or(self.closes_at, |until| until.max(self.closes_at))
    }
}

codes! {
    /// How a version of an answer came about.
    How {
        Saved = "saved",
        Autosaved = "autosaved",
        /// Somebody else had saved meanwhile: it waits beside the current one.
        Beside = "beside",
        /// An earlier version, taken back.
        Restored = "restored",
        /// Chosen, or written together, where two had been beside each other.
        Merged = "merged",
        /// From an earlier application, the organisation's profile, or a spreadsheet.
        Brought = "brought",
    }
}

/// One version of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    pub question: String,
    /// From 1, within the question.
    pub number: i64,
    /// As it was typed, right or wrong.
    pub fields: Form,
    pub is_current: bool,
    pub how: How,
    pub saved_by: Id,
    pub saved_at: Instant,
}

/// Someone who writes in an application without belonging to its organisation.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Guest {
    pub id: Id,
    pub account_id: Id,
    pub role: OrgRole,
    pub since: Instant,
}

/// A mail that asks someone in to one application.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Invitation {
    pub id: Id,
    pub application_id: Id,
    pub email: Email,
    pub role: OrgRole,
    pub invited_by: Id,
    pub created_at: Instant,
    pub expires_at: Instant,
}

/// Someone who was on a page of an application lately.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Presence {
    pub account_id: Id,
    /// The page, by the section's key.
    pub section: String,
    pub seen_at: Instant,
}

/// That a signatory has signed what the application said then.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Signature {
    pub id: Id,
    pub content_hash: String,
    pub signed_by: Id,
    pub signed_at: Instant,
}

/// What was sent in, as it was.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Snapshot {
    pub number: i64,
    /// Canonical JSON.
    pub content: String,
    pub content_hash: String,
    pub made_by: Id,
    pub made_at: Instant,
}

/// Something that happened to an application.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Happened {
    pub seq: i64,
    pub at: Instant,
    /// None when nobody did it: a day passed.
    pub account_id: Option<Id>,
    pub event: String,
    pub note: String,
}
