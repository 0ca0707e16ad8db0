//! What the staff read: the applications that were received under a call, each as it was sent in, and more time for one organisation.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::begin::state_tag;
use super::{called, link, topic, when};
use crate::applications::actions::staff::Read;
use crate::applications::actions::submitting::Whole;
use crate::applications::snapshot::Content;
use crate::applications::store;
use crate::applications::store::staff::{Extension, Received};
use crate::attachments;
use crate::attachments::model::Attachment;
use crate::calls;
use crate::forms::model::{Kind, Question};
use crate::forms::pages::words as both;
use crate::kit::{CaseNumber, Form, Id, Lang, civil};
use crate::people as accounts;
use crate::people::model::Account;
use crate::platform::db::StoreError;
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

type Page = Result<Response, AppError>;

const SV: Lang = Lang::Sv;

/// The staff's applications.
pub const PATH: &str = "/handlaggare/ansokningar";

/// The fields of the form that gives more time.
pub mod field {
    pub const ORGNR: &str = "organisationsnummer";
    pub const DAY: &str = "dag";
    pub const CLOCK: &str = "klockan";
    pub const REASON: &str = "skal";
}

fn path_of(call: &Id, below: &str) -> String {
    format!("/handlaggare/utlysningar/{call}{below}")
}

/// A call in the staff's hands, and what its newest version is called.
async fn call(app: &App, id: &str) -> Result<calls::store::Call, AppError> {
    let id = Id::parse(id).map_err(|_| AppError::NotFound)?;
    app.db.read(async |tx| calls::store::call(tx, &id).await).await?.filter(|call| call.current.is_some()).ok_or(AppError::NotFound)
}

fn name_of(call: &calls::store::Call) -> String {
    call.answers.get(calls::rules::key::NAME_SV).trim().to_owned()
}

fn below(call: &calls::store::Call, title: impl Into<String>) -> Head {
    let trail = vec![("/handlaggare/utlysningar".to_owned(), text::staff().calls.title.to_owned()), (path_of(&call.id, ""), name_of(call))];
    Head { private: true, staff: true, trail, ..Head::new(title) }
}

/// `GET /handlaggare/ansokningar`: the calls that have any.
pub async fn calls_with_any(State(app): State<App>, visit: Visit) -> Page {
    let (all, counts) =
        app.db.read(async |tx| Ok::<_, StoreError>((calls::store::calls(tx).await?, store::staff::counts(tx).await?))).await?;
    let words = &text::staff().applications;
    let head = Head { private: true, staff: true, ..Head::new(words.title) };
    Ok(visit.page(&app, StatusCode::OK, head, || {
        let rows: Vec<Vec<Cell>> = all
            .iter()
            .filter(|call| call.current.is_some())
            .map(|call| {
                let count = counts.iter().find(|(id, _)| *id == call.id).map_or(0, |(_, count)| *count);
                let closes = call.closes_at.map(|at| civil::clock_text(at, SV)).unwrap_or_default();
                vec![
                    Cell::new(link(path_of(&call.id, "/ansokningar"), name_of(call))),
                    Cell::new(closes).attributes([("data-label", words.closes)]),
                    Cell::new(count.to_string()).numeric().attributes([("data-label", words.received)]),
                ]
            })
            .collect();
        let columns = vec![Cell::new(words.call), Cell::new(words.closes), Cell::new(words.received).numeric()];
        let table = if rows.is_empty() {
            view! { <p class="govuk-body">{words.no_calls}</p> }.into_any()
        } else {
            view! { <Table caption=words.title caption_classes="govuk-visually-hidden" classes="app-reflow" head=columns rows=rows first_cell_is_header=true /> }
                .into_any()
        };
        view! {
            <h1 class="govuk-heading-l">{words.title}</h1>
            <p class="govuk-body app-measure">{words.lead}</p>
            {table}
        }
    }))
}

/// `GET /handlaggare/utlysningar/{call}/ansokningar`
pub async fn list(State(app): State<App>, visit: Visit, Path(id): Path<String>) -> Page {
    let call = call(&app, &id).await?;
    let received = app.db.read(async |tx| store::staff::under(tx, &call.id).await).await?;
    let words = &text::staff().applications;
    let head = below(&call, words.title);
    Ok(visit.page(&app, StatusCode::OK, head, || {
        let rows: Vec<Vec<Cell>> = received.iter().map(row).collect();
        let columns: Vec<Cell> = [words.number, words.organisation, words.work, words.came, words.state].map(Cell::new).into();
        let table = if rows.is_empty() {
            view! { <p class="govuk-body">{words.none}</p> }.into_any()
        } else {
            view! { <Table caption=words.caption caption_classes="govuk-visually-hidden" classes="app-reflow" head=columns rows=rows first_cell_is_header=true /> }
                .into_any()
        };
        view! {
            <span class="govuk-caption-l">{name_of(&call)}</span>
            <h1 class="govuk-heading-l">{words.title}</h1>
            {table}
            <p class="govuk-body">{link(path_of(&call.id, "/mer-tid"), words.more_time)}</p>
        }
    }))
}

fn row(one: &Received) -> Vec<Cell> {
    let words = &text::staff().applications;
    let cell = |label: &'static str, content: AnyView| Cell::new(content).attributes([("data-label", label)]);
    let came = one.application.submitted_at.map(|at| civil::clock_text(at, SV)).unwrap_or_default();
    let late = (one.application.late == 1).then(|| view! { " " <Tag text=words.late classes="govuk-tag--red" /> });
    vec![
        Cell::new(link(format!("{PATH}/{}", one.number), one.number.to_string())),
        cell(words.organisation, one.organisation.clone().into_any()),
        cell(words.work, called(SV, &one.application.title).into_any()),
        cell(words.came, view! { {came} {late} }.into_any()),
        cell(words.state, state_tag(SV, one.application.state)),
    ]
}

/// `GET /handlaggare/ansokningar/{number}`: as it was sent in.
pub async fn one(State(app): State<App>, visit: Visit, Path(number): Path<String>) -> Page {
    let number = CaseNumber::parse(&number).map_err(|_| AppError::NotFound)?;
    let Read { received, asked, snapshots, signed_by, attached } =
        crate::applications::actions::staff::read(&app, &number).await?.ok_or(AppError::NotFound)?;
    let snapshot = snapshots.first().ok_or(AppError::NotFound)?;
    let content = Content::read(&snapshot.content)?;
    let words = &text::staff().applications;
    let whole =
        Whole { standing: Vec::new(), beside: Vec::new(), attached: Vec::new(), answers: content.answers, files: content.files, asked };
    let whole = Whole { asked: crate::applications::model::Asked { form: content.form, ..whole.asked }, ..whole };
    let trail = vec![
        (PATH.to_owned(), words.title.to_owned()),
        (path_of(&received.application.call_id, "/ansokningar"), whole.asked.facts.name.sv.clone()),
    ];
    let head = Head { private: true, staff: true, trail, ..Head::new(number.to_string()) };
    Ok(visit.page(&app, StatusCode::OK, head, || {
        let came = received.application.submitted_at.map(|at| when(at, SV)).unwrap_or_default();
        let mut rows = vec![
            SummaryRow::new(words.state, state_tag(SV, received.application.state)),
            SummaryRow::new(words.organisation, format!("{} ({})", received.organisation, received.orgnr)),
            SummaryRow::new(words.came, came),
            SummaryRow::new(words.signed_by, signed_by),
            SummaryRow::new(words.fingerprint, view! { <span class="app-lines">{snapshot.content_hash.clone()}</span> }.into_any()),
        ];
        if received.application.late == 1 {
            rows.push(SummaryRow::new(words.late, (words.late_rule)(whole.asked.facts.late)));
        }
        let sections: Vec<AnyView> = whole
            .asked
            .form
            .sections
            .iter()
            .map(|section| {
                let rows: Vec<SummaryRow> =
                    section.questions.iter().filter_map(|question| answer(&received, &attached, &whole, question)).collect();
                view! {
                    <h2 class="govuk-heading-m">{both(&section.title, SV)}</h2>
                    <SummaryList rows=rows />
                }
                .into_any()
            })
            .collect();
        view! {
            <span class="govuk-caption-l">{number.to_string()}</span>
            <h1 class="govuk-heading-l">{called(SV, &received.application.title)}</h1>
            <SummaryList rows=rows />
            {sections}
        }
    }))
}

/// A question with its answer; files can be fetched once they are known to be clean.
fn answer(received: &Received, attached: &[Attachment], whole: &Whole, question: &Question) -> Option<SummaryRow> {
    let files: Vec<&Attachment> = attached.iter().filter(|one| one.slot == question.key.as_str()).collect();
    if !matches!(question.kind, Kind::File { .. }) || files.is_empty() {
        return topic::row(SV, whole, question);
    }
    let list = attachments::pages::list(SV, &files, |one| format!("{PATH}/{}/fil/{}", received.number, one.id), false);
    Some(SummaryRow::new(question.label.sv.clone(), list))
}

/// `GET /handlaggare/ansokningar/{number}/fil/{file}`
pub async fn fetch(State(app): State<App>, Path((number, file)): Path<(String, String)>, headers: HeaderMap) -> Page {
    let number = CaseNumber::parse(&number).map_err(|_| AppError::NotFound)?;
    let found = crate::applications::actions::staff::read(&app, &number).await?.ok_or(AppError::NotFound)?;
    let file = found.attached.into_iter().find(|one| one.id.as_str() == file).ok_or(AppError::NotFound)?;
    Ok(attachments::actions::fetch(&app, &file, &headers).await?.ok_or(AppError::NotFound)?.into_response())
}

/// `GET /handlaggare/utlysningar/{call}/mer-tid`
pub async fn more_time(State(app): State<App>, visit: Visit, Path(id): Path<String>) -> Page {
    let form = visit.typed().cloned().unwrap_or_default();
    more_time_page(&app, &visit, StatusCode::OK, &id, &form, &[]).await
}

/// The organisations that were given more time, and giving it, in any state: `wrong` are fields and what is wrong with them.
pub async fn more_time_page(app: &App, visit: &Visit, status: StatusCode, id: &str, form: &Form, wrong: &[(&'static str, String)]) -> Page {
    let call = call(app, id).await?;
    let (given, people) = app
        .db
        .read(async |tx| {
            let given = store::staff::extensions(tx, &call.id).await?;
            let mut ids: Vec<Id> = given.iter().map(|one| one.granted_by.clone()).collect();
            ids.sort();
            ids.dedup();
            Ok::<_, StoreError>((given, accounts::store::accounts(tx, &ids).await?))
        })
        .await?;
    let words = &text::staff().applications;
    let mut head = below(&call, words.more_time);
    head.error = !wrong.is_empty();
    let done = (visit.asked("klart") == "ja" && wrong.is_empty()).then_some(words.was_given);
    Ok(visit.page(app, status, head, || {
        let entries: Vec<(String, String)> = wrong.iter().map(|(field, says)| (format!("#{field}"), says.clone())).collect();
        let summary = (!entries.is_empty()).then(|| view! { <ErrorSummary errors=entries /> });
        let error = |name: &str| wrong.iter().find(|(field, _)| *field == name).map(|(_, says)| says.clone());
        let value = |name: &str| form.get(name).to_owned();
        let closes = call.closes_at.map(|at| when(at, SV)).unwrap_or_default();
        view! {
            {summary}
            {done.map(|text| view! { <NotificationBanner success=true text=text /> })}
            <span class="govuk-caption-l">{name_of(&call)}</span>
            <h1 class="govuk-heading-l">{words.more_time}</h1>
            <p class="govuk-body app-measure">{(words.more_time_lead)(&closes)}</p>
            {list_of(&given, &people)}
            <form method="post" class="govuk-!-width-two-thirds" novalidate=true>
                <Input name=field::ORGNR label=words.orgnr hint=words.orgnr_hint value=value(field::ORGNR) error=error(field::ORGNR) classes="govuk-input--width-20" autocomplete="off" />
                <Input name=field::DAY label=words.until_day hint=text::forms(SV).fields.day_hint value=value(field::DAY) error=error(field::DAY) classes="govuk-input--width-10" autocomplete="off" />
                <Input name=field::CLOCK label=text::forms(SV).fields.clock hint=text::forms(SV).fields.clock_hint value=value(field::CLOCK) error=error(field::CLOCK) classes="govuk-input--width-5" autocomplete="off" />
                <CharacterCount name=field::REASON label=words.reason hint=words.reason_hint value=value(field::REASON) error=error(field::REASON) max_length=LONGEST_REASON rows=4 />
                <Button prevent_double_click=true>{words.give}</Button>
            </form>
        }
    }))
}

/// Longest reason for more time.
pub const LONGEST_REASON: u32 = 1000;

fn list_of(given: &[Extension], people: &[Account]) -> AnyView {
    let words = &text::staff().applications;
    if given.is_empty() {
        return ().into_any();
    }
    let cell = |label: &'static str, text: String| Cell::new(text).attributes([("data-label", label)]);
    let rows: Vec<Vec<Cell>> = given
        .iter()
        .map(|one| {
            vec![
                Cell::new(format!("{} ({})", one.organisation, one.orgnr)),
                cell(words.until, when(one.until, SV)),
                cell(words.reason, one.reason.clone()),
                cell(words.by, super::named(people, &one.granted_by, SV)),
            ]
        })
        .collect();
    let columns: Vec<Cell> = [words.organisation, words.until, words.reason, words.by].map(Cell::new).into();
    view! { <Table caption=words.given caption_classes="govuk-table__caption--m" classes="app-reflow" head=columns rows=rows first_cell_is_header=true /> }
        .into_any()
}
