//! What it costs to send copies and the VAT on that, with their days: what `store::freight` reads for one day, as the
//! economist sees and changes it.

use sqlx::FromRow;

use crate::kit::{CivilDate, Ore, Rate};
use crate::platform::db::{StoreError, Tx};

/// One step of one day's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromRow)]
pub struct DatedStep {
    pub valid_from: CivilDate,
    pub min_copies: i64,
    pub price: Ore,
}

/// Every step of every table, the latest table first.
pub async fn steps(tx: &mut Tx) -> Result<Vec<DatedStep>, StoreError> {
    let rows = sqlx::query_as("SELECT valid_from, min_copies, price FROM freight_rates ORDER BY valid_from DESC, min_copies");
    Ok(rows.fetch_all(tx).await?)
}

/// Every rate of VAT on freight, the latest first.
pub async fn rates(tx: &mut Tx) -> Result<Vec<(CivilDate, Rate)>, StoreError> {
    let rows = sqlx::query_as("SELECT valid_from, rate FROM vat_rates WHERE kind = 'freight' ORDER BY valid_from DESC");
    Ok(rows.fetch_all(tx).await?)
}

/// Whether a table holds from this very day.
pub async fn has_table(tx: &mut Tx, from: CivilDate) -> Result<bool, StoreError> {
    let count: i64 =
        sqlx::query_scalar("SELECT CAST(COUNT(*) AS BIGINT) FROM freight_rates WHERE valid_from = $1").bind(from).fetch_one(tx).await?;
    Ok(count > 0)
}

/// Takes a table back whose day has not come; false when there is none.
pub async fn remove_table(tx: &mut Tx, from: CivilDate, today: CivilDate) -> Result<bool, StoreError> {
    let statement = "DELETE FROM freight_rates WHERE valid_from = $1 AND valid_from > $2";
    Ok(sqlx::query(statement).bind(from).bind(today).execute(tx).await?.rows_affected() > 0)
}

/// Lays down a rate from a day on; false when that day has one.
pub async fn set_rate(tx: &mut Tx, from: CivilDate, rate: Rate) -> Result<bool, StoreError> {
    let statement = "INSERT INTO vat_rates (kind, valid_from, rate) VALUES ('freight', $1, $2) ON CONFLICT (kind, valid_from) DO NOTHING";
    Ok(sqlx::query(statement).bind(from).bind(rate).execute(tx).await?.rows_affected() == 1)
}

/// Takes a rate back whose day has not come; false when there is none.
pub async fn remove_rate(tx: &mut Tx, from: CivilDate, today: CivilDate) -> Result<bool, StoreError> {
    let statement = "DELETE FROM vat_rates WHERE kind = 'freight' AND valid_from = $1 AND valid_from > $2";
    Ok(sqlx::query(statement).bind(from).bind(today).execute(tx).await?.rows_affected() == 1)
}
