//! Mail of notices: what sort of thing has happened, where to read it, and how to have no more such mail.

use super::actions::Notice;
use crate::kit::{CivilDate, Email, Id, Lang};
use crate::people::model::NoticeKind;
use crate::platform::mail::Letter;
use crate::platform::outbox::Mail;
use crate::text;
use crate::web::App;

/// Where someone chooses how often they want mail.
const CHOICES: &str = "/mina-sidor/aviseringar/e-post";

/// One notice, at once.
pub fn told(app: &App, id: &Id, to: &Email, lang: Lang, notice: &Notice, ending: &str) -> Mail {
    let texts = text::notices(lang);
    let words = &texts.letter;
    let subject = (texts.mail)(notice.kind);
    let prefix = if notice.kind.is_for_staff() { "" } else { lang.prefix() };
    let letter = Letter::new(lang, subject)
        .paragraph(words.sign_in)
        .link(words.read, app.url(&format!("{prefix}{}", notice.path)))
        .paragraph(words.why)
        .link(words.choose, app.url(&format!("{}{CHOICES}", lang.prefix())))
        .link((words.end)((texts.name)(notice.kind)), ending);
    Mail {
        kind: "notice.told",
        about: id.to_string(),
        to: to.clone(),
        lang,
        subject: subject.to_owned(),
        text: letter.text(),
        html: letter.html(),
    }
}

/// What has happened since the last daily mail.
pub fn of_the_day(app: &App, account: &Id, day: CivilDate, to: &Email, lang: Lang, kinds: &[(NoticeKind, i64)], ending: &str) -> Mail {
    let texts = text::notices(lang);
    let words = &texts.letter;
    let items = kinds.iter().map(|(kind, count)| (words.of_kind)((texts.name)(*kind), *count));
    let letter = Letter::new(lang, words.daily)
        .list(items)
        .link(words.read, app.url(&format!("{}/mina-sidor/aviseringar", lang.prefix())))
        .paragraph(words.why)
        .link(words.choose, app.url(&format!("{}{CHOICES}", lang.prefix())))
        .link(words.end_daily, ending);
    Mail {
        kind: "notice.daily",
        about: format!("{account}:{}", day.text()),
        to: to.clone(),
        lang,
        subject: words.daily.to_owned(),
        text: letter.text(),
        html: letter.html(),
    }
}
