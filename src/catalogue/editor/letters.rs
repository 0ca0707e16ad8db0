//! The mail that asks an editor to read another's draft.

use crate::kit::{Id, Lang};
use crate::people::model::Account;
use crate::platform::mail::Letter;
use crate::platform::outbox::Mail;
use crate::text;
use crate::web::App;

/// To one editor, once for each time the draft is sent.
pub fn review(app: &App, work: &Id, version: i64, to: &Account, sender: &str, title: &str) -> Mail {
    let words = &text::staff().editor.mail;
    let title = if title.is_empty() { text::staff().editor.untitled } else { title };
    let subject = (words.subject)(title);
    let letter = Letter::new(Lang::Sv, &subject)
        .heading(&subject)
        .paragraph((words.lead)(sender, title))
        .link(words.link, app.url(&format!("/handlaggare/publikationer/{work}/granska")));
    Mail {
        kind: "publication.review",
        about: format!("{work}:{version}:{}", to.id),
        to: to.email.clone(),
        lang: Lang::Sv,
        text: letter.text(),
        html: letter.html(),
        subject,
    }
}
