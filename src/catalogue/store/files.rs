//! The files of editions, those they had before, and how often they were fetched.

use sqlx::FromRow;

use crate::catalogue::model::FileInfo;
use crate::kit::{Id, Instant, Isbn};
use crate::platform::db::{StoreError, Tx, exactly_one};

/// An edition with the file that readers fetch.
#[derive(Debug, Clone, FromRow)]
pub struct EditionFile {
    pub id: Id,
    pub form: String,
    pub isbn: Option<Isbn>,
    pub file_hash: Option<String>,
    pub file_name: Option<String>,
    pub file_size: Option<i64>,
    pub media_type: Option<String>,
    /// Downloads since ever.
    pub fetched: i64,
}

impl EditionFile {
    pub fn file(&self) -> Option<FileInfo> {
        let (hash, name) = (self.file_hash.clone()?, self.file_name.clone()?);
        Some(FileInfo { hash, name, size: self.file_size?, media_type: self.media_type.clone()? })
    }
}

/// The editions of a work that readers see.
pub async fn of_work(tx: &mut Tx, work: &Id) -> Result<Vec<EditionFile>, StoreError> {
    let rows = sqlx::query_as(
        "SELECT e.id, e.form, e.isbn, e.file_hash, e.file_name, e.file_size, e.media_type,
                CAST(COALESCE((SELECT SUM(d.count) FROM downloads d WHERE d.edition_id = e.id), 0) AS BIGINT) AS fetched
         FROM editions e WHERE e.work_id = $1 AND e.removed = 0 ORDER BY e.position",
    );
    Ok(rows.bind(work).fetch_all(tx).await?)
}

/// The editions of a work that were taken away while they had a file.
pub async fn left_behind(tx: &mut Tx, work: &Id) -> Result<Vec<(Id, String)>, StoreError> {
    let rows =
        sqlx::query_as("SELECT id, file_hash FROM editions WHERE work_id = $1 AND removed = 1 AND file_hash IS NOT NULL ORDER BY id");
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

/// A file that a work has, had, or has in a draft or a version, by its hash: for the staff.
pub async fn known(tx: &mut Tx, work: &Id, hash: &str) -> Result<Option<FileInfo>, StoreError> {
    let row: Option<(String, String, i64, String)> = sqlx::query_as(
        "SELECT file_hash, name, size, media_type FROM work_files WHERE work_id = $1 AND file_hash = $2
         UNION ALL SELECT r.file_hash, r.name, r.size, r.media_type FROM replaced_files r JOIN editions e ON e.id = r.edition_id
             WHERE e.work_id = $1 AND r.file_hash = $2
         UNION ALL SELECT e.file_hash, e.file_name, e.file_size, e.media_type FROM editions e
             WHERE e.work_id = $1 AND e.file_hash = $2 AND e.file_name IS NOT NULL AND e.file_size IS NOT NULL AND e.media_type IS NOT NULL
         LIMIT 1",
    )
    .bind(work)
    .bind(hash)
    .fetch_optional(tx)
    .await?;
    Ok(row.map(|(hash, name, size, media_type)| FileInfo { hash, name, size, media_type }))
}

/// Names a file that a draft or a version of a work holds, so that its bytes are kept.
pub async fn name(tx: &mut Tx, work: &Id, file: &FileInfo, at: Instant) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO work_files (work_id, file_hash, name, size, media_type, named_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (work_id, file_hash) DO NOTHING",
    )
    .bind(work)
    .bind(file.hash.clone())
    .bind(file.name.clone())
    .bind(file.size)
    .bind(file.media_type.clone())
    .bind(at)
    .execute(tx)
    .await?;
    Ok(())
}

/// Names no file of a work any more: it was thrown away before anybody saw it.
pub async fn forget(tx: &mut Tx, work: &Id) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM work_files WHERE work_id = $1").bind(work).execute(tx).await?;
    Ok(())
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
