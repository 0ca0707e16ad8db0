//! The stock and its ledger. Every change of how many copies there are, or are held, is one of the functions here: a guarded
//! statement, and in the same transaction a movement that says what happened, who did it and why. So the movements of an
//! edition always add up to what its row says.
//!
//! To add a kind of movement: a variant of [`Movement`] with its code, the code in a migration, a function here.

use sqlx::FromRow;

use super::{MOST_IDS, padded};
use crate::catalogue::model::Movement;
use crate::kit::{Id, Instant, Isbn, PublishedText};
use crate::platform::db::{StoreError, Tx};

/// Why the stock changes.
#[derive(Debug, Clone, Copy)]
pub struct Cause<'a> {
    /// Who did it, as in the audit chain.
    pub by: &'a str,
    /// What it was about: `order:…`, `shipment:…`, or nothing.
    pub about: &'a str,
    /// In words, where somebody was asked for them.
    pub reason: &'a str,
    pub at: Instant,
}

/// One line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Moved {
    pub position: i64,
    pub kind: String,
    /// How much the copies on the shelf changed, and the held among them.
    pub on_hand: i64,
    pub held: i64,
    pub made_by: String,
    pub about: String,
    pub reason: String,
    pub at: Instant,
}

/// Writes a movement that has happened.
async fn note(tx: &mut Tx, edition: &Id, kind: Movement, on_hand: i64, held: i64, cause: Cause<'_>) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO stock_movements (edition_id, position, kind, on_hand, held, made_by, about, reason, at)
         SELECT $1, COALESCE(MAX(position), 0) + 1, $2, $3, $4, $5, $6, $7, $8 FROM stock_movements WHERE edition_id = $1",
    )
    .bind(edition)
    .bind(kind.code())
    .bind(on_hand)
    .bind(held)
    .bind(cause.by)
    .bind(cause.about)
    .bind(cause.reason)
    .bind(cause.at)
    .execute(tx)
    .await?;
    Ok(())
}

/// Runs a guarded change of one edition; false when its guard did not hold.
async fn change(tx: &mut Tx, statement: &'static str, edition: &Id, copies: i64) -> Result<bool, StoreError> {
    Ok(sqlx::query(statement).bind(edition).bind(copies).execute(tx).await?.rows_affected() == 1)
}

/// Promises copies to an order. False, and nothing changed, when so many are not free. Two statements.
pub async fn hold(tx: &mut Tx, edition: &Id, copies: i64, cause: Cause<'_>) -> Result<bool, StoreError> {
    let statement = "UPDATE editions SET held = held + $2 WHERE id = $1 AND $2 >= 0 AND on_hand - held >= $2";
    let done = change(tx, statement, edition, copies).await?;
    if done {
        note(tx, edition, Movement::Held, 0, copies, cause).await?;
    }
    Ok(done)
}

/// Takes a promise back.
pub async fn release(tx: &mut Tx, edition: &Id, copies: i64, cause: Cause<'_>) -> Result<(), StoreError> {
    let statement = "UPDATE editions SET held = held - $2 WHERE id = $1 AND $2 >= 0 AND held >= $2";
    if !change(tx, statement, edition, copies).await? {
        return Err(StoreError::Stale("fewer copies were held than were released"));
    }
    note(tx, edition, Movement::Released, 0, -copies, cause).await
}

/// Promised copies have left the house.
pub async fn send(tx: &mut Tx, edition: &Id, copies: i64, cause: Cause<'_>) -> Result<(), StoreError> {
    let statement = "UPDATE editions SET on_hand = on_hand - $2, held = held - $2 WHERE id = $1 AND $2 >= 0 AND held >= $2";
    if !change(tx, statement, edition, copies).await? {
        return Err(StoreError::Stale("fewer copies were held than were sent"));
    }
    note(tx, edition, Movement::Sent, -copies, -copies, cause).await
}

const ARRIVE: &str = "UPDATE editions SET on_hand = on_hand + $2 WHERE id = $1 AND $2 >= 0";

/// New copies.
pub async fn receive(tx: &mut Tx, edition: &Id, copies: i64, cause: Cause<'_>) -> Result<(), StoreError> {
    if !change(tx, ARRIVE, edition, copies).await? {
        return Err(StoreError::Stale("the edition is not there"));
    }
    note(tx, edition, Movement::Received, copies, 0, cause).await
}

/// Copies that came back from a buyer.
pub async fn take_back(tx: &mut Tx, edition: &Id, copies: i64, cause: Cause<'_>) -> Result<(), StoreError> {
    if !change(tx, ARRIVE, edition, copies).await? {
        return Err(StoreError::Stale("the edition is not there"));
    }
    note(tx, edition, Movement::Returned, copies, 0, cause).await
}

/// Copies that nobody can be sent: worn, wet, lost. Only free ones.
pub async fn write_off(tx: &mut Tx, edition: &Id, copies: i64, cause: Cause<'_>) -> Result<(), StoreError> {
    let statement = "UPDATE editions SET on_hand = on_hand - $2 WHERE id = $1 AND $2 >= 0 AND on_hand - held >= $2";
    if !change(tx, statement, edition, copies).await? {
        return Err(StoreError::Stale("fewer copies were free than were written off"));
    }
    note(tx, edition, Movement::WrittenOff, -copies, 0, cause).await
}

/// Sets the shelf to what somebody counted there, if it still is what they saw and nobody was promised more.
pub async fn correct(tx: &mut Tx, edition: &Id, seen: i64, counted: i64, cause: Cause<'_>) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE editions SET on_hand = $3 WHERE id = $1 AND on_hand = $2 AND held <= $3")
        .bind(edition)
        .bind(seen)
        .bind(counted)
        .execute(&mut *tx)
        .await?;
    if done.rows_affected() != 1 {
        return Err(StoreError::Stale("editions.on_hand"));
    }
    note(tx, edition, Movement::Corrected, counted - seen, 0, cause).await
}

/// The first line of the ledger of editions that have stock and no line yet, as an import makes them.
pub async fn open(tx: &mut Tx, editions: &[Id], by: &str, at: Instant) -> Result<(), StoreError> {
    let statement = fifty!(
        "INSERT INTO stock_movements (edition_id, position, kind, on_hand, held, made_by, about, reason, at)
         SELECT e.id, 1, 'opened', e.on_hand, e.held, $51, '', '', $52 FROM editions e
         WHERE (e.on_hand > 0 OR e.held > 0) AND NOT EXISTS (SELECT 1 FROM stock_movements m WHERE m.edition_id = e.id) AND e.id IN ",
        ""
    );
    for editions in editions.chunks(MOST_IDS) {
        bind_fifty!(sqlx::query(statement), editions).bind(by).bind(at).execute(&mut *tx).await?;
    }
    Ok(())
}

/// The latest movements of an edition, the newest first.
pub async fn movements(tx: &mut Tx, edition: &Id, limit: i64) -> Result<Vec<Moved>, StoreError> {
    let rows = sqlx::query_as(
        "SELECT position, kind, on_hand, held, made_by, about, reason, at FROM stock_movements WHERE edition_id = $1
         ORDER BY position DESC LIMIT $2",
    );
    Ok(rows.bind(edition).bind(limit).fetch_all(tx).await?)
}

/// Notes whether few copies of an edition on sale are free; true when that has just become so. One statement.
pub async fn watch(tx: &mut Tx, edition: &Id, at: Instant) -> Result<bool, StoreError> {
    let fell: Option<(i64,)> = sqlx::query_as(
        "UPDATE editions SET low_since = CASE WHEN on_hand - held <= low_stock THEN $2 ELSE NULL END
         WHERE id = $1 AND availability = 'in_print'
           AND (CASE WHEN low_since IS NULL THEN 0 ELSE 1 END) <> (CASE WHEN on_hand - held <= low_stock THEN 1 ELSE 0 END)
         RETURNING CAST(CASE WHEN low_since IS NULL THEN 0 ELSE 1 END AS BIGINT)",
    )
    .bind(edition)
    .bind(at)
    .fetch_optional(tx)
    .await?;
    Ok(fell == Some((1,)))
}

/// A printed edition and its stock, as the warehouse sees it.
#[derive(Debug, Clone, FromRow)]
pub struct Shelf {
    pub id: Id,
    pub isbn: Option<Isbn>,
    pub path: String,
    pub title: PublishedText,
    pub availability: String,
    pub on_hand: i64,
    pub held: i64,
    pub backorder_allowed: i64,
    /// At so many free copies or fewer the stock is low.
    pub low_stock: i64,
    /// Since when it is, as staff were told.
    pub low_since: Option<Instant>,
}

impl Shelf {
    pub fn free(&self) -> i64 {
        self.on_hand - self.held
    }

    pub fn is_low(&self) -> bool {
        self.free() <= self.low_stock
    }
}

/// The columns of a [`Shelf`].
macro_rules! shelf {
    ($condition:literal) => {
        concat!(
            "SELECT e.id, e.isbn, w.path, w.title, e.availability, e.on_hand, e.held, e.backorder_allowed, e.low_stock, e.low_since
             FROM editions e JOIN works w ON w.id = e.work_id WHERE ",
            $condition
        )
    };
}

/// One edition's stock.
pub async fn shelf(tx: &mut Tx, edition: &Id) -> Result<Option<Shelf>, StoreError> {
    Ok(sqlx::query_as(shelf!("e.id = $1")).bind(edition).fetch_optional(tx).await?)
}

/// The printed editions that are sold or of which copies are left, each with its stock; the caller puts them in order, since
/// the engines do not agree on Swedish letters.
pub async fn shelves(tx: &mut Tx) -> Result<Vec<Shelf>, StoreError> {
    let statement = shelf!("e.form = 'print' AND e.isbn IS NOT NULL AND (e.availability = 'in_print' OR e.on_hand > 0)");
    Ok(sqlx::query_as(statement).fetch_all(tx).await?)
}

/// How many editions have few free copies, counted to `most` and no further.
pub async fn count_low(tx: &mut Tx, most: i64) -> Result<i64, StoreError> {
    let count = sqlx::query_scalar(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT 1 AS one FROM editions e
         WHERE e.form = 'print' AND e.isbn IS NOT NULL AND (e.availability = 'in_print' OR e.on_hand > 0)
           AND e.on_hand - e.held <= e.low_stock LIMIT $1) low",
    );
    Ok(count.bind(most).fetch_one(tx).await?)
}

/// At how many free copies an edition's stock is low.
pub async fn set_low_stock(tx: &mut Tx, edition: &Id, copies: i64) -> Result<(), StoreError> {
    if change(tx, "UPDATE editions SET low_stock = $2 WHERE id = $1 AND $2 >= 0", edition, copies).await? {
        Ok(())
    } else {
        Err(StoreError::Stale("the edition is not there"))
    }
}
