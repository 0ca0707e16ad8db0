//! SQL of the orders that an account keeps: placed while signed in, or claimed by their link.

use sqlx::FromRow;

use super::OrderRow;
use crate::kit::{Id, Instant, Ore};
use crate::platform::db::{StoreError, Tx, exactly_one};
use crate::shop::lifecycle::State;

/// An order in the list of one's own.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct OwnOrder {
    pub number: i64,
    state: String,
    fulfilment: String,
    payment: String,
    invoice: String,
    parcels: i64,
    pub gross: Ore,
    pub placed_at: Instant,
}

impl OwnOrder {
    pub fn state(&self) -> Result<State, StoreError> {
        super::state_of(&self.state, &self.fulfilment, &self.payment, &self.invoice, self.parcels)
    }
}

/// How many orders an account keeps.
pub async fn count(tx: &mut Tx, account: &Id) -> Result<i64, StoreError> {
    let (count,): (i64,) =
        sqlx::query_as("SELECT CAST(COUNT(*) AS BIGINT) FROM orders WHERE account_id = $1").bind(account.clone()).fetch_one(tx).await?;
    Ok(count)
}

/// Some of them, the latest first.
pub async fn list(tx: &mut Tx, account: &Id, limit: i64, offset: i64) -> Result<Vec<OwnOrder>, StoreError> {
    let rows = sqlx::query_as(
        "SELECT number, state, fulfilment, payment, invoice, parcels, gross, placed_at FROM orders WHERE account_id = $1
         ORDER BY placed_at DESC, number DESC LIMIT $2 OFFSET $3",
    );
    Ok(rows.bind(account.clone()).bind(limit).bind(offset).fetch_all(tx).await?)
}

/// All of them as they stand, for whoever takes their data along.
pub async fn all(tx: &mut Tx, account: &Id) -> Result<Vec<OrderRow>, StoreError> {
    let rows = sqlx::query_as("SELECT * FROM orders WHERE account_id = $1 ORDER BY number");
    Ok(rows.bind(account.clone()).fetch_all(tx).await?)
}

/// One of them.
pub async fn one(tx: &mut Tx, account: &Id, number: i64) -> Result<Option<OrderRow>, StoreError> {
    let row = sqlx::query_as("SELECT * FROM orders WHERE account_id = $1 AND number = $2");
    Ok(row.bind(account.clone()).bind(number).fetch_optional(tx).await?)
}

/// Keeps an order that nobody keeps.
pub async fn keep(tx: &mut Tx, order: &Id, account: &Id) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE orders SET account_id = $2 WHERE id = $1 AND account_id IS NULL")
        .bind(order.clone())
        .bind(account.clone())
        .execute(tx)
        .await?;
    exactly_one(done.rows_affected(), "orders.account_id")
}

/// Keeps an order no longer.
pub async fn let_go(tx: &mut Tx, order: &Id, account: &Id) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE orders SET account_id = NULL WHERE id = $1 AND account_id = $2")
        .bind(order.clone())
        .bind(account.clone())
        .execute(tx)
        .await?;
    exactly_one(done.rows_affected(), "orders.account_id")
}

/// Keeps none any more: the account closes, and the orders stay for the books.
pub async fn let_all_go(tx: &mut Tx, account: &Id) -> Result<(), StoreError> {
    sqlx::query("UPDATE orders SET account_id = NULL WHERE account_id = $1").bind(account.clone()).execute(tx).await?;
    Ok(())
}
