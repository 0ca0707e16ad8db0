//! What is sent to whoever asks to see documents: mail that tells that something has come or waits, never what, and the letter with
//! a decision.

use super::model::{AnswerKind, Disclosure, Listed};
use super::rules::Reply;
use crate::kit::{CivilDate, Email, Id, Lang};
use crate::platform::ids::Secret;
use crate::platform::mail;
use crate::platform::outbox::Mail;
use crate::platform::pdf;
use crate::text;
use crate::web::App;

/// Where whoever holds the secret reads about their request.
pub fn path_of(link: &Secret) -> String {
    format!("/diarium/begaran/{}", link.as_str())
}

fn address(app: &App, lang: Lang, link: &Secret) -> String {
    app.url(&format!("{}{}", lang.prefix(), path_of(link)))
}

/// Confirms a request.
pub fn received(app: &App, request: &Disclosure, to: &Email, link: &Secret) -> Mail {
    let words = &text::register(request.lang).mail;
    let number = request.number.as_str();
    let subject = (words.received_subject)(number);
    let letter = mail::Letter::new(request.lang, subject.clone())
        .paragraph((words.received)(number))
        .paragraph(words.received_next)
        .link(words.link, address(app, request.lang, link))
        .paragraph(words.keep);
    posted("disclosure.confirmed", &request.id, to, request.lang, subject, &letter)
}

/// Tells that there is an answer.
pub fn answered(app: &App, request: &Disclosure, answer: &Id, to: &Email, link: &Secret) -> Mail {
    let words = &text::register(request.lang).mail;
    let number = request.number.as_str();
    let subject = (words.answered_subject)(number);
    let letter = mail::Letter::new(request.lang, subject.clone())
        .paragraph((words.answered)(number))
        .link(words.link, address(app, request.lang, link))
        .paragraph(words.keep);
    posted("disclosure.answered", answer, to, request.lang, subject, &letter)
}

fn posted(kind: &'static str, about: &Id, to: &Email, lang: Lang, subject: String, letter: &mail::Letter) -> Mail {
    Mail { kind, about: about.to_string(), to: to.clone(), lang, subject, text: letter.text(), html: letter.html() }
}

/// The letter with a decision, in Swedish: what was asked for, what is decided, by whom and why (förvaltningslagen 2017:900, 31 and
/// 32 §§), and how it is appealed. It names documents by their numbers alone.
pub fn decision(request: &Disclosure, documents: &[Listed], reply: &Reply, by: &str, day: CivilDate) -> pdf::Letter {
    let words = &text::staff().register.letter;
    let in_part = reply.kind == AnswerKind::ReleasedInPart;
    let to = request.name.clone().or_else(|| request.email.as_ref().map(Email::to_string)).unwrap_or_else(|| words.requester.to_owned());
    let numbers = documents.iter().map(Listed::number_of_document).collect::<Vec<_>>().join(", ");
    let asked = [numbers, request.wish.clone()].into_iter().filter(|part| !part.is_empty()).collect();
    let grounds = reply.grounds.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let lines = |text: &str| text.split("\n\n").map(str::to_owned).collect::<Vec<_>>();
    pdf::Letter {
        lang: Lang::Sv.code(),
        sender: words.sender.to_owned(),
        title: if in_part { words.in_part } else { words.refused }.to_owned(),
        facts: vec![
            (words.number.to_owned(), request.number.to_string()),
            (words.day.to_owned(), day.long(Lang::Sv)),
            (words.to.to_owned(), to),
            (words.decider.to_owned(), by.to_owned()),
        ],
        parts: vec![
            (words.asked.to_owned(), asked),
            (words.decision.to_owned(), vec![if in_part { words.decides_in_part } else { words.decides_refused }.to_owned()]),
            (words.reasons.to_owned(), lines(&reply.message)),
            (words.ground.to_owned(), vec![(words.act)(&grounds)]),
            (words.appeal.to_owned(), words.appeal_lines.iter().map(|line| (*line).to_owned()).collect()),
        ],
        page: words.page,
    }
}
