//! What only made-up orders need ([`crate::shop::sample`]): they come by the thousand, so several things are one statement.

use crate::kit::{Id, Instant};
use crate::platform::db::{StoreError, Tx};

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

/// Everything that was set aside for an order has gone in one parcel, and is sold.
pub async fn send_all(tx: &mut Tx, order: &Id, parcel: &Id, by: &str, at: Instant) -> Result<(), StoreError> {
    sqlx::query("UPDATE orders SET parcels = 1 WHERE id = $1").bind(order).execute(&mut *tx).await?;
    sqlx::query(
        "UPDATE order_lines SET sent = held, sold = CASE WHEN kind = 'freight' THEN 1 ELSE held END, sold_gross = gross, sold_net = net
         WHERE order_id = $1",
    )
    .bind(order)
    .execute(&mut *tx)
    .await?;
    sqlx::query("INSERT INTO shipments (id, order_id, number, tracking, sent_by, sent_at) VALUES ($1, $2, 1, '', $3, $4)")
        .bind(parcel)
        .bind(order)
        .bind(by)
        .bind(at)
        .execute(&mut *tx)
        .await?;
    sqlx::query(
        "INSERT INTO shipment_lines (shipment_id, position, copies)
         SELECT $1, position, held FROM order_lines WHERE order_id = $2 AND kind = 'goods'",
    )
    .bind(parcel)
    .bind(order)
    .execute(tx)
    .await?;
    Ok(())
}
