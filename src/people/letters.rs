//! The mail that lets someone in, those about another address, and the one that tells an administrator that they are one.

use super::model::Account;
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

/// A link and a code to a new address, for whoever asked to have it.
pub fn address(app: &App, id: &Id, to: &Email, lang: Lang, token: &Secret, code: &str, until: Instant) -> Mail {
    let people = text::people(lang);
    let words = &people.address.mail;
    let spaced = format!("{}\u{a0}{}", &code[..3], &code[3..]);
    let letter = Letter::new(lang, words.subject)
        .heading(words.subject)
        .paragraph(words.lead)
        .link(words.link, app.url(&format!("{}{}/lank/{}", lang.prefix(), super::address::PATH, token.as_str())))
        .paragraph((people.mail.code)(&spaced))
        .paragraph((people.mail.until)(&civil::clock_text(until, lang)))
        .paragraph(words.not_you);
    Mail {
        kind: "account.address",
        about: id.to_string(),
        to: to.clone(),
        lang,
        subject: words.subject.to_owned(),
        text: letter.text(),
        html: letter.html(),
    }
}

/// Tells the holder of an address that somebody else asked to have it. Nothing comes of that.
pub fn address_taken(app: &App, id: &Id, holder: &Account) -> Mail {
    let lang = holder.lang;
    let words = &text::people(lang).address.mail;
    let letter = Letter::new(lang, words.taken_subject)
        .heading(words.taken_subject)
        .paragraph(words.taken)
        .paragraph(words.taken_what)
        .link(words.taken_link, app.url(&format!("{}/logga-in", lang.prefix())));
    Mail {
        kind: "account.address_taken",
        about: id.to_string(),
        to: holder.email.clone(),
        lang,
        subject: words.taken_subject.to_owned(),
        text: letter.text(),
        html: letter.html(),
    }
}

/// Tells the old mailbox that the account has left it, and what to do if that was somebody else. Names no new address:
/// whoever reads the old one need not know it.
pub fn address_changed(app: &App, id: &Id, before: &Account, at: Instant) -> Mail {
    let lang = before.lang;
    let words = &text::people(lang).address.mail;
    let letter = Letter::new(lang, words.changed_subject)
        .heading(words.changed_subject)
        .paragraph((words.changed)(&civil::clock_text(at, lang)))
        .paragraph(words.changed_not_you)
        .link(words.changed_link, app.url(&format!("{}/kontakt", lang.prefix())));
    Mail {
        kind: "account.address_changed",
        about: id.to_string(),
        to: before.email.clone(),
        lang,
        subject: words.changed_subject.to_owned(),
        text: letter.text(),
        html: letter.html(),
    }
}

/// What became of how someone signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change<'a> {
    /// A passkey of this name.
    KeyAdded(&'a str),
    KeyRemoved(&'a str),
    /// An administrator took the second factor away.
    FactorTaken,
    /// A provider of sign-in, by its name.
    Linked(&'a str),
    Unlinked(&'a str),
}

/// Tells someone that how they sign in has changed: whoever did not do it themselves must hear of it.
pub fn changed(app: &App, about: &Id, to: &Email, lang: Lang, what: Change<'_>) -> Mail {
    let (words, reach) = (&text::people(lang).keys.mail, &text::people(lang).address.mail);
    let sentence = match what {
        Change::KeyAdded(name) => (words.added)(name),
        Change::KeyRemoved(name) => (words.removed)(name),
        Change::FactorTaken => words.taken.to_owned(),
        Change::Linked(provider) => (words.linked)(provider),
        Change::Unlinked(provider) => (words.unlinked)(provider),
    };
    // Only the staff have a second factor, and know an administrator; everybody else writes to the agency.
    let (kind, subject, not_you, link, path) = match what {
        Change::KeyAdded(_) | Change::KeyRemoved(_) | Change::FactorTaken => {
            ("second_factor.changed", words.subject, words.not_you, words.link, "/mina-sidor/inloggningar")
        }
        Change::Linked(_) | Change::Unlinked(_) => {
            ("identity.changed", words.ways_subject, reach.changed_not_you, reach.changed_link, "/kontakt")
        }
    };
    let letter = Letter::new(lang, subject).paragraph(sentence).paragraph(not_you).link(link, app.url(&format!("{}{path}", lang.prefix())));
    Mail { kind, about: about.to_string(), to: to.clone(), lang, subject: subject.to_owned(), text: letter.text(), html: letter.html() }
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
