//! Takes a report on accessibility and sends it to the agency's own address.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::pages::report_form;
use super::rules::{Report, validate};
use crate::kit::{Email, Instant, Lang};
use crate::platform::ids::sha256_hex;
use crate::platform::mail::Letter;
use crate::platform::outbox::{self, Mail};
use crate::platform::rate_limit::Limit;
use crate::text;
use crate::web::forms::Posted;
use crate::web::{App, AppError, Visit};

/// Enough for somebody who goes through the whole portal, too few for a machine to flood the agency.
const REPORTS: Limit = Limit { purpose: "accessibility_report", times: 10, seconds: 3600 };

pub async fn report(State(app): State<App>, visit: Visit, Posted(form): Posted) -> Result<Response, AppError> {
    let report = match validate(&form) {
        Ok(report) => report,
        Err(errors) => return Ok(report_form(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, &form, &errors)),
    };
    app.limit(&REPORTS, visit.client).await?;
    let now = app.now();
    let to = match &app.config.contact {
        Some(address) => address.clone(),
        None => own_address(&app.config.mail_from).ok_or_else(|| AppError::internal("the sender of mail has no address"))?,
    };
    let mail = letter(&report, to, now);
    app.db.write(async |tx| outbox::put(tx, &app.ids, now, &mail).await).await?;
    app.bell.ring();
    Ok(visit.see_other("/tillganglighet/rapportera/skickad"))
}

/// The address inside `Name <address>`, or the text itself.
fn own_address(sender: &str) -> Option<Email> {
    let address = sender.rsplit_once('<').map_or(sender, |(_, rest)| rest.trim_end().trim_end_matches('>'));
    Email::parse(address).ok()
}

/// The letter to the agency, which reads Swedish. Its `about` is what the report says and the day: the same report sent
/// twice, by a second press or a reload, is one letter.
fn letter(report: &Report, to: Email, now: Instant) -> Mail {
    let texts = &text::about(Lang::Sv).report;
    let page = report.page.as_deref().unwrap_or(texts.mail_nothing);
    let reply = report.email.as_ref().map_or(texts.mail_nothing, Email::as_str);
    let body = Letter::new(Lang::Sv, texts.mail_subject)
        .heading(texts.mail_subject)
        .rows([(texts.mail_page.to_owned(), page.to_owned()), (texts.mail_reply.to_owned(), reply.to_owned())])
        .heading(texts.mail_problem)
        .paragraph(report.problem.clone());
    let about = sha256_hex(format!("{}\n{page}\n{reply}\n{}", now.utc_date().text(), report.problem).as_bytes());
    Mail {
        kind: "accessibility.report",
        about,
        to,
        lang: Lang::Sv,
        subject: texts.mail_subject.to_owned(),
        text: body.text(),
        html: body.html(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_report_twice_a_day_is_one_letter() {
        let to = || Email::parse("a@b.se").unwrap();
        let report = |problem: &str| Report { page: None, problem: problem.to_owned(), email: None };
        let now = Instant::parse("2026-11-22T10:00:00Z").unwrap();
        let first = letter(&report("Knappen syns inte."), to(), now);
        assert_eq!(first.about, letter(&report("Knappen syns inte."), to(), now.plus_seconds(60)).about);
        assert_ne!(first.about, letter(&report("Annat."), to(), now).about);
        assert_ne!(first.about, letter(&report("Knappen syns inte."), to(), now.plus_days(1)).about);
        assert!(first.text.contains("Knappen syns inte.") && first.text.contains("(inget angivet)"));
    }

    #[test]
    fn the_sender_s_address_is_found() {
        assert_eq!(own_address("Brå <noreply@bra.example>").unwrap().as_str(), "noreply@bra.example");
        assert_eq!(own_address("noreply@bra.example").unwrap().as_str(), "noreply@bra.example");
        assert!(own_address("Brå").is_none());
    }
}
