//! Files that come by a page. Each is noted by its hash before it is kept, and one that no row names a day later is removed:
//! so a process that dies between the file and its row leaves nothing behind.
//!
//! A table that names a stored file calls the column `file_hash` and stands in the statement below; `tests/portal/schema.rs`
//! looks that none is forgotten.

use super::db::{Db, StoreError, Tx};
use super::files::Files;
use crate::kit::Instant;

/// How long a file may lie without a row: longer than any upload takes.
const HOURS: i64 = 24;

/// Files that were noted before `$1` and that nothing names, at most a hundred.
const UNNAMED: &str = "SELECT u.file_hash FROM uploads u WHERE u.began_at < $1
    AND NOT EXISTS (SELECT 1 FROM editions t WHERE t.file_hash = u.file_hash)
    AND NOT EXISTS (SELECT 1 FROM replaced_files t WHERE t.file_hash = u.file_hash)
    AND NOT EXISTS (SELECT 1 FROM attachments t WHERE t.file_hash = u.file_hash)
    AND NOT EXISTS (SELECT 1 FROM covers t WHERE t.file_hash = u.file_hash)
    AND NOT EXISTS (SELECT 1 FROM cover_images t WHERE t.file_hash = u.file_hash)
    AND NOT EXISTS (SELECT 1 FROM catalogue_imports t WHERE t.file_hash = u.file_hash)
    AND NOT EXISTS (SELECT 1 FROM disclosure_files t WHERE t.file_hash = u.file_hash)
    AND NOT EXISTS (SELECT 1 FROM register_files t WHERE t.file_hash = u.file_hash)
    AND NOT EXISTS (SELECT 1 FROM work_files t WHERE t.file_hash = u.file_hash)
    LIMIT 100";

/// The tables that [`UNNAMED`] asks.
pub const NAMED_IN: &[&str] = &[
    "attachments",
    "catalogue_imports",
    "cover_images",
    "covers",
    "disclosure_files",
    "editions",
    "register_files",
    "replaced_files",
    "work_files",
];

/// Notes a file that is about to be kept. It stands in line with [`sweep`], so that none is removed that comes again.
pub async fn note(tx: &mut Tx, hash: &str, now: Instant) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO uploads (file_hash, began_at) VALUES ($1, $2) ON CONFLICT (file_hash) DO UPDATE SET began_at = excluded.began_at",
    )
    .bind(hash)
    .bind(now)
    .execute(tx)
    .await?;
    Ok(())
}

/// Removes files that nothing names; how many.
pub async fn sweep(db: &Db, files: &Files, now: Instant) -> Result<u64, StoreError> {
    let before = now.plus_seconds(-HOURS * 3600);
    let mut all = 0;
    loop {
        let removed = db
            .write_in_line(async |tx| {
                let hashes: Vec<String> = sqlx::query_scalar(UNNAMED).bind(before).fetch_all(&mut *tx).await?;
                for hash in &hashes {
                    // Before the row: a file that goes and comes again within this transaction would be lost. Removing one
                    // twice does nothing.
                    if let Err(error) = files.remove(hash).await {
                        tracing::warn!(%error, "a file that nothing names could not be removed");
                        continue;
                    }
                    sqlx::query("DELETE FROM uploads WHERE file_hash = $1").bind(hash).execute(&mut *tx).await?;
                }
                Ok::<_, StoreError>(hashes.len() as u64)
            })
            .await?;
        all += removed;
        if removed < 100 {
            return Ok(all);
        }
    }
}
