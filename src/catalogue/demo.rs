//! The demonstration catalogue, built into the program, so that `portal demo` needs nothing beside it.

use super::import::{self, Attachments, ImportError, Report, Request, Source};
use super::store::prices::{self, Laid};
use crate::kit::{CivilDate, Isbn, Ore};
use crate::platform::db::StoreError;
use crate::web::{App, AppError};

const PUBLICATIONS: &[u8] = include_bytes!("../../demo/publications.json");

/// The files that the publications name.
const FILES: &[(&str, &[u8])] =
    &[("umea-vaxer-tryggt-och-sakert-exempel.pdf", include_bytes!("../../demo/files/umea-vaxer-tryggt-och-sakert-exempel.pdf"))];

/// Imports the demonstration catalogue; again it changes nothing, so every start may call it.
pub async fn load(app: &App) -> Result<Report, ImportError> {
    let request = Request { source: Source::Bytes(PUBLICATIONS), attachments: Attachments::Bytes(FILES), dry_run: false, two_people: true };
    import::publications(app, &request, &|_| {}).await
}

/// A report, and what it costs from the new year on: made up, so that the page of prices has something to come.
const NEW_PRICE: (&str, &str, Ore) = ("9789188599315", "2027-01-01", Ore::kr(120));

/// Lays down a price to come, unless it is there already.
pub async fn load_prices(app: &App) -> Result<(), AppError> {
    let (isbn, from, price) = NEW_PRICE;
    let (Ok(isbn), Ok(from)) = (Isbn::parse(isbn), CivilDate::parse(from)) else {
        return Err(AppError::internal("the example price cannot be read"));
    };
    let at = app.now();
    app.db
        .write(async |tx| {
            if let Some(edition) = prices::edition(tx, isbn).await? {
                prices::set(tx, &edition, Laid { from, price, is_example: true, by: "system", at }).await?;
            }
            Ok::<_, StoreError>(())
        })
        .await?;
    Ok(())
}
