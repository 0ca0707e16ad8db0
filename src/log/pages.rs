//! The log as a table, the newest first, and the answer to whether it is whole.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use crate::kit::{CivilDate, Instant, civil};
use crate::platform::audit::{self, Event, Narrow, Report};
use crate::platform::db::{StoreError, Tx};
use crate::tables::view::{Shown, shown};
use crate::text;
use crate::text::staff::LogTexts;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::sheets::{self, Column, Facts, Field, Listing, SheetOf, Value};
use crate::web::{App, AppError, Tying, Visit};

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

const LIST: &str = "/handlaggare/logg";

/// The table of events.
pub const SHEET: SheetOf<Asked> = SheetOf::new();

const FACTS: Facts = Facts {
    code: "log",
    path: LIST,
    title: || text::staff().log.title,
    file: "logg",
    sees: super::READERS,
    takes: super::READERS,
    fields: &[Field::words("q"), Field::plain("fran"), Field::plain("till")],
};

type Col = Column<Event>;

fn log() -> &'static LogTexts {
    &text::staff().log
}

const COLUMNS: &[Col] = &[
    Col::new("nr", || log().number, |row| Value::Count(row.seq)),
    Col::new("tid", || log().at, |row| Value::Clock(row.at)).classes("app-break"),
    Col::new("vem", || log().who, |row| row.actor.clone().into()).shown(|row| reference(&row.actor)).classes("app-break"),
    Col::new("vad", || log().what, |row| (log().action)(&row.action).into()).classes("app-break"),
    Col::new("om", || log().about, |row| row.object.clone().into()).shown(|row| reference(&row.object)).classes("app-break"),
    Col::new("mer", || log().detail, |row| detail(&row.detail).into()).classes("app-break"),
    Col::new("kod", || log().code, |row| row.action.clone().into()).extra().classes("app-break"),
    Col::new("kontrollsumma", || log().hash, |row| row.hash.clone().into()).extra().classes("app-break"),
];

impl Listing for Asked {
    type Row = Event;
    const FACTS: &'static Facts = &FACTS;
    const COLUMNS: &'static [Col] = COLUMNS;

    fn read(query: &str, _: Instant) -> Self {
        let asked = |name: &str| sheets::asked(query, name);
        Self { words: asked("q"), from: asked("fran"), until: asked("till"), before: asked("fore").parse().ok() }
    }

    fn total<'a>(&'a self, tx: &'a mut Tx) -> Tying<'a, i64> {
        Box::pin(async move { audit::count(tx, &self.narrow(log()).0).await })
    }

    fn after<'a>(&'a self, tx: &'a mut Tx, last: Option<&'a Event>, limit: i64) -> Tying<'a, Vec<Event>> {
        Box::pin(async move {
            let narrow = Narrow { before: last.map(|last| last.seq), ..self.narrow(log()).0 };
            audit::list(tx, &narrow, limit).await
        })
    }
}

/// What was asked for, as it stands in the address.
pub struct Asked {
    words: String,
    from: String,
    until: String,
    /// Events before this number: where the page before ended.
    before: Option<i64>,
}

impl Asked {
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
    fn older(&self, shown: &Shown, seq: i64) -> String {
        let pairs = [("q", &self.words), ("fran", &self.from), ("till", &self.until)];
        let query = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(pairs.into_iter().filter(|(_, value)| !value.is_empty()))
            .extend_pairs(shown.carried())
            .append_pair("fore", &seq.to_string())
            .finish();
        format!("/handlaggare/logg?{query}")
    }
}

async fn show(app: &App, visit: &Visit, report: Option<Report>) -> Result<Response, AppError> {
    let words = &text::staff().log;
    let who = visit.signed_in()?;
    let asked = Asked::read(&visit.query, app.now());
    let (narrow, wrong) = asked.narrow(words);
    let (shown, mut events) = app
        .db
        .read(async |tx| Ok::<_, StoreError>((shown::<Asked>(tx, visit, who).await?, audit::list(tx, &narrow, PAGE + 1).await?)))
        .await?;
    if let Some(address) = shown.leads_to().filter(|_| report.is_none()) {
        return Ok(visit.see_other(&address));
    }
    let more = i64::try_from(events.len()).is_ok_and(|count| count > PAGE);
    events.truncate(usize::try_from(PAGE).unwrap_or_default());
    let older = events.last().filter(|_| more).map(|event| asked.older(&shown, event.seq));
    let head = Head { private: true, staff: true, error: !wrong.is_empty(), ..Head::new(words.title) };
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(visit.page(app, status, head, move || {
        let at = |field: &str| wrong.iter().find(|(name, _)| *name == field).map(|(_, sentence)| *sentence);
        let entries: Vec<(String, String)> = wrong.iter().map(|(field, sentence)| (format!("#{field}"), (*sentence).to_owned())).collect();
        view! {
            {(!entries.is_empty()).then(|| view! { <ErrorSummary errors=entries /> })}
            {report.map(|report| whole(words, &report))}
            <h1 class="govuk-heading-l">{words.title}</h1>
            <form method="get" action=LIST novalidate=true>
                {shown.kept()}
                <div class="app-filter-row">
                    <Input name="q" label=words.find hint=words.find_hint value=asked.words.clone() classes="govuk-input--width-20" spellcheck=false />
                    <Input name="fran" label=words.from hint=words.day_hint value=asked.from.clone() error=at("fran") classes="govuk-input--width-10" />
                    <Input name="till" label=words.until hint=words.day_hint value=asked.until.clone() error=at("till") classes="govuk-input--width-10" />
                </div>
                <Button secondary=true>{words.search}</Button>
            </form>
            {shown.bar()}
            {table(words, &shown, &events)}
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

fn table(words: &'static LogTexts, shown: &Shown, events: &[Event]) -> AnyView {
    if events.is_empty() {
        return view! { <p class="govuk-body">{words.none}</p> }.into_any();
    }
    shown.table::<Asked>(words.caption, events, |_| None)
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
