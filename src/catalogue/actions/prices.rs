//! Prices from a day on.

use serde_json::json;

use super::touch;
use crate::catalogue::rules::prices::{NewPrice, PriceError};
use crate::catalogue::store::prices;
use crate::kit::{CivilDate, Id, civil};
use crate::platform::audit;
use crate::platform::db::StoreError;
use crate::web::{App, AppError, SignedIn};

/// Why a price was not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The work has no such printed edition.
    NoEdition,
    /// Someone else changed the edition meanwhile.
    Stale,
    Rule(PriceError),
}

fn outcome(result: Result<Result<(), Refusal>, StoreError>) -> Result<Result<(), Refusal>, AppError> {
    match result {
        Ok(done) => Ok(done),
        Err(StoreError::Stale("editions.version")) => Ok(Err(Refusal::Stale)),
        Err(error) => Err(error.into()),
    }
}

/// Lays down what an edition costs from a day on.
pub async fn set(app: &App, who: &SignedIn, work: &Id, edition: &Id, version: i64, new: NewPrice) -> Result<Result<(), Refusal>, AppError> {
    let (now, by) = (app.now(), who.actor());
    let today = civil::stockholm(now).date;
    let result = app.db.write_in_line(async |tx| {
        let editions = prices::printed(tx, work).await?;
        let Some(found) = editions.iter().find(|found| found.id == *edition) else { return Ok(Err(Refusal::NoEdition)) };
        let dated: Vec<_> = prices::dated(tx, work).await?.into_iter().filter(|dated| dated.edition_id == *edition).collect();
        let has_price = found.price.is_some() || dated.iter().any(|dated| dated.valid_from <= today);
        if !has_price && new.from > today {
            return Ok(Err(Refusal::Rule(PriceError::FirstFromToday)));
        }
        prices::rise(tx, edition, version).await?;
        let laid = prices::Laid { from: new.from, price: new.price, is_example: false, by: &by, at: now };
        if !prices::set(tx, edition, laid).await? {
            return Err(StoreError::Stale("edition_prices.valid_from"));
        }
        if !has_price {
            // Now it can be ordered, which the search tells.
            touch(tx, work).await?;
        }
        let detail = json!({ "price": new.price.0, "from": new.from.text() });
        audit::append(tx, now, &by, "edition.price_set", &format!("edition:{edition}"), &detail).await?;
        Ok(Ok(()))
    });
    match result.await {
        // The whole transaction is undone, the version with it.
        Err(StoreError::Stale("edition_prices.valid_from")) => Ok(Err(Refusal::Rule(PriceError::Taken))),
        result => outcome(result),
    }
}

/// Takes a price back before its day.
pub async fn remove(
    app: &App,
    who: &SignedIn,
    work: &Id,
    edition: &Id,
    version: i64,
    from: CivilDate,
) -> Result<Result<(), Refusal>, AppError> {
    let (now, by) = (app.now(), who.actor());
    let today = civil::stockholm(now).date;
    let result = app.db.write_in_line(async |tx| {
        if !prices::printed(tx, work).await?.iter().any(|found| found.id == *edition) {
            return Ok(Err(Refusal::NoEdition));
        }
        prices::rise(tx, edition, version).await?;
        let Some(price) = prices::remove(tx, edition, from, today).await? else { return Err(StoreError::Stale("editions.version")) };
        let detail = json!({ "price": price.0, "from": from.text() });
        audit::append(tx, now, &by, "edition.price_removed", &format!("edition:{edition}"), &detail).await?;
        Ok(Ok(()))
    });
    outcome(result.await)
}
