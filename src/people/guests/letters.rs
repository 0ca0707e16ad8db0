//! The mail that asks someone to review.

use super::model::GuestInvitation;
use crate::kit::{Id, Lang, civil};
use crate::platform::ids::Secret;
use crate::platform::mail::Letter;
use crate::platform::outbox::Mail;
use crate::text;
use crate::web::App;

/// Asks someone in. `about` differs each time that the same invitation is sent.
pub fn invitation(app: &App, about: &Id, invitation: &GuestInvitation, token: &Secret, lang: Lang) -> Mail {
    let words = &text::people(lang).guest.mail;
    let days = (invitation.valid_from.long(lang), invitation.valid_until.long(lang));
    let letter = Letter::new(lang, words.subject)
        .heading(words.subject)
        .paragraph((words.lead)(&days.0, &days.1))
        .link(words.link, app.url(&format!("{}/granskare/{}", lang.prefix(), token.as_str())))
        .paragraph((words.how)(invitation.email.as_str()))
        .paragraph((words.until)(&civil::clock_text(invitation.expires_at, lang)))
        .paragraph(words.unknown);
    Mail {
        kind: "guest.invited",
        about: about.to_string(),
        to: invitation.email.clone(),
        lang,
        subject: words.subject.to_owned(),
        text: letter.text(),
        html: letter.html(),
    }
}
