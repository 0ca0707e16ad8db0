//! The staff's pages: the register with one document of it, registering and correcting, and requests to see documents.

pub mod documents;
pub mod forms;
pub mod requests;

use axum::response::Response;

use crate::kit::{Id, Lang};
use crate::people::store as people;
use crate::platform::db::{StoreError, Tx};
use crate::text;
use crate::ui::page::Head;
use crate::web::AppError;

type Page = Result<Response, AppError>;

/// The staff's pages are in Swedish only.
const LANG: Lang = Lang::Sv;

/// The table of documents, and that of requests.
const LIST: &str = "/handlaggare/diarium";
const REQUESTS: &str = "/handlaggare/diarium/begaranden";

fn head(title: impl Into<String>) -> Head {
    Head { private: true, staff: true, ..Head::new(title) }
}

/// A page below the register, and below what else leads there.
fn below(title: impl Into<String>, further: Vec<(String, String)>) -> Head {
    let first = (LIST.to_owned(), text::staff().register.title.to_owned());
    Head { trail: std::iter::once(first).chain(further).collect(), ..head(title) }
}

/// The names behind `account:<id>`, each once. One statement for each twenty.
async fn names(tx: &mut Tx, actors: impl Iterator<Item = &str>) -> Result<Vec<(Id, String)>, StoreError> {
    let mut ids: Vec<Id> = actors.filter_map(|actor| actor.strip_prefix("account:")).filter_map(|id| Id::parse(id).ok()).collect();
    ids.sort();
    ids.dedup();
    let accounts = people::accounts(tx, &ids).await?;
    Ok(accounts.into_iter().map(|account| (account.id.clone(), account.shown().to_owned())).collect())
}

/// Who did something, by name; an actor that is no account is called `otherwise`.
fn name(names: &[(Id, String)], actor: &str, otherwise: &str) -> String {
    let found = names.iter().find(|(id, _)| actor.strip_prefix("account:") == Some(id.as_str()));
    found.map_or_else(|| otherwise.to_owned(), |(_, name)| name.clone())
}
