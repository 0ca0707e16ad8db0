//! What is done with the register, each in one transaction with its place in the audit chain. What people do with requests to see
//! documents is in [`disclosures`], with their files in [`files`].
//!
//! Other areas register what they receive and send with [`open_case`] and [`enter`], inside their own transaction: then there is
//! no submitted application without its number, and no number without what it is for. Both take the reference of what it is, and
//! give the same case and document when they are called again. The transaction must be one of `Db::write_in_line`.

pub mod disclosures;
pub mod files;

use serde_json::json;

use super::model::{Case, Entry, Facts, NewDocument, NewFile, Secrecy};
use super::store::{self, listing};
use crate::kit::{CaseFormat, CaseNumber, CivilDate, Id, Instant, civil};
use crate::platform::audit;
use crate::platform::db::{StoreError, Transient, Tx};
use crate::web::{App, AppError, SignedIn};

/// Why something was not done. Nothing was changed then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such document, request or link.
    Unknown,
    /// There is no case with this number.
    NoCase,
    /// Somebody else was first.
    Stale,
    /// The request is not where this can happen.
    NotNow,
    /// What is given out must be made ready first.
    NothingReady,
    /// Something is made ready, and the decision gives nothing out.
    SomethingReady,
    /// The document is marked as secret: only a masked copy of its file is given out.
    Secret,
}

/// Ends a transaction without effect: the database's fault or a rule's.
#[derive(Debug)]
enum Failure {
    Store(StoreError),
    Refused(Refusal),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale("register_documents.version" | "disclosures.version") => Self::Refused(Refusal::Stale),
            error => Self::Store(error),
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl Transient for Failure {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_transient())
    }
}

/// What came of an action: done, refused by a rule, or a fault.
pub type Outcome<T> = Result<Result<T, Refusal>, AppError>;

fn outcome<T>(result: Result<T, Failure>) -> Outcome<T> {
    match result {
        Ok(value) => Ok(Ok(value)),
        Err(Failure::Refused(refusal)) => Ok(Err(refusal)),
        Err(Failure::Store(error)) => Err(error.into()),
    }
}

/// The day in Stockholm.
pub fn today(app: &App) -> CivilDate {
    civil::stockholm(app.now()).date
}

fn reference(document: &Id) -> String {
    format!("register_document:{document}")
}

/// Opens a case, or gives the one that this reference has already.
pub async fn open_case(tx: &mut Tx, format: &CaseFormat, id: &Id, about: &str, now: Instant) -> Result<Case, StoreError> {
    match store::case_by_reference(tx, about).await? {
        Some(case) => Ok(case),
        None => store::insert_case(tx, format, id, Some(about), now).await,
    }
}

/// Registers a document in a case; its id and its running number there. One whose reference is registered already is not
/// registered again.
pub async fn enter(tx: &mut Tx, case: &Case, document: &NewDocument, by: &str, now: Instant) -> Result<(Id, i64), StoreError> {
    if let Some(about) = &document.reference
        && let Some(registered) = store::document_by_reference(tx, about).await?
    {
        return Ok(registered);
    }
    let running = store::insert_document(tx, case, document, by, now).await?;
    let detail = json!({
        "number": case.number.of_document(running),
        "direction": document.facts.direction.code(),
        "secret": document.facts.secrecy.is_some(),
        "files": document.files.len(),
    });
    audit::append(tx, now, by, "register.entered", &reference(&document.id), &detail).await?;
    Ok((document.id.clone(), running))
}

/// What somebody registers by hand: a letter, a note of a call, a mail.
#[derive(Debug, Clone)]
pub struct ByHand {
    /// The form's own id: sent twice it is one document.
    pub key: Id,
    /// None opens a new case.
    pub case: Option<CaseNumber>,
    pub facts: Facts,
    pub file: Option<NewFile>,
}

/// Registers by hand; gives the document.
pub async fn register(app: &App, who: &SignedIn, new: &ByHand) -> Outcome<Id> {
    let now = app.now();
    let case_id = app.ids.id(now);
    let about = format!("by_hand:{}", new.key);
    let document = NewDocument {
        id: app.ids.id(now),
        reference: Some(about.clone()),
        content_hash: new.file.as_ref().map(|file| file.hash.clone()),
        facts: new.facts.clone(),
        files: new.file.clone().into_iter().collect(),
    };
    let result = app.db.write_in_line(async |tx| {
        let case = match &new.case {
            Some(number) => store::case_by_number(tx, number).await?.ok_or(Refusal::NoCase)?,
            None => open_case(tx, &app.config.case_number, &case_id, &about, now).await?,
        };
        Ok(enter(tx, &case, &document, &who.actor(), now).await?.0)
    });
    outcome(result.await)
}

/// What changes in what is said of a document.
#[derive(Debug, Clone)]
pub enum Change {
    /// Everything but its secrecy.
    Facts(Facts),
    /// It is marked as secret, otherwise than before, or no longer.
    Secrecy(Option<Secrecy>),
}

/// Writes another entry about a document, if nobody did since `version` was read. The one before stays.
pub async fn correct(app: &App, who: &SignedIn, document: &Id, version: i64, change: &Change, reason: &str) -> Outcome<()> {
    let now = app.now();
    let result = app.db.write_in_line(async |tx| {
        let listed = listing::one(tx, document).await?.ok_or(Refusal::Unknown)?;
        if listed.version != version {
            return Err(Failure::Refused(Refusal::Stale));
        }
        let before = store::entries(tx, document).await?.into_iter().next().ok_or(Refusal::Unknown)?;
        let (facts, action) = match change {
            Change::Facts(facts) => (Facts { secrecy: before.facts.secrecy, ..facts.clone() }, "register.corrected"),
            Change::Secrecy(secrecy) => (Facts { secrecy: secrecy.clone(), ..before.facts }, "register.secrecy"),
        };
        let ground = facts.secrecy.as_ref().map(|secrecy| secrecy.ground.code());
        let entry = Entry { version: version + 1, facts, entered_at: now, entered_by: who.actor(), reason: Some(reason.to_owned()) };
        store::correct(tx, &listed.number, listed.running, document, &entry).await?;
        let detail = json!({ "number": listed.number_of_document(), "version": entry.version, "ground": ground });
        audit::append(tx, now, &who.actor(), action, &reference(document), &detail).await?;
        Ok(())
    });
    outcome(result.await)
}

/// Notes in the chain that somebody reads what is masked of a document; before it is shown.
pub async fn read_secret(app: &App, who: &SignedIn, document: &Id) -> Outcome<()> {
    let now = app.now();
    let result = app.db.write_in_line(async |tx| {
        let listed = listing::one(tx, document).await?.ok_or(Refusal::Unknown)?;
        let detail = json!({ "number": listed.number_of_document() });
        audit::append(tx, now, &who.actor(), "register.read", &reference(document), &detail).await?;
        Ok(())
    });
    outcome(result.await)
}
