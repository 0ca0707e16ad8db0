//! What an edition costs from which day on. The price of a day is the last dated one that has come by then, or else the one
//! of the edition's own row; everything that shows or reckons with a price reads it for its own day (`editions_where!` in
//! `store`), so a change at midnight needs nobody to be awake.
//!
//! To change a price: [`set`] and [`remove`], each with [`rise`] before it, so that of two people one is told.

use sqlx::FromRow;

use super::{MOST_IDS, padded};
use crate::kit::{CivilDate, Id, Instant, Isbn, Ore, PublishedText};
use crate::platform::db::{StoreError, Tx, exactly_one};

/// A printed edition, as the page of prices shows it.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Priced {
    pub id: Id,
    pub isbn: Option<Isbn>,
    /// Of the edition's own row: what holds before the first dated one.
    pub price: Option<Ore>,
    pub price_is_example: i64,
    pub version: i64,
}

/// A price with its day.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Dated {
    pub edition_id: Id,
    pub valid_from: CivilDate,
    pub price: Ore,
    pub is_example: i64,
    pub set_by: String,
    pub set_at: Instant,
}

/// The title of a work, and its path.
pub async fn title(tx: &mut Tx, work: &Id) -> Result<Option<(PublishedText, String)>, StoreError> {
    Ok(sqlx::query_as("SELECT title, path FROM works WHERE id = $1").bind(work).fetch_optional(tx).await?)
}

/// The printed editions of a work.
pub async fn printed(tx: &mut Tx, work: &Id) -> Result<Vec<Priced>, StoreError> {
    let rows = sqlx::query_as(
        "SELECT id, isbn, price, price_is_example, version FROM editions WHERE work_id = $1 AND form = 'print' ORDER BY position",
    );
    Ok(rows.bind(work).fetch_all(tx).await?)
}

/// The dated prices of a work's editions, the earliest first.
pub async fn dated(tx: &mut Tx, work: &Id) -> Result<Vec<Dated>, StoreError> {
    let rows = sqlx::query_as(
        "SELECT p.edition_id, p.valid_from, p.price, p.is_example, p.set_by, p.set_at
         FROM edition_prices p JOIN editions e ON e.id = p.edition_id WHERE e.work_id = $1 ORDER BY p.valid_from",
    );
    Ok(rows.bind(work).fetch_all(tx).await?)
}

/// Counts a change of an edition that was seen in this version.
pub async fn rise(tx: &mut Tx, edition: &Id, version: i64) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE editions SET version = version + 1 WHERE id = $1 AND version = $2")
        .bind(edition)
        .bind(version)
        .execute(tx)
        .await?;
    exactly_one(done.rows_affected(), "editions.version")
}

/// The edition with an ISBN.
pub async fn edition(tx: &mut Tx, isbn: Isbn) -> Result<Option<Id>, StoreError> {
    Ok(sqlx::query_scalar("SELECT id FROM editions WHERE isbn = $1").bind(isbn).fetch_optional(tx).await?)
}

/// What is laid down.
#[derive(Debug, Clone, Copy)]
pub struct Laid<'a> {
    pub from: CivilDate,
    pub price: Ore,
    /// Made up for the demonstration.
    pub is_example: bool,
    pub by: &'a str,
    pub at: Instant,
}

/// Lays down a price from a day on; false when that day has one already.
pub async fn set(tx: &mut Tx, edition: &Id, laid: Laid<'_>) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO edition_prices (edition_id, valid_from, price, is_example, set_by, set_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (edition_id, valid_from) DO NOTHING",
    )
    .bind(edition)
    .bind(laid.from)
    .bind(laid.price)
    .bind(i64::from(laid.is_example))
    .bind(laid.by)
    .bind(laid.at)
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes a price back whose day has not come; gives it.
pub async fn remove(tx: &mut Tx, edition: &Id, from: CivilDate, today: CivilDate) -> Result<Option<Ore>, StoreError> {
    let statement = "DELETE FROM edition_prices WHERE edition_id = $1 AND valid_from = $2 AND valid_from > $3 RETURNING price";
    Ok(sqlx::query_scalar(statement).bind(edition).bind(from).bind(today).fetch_optional(tx).await?)
}

/// Where dated prices have come already, what a file says of these editions is their price from its own day on.
pub async fn from_file(tx: &mut Tx, editions: &[Id], day: CivilDate, at: Instant) -> Result<(), StoreError> {
    let statement = fifty!(
        "INSERT INTO edition_prices (edition_id, valid_from, price, is_example, set_by, set_at)
         SELECT e.id, $51, e.price, e.price_is_example, 'import', $52 FROM editions e
         WHERE e.price IS NOT NULL AND EXISTS (SELECT 1 FROM edition_prices p WHERE p.edition_id = e.id AND p.valid_from <= $51) AND e.id IN ",
        " ON CONFLICT (edition_id, valid_from) DO UPDATE SET price = excluded.price, is_example = excluded.is_example,
          set_by = excluded.set_by, set_at = excluded.set_at"
    );
    for editions in editions.chunks(MOST_IDS) {
        bind_fifty!(sqlx::query(statement), editions).bind(day).bind(at).execute(&mut *tx).await?;
    }
    Ok(())
}
