//! The mails of organisations: to who is asked in, to who decides about a request, and to who made it.

use super::model::{Invitation, JoinRequest, Organisation};
use crate::kit::{Id, Lang, civil};
use crate::people::model::Account;
use crate::platform::ids::Secret;
use crate::platform::mail::Letter;
use crate::platform::outbox::Mail;
use crate::text;
use crate::web::App;

/// Asks someone in. `about` differs each time that the same invitation is sent.
pub fn invitation(
    app: &App,
    about: &Id,
    invitation: &Invitation,
    organisation: &Organisation,
    by: &str,
    token: &Secret,
    lang: Lang,
) -> Mail {
    let texts = text::organisations(lang);
    let words = &texts.mail;
    let subject = (words.invited_subject)(&organisation.name);
    let letter = Letter::new(lang, subject.clone())
        .paragraph((words.invited)(by, &organisation.name, (texts.role)(invitation.role)))
        .link(words.invited_link, app.url(&format!("{}/inbjudan/{}", lang.prefix(), token.as_str())))
        .paragraph((words.invited_how)(invitation.email.as_str()))
        .paragraph((words.invited_until)(&civil::clock_text(invitation.expires_at, lang)))
        .paragraph(words.invited_unknown);
    mail("organisation.invited", about.to_string(), invitation.email.clone(), lang, subject, &letter)
}

/// Tells a signatory that someone wants in, in the signatory's own language.
pub fn asked(app: &App, request: &Id, to: &Account, organisation: &Organisation, by: &str) -> Mail {
    let lang = to.lang;
    let words = &text::organisations(lang).mail;
    let subject = (words.asked_subject)(&organisation.name);
    let path = format!("{}/organisation/{}/personer/forfragan/{request}", lang.prefix(), organisation.id);
    let letter = Letter::new(lang, subject.clone())
        .paragraph((words.asked)(by, &organisation.name))
        .paragraph(words.asked_check)
        .link(words.asked_link, app.url(&path));
    mail("organisation.asked", format!("{request}:{}", to.id), to.email.clone(), lang, subject, &letter)
}

/// Tells who asked what was answered.
pub fn answered(app: &App, request: &JoinRequest, to: &Account, organisation: &Organisation, approved: bool) -> Mail {
    let lang = to.lang;
    let words = &text::organisations(lang).mail;
    let subject = (words.answered_subject)(&organisation.name);
    let letter = Letter::new(lang, subject.clone());
    let letter = if approved {
        let path = format!("{}/organisation/{}", lang.prefix(), organisation.id);
        letter.paragraph((words.approved)(&organisation.name)).link(words.approved_link, app.url(&path))
    } else {
        letter.paragraph((words.refused)(&organisation.name)).paragraph(words.refused_why)
    };
    mail("organisation.answered", request.id.to_string(), to.email.clone(), lang, subject, &letter)
}

fn mail(kind: &'static str, about: String, to: crate::kit::Email, lang: Lang, subject: String, letter: &Letter) -> Mail {
    Mail { kind, about, to, lang, subject, text: letter.text(), html: letter.html() }
}
