//! What ties accounts to applications: places in those of others' organisations, and what waits for somebody.

use serde_json::{Value, json};

use super::lifecycle::State;
use super::model::path;
use super::pages::{MINE, called, when};
use super::store::{self, people};
use crate::kit::{Email, Id, Instant, Lang};
use crate::platform::db::Tx;
use crate::text;
use crate::web::{Part, Tie, Tying};

/// The tie of those who write in applications.
pub struct Writers;

impl Tie for Writers {
    fn own_data<'a>(&'a self, tx: &'a mut Tx, account: &'a Id) -> Tying<'a, (&'static str, Value)> {
        Box::pin(async move {
            let written: Vec<Value> = store::answers::written_by(tx, account)
                .await?
                .iter()
                .map(|one| {
                    json!({ "application": one.application_id.as_str(), "question": one.question, "version": one.number, "saved": one.saved_at.text() })
                })
                .collect();
            let places: Vec<Value> = people::places(tx, account)
                .await?
                .iter()
                .map(|one| {
                    json!({
                        "application": one.application_id.as_str(), "role": one.role.code(), "from": one.since.text(),
                        "until": one.until.map(Instant::text),
                    })
                })
                .collect();
            Ok(("applications", json!({ "places": places, "answers": written })))
        })
    }

    fn on_my_pages<'a>(&'a self, tx: &'a mut Tx, account: &'a Id, lang: Lang, now: Instant) -> Tying<'a, Part> {
        Box::pin(async move {
            let words = &text::applications(lang).mine;
            let mut to_do: Vec<(String, String)> = Vec::new();
            for one in store::mine(tx, account).await? {
                if one.application.state == State::Draft && now < one.closes_at {
                    let title = called(lang, &one.application.title);
                    to_do.push((path(&one.application.id, ""), (words.to_do)(&title, &when(one.closes_at, lang))));
                }
            }
            for invited in people::invitations_for(tx, account, now).await? {
                to_do.push((MINE.to_owned(), (words.is_invited)(&invited.organisation)));
            }
            Ok(Part { pages: vec![(MINE.to_owned(), words.title)], to_do })
        })
    }

    fn moved<'a>(&'a self, tx: &'a mut Tx, from: &'a Email, to: &'a Email, _: Instant) -> Tying<'a, ()> {
        Box::pin(people::readdress(tx, from, to))
    }

    fn close<'a>(&'a self, tx: &'a mut Tx, account: &'a Id, _: Lang, now: Instant) -> Tying<'a, Result<(), &'static str>> {
        Box::pin(async move {
            people::end_all(tx, account, now).await?;
            Ok(Ok(()))
        })
    }
}
