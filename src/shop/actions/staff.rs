//! What staff do in the shop's back room.

use serde_json::json;

use crate::kit::Id;
use crate::platform::audit;
use crate::platform::db::StoreError;
use crate::shop::store::listing::{self, Note};
use crate::web::{App, AppError, SignedIn};

/// Writes a note about an order. The chain says that it was written, not what it says.
pub async fn add_note(app: &App, who: &SignedIn, order: &Id, text: &str) -> Result<(), AppError> {
    let now = app.now();
    let id = app.ids.id(now);
    let note = Note { text: text.to_owned(), written_by: who.account.clone(), at: now };
    app.db
        .write_in_line(async |tx| {
            listing::insert_note(tx, &id, order, &note).await?;
            audit::append(tx, now, &who.actor(), "order.noted", &format!("order:{order}"), &json!({ "note": id.to_string() })).await?;
            Ok::<_, StoreError>(())
        })
        .await?;
    Ok(())
}
