//! Parcels and what comes back: rows of shipments, and the lines' counts of what was sent and returned. Each count is
//! guarded by the one before it, so that no copy is sent twice or returned unsent.

use std::sync::LazyLock;

use sqlx::FromRow;

use crate::kit::{Id, Instant, Isbn};
use crate::platform::db::{StoreError, Tx, exactly_one};

/// A parcel that has gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    pub id: Id,
    /// From 1 within the order.
    pub number: i64,
    /// The carrier's number, or nothing.
    pub tracking: String,
    pub sent_by: Id,
    pub sent_at: Instant,
    /// Position of the order's line, and copies.
    pub lines: Vec<(i64, i64)>,
}

pub async fn insert_parcel(tx: &mut Tx, order: &Id, parcel: &Parcel) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO shipments (id, order_id, number, tracking, sent_by, sent_at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(parcel.id.clone())
        .bind(order.clone())
        .bind(parcel.number)
        .bind(parcel.tracking.clone())
        .bind(parcel.sent_by.clone())
        .bind(parcel.sent_at)
        .execute(&mut *tx)
        .await?;
    for (position, copies) in &parcel.lines {
        sqlx::query("INSERT INTO shipment_lines (shipment_id, position, copies) VALUES ($1, $2, $3)")
            .bind(parcel.id.clone())
            .bind(*position)
            .bind(*copies)
            .execute(&mut *tx)
            .await?;
    }
    Ok(())
}

#[derive(FromRow)]
struct ParcelRow {
    id: Id,
    number: i64,
    tracking: String,
    sent_by: Id,
    sent_at: Instant,
    position: i64,
    copies: i64,
}

/// The parcels of an order in the order in which they went. One statement.
pub async fn parcels(tx: &mut Tx, order: &Id) -> Result<Vec<Parcel>, StoreError> {
    let rows: Vec<ParcelRow> = sqlx::query_as(
        "SELECT s.id, s.number, s.tracking, s.sent_by, s.sent_at, l.position, l.copies
         FROM shipments s JOIN shipment_lines l ON l.shipment_id = s.id WHERE s.order_id = $1 ORDER BY s.number, l.position",
    )
    .bind(order.clone())
    .fetch_all(tx)
    .await?;
    let mut parcels: Vec<Parcel> = Vec::new();
    for row in rows {
        let line = (row.position, row.copies);
        match parcels.last_mut() {
            Some(parcel) if parcel.number == row.number => parcel.lines.push(line),
            _ => {
                let ParcelRow { id, number, tracking, sent_by, sent_at, .. } = row;
                parcels.push(Parcel { id, number, tracking, sent_by, sent_at, lines: vec![line] });
            }
        }
    }
    Ok(parcels)
}

/// Counts copies of a line as sent, if they lie here for it.
pub async fn send_line(tx: &mut Tx, order: &Id, position: i64, copies: i64) -> Result<(), StoreError> {
    let done =
        sqlx::query("UPDATE order_lines SET sent = sent + $3 WHERE order_id = $1 AND position = $2 AND $3 > 0 AND held - sent >= $3");
    let done = done.bind(order.clone()).bind(position).bind(copies).execute(tx).await?;
    exactly_one(done.rows_affected(), "order_lines.sent")
}

/// Counts copies of a line as returned, if they were sent.
pub async fn return_line(tx: &mut Tx, order: &Id, position: i64, copies: i64) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE order_lines SET returned = returned + $3 WHERE order_id = $1 AND position = $2 AND $3 > 0 AND sent - returned >= $3",
    );
    let done = done.bind(order.clone()).bind(position).bind(copies).execute(tx).await?;
    exactly_one(done.rows_affected(), "order_lines.returned")
}

/// Most lines of a ledger whose orders are looked up at once.
pub const MOST_ABOUT: usize = 100;

/// The statement of [`orders_about`].
static ABOUT: LazyLock<String> = LazyLock::new(|| {
    let places: Vec<String> = (1..=MOST_ABOUT).map(|place| format!("${place}")).collect();
    let places = places.join(", ");
    format!(
        "SELECT o.id AS thing, o.number FROM orders o WHERE o.id IN ({places})
         UNION ALL SELECT s.id, o.number FROM shipments s JOIN orders o ON o.id = s.order_id WHERE s.id IN ({places})"
    )
});

/// The numbers of the orders that lines of the ledger are about, by what stands there (`order:…`, `shipment:…`) without its kind.
pub async fn orders_about(tx: &mut Tx, about: impl Iterator<Item = &str>) -> Result<Vec<(String, i64)>, StoreError> {
    let mut things: Vec<&str> = about.filter_map(|about| about.split_once(':').map(|(_, id)| id)).collect();
    things.sort_unstable();
    things.dedup();
    things.resize(MOST_ABOUT, "");
    let query = things.into_iter().fold(sqlx::query_as(ABOUT.as_str()), |query, thing| query.bind(thing.to_owned()));
    Ok(query.fetch_all(tx).await?)
}

/// How many copies orders wait for, by edition.
pub async fn waiting(tx: &mut Tx) -> Result<Vec<(Id, i64)>, StoreError> {
    let rows = sqlx::query_as(
        "SELECT l.edition_id, CAST(SUM(l.backordered) AS BIGINT) AS copies FROM orders o JOIN order_lines l ON l.order_id = o.id
         WHERE o.fulfilment = 'backordered' AND o.state = 'confirmed' AND l.backordered > 0 GROUP BY l.edition_id",
    );
    Ok(rows.fetch_all(tx).await?)
}

/// Most rows of a picking list: more than a day's work.
pub const MOST_PICKED: i64 = 2000;

/// Copies of one title for one order.
#[derive(Debug, Clone, FromRow)]
pub struct ToPick {
    pub number: i64,
    pub title: String,
    pub isbn: Option<Isbn>,
    pub copies: i64,
}

/// What is to be picked, for the oldest orders first.
pub async fn to_pick(tx: &mut Tx) -> Result<Vec<ToPick>, StoreError> {
    let rows = sqlx::query_as(
        "SELECT o.number, l.title, l.isbn, l.held - l.sent AS copies FROM orders o JOIN order_lines l ON l.order_id = o.id
         WHERE o.fulfilment = 'to_pick' AND o.state = 'confirmed' AND l.kind = 'goods' AND l.held > l.sent
         ORDER BY o.placed_at, o.number, l.position LIMIT $1",
    );
    Ok(rows.bind(MOST_PICKED).fetch_all(tx).await?)
}

/// What waits in the warehouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, FromRow)]
pub struct Work {
    pub to_pick: i64,
    pub packed: i64,
    pub backordered: i64,
    /// On the way since an order from before some day.
    pub late: i64,
}

/// How many orders wait for what, each counted to `most` and no further.
pub async fn work(tx: &mut Tx, before: Instant, most: i64) -> Result<Work, StoreError> {
    let work = sqlx::query_as(
        "SELECT
           (SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT 1 AS one FROM orders WHERE fulfilment = 'to_pick' AND state = 'confirmed' LIMIT $1) a) AS to_pick,
           (SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT 1 AS one FROM orders WHERE fulfilment = 'packed' LIMIT $1) b) AS packed,
           (SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT 1 AS one FROM orders WHERE fulfilment = 'backordered' AND state = 'confirmed' LIMIT $1) c) AS backordered,
           (SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT 1 AS one FROM orders WHERE fulfilment = 'shipped' AND placed_at < $2 LIMIT $1) d) AS late",
    );
    Ok(work.bind(most).bind(before).fetch_one(tx).await?)
}
