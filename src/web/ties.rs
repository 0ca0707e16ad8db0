//! What an account is tied to in areas that `people` does not know: each such area brings a [`Tie`], which `server` hands to
//! [`App`](super::App). `people` asks all of them when someone takes their data with them, changes their
//! address, or closes the account.

use std::future::Future;
use std::pin::Pin;

use serde_json::Value;

use crate::kit::{Email, Id, Instant, Lang};
use crate::platform::db::{StoreError, Tx};

/// What an area has for someone's own first page. Paths without language prefix.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part {
    /// Pages of theirs: path and name.
    pub pages: Vec<(String, &'static str)>,
    /// What waits for them: path and sentence.
    pub to_do: Vec<(String, String)>,
}

/// What a tie works on, within the caller's transaction.
pub type Tying<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// One area's hold on accounts.
pub trait Tie: Send + Sync + 'static {
    /// What the area has kept of someone, and under which name it stands in their file (GDPR article 15).
    fn own_data<'a>(&'a self, tx: &'a mut Tx, account: &'a Id) -> Tying<'a, (&'static str, Value)>;

    /// What stands on the first of my pages; nothing unless the area says so.
    fn on_my_pages<'a>(&'a self, _: &'a mut Tx, _: &'a Id, _: Lang, _: Instant) -> Tying<'a, Part> {
        Box::pin(async { Ok(Part::default()) })
    }

    /// The account has another address from now on: what was meant for the old one is the area's to carry over.
    fn moved<'a>(&'a self, _: &'a mut Tx, _from: &'a Email, _to: &'a Email, _now: Instant) -> Tying<'a, ()> {
        Box::pin(async { Ok(()) })
    }

    /// Undoes the tie because the account closes; or the sentence that says why it cannot be undone yet.
    fn close<'a>(&'a self, tx: &'a mut Tx, account: &'a Id, lang: Lang, now: Instant) -> Tying<'a, Result<(), &'static str>>;
}
