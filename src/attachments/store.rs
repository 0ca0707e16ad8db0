//! SQL of attached files.

use super::lifecycle::State;
use super::model::Attachment;
use crate::kit::{Id, Instant};
use crate::platform::db::{StoreError, Tx, exactly_one};

macro_rules! attachment_where {
    ($condition:literal) => {
        concat!(
            "SELECT id, owner, slot, name, kind, size, file_hash, state, finding, seen, added_by, added_at FROM attachments WHERE ",
            $condition
        )
    };
}

/// What belongs to something and was not removed, in the order in which it came.
pub async fn of(tx: &mut Tx, owner: &str) -> Result<Vec<Attachment>, StoreError> {
    let all = sqlx::query_as(attachment_where!("owner = $1 AND removed_at IS NULL ORDER BY slot, added_at, id"));
    Ok(all.bind(owner.to_owned()).fetch_all(tx).await?)
}

/// As [`of`], with what was removed: what was sent in stays.
pub async fn ever_of(tx: &mut Tx, owner: &str) -> Result<Vec<Attachment>, StoreError> {
    Ok(sqlx::query_as(attachment_where!("owner = $1 ORDER BY slot, added_at, id")).bind(owner.to_owned()).fetch_all(tx).await?)
}

/// One of them.
pub async fn one(tx: &mut Tx, owner: &str, id: &Id) -> Result<Option<Attachment>, StoreError> {
    let one = sqlx::query_as(attachment_where!("owner = $1 AND id = $2 AND removed_at IS NULL"));
    Ok(one.bind(owner.to_owned()).bind(id.clone()).fetch_optional(tx).await?)
}

/// One by its id alone, for the scanner.
pub async fn by_id(tx: &mut Tx, id: &Id) -> Result<Option<Attachment>, StoreError> {
    Ok(sqlx::query_as(attachment_where!("id = $1")).bind(id.clone()).fetch_optional(tx).await?)
}

pub async fn insert(tx: &mut Tx, new: &Attachment) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO attachments (id, owner, slot, name, kind, size, file_hash, state, added_by, added_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(new.id.clone())
    .bind(new.owner.clone())
    .bind(new.slot.clone())
    .bind(new.name.clone())
    .bind(new.kind.code())
    .bind(new.size)
    .bind(new.file_hash.clone())
    .bind(new.state.code())
    .bind(new.added_by.clone())
    .bind(new.added_at)
    .execute(tx)
    .await?;
    Ok(())
}

pub async fn remove(tx: &mut Tx, owner: &str, id: &Id, by: &Id, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE attachments SET removed_by = $3, removed_at = $4 WHERE owner = $1 AND id = $2 AND removed_at IS NULL")
        .bind(owner.to_owned())
        .bind(id.clone())
        .bind(by.clone())
        .bind(now)
        .execute(tx)
        .await?;
    exactly_one(done.rows_affected(), "attachments.removed_at")
}

/// Notes what was seen in a PDF.
pub async fn set_seen(tx: &mut Tx, id: &Id, seen: &str) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE attachments SET seen = $2 WHERE id = $1").bind(id.clone()).bind(seen.to_owned()).execute(tx).await?;
    exactly_one(done.rows_affected(), "attachments.id")
}

/// Writes what the scanner said, if the file still stands where it was read.
pub async fn set_state(tx: &mut Tx, before: &Attachment, state: State, finding: &str, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE attachments SET state = $3, finding = $4, scanned_at = $5 WHERE id = $1 AND state = $2")
        .bind(before.id.clone())
        .bind(before.state.code())
        .bind(state.code())
        .bind(finding.to_owned())
        .bind(now)
        .execute(tx)
        .await?;
    exactly_one(done.rows_affected(), "attachments.state")
}
