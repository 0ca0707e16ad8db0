//! The example freight table of the demonstration: real prices are the agency's to set.

use super::model::FreightStep;
use super::store;
use crate::kit::{CivilDate, Ore};
use crate::platform::db::StoreError;
use crate::web::{App, AppError};

/// From this day on the example prices hold.
const FROM: &str = "2026-01-01";

/// Copies or more, and what it costs to send them including VAT.
const STEPS: &[(i64, i64)] = &[(1, 49), (3, 79), (10, 149)];

/// Lays down the example table, unless some freight table is there already.
pub async fn load(app: &App) -> Result<(), AppError> {
    let from = CivilDate::parse(FROM).map_err(|_| AppError::internal("the example freight table has no date"))?;
    let steps: Vec<FreightStep> =
        STEPS.iter().map(|(min_copies, kr)| FreightStep { min_copies: *min_copies, price: Ore::kr(*kr) }).collect();
    app.db
        .write(async |tx| {
            if store::freight(tx, from).await?.steps.is_empty() {
                store::set_freight(tx, from, &steps).await?;
            }
            Ok::<_, StoreError>(())
        })
        .await?;
    Ok(())
}
