//! What only made-up orders need ([`crate::shop::sample`]): they come by the thousand, so several things are one statement.

use crate::kit::{Id, Instant};
use crate::platform::db::{Engine, StoreError, Tx, dialect};

/// Makes ready for a large batch; the words of orders lie all over their index.
pub async fn begin_batch(tx: &mut Tx, engine: Engine) -> Result<(), StoreError> {
    if let Some(statement) = dialect::large_batch(engine) {
        sqlx::query(statement).execute(tx).await?;
    }
    Ok(())
}

/// Takes so many order numbers and gives the first. The counter is the one of [`super::next_order_number`].
pub async fn reserve_numbers(tx: &mut Tx, count: i64) -> Result<i64, StoreError> {
    let first = super::next_order_number(tx).await?;
    sqlx::query("UPDATE counters SET value = value + $1 WHERE name = 'order_number'").bind(count - 1).execute(tx).await?;
    Ok(first)
}

/// The basket that an order was.
pub async fn insert_basket(tx: &mut Tx, id: &Id, token_hash: &str, at: Instant) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO baskets (id, token_hash, status, answers, created_at, updated_at) VALUES ($1, $2, 'ordered', '{}', $3, $3)")
        .bind(id)
        .bind(token_hash)
        .bind(at)
        .execute(tx)
        .await?;
    Ok(())
}

/// The orders with these numbers, those that have gone or all of them.
macro_rules! orders {
    (gone) => {
        concat!(orders!(all), " AND o.fulfilment = 'delivered'")
    };
    (all) => {
        "o.number BETWEEN $1 AND $2"
    };
}

/// Something happened to the orders from a number to another, when they came in: the event with this place in their history.
pub async fn insert_events(
    tx: &mut Tx,
    (first, last): (i64, i64),
    position: i64,
    kind: &str,
    actor: &str,
    all: bool,
) -> Result<(), StoreError> {
    macro_rules! insert {
        ($which:tt) => {
            concat!(
                "INSERT INTO order_events (order_id, position, kind, at, actor, detail)
                 SELECT o.id, $3, $4, o.placed_at, $5, '{}' FROM orders o WHERE ",
                orders!($which)
            )
        };
    }
    let statement = if all { insert!(all) } else { insert!(gone) };
    sqlx::query(statement).bind(first).bind(last).bind(position).bind(kind).bind(actor).execute(tx).await?;
    Ok(())
}

/// Everything that was set aside for the delivered of these orders has gone in one parcel each, and is sold. A parcel bears the id
/// of its order.
pub async fn send_all(tx: &mut Tx, (first, last): (i64, i64), by: &str) -> Result<(), StoreError> {
    let parcels = concat!("UPDATE orders AS o SET parcels = 1 WHERE ", orders!(gone));
    let sold = concat!(
        "UPDATE order_lines SET sent = held, sold = CASE WHEN kind = 'freight' THEN 1 ELSE held END, sold_gross = gross, sold_net = net
         WHERE order_id IN (SELECT o.id FROM orders o WHERE ",
        orders!(gone),
        ")"
    );
    let shipments = concat!(
        "INSERT INTO shipments (id, order_id, number, tracking, sent_by, sent_at)
         SELECT o.id, o.id, 1, '', $3, o.placed_at FROM orders o WHERE ",
        orders!(gone)
    );
    let lines = concat!(
        "INSERT INTO shipment_lines (shipment_id, position, copies)
         SELECT o.id, l.position, l.held FROM orders o JOIN order_lines l ON l.order_id = o.id WHERE l.kind = 'goods' AND ",
        orders!(gone)
    );
    sqlx::query(parcels).bind(first).bind(last).execute(&mut *tx).await?;
    sqlx::query(sold).bind(first).bind(last).execute(&mut *tx).await?;
    sqlx::query(shipments).bind(first).bind(last).bind(by).execute(&mut *tx).await?;
    sqlx::query(lines).bind(first).bind(last).execute(tx).await?;
    Ok(())
}
