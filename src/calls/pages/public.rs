//! What everybody reads about calls: the list, one call, and all its questions.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::{link, tag};
use crate::calls::lifecycle::{Phase, Public};
use crate::calls::model::{Facts, Moment};
use crate::calls::store::{self, Asked, Change, Published};
use crate::forms::pages as form_pages;
use crate::forms::pages::words;
use crate::kit::{Instant, Lang, Slug, civil};
use crate::platform::db::StoreError;
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::ui::prose::prose;
use crate::web::{App, AppError, Visit};

type Page = Result<Response, AppError>;

/// `GET /utlysningar`
pub async fn list(State(app): State<App>, visit: Visit) -> Page {
    let calls = app.db.read(async |tx| store::published(tx).await).await?;
    let now = app.now();
    let lang = visit.lang;
    let texts = text::calls(lang);
    let feed = visit.href("/utlysningar/atom.xml");
    let head = Head { description: Some(texts.lead.to_owned()), ..Head::new(texts.title) };
    Ok(visit.page(&app, StatusCode::OK, head, || {
        let (open, rest): (Vec<&Published>, Vec<&Published>) =
            calls.iter().partition(|call| stage(call, now) == (Public::Published, Phase::Open));
        let (mut coming, closed): (Vec<&Published>, Vec<&Published>) =
            rest.into_iter().partition(|call| stage(call, now) == (Public::Published, Phase::Coming));
        coming.sort_by_key(|call| call.facts.opens.at);
        let group = |title: &'static str, calls: &[&Published]| {
            let items = calls.iter().map(|call| item(&visit, call, now)).collect_view();
            (!calls.is_empty()).then(|| {
                view! {
                    <h2 class="govuk-heading-m">{title}</h2>
                    <ul class="govuk-list app-listed">{items}</ul>
                }
            })
        };
        let nothing = if calls.is_empty() { texts.none } else { texts.none_open };
        let mut open = open;
        open.sort_by_key(|call| call.facts.closes.at);
        view! {
            <h1 class="govuk-heading-l">{texts.title}</h1>
            <p class="govuk-body-l app-measure">{texts.lead}</p>
            {open.is_empty().then(|| view! { <p class="govuk-body">{nothing}</p> })}
            {group(texts.open, &open)}
            {group(texts.coming, &coming)}
            {group(texts.closed, &closed)}
            <p class="govuk-body">{link(feed, texts.feed)}</p>
        }
    }))
}

fn stage(call: &Published, now: Instant) -> (Public, Phase) {
    (call.public, Phase::at(now, call.facts.opens.at, call.facts.closes.at))
}

fn item(visit: &Visit, call: &Published, now: Instant) -> AnyView {
    let lang = visit.lang;
    let title = view! {
        <a class="govuk-link" href=visit.href(&path(&call.slug, ""))>
            {words(&call.facts.name, lang)}
        </a>
    };
    view! {
        <li>
            <h3 class="govuk-heading-s govuk-!-margin-bottom-1">{title} " " {tag(lang, stage(call, now))}</h3>
            <p class="govuk-body govuk-!-margin-bottom-1 app-measure">{words(&call.facts.summary, lang)}</p>
            <p class="govuk-body app-muted">{deadline(lang, call, now)}</p>
        </li>
    }
    .into_any()
}

/// The day that matters now, with weekday, date, clock and zone.
fn deadline(lang: Lang, call: &Published, now: Instant) -> String {
    let texts = text::calls(lang);
    let when = |moment: Moment| civil::weekday_text(moment.at, lang);
    match stage(call, now).1 {
        Phase::Coming => (texts.opens_at)(&when(call.facts.opens)),
        Phase::Open => (texts.closes_at)(&when(call.facts.closes)),
        Phase::Closed => (texts.closed_at)(&when(call.facts.closes)),
    }
}

/// A page of a call.
pub fn path(slug: &Slug, below: &str) -> String {
    format!("/utlysningar/{slug}{below}")
}

/// The call of an address.
pub async fn found(app: &App, slug: &str) -> Result<Published, AppError> {
    let slug = Slug::parse(slug).map_err(|_| AppError::NotFound)?;
    app.db.read(async |tx| store::published_by_slug(tx, &slug).await).await?.ok_or(AppError::NotFound)
}

/// A page below a call.
pub fn below(visit: &Visit, call: &Published, title: &str) -> Head {
    let name = call.facts.name.text(visit.lang).to_owned();
    let trail = vec![(visit.href("/utlysningar"), text::calls(visit.lang).title.to_owned()), (visit.href(&path(&call.slug, "")), name)];
    Head { trail, ..Head::new(title) }
}

/// `GET /utlysningar/{slug}`
pub async fn one(State(app): State<App>, visit: Visit, Path(slug): Path<String>) -> Page {
    let slug = Slug::parse(&slug).map_err(|_| AppError::NotFound)?;
    let found = app
        .db
        .read(async |tx| {
            let Some(call) = store::published_by_slug(tx, &slug).await? else { return Ok(None) };
            let changes = store::changes(tx, &call.call).await?;
            let asked = store::published_questions(tx, &call.call).await?;
            Ok::<_, StoreError>(Some((call, changes, asked)))
        })
        .await?;
    let (call, changes, asked) = found.ok_or(AppError::NotFound)?;
    let lang = visit.lang;
    let trail = vec![(visit.href("/utlysningar"), text::calls(lang).title.to_owned())];
    let name = call.facts.name.text(lang).to_owned();
    let head = Head { trail, description: Some(call.facts.summary.text(lang).to_owned()), ..Head::new(name) };
    let now = app.now();
    Ok(visit.page(&app, StatusCode::OK, head, || whole(&visit, &call, &changes, &asked, now, true)))
}

/// A call as readers see it; the staff's preview shows the same, without the pages below it, which are not there before it is
/// published.
pub fn whole(visit: &Visit, call: &Published, changes: &[Change], asked: &[Asked], now: Instant, with_links: bool) -> AnyView {
    let lang = visit.lang;
    let texts = text::calls(lang);
    let words_of = &texts.one;
    let facts = &call.facts;
    let called_off = (call.public == Public::Cancelled).then(|| {
        let reason = changes.first().map(|change| said(lang, &change.change_sv, &change.change_en));
        let content = view! {
            <p class="govuk-notification-banner__heading">{words_of.called_off}</p>
            {reason}
        };
        view! { <NotificationBanner>{content}</NotificationBanner> }
    });
    let foreign = crate::forms::answers::foreign(&facts.about, lang);
    view! {
        {called_off}
        <h1 class="govuk-heading-l">{words(&facts.name, lang)}</h1>
        <p class="govuk-body">{tag(lang, stage(call, now))} " " {deadline(lang, call, now)}</p>
        <p class="govuk-body-l app-measure">{words(&facts.summary, lang)}</p>
        {(with_links && stage(call, now) == (Public::Published, Phase::Open)).then(|| apply(visit, call))}
        {with_links.then(|| links(visit, call))}
        <h2 class="govuk-heading-m">{words_of.facts}</h2>
        <SummaryList rows=fact_rows(lang, facts) />
        {prose(facts.about.text(lang), 2, foreign)}
        {documents(lang, facts)}
        {timetable(lang, facts)}
        <h2 class="govuk-heading-m" id="kontakt">
            {words_of.contact}
        </h2>
        {contact(facts)}
        {answers(lang, asked)}
        {history(lang, changes)}
    }
    .into_any()
}

/// The way to an application: its address is of the area that takes them.
fn apply(visit: &Visit, call: &Published) -> AnyView {
    let words = &text::calls(visit.lang).one;
    view! {
        <Button href=visit.href(&format!("/ansokan/ny?utlysning={}", call.slug)) start=true>
            {words.apply}
        </Button>
    }
    .into_any()
}

fn links(visit: &Visit, call: &Published) -> AnyView {
    let words = &text::calls(visit.lang).one;
    let mut links = vec![("/fragor", words.all_questions), ("/kan-vi-soka", words.can_we)];
    if call.public == Public::Published {
        links.push(("/stall-en-fraga", words.ask));
    }
    links.push(("/kalender.ics", words.calendar));
    let items =
        links.into_iter().map(|(below, label)| view! { <li>{link(visit.href(&path(&call.slug, below)), label)}</li> }).collect_view();
    view! {
        <h2 class="govuk-heading-m">{words.prepare}</h2>
        <ul class="govuk-list govuk-list--spaced">{items}</ul>
    }
    .into_any()
}

fn fact_rows(lang: Lang, facts: &Facts) -> Vec<SummaryRow> {
    let texts = text::calls(lang);
    let words = &texts.one;
    let when = |moment: Moment| (texts.swedish_time)(&civil::weekday_text(moment.at, lang));
    let lines = |lines: Vec<String>| {
        let items = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        view! { <ul class="govuk-list">{items}</ul> }.into_any()
    };
    let mut applicants: Vec<String> = facts.applicants.iter().map(|kind| (text::organisations(lang).kind)(*kind).to_owned()).collect();
    applicants.push(match facts.municipalities.as_slice() {
        [] => words.anywhere.to_owned(),
        some => (words.only_in)(&some.iter().map(|one| one.name()).collect::<Vec<_>>().join(", ")),
    });
    let each = match (facts.budget.floor, facts.budget.ceiling) {
        (Some(floor), Some(ceiling)) => Some((words.between)(&floor.text(lang), &ceiling.text(lang))),
        (None, Some(ceiling)) => Some((words.at_most)(&ceiling.text(lang))),
        (Some(floor), None) => Some((words.at_least)(&floor.text(lang))),
        (None, None) => None,
    };
    let last_year = facts.budget.first_year + u16::from(facts.budget.years) - 1;
    let budget = &facts.budget;
    let rules: Vec<String> = [
        budget.on_costs_at_most.map(|rate| (words.on_costs)(&rate.text(lang))),
        budget.overhead_at_most.map(|rate| (words.overhead)(&rate.text(lang))),
        budget.co_funding_at_least.map(|rate| (words.co_funding)(&rate.text(lang))),
    ]
    .into_iter()
    .flatten()
    .collect();
    let mut rows = vec![
        SummaryRow::new(words.opens, when(facts.opens)),
        SummaryRow::new(words.closes, when(facts.closes)),
        SummaryRow::new(words.decided, facts.decided_by.long(lang)),
        SummaryRow::new(words.applicants, lines(applicants)),
    ];
    rows.extend(facts.frame.map(|frame| SummaryRow::new(words.frame, frame.text(lang))));
    rows.extend(each.map(|each| SummaryRow::new(words.each, each)));
    rows.push(SummaryRow::new(words.years, (words.year_span)(budget.first_year, last_year)));
    if !rules.is_empty() {
        rows.push(SummaryRow::new(words.budget, lines(rules)));
    }
    let late = [if facts.one_per_organisation { words.one_each } else { words.several_each }, (words.late_rule)(facts.late)];
    rows.push(SummaryRow::new(words.several, late[0]));
    rows.push(SummaryRow::new(words.late, late[1]));
    rows.push(SummaryRow::new(words.scheme, (texts.scheme)(facts.scheme)));
    rows.push(SummaryRow::new(words.basis, facts.basis.clone()));
    rows
}

fn documents(lang: Lang, facts: &Facts) -> AnyView {
    let texts = &text::calls(lang).one;
    let list = |lead: &'static str, demanded: bool| {
        let items: Vec<AnyView> = facts
            .documents
            .iter()
            .filter(|document| document.demanded == demanded)
            .map(|document| view! { <li>{words(&document.what, lang)}</li> }.into_any())
            .collect();
        (!items.is_empty()).then(|| {
            view! {
                <p class="govuk-body">{lead}</p>
                <ul class="govuk-list govuk-list--bullet">{items}</ul>
            }
        })
    };
    if facts.documents.is_empty() {
        return ().into_any();
    }
    view! {
        <h2 class="govuk-heading-m">{texts.documents}</h2>
        {list(texts.demanded, true)}
        {list(texts.may_attach, false)}
        <p class="govuk-body">{(texts.largest)(facts.largest_file)}</p>
    }
    .into_any()
}

fn timetable(lang: Lang, facts: &Facts) -> AnyView {
    let texts = &text::calls(lang).one;
    if facts.timetable.is_empty() {
        return ().into_any();
    }
    let rows = facts
        .timetable
        .iter()
        .map(|one| vec![Cell::new(one.day.long(lang)), Cell::new(words(&one.what, lang)).attributes([("data-label", texts.what)])])
        .collect();
    let head = vec![Cell::new(texts.day), Cell::new(texts.what)];
    view! { <Table caption=texts.timetable caption_classes="govuk-table__caption--m" classes="app-reflow" head=head rows=rows first_cell_is_header=true /> }
        .into_any()
}

fn contact(facts: &Facts) -> AnyView {
    let contact = &facts.contact;
    let email = contact.email.to_string();
    let phone = contact.phone.as_ref().map(|phone| {
        view! {
            <br />
            <a class="govuk-link" href=format!("tel:{}", phone.tel())>
                {phone.to_string()}
            </a>
        }
    });
    view! {
        <p class="govuk-body">
            {contact.name.clone()} ", " {contact.position.clone()} <br />
            <a class="govuk-link" href=format!("mailto:{email}")>
                {email.clone()}
            </a> {phone}
        </p>
    }
    .into_any()
}

/// What was said in Swedish and perhaps in English, as paragraphs.
fn said(lang: Lang, sv: &str, en: &str) -> AnyView {
    form_pages::paragraphs(&crate::forms::model::Both::new(sv, en), lang)
}

fn answers(lang: Lang, asked: &[Asked]) -> AnyView {
    let texts = &text::calls(lang).one;
    if asked.is_empty() {
        return ().into_any();
    }
    let items = asked
        .iter()
        .map(|one| {
            let question = crate::forms::model::Both::new(one.shown_sv.clone(), one.shown_en.clone());
            let when = one.answered_at.map(|at| (texts.answered)(&civil::stockholm(at).date.long(lang)));
            view! {
                <div class="app-answered">
                    <h3 class="govuk-heading-s govuk-!-margin-bottom-1">{words(&question, lang)}</h3>
                    {said(lang, &one.answer_sv, &one.answer_en)}
                    <p class="govuk-body app-muted">{when}</p>
                </div>
            }
        })
        .collect_view();
    view! {
        <h2 class="govuk-heading-m" id="svar">
            {texts.answers}
        </h2>
        {items}
    }
    .into_any()
}

/// What changed since the call was first published.
fn history(lang: Lang, changes: &[Change]) -> AnyView {
    let texts = &text::calls(lang).one;
    let items: Vec<AnyView> = changes
        .iter()
        .filter(|change| change.number > 1)
        .map(|change| {
            let when = (texts.changed)(&civil::clock_text(change.published_at, lang));
            view! {
                <h3 class="govuk-heading-s govuk-!-margin-bottom-1">{when}</h3>
                {said(lang, &change.change_sv, &change.change_en)}
            }
            .into_any()
        })
        .collect();
    (!items.is_empty())
        .then(|| {
            view! {
                <h2 class="govuk-heading-m" id="andringar">
                    {texts.changes}
                </h2>
                {items}
            }
        })
        .into_any()
}

/// `GET /utlysningar/{slug}/fragor`
pub async fn questions(State(app): State<App>, visit: Visit, Path(slug): Path<String>) -> Page {
    let slug = Slug::parse(&slug).map_err(|_| AppError::NotFound)?;
    let found = app
        .db
        .read(async |tx| {
            let Some(call) = store::published_by_slug(tx, &slug).await? else { return Ok(None) };
            let form = store::form_of(tx, &call.call, call.number).await?;
            Ok::<_, StoreError>(form.map(|form| (call, form)))
        })
        .await?;
    let (call, form) = found.ok_or(AppError::NotFound)?;
    let lang = visit.lang;
    let texts = &text::calls(lang).questions;
    let head = below(&visit, &call, texts.title);
    let version = (texts.version)(call.number, &civil::stockholm(call.published_at).date.long(lang));
    Ok(visit.page(&app, StatusCode::OK, head, || {
        view! {
            <span class="govuk-caption-l">{words(&call.facts.name, lang)}</span>
            <h1 class="govuk-heading-l">{texts.title}</h1>
            <p class="govuk-body app-measure">{texts.lead}</p>
            {all_questions(lang, &form)}
            <p class="govuk-body app-muted">{version}</p>
        }
    }))
}

/// Every section with its questions, numbered through, with a list of the sections in front.
pub fn all_questions(lang: Lang, form: &crate::forms::model::Definition) -> AnyView {
    let contents = form
        .sections
        .iter()
        .map(|section| {
            view! {
                <li>
                    <a class="govuk-link" href=format!("#{}", section.key.as_str())>
                        {words(&section.title, lang)}
                    </a>
                </li>
            }
        })
        .collect_view();
    let mut first = 1;
    let sections = form
        .sections
        .iter()
        .map(|section| {
            let view = form_pages::section(lang, form, section, first);
            first += section.questions.len();
            view
        })
        .collect_view();
    view! {
        <nav aria-label=text::calls(lang).questions.contents>
            <ol class="govuk-list govuk-list--number">{contents}</ol>
        </nav>
        {sections}
    }
    .into_any()
}
