//! What accounts are tied to here: views and files of tables. Whoever leaves takes their own views along; what they share
//! stays with those they share it with, and files go within days by themselves.

use serde_json::{Value, json};

use super::store;
use crate::kit::{Id, Instant, Lang};
use crate::platform::db::Tx;
use crate::web::{Tie, Tying};

/// More files than anybody has in a week.
const MOST: i64 = 1000;

/// The tie of saved views and files.
pub struct Views;

impl Tie for Views {
    fn own_data<'a>(&'a self, tx: &'a mut Tx, account: &'a Id) -> Tying<'a, (&'static str, Value)> {
        Box::pin(async move {
            let views: Vec<Value> = store::views_of(tx, account)
                .await?
                .iter()
                .map(|view| json!({ "table": view.sheet, "name": view.name, "filters": view.query, "shared_with": view.shared_with }))
                .collect();
            let files: Vec<Value> = store::exports_of(tx, account, Instant::from_millis(0), MOST)
                .await?
                .iter()
                .map(|export| json!({ "table": export.sheet, "filters": export.query, "asked": export.created_at.text(), "state": export.state }))
                .collect();
            Ok(("tables", json!({ "views": views, "files": files })))
        })
    }

    fn close<'a>(&'a self, tx: &'a mut Tx, account: &'a Id, _: Lang, _: Instant) -> Tying<'a, Result<(), &'static str>> {
        Box::pin(async move {
            store::forget(tx, account).await?;
            Ok(Ok(()))
        })
    }
}
