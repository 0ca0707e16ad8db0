//! The list of mails, and one mail.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use crate::kit::{Id, Lang, civil};
use crate::platform::outbox::{self, Kept};
use crate::text;
use crate::ui::components::{Cell, SummaryList, SummaryRow, Table};
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

/// How many mails the list shows.
const LIMIT: i64 = 100;

/// `/demo/post`
pub async fn list(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    in_demonstration(&app)?;
    let mails = app.db.read(async |tx| outbox::latest(tx, LIMIT).await).await?;
    let lang = visit.lang;
    let words = text::post(lang);
    Ok(visit.page(&app, StatusCode::OK, head(words.title), || {
        let content = if mails.is_empty() {
            view! { <p class="govuk-body">{words.none}</p> }.into_any()
        } else {
            let rows = mails.iter().map(|mail| row(mail, &visit)).collect::<Vec<_>>();
            let columns: Vec<Cell> = [words.subject, words.to, words.written, words.state].map(Cell::new).into();
            view! {
                <Table
                    caption=words.caption
                    caption_classes="govuk-visually-hidden"
                    classes="app-reflow"
                    head=columns
                    rows=rows
                    first_cell_is_header=true
                />
            }
            .into_any()
        };
        view! {
            <h1 class="govuk-heading-l">{words.title}</h1>
            <p class="govuk-body">{words.lead}</p>
            {content}
        }
    }))
}

/// `/demo/post/{id}`
pub async fn letter(State(app): State<App>, visit: Visit, Path(id): Path<String>) -> Result<Response, AppError> {
    in_demonstration(&app)?;
    let id = Id::parse(&id).map_err(|_| AppError::NotFound)?;
    let mail = app.db.read(async |tx| outbox::find(tx, &id).await).await?.ok_or(AppError::NotFound)?;
    let lang = visit.lang;
    let words = text::post(lang);
    let head = Head { back: Some((visit.href("/demo/post"), words.back.to_owned())), ..head(&mail.subject) };
    Ok(visit.page(&app, StatusCode::OK, head, || {
        let facts = vec![
            SummaryRow::new(words.from, app.config.mail_from.clone()),
            SummaryRow::new(words.to, mail.recipient.to_string()),
            SummaryRow::new(words.subject, mail.subject.clone()),
            SummaryRow::new(words.written, civil::clock_text(mail.created_at, lang)),
            SummaryRow::new(words.state, state(&mail, lang)),
        ];
        let body = if mail.text_body.is_empty() {
            view! { <p class="govuk-body">{words.gone}</p> }.into_any()
        } else {
            let paragraphs = mail.text_body.trim().split("\n\n").map(paragraph).collect_view();
            view! { <div class="govuk-!-text-break-word" lang=mail.lang.code()>{paragraphs}</div> }.into_any()
        };
        view! {
            <h1 class="govuk-heading-l" lang=mail.lang.code()>{mail.subject.clone()}</h1>
            <SummaryList rows=facts />
            <h2 class="govuk-heading-m">{words.content}</h2>
            {body}
        }
    }))
}

/// Elsewhere the page does not exist: it would show secret links to anyone.
fn in_demonstration(app: &App) -> Result<(), AppError> {
    if app.config.demo { Ok(()) } else { Err(AppError::NotFound) }
}

fn head(title: &str) -> Head {
    Head { private: true, noindex: true, ..Head::new(title) }
}

fn row(mail: &Kept, visit: &Visit) -> Vec<Cell> {
    let words = text::post(visit.lang);
    let href = visit.href(&format!("/demo/post/{}", mail.id));
    let link = view! {
        <a class="govuk-link" href=href lang=mail.lang.code()>
            {mail.subject.clone()}
        </a>
    };
    vec![
        Cell::new(link.into_any()),
        Cell::new(mail.recipient.to_string()).classes("app-break").attributes([("data-label", words.to)]),
        Cell::new(civil::clock_text(mail.created_at, visit.lang)).attributes([("data-label", words.written)]),
        Cell::new((words.status)(&mail.status)).attributes([("data-label", words.state)]),
    ]
}

fn state(mail: &Kept, lang: Lang) -> String {
    let state = (text::post(lang).status)(&mail.status);
    match &mail.last_error {
        Some(error) => format!("{state} ({error})"),
        None => state.to_owned(),
    }
}

/// A paragraph of the text part with its lines as they are; a line that is an address is a link.
fn paragraph(text: &str) -> impl IntoView + use<> {
    let lines = text
        .lines()
        .enumerate()
        .map(|(place, line)| {
            let line = line.to_owned();
            let is_address = (line.starts_with("https://") || line.starts_with("http://")) && !line.contains(' ');
            let content = if is_address {
                view! {
                    <a class="govuk-link" href=line.clone()>
                        {line.clone()}
                    </a>
                }
                .into_any()
            } else {
                line.into_any()
            };
            view! {
                {(place > 0).then(|| view! { <br /> })}
                {content}
            }
        })
        .collect_view();
    view! { <p class="govuk-body">{lines}</p> }
}
