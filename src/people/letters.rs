//! The mail that lets someone in, and the one that tells an administrator that they are one.

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

/// What became of someone's second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Factor<'a> {
    /// A passkey of this name.
    KeyAdded(&'a str),
    KeyRemoved(&'a str),
    /// An administrator took all of it away.
    Taken,
}

/// Tells someone that their second factor has changed: whoever did not do it themselves must hear of it.
pub fn factor(app: &App, about: &Id, to: &Email, lang: Lang, what: Factor<'_>) -> Mail {
    let words = &text::people(lang).keys.mail;
    let sentence = match what {
        Factor::KeyAdded(name) => (words.added)(name),
        Factor::KeyRemoved(name) => (words.removed)(name),
        Factor::Taken => words.taken.to_owned(),
    };
    let letter = Letter::new(lang, words.subject)
        .paragraph(sentence)
        .paragraph(words.not_you)
        .link(words.link, app.url(&format!("{}/mina-sidor/inloggningar", lang.prefix())));
    Mail {
        kind: "second_factor.changed",
        about: about.to_string(),
        to: to.clone(),
        lang,
        subject: words.subject.to_owned(),
        text: letter.text(),
        html: letter.html(),
    }
}

/// Tells a new administrator where to sign in. It opens nothing: signing in by it takes a mail of its own.
pub fn invitation(app: &App, role: &Id, to: &Email) -> Mail {
    let words = &text::staff().invitation;
    let letter = Letter::new(Lang::Sv, words.subject)
        .heading(words.subject)
        .paragraph(words.lead)
        .link(words.link, app.url("/logga-in?vidare=%2Fhandlaggare"))
        .paragraph(words.second_factor);
    Mail {
        kind: "staff.invited",
        about: role.to_string(),
        to: to.clone(),
        lang: Lang::Sv,
        subject: words.subject.to_owned(),
        text: letter.text(),
        html: letter.html(),
    }
}
