//! Files of publications that somebody reads in by the page: where they stand, what the report said, who did it.

use sqlx::FromRow;

use crate::kit::{Id, Instant};
use crate::platform::db::{StoreError, Tx, exactly_one};

/// Where a file stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is being looked through.
    Checking,
    /// It can be read in.
    Checked,
    /// Something in it must be mended first.
    Refused,
    /// It is being read in.
    Importing,
    Imported,
    /// It could be read before, and could not be read in.
    Failed,
}

impl State {
    pub const ALL: [Self; 6] = [Self::Checking, Self::Checked, Self::Refused, Self::Importing, Self::Imported, Self::Failed];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Checking => "checking",
            Self::Checked => "checked",
            Self::Refused => "refused",
            Self::Importing => "importing",
            Self::Imported => "imported",
            Self::Failed => "failed",
        }
    }

    /// Whether the worker has it in hand.
    pub const fn is_running(self) -> bool {
        matches!(self, Self::Checking | Self::Importing)
    }
}

/// One file.
#[derive(Debug, Clone, FromRow)]
pub struct ImportRow {
    pub id: Id,
    pub name: String,
    /// None once the file is gone.
    pub file_hash: Option<String>,
    pub shown_hash: String,
    pub size: i64,
    pub format: String,
    pub state: String,
    /// Rows that were looked through, of the reading that is on its way or was last.
    pub rows_done: i64,
    /// Rows that the file has, once it was looked through.
    pub rows_all: i64,
    /// Rows that are written, while it is read in.
    pub rows_written: i64,
    /// Of the rows that are new or changed those that are evaluations, once it was looked through.
    pub evaluations: i64,
    /// The sentences of the report, as a JSON list.
    pub report: String,
    pub version: i64,
    pub uploaded_by: String,
    pub uploaded_at: Instant,
    pub confirmed_by: Option<String>,
    pub confirmed_at: Option<Instant>,
    pub finished_at: Option<Instant>,
}

impl ImportRow {
    pub fn state(&self) -> State {
        State::ALL.into_iter().find(|state| state.code() == self.state).unwrap_or(State::Failed)
    }

    /// Whether another than this one must confirm it: evaluations take two people.
    pub fn needs_another(&self, actor: &str) -> bool {
        self.evaluations > 0 && self.uploaded_by == actor
    }

    /// The sentences of the report.
    pub fn lines(&self) -> Vec<String> {
        serde_json::from_str(&self.report).unwrap_or_default()
    }
}

const ONE: &str = "SELECT id, name, file_hash, shown_hash, size, format, state, rows_done, rows_all, rows_written, evaluations, report, version, uploaded_by, uploaded_at,
    confirmed_by, confirmed_at, finished_at FROM catalogue_imports WHERE id = $1";
const LATEST: &str = "SELECT id, name, file_hash, shown_hash, size, format, state, rows_done, rows_all, rows_written, evaluations, report, version, uploaded_by, uploaded_at,
    confirmed_by, confirmed_at, finished_at FROM catalogue_imports ORDER BY uploaded_at DESC, id DESC LIMIT $1";

pub async fn one(tx: &mut Tx, id: &Id) -> Result<Option<ImportRow>, StoreError> {
    Ok(sqlx::query_as(ONE).bind(id).fetch_optional(tx).await?)
}

/// The latest files, the newest first.
pub async fn latest(tx: &mut Tx, limit: i64) -> Result<Vec<ImportRow>, StoreError> {
    Ok(sqlx::query_as(LATEST).bind(limit).fetch_all(tx).await?)
}

/// A file that has come.
#[derive(Debug, Clone, Copy)]
pub struct NewImport<'a> {
    pub id: &'a Id,
    pub name: &'a str,
    pub hash: &'a str,
    pub size: i64,
    pub format: &'a str,
    pub by: &'a str,
    pub at: Instant,
}

/// Notes a file that is to be looked through.
pub async fn insert(tx: &mut Tx, new: NewImport<'_>) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO catalogue_imports (id, name, file_hash, shown_hash, size, format, state, uploaded_by, uploaded_at)
         VALUES ($1, $2, $3, $3, $4, $5, 'checking', $6, $7)",
    )
    .bind(new.id)
    .bind(new.name)
    .bind(new.hash)
    .bind(new.size)
    .bind(new.format)
    .bind(new.by)
    .bind(new.at)
    .execute(tx)
    .await?;
    Ok(())
}

/// Someone says that a file that was looked through is to be read in. Whoever comes second is told.
pub async fn confirm(tx: &mut Tx, id: &Id, version: i64, by: &str, at: Instant) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE catalogue_imports SET state = 'importing', confirmed_by = $3, confirmed_at = $4, rows_done = 0, rows_written = 0, version = version + 1
         WHERE id = $1 AND version = $2 AND state = 'checked' AND file_hash IS NOT NULL",
    )
    .bind(id)
    .bind(version)
    .bind(by)
    .bind(at)
    .execute(tx)
    .await?;
    exactly_one(done.rows_affected(), "catalogue_imports.version")
}

/// How far it has come.
pub async fn progress(tx: &mut Tx, id: &Id, rows: i64, written: i64) -> Result<(), StoreError> {
    sqlx::query("UPDATE catalogue_imports SET rows_done = $2, rows_written = $3 WHERE id = $1 AND (rows_done < $2 OR rows_written < $3)")
        .bind(id)
        .bind(rows)
        .bind(written)
        .execute(tx)
        .await?;
    Ok(())
}

/// The files that the worker has in hand.
pub async fn running(tx: &mut Tx) -> Result<Vec<Id>, StoreError> {
    Ok(sqlx::query_scalar("SELECT id FROM catalogue_imports WHERE state IN ('checking', 'importing')").fetch_all(tx).await?)
}

/// What came of a file.
#[derive(Debug, Clone, Copy)]
pub struct Settled<'a> {
    pub after: State,
    pub rows: i64,
    pub evaluations: i64,
    pub report: &'a str,
}

/// Notes what came of it; false when it was settled before.
pub async fn settle(tx: &mut Tx, id: &Id, before: State, settled: Settled<'_>, at: Instant) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE catalogue_imports SET state = $3, rows_done = $4, report = $5, version = version + 1,
             rows_all = CASE WHEN $2 = 'checking' THEN $4 ELSE rows_all END,
             evaluations = CASE WHEN $2 = 'checking' THEN $7 ELSE evaluations END,
             rows_written = CASE WHEN $3 = 'imported' THEN $4 ELSE 0 END,
             checked_at = CASE WHEN $2 = 'checking' THEN $6 ELSE checked_at END,
             finished_at = CASE WHEN $2 = 'importing' THEN $6 ELSE finished_at END
         WHERE id = $1 AND state = $2",
    )
    .bind(id)
    .bind(before.code())
    .bind(settled.after.code())
    .bind(settled.rows)
    .bind(settled.report)
    .bind(at)
    .bind(settled.evaluations)
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}
