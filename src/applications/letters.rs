//! The mails of applications. They say that something has happened and where to read it, and nothing of what an application says:
//! mailboxes are read by others.

use super::actions::submitting::Receipt;
use super::model::{Asked, Invitation, Seat};
use super::pages::when;
use crate::kit::{Lang, civil};
use crate::people::model::Account;
use crate::platform::ids::Secret;
use crate::platform::mail::Letter;
use crate::platform::outbox::Mail;
use crate::text;
use crate::web::App;

/// Asks someone in.
pub fn invitation(app: &App, seat: &Seat, invitation: &Invitation, by: &str, token: &Secret, lang: Lang) -> Mail {
    let words = &text::applications(lang).mail;
    let subject = words.invited_subject.to_owned();
    let letter = Letter::new(lang, subject.clone())
        .paragraph((words.invited)(by, &seat.organisation.name))
        .link(words.invited_link, app.url(&format!("{}/ansokan/inbjudan/{}", lang.prefix(), token.as_str())))
        .paragraph((words.invited_how)(invitation.email.as_str()))
        .paragraph((words.invited_until)(&civil::clock_text(invitation.expires_at, lang)))
        .paragraph(words.invited_unknown);
    let about = invitation.id.to_string();
    Mail { kind: "application.invited", about, to: invitation.email.clone(), lang, subject, text: letter.text(), html: letter.html() }
}

/// The receipt, to one of those who take part, in their language.
pub fn received(app: &App, seat: &Seat, asked: &Asked, receipt: &Receipt, hash: &str, late: bool, to: &Account) -> Mail {
    let lang = to.lang;
    let texts = text::applications(lang);
    let words = &texts.mail;
    let subject = (words.received_subject)(&receipt.number.to_string());
    let rows = vec![
        (texts.hub.number.to_owned(), receipt.number.to_string()),
        (texts.hub.received_at.to_owned(), when(receipt.received_at, lang)),
        (texts.hub.call.to_owned(), asked.facts.name.text(lang).to_owned()),
        (texts.hub.organisation.to_owned(), seat.organisation.name.clone()),
        (texts.receipt.fingerprint.to_owned(), hash.to_owned()),
    ];
    let mut letter = Letter::new(lang, subject.clone()).paragraph(words.received).rows(rows);
    if late {
        letter = letter.paragraph((texts.receipt.late)(asked.facts.late));
    }
    let letter = letter.link(words.received_link, app.url(&format!("{}{}", lang.prefix(), seat.path("/kvittens")))).paragraph((texts
        .receipt
        .next_lead)(
        &asked.facts.decided_by.long(lang),
    ));
    let about = format!("{}:{}", seat.application.id, to.id);
    Mail { kind: "application.received", about, to: to.email.clone(), lang, subject, text: letter.text(), html: letter.html() }
}
