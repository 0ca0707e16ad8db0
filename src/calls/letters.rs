//! The mail that answers somebody's question about a call.

use super::rules::key;
use super::store::{Answer, Asked, Call};
use crate::forms::model::Both;
use crate::kit::{Email, Lang};
use crate::platform::mail::Letter;
use crate::platform::outbox::Mail;
use crate::text;
use crate::web::App;

pub fn answer(app: &App, call: &Call, asked: &Asked, new: &Answer, to: &Email) -> Mail {
    let lang = asked.lang;
    let words = &text::calls(lang).mail;
    let name = Both::new(call.answers.get(key::NAME_SV), call.answers.get(key::NAME_EN));
    let subject = (words.subject)(name.text(lang));
    let mut letter =
        Letter::new(lang, subject.clone()).paragraph(words.you_asked).paragraph(asked.question.clone()).paragraph(words.we_answer);
    // Who asked in English gets the Swedish answer too when there is no other.
    for paragraph in new.answer.text(lang).split("\n\n").filter(|text| !text.trim().is_empty()) {
        letter = letter.paragraph(paragraph.to_owned());
    }
    let prefix = if lang == Lang::En { "/en" } else { "" };
    let letter = letter.link(words.link, app.url(&format!("{prefix}/utlysningar/{}", call.slug)));
    Mail { kind: "call.answer", about: asked.id.to_string(), to: to.clone(), lang, subject, text: letter.text(), html: letter.html() }
}
