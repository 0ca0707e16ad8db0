//! SQL of cases, documents, what is said of them, and their files. [`listing`] finds documents, [`disclosures`] has requests to
//! see them.
//!
//! Rows of the register are only added. What holds of a document is the entry that its `version` names; what is masked in that
//! entry leaves the database through [`entries`] alone.

pub mod disclosures;
pub mod listing;

use sqlx::FromRow;

use super::model::{Case, Direction, Entry, Facts, Ground, NewDocument, NewFile, Party, Secrecy, StoredFile};
use crate::kit::{CaseFormat, CaseNumber, CivilDate, Id, Instant, civil, swedish};
use crate::platform::db::{StoreError, Tx, exactly_one};

/// Takes the next place in the series of a year. The counter's row is locked until the transaction ends and goes back with it, so
/// the series has no gaps.
async fn next_serial(tx: &mut Tx, year: u16) -> Result<i64, StoreError> {
    let serial = sqlx::query_scalar(
        "INSERT INTO counters (name, value) VALUES ($1, 1) ON CONFLICT (name) DO UPDATE SET value = counters.value + 1 RETURNING value",
    );
    Ok(serial.bind(format!("register:{year}")).fetch_one(tx).await?)
}

pub async fn case_by_reference(tx: &mut Tx, reference: &str) -> Result<Option<Case>, StoreError> {
    Ok(sqlx::query_as("SELECT id, number FROM register_cases WHERE reference = $1").bind(reference).fetch_optional(tx).await?)
}

pub async fn case_by_number(tx: &mut Tx, number: &CaseNumber) -> Result<Option<Case>, StoreError> {
    Ok(sqlx::query_as("SELECT id, number FROM register_cases WHERE number = $1").bind(number.clone()).fetch_optional(tx).await?)
}

/// Opens a case with the next number of the year that it is in Stockholm. Two statements.
pub async fn insert_case(tx: &mut Tx, format: &CaseFormat, id: &Id, reference: Option<&str>, now: Instant) -> Result<Case, StoreError> {
    let year = civil::stockholm(now).date.year();
    let serial = next_serial(tx, year).await?;
    let number = format.number(year, serial);
    sqlx::query("INSERT INTO register_cases (id, year, serial, number, reference, opened_at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(id.clone())
        .bind(i64::from(year))
        .bind(serial)
        .bind(number.clone())
        .bind(reference.map(str::to_owned))
        .bind(now)
        .execute(tx)
        .await?;
    Ok(Case { id: id.clone(), number })
}

/// A document that is registered already, and its running number.
pub async fn document_by_reference(tx: &mut Tx, reference: &str) -> Result<Option<(Id, i64)>, StoreError> {
    Ok(sqlx::query_as("SELECT id, running FROM register_documents WHERE reference = $1").bind(reference).fetch_optional(tx).await?)
}

/// Adds a document to a case, with its first entry, its words and files; its running number. The caller stands in line.
pub async fn insert_document(tx: &mut Tx, case: &Case, document: &NewDocument, by: &str, now: Instant) -> Result<i64, StoreError> {
    let running: i64 = sqlx::query_scalar(
        "INSERT INTO register_documents (id, seq, case_id, running, reference, content_hash, year, registered_at, registered_by)
         VALUES ($1, (SELECT COALESCE(MAX(seq), 0) + 1 FROM register_documents), $2,
                 (SELECT CAST(COUNT(*) AS BIGINT) + 1 FROM register_documents WHERE case_id = $2), $3, $4, $5, $6, $7)
         RETURNING running",
    )
    .bind(document.id.clone())
    .bind(case.id.clone())
    .bind(document.reference.clone())
    .bind(document.content_hash.clone())
    .bind(i64::from(civil::stockholm(now).date.year()))
    .bind(now)
    .bind(by)
    .fetch_one(&mut *tx)
    .await?;
    let entry = Entry { version: 1, facts: document.facts.clone(), entered_at: now, entered_by: by.to_owned(), reason: None };
    insert_entry(tx, &document.id, &entry).await?;
    listing::insert_words(tx, &document.id, &case.number, running, &document.facts).await?;
    for (file, place) in document.files.iter().zip(1..) {
        insert_file(tx, &document.id, place, file, by, now).await?;
    }
    Ok(running)
}

async fn insert_entry(tx: &mut Tx, document: &Id, entry: &Entry) -> Result<(), StoreError> {
    let facts = &entry.facts;
    let secrecy = facts.secrecy.as_ref();
    sqlx::query(
        "INSERT INTO register_entries (document_id, version, direction, day, party, counterpart, subject, secrecy, masks_subject,
            masks_counterpart, entered_at, entered_by, reason)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(document.clone())
    .bind(entry.version)
    .bind(facts.direction.code())
    .bind(facts.day)
    .bind(facts.party.code())
    .bind(facts.counterpart.clone())
    .bind(facts.subject.clone())
    .bind(secrecy.map(|secrecy| secrecy.ground.code()))
    .bind(i64::from(secrecy.is_some_and(|secrecy| secrecy.masks_subject)))
    .bind(i64::from(secrecy.is_some_and(|secrecy| secrecy.masks_counterpart)))
    .bind(entry.entered_at)
    .bind(entry.entered_by.clone())
    .bind(entry.reason.clone())
    .execute(tx)
    .await?;
    Ok(())
}

async fn insert_file(tx: &mut Tx, document: &Id, place: i64, file: &NewFile, by: &str, now: Instant) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO register_files (id, document_id, place, file_hash, name, media_type, size, added_at, added_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(file.id.clone())
    .bind(document.clone())
    .bind(place)
    .bind(file.hash.clone())
    .bind(file.name.clone())
    .bind(file.media_type.clone())
    .bind(file.size)
    .bind(now)
    .bind(by)
    .execute(tx)
    .await?;
    Ok(())
}

/// Makes another entry hold, if the one before it still does.
pub async fn correct(tx: &mut Tx, case: &CaseNumber, running: i64, document: &Id, entry: &Entry) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE register_documents SET version = $2 WHERE id = $1 AND version = $2 - 1")
        .bind(document.clone())
        .bind(entry.version)
        .execute(&mut *tx)
        .await?;
    exactly_one(done.rows_affected(), "register_documents.version")?;
    insert_entry(tx, document, entry).await?;
    sqlx::query("DELETE FROM register_words WHERE document_id = $1").bind(document.clone()).execute(&mut *tx).await?;
    listing::insert_words(tx, document, case, running, &entry.facts).await
}

#[derive(FromRow)]
struct EntryRow {
    version: i64,
    direction: String,
    day: CivilDate,
    party: String,
    counterpart: String,
    subject: String,
    secrecy: Option<String>,
    masks_subject: i64,
    masks_counterpart: i64,
    entered_at: Instant,
    entered_by: String,
    reason: Option<String>,
}

impl EntryRow {
    fn entry(self) -> Result<Entry, StoreError> {
        let corrupt = |what: &str| StoreError::Corrupt(format!("register_entries.{what}"));
        let secrecy = match self.secrecy {
            None => None,
            Some(code) => Some(Secrecy {
                ground: Ground::parse(&code).map_err(|_| corrupt("secrecy"))?,
                masks_subject: self.masks_subject == 1,
                masks_counterpart: self.masks_counterpart == 1,
            }),
        };
        let facts = Facts {
            direction: Direction::of_code(&self.direction).ok_or_else(|| corrupt("direction"))?,
            day: self.day,
            party: Party::of_code(&self.party).ok_or_else(|| corrupt("party"))?,
            counterpart: self.counterpart,
            subject: self.subject,
            secrecy,
        };
        Ok(Entry { version: self.version, facts, entered_at: self.entered_at, entered_by: self.entered_by, reason: self.reason })
    }
}

/// Everything that has been said of a document, whole, the latest first.
pub async fn entries(tx: &mut Tx, document: &Id) -> Result<Vec<Entry>, StoreError> {
    let rows: Vec<EntryRow> = sqlx::query_as(
        "SELECT version, direction, day, party, counterpart, subject, secrecy, masks_subject, masks_counterpart, entered_at, entered_by,
            reason
         FROM register_entries WHERE document_id = $1 ORDER BY version DESC",
    )
    .bind(document.clone())
    .fetch_all(tx)
    .await?;
    rows.into_iter().map(EntryRow::entry).collect()
}

/// The files of a document.
pub async fn files(tx: &mut Tx, document: &Id) -> Result<Vec<StoredFile>, StoreError> {
    let files = sqlx::query_as(
        "SELECT id, document_id, file_hash, name, media_type, size FROM register_files WHERE document_id = $1 ORDER BY place",
    );
    Ok(files.bind(document.clone()).fetch_all(tx).await?)
}

/// One file, by itself.
pub async fn file(tx: &mut Tx, id: &Id) -> Result<Option<StoredFile>, StoreError> {
    let file = sqlx::query_as("SELECT id, document_id, file_hash, name, media_type, size FROM register_files WHERE id = $1");
    Ok(file.bind(id.clone()).fetch_optional(tx).await?)
}

/// The words of a number: `2026-00017:3` is found by its year, its place and the document.
fn number_words(number: &CaseNumber, running: i64) -> Vec<String> {
    swedish::words(&number.of_document(running))
}
