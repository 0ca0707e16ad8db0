//! The mail that lets someone in.

use crate::kit::{Email, Id, Instant, Lang, civil};
use crate::platform::ids::Secret;
use crate::platform::mail::Letter;
use crate::platform::outbox::Mail;
use crate::text;
use crate::web::App;

/// A link and a code, for the browser that asked.
pub fn sign_in(app: &App, id: &Id, to: &Email, lang: Lang, token: &Secret, code: &str, until: Instant) -> Mail {
    let words = &text::people(lang).mail;
    let spaced = format!("{}\u{a0}{}", &code[..3], &code[3..]);
    let letter = Letter::new(lang, words.subject)
        .heading(words.subject)
        .paragraph(words.lead)
        .link(words.link, app.url(&format!("{}/logga-in/lank/{}", lang.prefix(), token.as_str())))
        .paragraph((words.code)(&spaced))
        .paragraph((words.until)(&civil::clock_text(until, lang)))
        .paragraph(words.not_you);
    Mail {
        kind: "sign_in",
        about: id.to_string(),
        to: to.clone(),
        lang,
        subject: words.subject.to_owned(),
        text: letter.text(),
        html: letter.html(),
    }
}
