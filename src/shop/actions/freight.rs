//! What the economist does: freight prices and VAT on freight from a day on, and what has not begun taken back.

use serde_json::json;

use crate::kit::{CivilDate, Rate};
use crate::platform::audit;
use crate::platform::db::StoreError;
use crate::shop::rules::freight::NewTable;
use crate::shop::store::{self, freight};
use crate::web::{App, AppError, SignedIn};

/// What the chain says that all this is about.
const ABOUT: &str = "freight";

/// Lays down a table; false, and nothing changed, when another holds from that very day.
pub async fn set_table(app: &App, who: &SignedIn, table: &NewTable) -> Result<bool, AppError> {
    let now = app.now();
    let done = app.db.write_in_line(async |tx| {
        if freight::has_table(tx, table.from).await? {
            return Ok::<_, StoreError>(false);
        }
        store::set_freight(tx, table.from, &table.steps).await?;
        let steps: Vec<_> = table.steps.iter().map(|step| json!([step.min_copies, step.price.0])).collect();
        let detail = json!({ "from": table.from.text(), "steps": steps });
        audit::append(tx, now, &who.actor(), "freight.prices_set", ABOUT, &detail).await?;
        Ok(true)
    });
    Ok(done.await?)
}

/// Takes a table back before its day; false when there is none that can be.
pub async fn remove_table(app: &App, who: &SignedIn, from: CivilDate) -> Result<bool, AppError> {
    let (now, today) = (app.now(), super::today(app));
    let done = app.db.write_in_line(async |tx| {
        let removed = freight::remove_table(tx, from, today).await?;
        if removed {
            audit::append(tx, now, &who.actor(), "freight.prices_removed", ABOUT, &json!({ "from": from.text() })).await?;
        }
        Ok::<_, StoreError>(removed)
    });
    Ok(done.await?)
}

/// Lays down a rate of VAT; false, and nothing changed, when another holds from that very day.
pub async fn set_rate(app: &App, who: &SignedIn, rate: Rate, from: CivilDate) -> Result<bool, AppError> {
    let now = app.now();
    let done = app.db.write_in_line(async |tx| {
        let set = freight::set_rate(tx, from, rate).await?;
        if set {
            let detail = json!({ "from": from.text(), "rate": rate.0 });
            audit::append(tx, now, &who.actor(), "freight.vat_set", ABOUT, &detail).await?;
        }
        Ok::<_, StoreError>(set)
    });
    Ok(done.await?)
}

/// Takes a rate back before its day; false when there is none that can be.
pub async fn remove_rate(app: &App, who: &SignedIn, from: CivilDate) -> Result<bool, AppError> {
    let (now, today) = (app.now(), super::today(app));
    let done = app.db.write_in_line(async |tx| {
        let removed = freight::remove_rate(tx, from, today).await?;
        if removed {
            audit::append(tx, now, &who.actor(), "freight.vat_removed", ABOUT, &json!({ "from": from.text() })).await?;
        }
        Ok::<_, StoreError>(removed)
    });
    Ok(done.await?)
}
