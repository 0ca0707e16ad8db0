//! What ties accounts to organisations: in one's own data stand the memberships, and who alone signs cannot close the account.

use serde_json::{Value, json};

use super::actions::another_signs;
use super::store;
use crate::kit::{Email, Id, Instant, Lang, OrgRole};
use crate::people;
use crate::platform::db::Tx;
use crate::text;
use crate::web::{Part, Tie, Tying};

/// The tie of memberships, invitations and requests.
pub struct Memberships;

impl Tie for Memberships {
    fn own_data<'a>(&'a self, tx: &'a mut Tx, account: &'a Id) -> Tying<'a, (&'static str, Value)> {
        Box::pin(async move {
            let memberships: Vec<Value> = store::ever_parts(tx, account)
                .await?
                .iter()
                .map(|part| {
                    json!({
                        "orgnr": part.orgnr.as_str(), "name": part.name, "role": part.role.code(),
                        "from": part.since.text(), "until": part.until.map(Instant::text),
                        "ended_because": part.ended_reason,
                    })
                })
                .collect();
            let requests: Vec<Value> = store::requests_of(tx, account)
                .await?
                .iter()
                .map(|asked| {
                    json!({
                        "orgnr": asked.orgnr.as_str(), "name": asked.name, "message": asked.request.message,
                        "asked": asked.request.created_at.text(), "outcome": asked.request.outcome,
                    })
                })
                .collect();
            let invitations: Vec<Value> = match people::store::account(tx, account).await? {
                Some(account) => store::invitations_to(tx, &account.email).await?,
                None => Vec::new(),
            }
            .iter()
            .map(|invitation| {
                json!({ "role": invitation.role.code(), "sent": invitation.created_at.text(), "until": invitation.expires_at.text() })
            })
            .collect();
            Ok(("organisations", json!({ "memberships": memberships, "requests": requests, "invitations": invitations })))
        })
    }

    fn on_my_pages<'a>(&'a self, tx: &'a mut Tx, account: &'a Id, lang: Lang, now: Instant) -> Tying<'a, Part> {
        Box::pin(async move {
            let words = &text::organisations(lang).mine;
            let path = "/mina-sidor/organisationer";
            let invited = store::invitations_for(tx, account, now).await?.into_iter();
            let mut to_do: Vec<(String, String)> = invited.map(|one| (path.to_owned(), (words.is_invited)(&one.name))).collect();
            let asked = store::awaiting_answer(tx, account).await?.into_iter();
            to_do.extend(asked.map(|(id, name, count)| (format!("/organisation/{id}/personer"), (words.wait)(&name, count))));
            Ok(Part { pages: vec![(path.to_owned(), words.title)], to_do })
        })
    }

    /// Whoever was asked in at an address that they have shown to be theirs is still asked in.
    fn moved<'a>(&'a self, tx: &'a mut Tx, from: &'a Email, to: &'a Email, now: Instant) -> Tying<'a, ()> {
        Box::pin(store::readdress_invitations(tx, from, to, now))
    }

    fn close<'a>(&'a self, tx: &'a mut Tx, account: &'a Id, lang: Lang, now: Instant) -> Tying<'a, Result<(), &'static str>> {
        Box::pin(async move {
            let signs = store::parts(tx, account).await?.into_iter();
            for part in signs.filter(|part| part.role == OrgRole::Signatory && part.organisation.status.is_open()) {
                if !another_signs(tx, &part.organisation.id, account).await? {
                    return Ok(Err(text::organisations(lang).last_closes));
                }
            }
            store::end_memberships(tx, account, now).await?;
            store::drop_requests(tx, account, None, account.as_str(), now).await?;
            Ok(Ok(()))
        })
    }
}
