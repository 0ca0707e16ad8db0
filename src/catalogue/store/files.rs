//! The files of editions, those they had before, and how often they were fetched.

use sqlx::FromRow;

use crate::catalogue::model::FileInfo;
use crate::kit::{Id, Instant, Isbn};
use crate::platform::db::{StoreError, Tx, exactly_one};

/// A digital edition as the page of files shows it.
#[derive(Debug, Clone, FromRow)]
pub struct Digital {
    pub id: Id,
    pub form: String,
    pub isbn: Option<Isbn>,
    pub version: i64,
    pub file_hash: Option<String>,
    pub file_name: Option<String>,
    pub file_size: Option<i64>,
    pub media_type: Option<String>,
    /// Downloads since ever.
    pub fetched: i64,
}

impl Digital {
    pub fn file(&self) -> Option<FileInfo> {
        let (hash, name) = (self.file_hash.clone()?, self.file_name.clone()?);
        Some(FileInfo { hash, name, size: self.file_size?, media_type: self.media_type.clone()? })
    }
}

/// The editions of a work that may have a file.
pub async fn digital(tx: &mut Tx, work: &Id) -> Result<Vec<Digital>, StoreError> {
    let rows = sqlx::query_as(
        "SELECT e.id, e.form, e.isbn, e.version, e.file_hash, e.file_name, e.file_size, e.media_type,
                CAST(COALESCE((SELECT SUM(d.count) FROM downloads d WHERE d.edition_id = e.id), 0) AS BIGINT) AS fetched
         FROM editions e WHERE e.work_id = $1 AND e.form IN ('pdf', 'epub') ORDER BY e.position",
    );
    Ok(rows.bind(work).fetch_all(tx).await?)
}

/// A file that an edition had before.
#[derive(Debug, Clone, FromRow)]
pub struct Replaced {
    pub id: Id,
    pub edition_id: Id,
    pub file_hash: String,
    pub name: String,
    pub size: i64,
    pub media_type: String,
    pub replaced_by: String,
    pub replaced_at: Instant,
}

/// What a work's editions had before, the latest first.
pub async fn replaced(tx: &mut Tx, work: &Id) -> Result<Vec<Replaced>, StoreError> {
    let rows = sqlx::query_as(
        "SELECT r.id, r.edition_id, r.file_hash, r.name, r.size, r.media_type, r.replaced_by, r.replaced_at
         FROM replaced_files r JOIN editions e ON e.id = r.edition_id WHERE e.work_id = $1 ORDER BY r.replaced_at DESC, r.id DESC LIMIT 200",
    );
    Ok(rows.bind(work).fetch_all(tx).await?)
}

/// One of them.
pub async fn one_replaced(tx: &mut Tx, work: &Id, id: &Id) -> Result<Option<Replaced>, StoreError> {
    let row = sqlx::query_as(
        "SELECT r.id, r.edition_id, r.file_hash, r.name, r.size, r.media_type, r.replaced_by, r.replaced_at
         FROM replaced_files r JOIN editions e ON e.id = r.edition_id WHERE e.work_id = $1 AND r.id = $2",
    );
    Ok(row.bind(work).bind(id).fetch_optional(tx).await?)
}

/// Lays the file that an edition has among those it had.
pub async fn lay_aside(tx: &mut Tx, id: &Id, edition: &Id, by: &str, at: Instant) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO replaced_files (id, edition_id, file_hash, name, size, media_type, replaced_by, replaced_at)
         SELECT $1, e.id, e.file_hash, e.file_name, e.file_size, e.media_type, $3, $4 FROM editions e
         WHERE e.id = $2 AND e.file_hash IS NOT NULL AND e.file_name IS NOT NULL AND e.file_size IS NOT NULL AND e.media_type IS NOT NULL",
    )
    .bind(id)
    .bind(edition)
    .bind(by)
    .bind(at)
    .execute(tx)
    .await?;
    Ok(())
}

/// Gives an edition a file, or takes it away.
pub async fn set(tx: &mut Tx, edition: &Id, file: Option<&FileInfo>) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE editions SET file_hash = $2, file_name = $3, file_size = $4, media_type = $5 WHERE id = $1")
        .bind(edition)
        .bind(file.map(|file| file.hash.clone()))
        .bind(file.map(|file| file.name.clone()))
        .bind(file.map(|file| file.size))
        .bind(file.map(|file| file.media_type.clone()))
        .execute(tx)
        .await?;
    exactly_one(done.rows_affected(), "editions.id")
}
