//! Calls for programs: the feed of all of them, and the days of one for a calendar.

use atom_syndication::{Entry, Feed, FixedDateTime, Link, Person, Text};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use icalendar::{Calendar, Component, Event, EventLike};

use super::pages::public::{found, path};
use super::store::{self, Published};
use crate::forms::model::Both;
use crate::kit::{CivilDate, Instant, Lang, civil};
use crate::text;
use crate::web::{App, AppError, Visit, machine};

/// Calls in the feed.
const IN_FEED: usize = 50;

/// `/utlysningar/atom.xml`
pub async fn atom(State(app): State<App>, visit: Visit, headers: HeaderMap) -> Result<Response, AppError> {
    let mut calls = app.db.read(async |tx| store::published(tx).await).await?;
    calls.sort_by_key(|call| std::cmp::Reverse(call.published_at));
    calls.truncate(IN_FEED);
    let changed = calls.first().map(|call| call.published_at);
    let (lang, base) = (visit.lang, app.config.base_url.as_str());
    let own = format!("{base}{}/utlysningar/atom.xml", lang.prefix());
    let feed = Feed {
        title: text::calls(lang).feed_title.into(),
        id: own.clone(),
        updated: instant(changed.unwrap_or_else(|| Instant::from_millis(0))),
        lang: Some(lang.code().to_owned()),
        authors: vec![Person { name: text::site(lang).agency_long.to_owned(), ..Person::default() }],
        links: vec![
            link("self", own, "application/atom+xml"),
            link("alternate", format!("{base}{}/utlysningar", lang.prefix()), "text/html"),
        ],
        entries: calls.iter().map(|call| entry(call, base, lang)).collect(),
        ..Feed::default()
    };
    Ok(machine::answer(&headers, "application/atom+xml; charset=utf-8", feed.to_string(), changed))
}

fn instant(instant: Instant) -> FixedDateTime {
    // Our own text of an instant is always one.
    civil::rfc3339(instant).parse().unwrap_or_default()
}

fn link(rel: &str, href: String, media_type: &str) -> Link {
    Link { href, rel: rel.to_owned(), mime_type: Some(media_type.to_owned()), ..Link::default() }
}

fn entry(call: &Published, base: &str, lang: Lang) -> Entry {
    let words = |both: &Both| {
        let (text, of) = both.of(lang);
        // XML 1.0 has no place for most control characters.
        let value = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
        Text { value, lang: Some(of.code().to_owned()), ..Text::default() }
    };
    let texts = text::calls(lang);
    let mut summary = words(&call.facts.summary);
    let when = |moment: super::model::Moment| civil::weekday_text(moment.at, lang);
    summary.value =
        format!("{} {}. {}.", summary.value, (texts.opens_at)(&when(call.facts.opens)), (texts.closes_at)(&when(call.facts.closes)));
    Entry {
        title: words(&call.facts.name),
        id: format!("urn:uuid:{}", call.call),
        updated: instant(call.published_at),
        published: Some(instant(call.first_at)),
        links: vec![link("alternate", format!("{base}{}{}", lang.prefix(), path(&call.slug, "")), "text/html")],
        summary: Some(summary),
        ..Entry::default()
    }
}

/// `/utlysningar/{slug}/kalender.ics`: when it opens, when it closes, and the days of its timetable (RFC 5545).
pub async fn calendar(State(app): State<App>, visit: Visit, Path(slug): Path<String>, headers: HeaderMap) -> Result<Response, AppError> {
    let call = found(&app, &slug).await?;
    let (lang, facts) = (visit.lang, &call.facts);
    let name = facts.name.text(lang);
    let words = &text::calls(lang).one;
    let address = app.url(&format!("{}{}", lang.prefix(), path(&call.slug, "")));
    let mut calendar = Calendar::new();
    calendar.name(name);
    let mut number = 0;
    let mut event = |summary: String| {
        number += 1;
        let mut event = Event::new();
        // The same event each time, so that a changed call moves what somebody has in their calendar.
        event.uid(&format!("{}-{number}", call.call));
        event.timestamp(utc(call.published_at)).sequence(u32::try_from(call.number).unwrap_or_default());
        event.summary(&summary).url(&address);
        event
    };
    for (moment, summary) in [(facts.opens, (words.calendar_opens)(name)), (facts.closes, (words.calendar_closes)(name))] {
        let mut event = event(summary);
        event.starts(utc(moment.at)).ends(utc(moment.at));
        calendar.push(event);
    }
    for one in &facts.timetable {
        let Some(day) = day(one.day) else { continue };
        let mut event = event(format!("{}: {name}", one.what.text(lang)));
        event.all_day(day);
        calendar.push(event);
    }
    Ok(machine::answer(&headers, "text/calendar; charset=utf-8", calendar.done().to_string(), Some(call.published_at)))
}

fn utc(instant: Instant) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(instant.millis()).unwrap_or_default()
}

fn day(day: CivilDate) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(i32::from(day.year()), u32::from(day.month()), u32::from(day.day()))
}
