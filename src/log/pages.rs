//! The log as a table, the newest first, and the answer to whether it is whole.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use crate::kit::{CivilDate, Lang, civil};
use crate::platform::audit::{self, Event, Narrow, Report};
use crate::text;
use crate::text::staff::LogTexts;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

/// How many events a page has.
const PAGE: i64 = 50;

/// `GET /handlaggare/logg`
pub async fn list(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    show(&app, &visit, None).await
}

/// `POST /handlaggare/logg`: reads the whole chain. A GET must stay cheap, and this is not.
pub async fn verify(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    let report = audit::verify(&app.db, None).await?;
    show(&app, &visit, Some(report)).await
}

/// What was asked for, as it stands in the address.
struct Asked {
    words: String,
    from: String,
    until: String,
    /// Events before this number: where the page before ended.
    before: Option<i64>,
}

impl Asked {
    fn read(visit: &Visit) -> Self {
        let asked = |name| visit.asked(name).trim().to_owned();
        Self { words: asked("q"), from: asked("fran"), until: asked("till"), before: asked("fore").parse().ok() }
    }

    /// The filter, and a sentence for each day that cannot be read.
    fn narrow(&self, words: &'static LogTexts) -> (Narrow, Vec<(&'static str, &'static str)>) {
        let mut wrong = Vec::new();
        let mut day = |field: &'static str, text: &str| match CivilDate::read(text) {
            _ if text.is_empty() => None,
            Ok(day) => civil::day_bounds(day).ok(),
            Err(_) => {
                wrong.push((field, words.day_wrong));
                None
            }
        };
        let from = day("fran", &self.from).map(|(start, _)| start);
        let until = day("till", &self.until).map(|(_, end)| end);
        (Narrow { words: self.words.clone(), from, until, before: self.before }, wrong)
    }

    /// The address of the events before one.
    fn older(&self, seq: i64) -> String {
        let pairs = [("q", &self.words), ("fran", &self.from), ("till", &self.until)];
        let query = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(pairs.into_iter().filter(|(_, value)| !value.is_empty()))
            .append_pair("fore", &seq.to_string())
            .finish();
        format!("/handlaggare/logg?{query}")
    }
}

async fn show(app: &App, visit: &Visit, report: Option<Report>) -> Result<Response, AppError> {
    let words = &text::staff().log;
    let asked = Asked::read(visit);
    let (narrow, wrong) = asked.narrow(words);
    let mut events = app.db.read(async |tx| audit::list(tx, &narrow, PAGE + 1).await).await?;
    let more = i64::try_from(events.len()).is_ok_and(|count| count > PAGE);
    events.truncate(usize::try_from(PAGE).unwrap_or_default());
    let older = events.last().filter(|_| more).map(|event| asked.older(event.seq));
    let head = Head { private: true, staff: true, error: !wrong.is_empty(), ..Head::new(words.title) };
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(visit.page(app, status, head, move || {
        let at = |field: &str| wrong.iter().find(|(name, _)| *name == field).map(|(_, sentence)| *sentence);
        let entries: Vec<(String, String)> = wrong.iter().map(|(field, sentence)| (format!("#{field}"), (*sentence).to_owned())).collect();
        view! {
            {(!entries.is_empty()).then(|| view! { <ErrorSummary errors=entries /> })}
            {report.map(|report| whole(words, &report))}
            <h1 class="govuk-heading-l">{words.title}</h1>
            <form method="get" action="/handlaggare/logg" novalidate=true>
                <div class="app-filter-row">
                    <Input name="q" label=words.find hint=words.find_hint value=asked.words.clone() classes="govuk-input--width-20" spellcheck=false />
                    <Input name="fran" label=words.from hint=words.day_hint value=asked.from.clone() error=at("fran") classes="govuk-input--width-10" />
                    <Input name="till" label=words.until hint=words.day_hint value=asked.until.clone() error=at("till") classes="govuk-input--width-10" />
                </div>
                <Button secondary=true>{words.search}</Button>
            </form>
            {table(words, &events)}
            {older
                .map(|href| {
                    view! {
                        <p class="govuk-body">
                            <a class="govuk-link" href=href>
                                {words.older}
                            </a>
                        </p>
                    }
                })}
            <form method="post" action="/handlaggare/logg" novalidate=true>
                <h2 class="govuk-heading-m">{words.verify}</h2>
                <p class="govuk-body app-measure">{words.verify_lead}</p>
                <Button secondary=true>{words.verify}</Button>
            </form>
        }
    }))
}

/// Whether the chain is whole.
fn whole(words: &'static LogTexts, report: &Report) -> AnyView {
    let head = format!("{}:{}", report.head.seq, report.head.hash);
    match &report.fault {
        None => view! { <NotificationBanner success=true classes="govuk-!-text-break-word" text=(words.whole)(report.rows, &head) /> }
            .into_any(),
        Some(fault) => {
            view! { <NotificationBanner role="alert" classes="govuk-!-text-break-word" text=(words.broken)(&fault.to_string(), &head) /> }
                .into_any()
        }
    }
}

fn table(words: &'static LogTexts, events: &[Event]) -> AnyView {
    if events.is_empty() {
        return view! { <p class="govuk-body">{words.none}</p> }.into_any();
    }
    let columns: Vec<Cell> = [words.number, words.at, words.who, words.what, words.about, words.detail].map(Cell::new).into();
    let rows = events.iter().map(|event| row(words, event)).collect::<Vec<_>>();
    view! {
        <Table caption=words.caption caption_classes="govuk-visually-hidden" classes="app-reflow" head=columns rows=rows first_cell_is_header=true />
    }
    .into_any()
}

fn row(words: &'static LogTexts, event: &Event) -> Vec<Cell> {
    let cell = |label: &'static str, text: AnyView| Cell::new(text).classes("app-break").attributes([("data-label", label)]);
    vec![
        Cell::new(event.seq.to_string()),
        cell(words.at, civil::clock_text(event.at, Lang::Sv).into_any()),
        cell(words.who, reference(&event.actor)),
        cell(words.what, (words.action)(&event.action).into_any()),
        cell(words.about, reference(&event.object)),
        cell(words.detail, detail(&event.detail).into_any()),
    ]
}

/// An event's details as one line of names and values.
fn detail(json: &str) -> String {
    let Ok(serde_json::Value::Object(details)) = serde_json::from_str(json) else { return json.to_owned() };
    let value = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    details.iter().map(|(name, content)| format!("{name}: {}", value(content))).collect::<Vec<_>>().join(", ")
}

/// What an event names: an account leads to its page, the rest stands as it is.
fn reference(text: &str) -> AnyView {
    match text.strip_prefix("account:") {
        Some(id) => view! {
            <a class="govuk-link" href=format!("/handlaggare/anvandare/{id}")>
                {format!("konto {}", &id[id.len().saturating_sub(6)..])}
            </a>
        }
        .into_any(),
        None => text.to_owned().into_any(),
    }
}
