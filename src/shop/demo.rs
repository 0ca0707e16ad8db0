//! The example freight table of the demonstration, since real prices are the agency's to set, and an example of a letter.

use super::model::FreightStep;
use super::rules::letter::Draft;
use super::store::{self, templates};
use crate::kit::{CivilDate, Email, Ore};
use crate::people::store as people;
use crate::platform::db::StoreError;
use crate::web::{App, AppError};

/// From this day on the example prices hold.
const FROM: &str = "2026-01-01";

/// Copies or more, and what it costs to send them including VAT.
const STEPS: &[(i64, i64)] = &[(1, 49), (3, 79), (10, 149)];

/// Who has written the example letter: an editor of `people::demo`.
const AUTHOR: &str = "rut@bra.example";

fn letter() -> Draft {
    Draft {
        name: "Försenad leverans".to_owned(),
        subject_sv: "Om din beställning {nummer}".to_owned(),
        body_sv: "Hej {namn}!\n\nEn del av det du beställde den {datum} dröjer:\n{väntar}\n\nVi skickar det så snart det har kommit från tryckeriet.".to_owned(),
        subject_en: "About your order {nummer}".to_owned(),
        body_en: "Dear {namn},\n\nPart of what you ordered on {datum} is delayed:\n{väntar}\n\nWe will send it as soon as it has been printed.".to_owned(),
    }
}

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
    let (now, author) = (app.now(), Email::parse(AUTHOR).map_err(|_| AppError::internal("a demonstration address is wrong"))?);
    let id = app.ids.id(now);
    app.db
        .write(async |tx| {
            // Without an editor there is nobody who could have written it.
            let Some(author) = people::account_by_email(tx, &author).await? else { return Ok(()) };
            if templates::all(tx).await?.is_empty() {
                templates::insert(tx, &id, now).await?;
                templates::insert_version(tx, &id, 1, &letter(), &author.id, now).await?;
            }
            Ok::<_, StoreError>(())
        })
        .await?;
    Ok(())
}
