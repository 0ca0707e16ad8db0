//! The list of mails, and one mail.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use crate::kit::{Id, civil};
use crate::platform::db::StoreError;
use crate::platform::outbox::{self, Kept};
use crate::text;
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
    let rows = mails
        .into_iter()
        .map(|mail| {
            let href = visit.href(&format!("/demo/post/{}", mail.id));
            view! {
                <tr class="govuk-table__row">
                    <th scope="row" class="govuk-table__header">
                        <a class="govuk-link" href=href lang=mail.lang.code()>
                            {mail.subject.clone()}
                        </a>
                    </th>
                    <td class="govuk-table__cell">{mail.recipient.to_string()}</td>
                    <td class="govuk-table__cell">{civil::clock_text(mail.created_at, lang)}</td>
                    <td class="govuk-table__cell">{(words.status)(&mail.status)}</td>
                </tr>
            }
        })
        .collect_view();
    let table = view! {
        <table class="govuk-table">
            <caption class="govuk-table__caption govuk-table__caption--m">{words.caption}</caption>
            <thead class="govuk-table__head">
                <tr class="govuk-table__row">
                    {[words.subject, words.to, words.written, words.state]
                        .into_iter()
                        .map(|label| view! { <th scope="col" class="govuk-table__header">{label}</th> })
                        .collect_view()}
                </tr>
            </thead>
            <tbody class="govuk-table__body">{rows}</tbody>
        </table>
    };
    let main = view! {
        <h1 class="govuk-heading-l">{words.title}</h1>
        <p class="govuk-body">{words.lead}</p>
        {table}
    };
    Ok(visit.page(&app, StatusCode::OK, head(words.title), || main))
}

/// `/demo/post/{id}`
pub async fn letter(State(app): State<App>, visit: Visit, Path(id): Path<String>) -> Result<Response, AppError> {
    in_demonstration(&app)?;
    let id = Id::parse(&id).map_err(|_| AppError::NotFound)?;
    let mail = app.db.read(async |tx| Ok::<_, StoreError>(outbox::find(tx, &id).await?)).await?.ok_or(AppError::NotFound)?;
    let lang = visit.lang;
    let words = text::post(lang);
    let facts = [
        (words.from, app.config.mail_from.clone()),
        (words.to, mail.recipient.to_string()),
        (words.subject, mail.subject.clone()),
        (words.written, civil::clock_text(mail.created_at, lang)),
        (words.state, state(&mail, lang)),
    ];
    let facts = facts
        .into_iter()
        .map(|(label, value)| {
            view! {
                <div class="govuk-summary-list__row">
                    <dt class="govuk-summary-list__key">{label}</dt>
                    <dd class="govuk-summary-list__value">{value}</dd>
                </div>
            }
        })
        .collect_view();
    let addresses: Vec<String> = addresses(&mail.text_body).map(str::to_owned).collect();
    let links = (!addresses.is_empty()).then(|| {
        let items = addresses
            .into_iter()
            .map(|address| {
                view! {
                    <li>
                        <a class="govuk-link" href=address.clone()>
                            {address.clone()}
                        </a>
                    </li>
                }
            })
            .collect_view();
        view! {
            <h2 class="govuk-heading-m">{words.links}</h2>
            <ul class="govuk-list">{items}</ul>
        }
    });
    let body = if mail.text_body.is_empty() {
        view! { <p class="govuk-body">{words.gone}</p> }.into_any()
    } else {
        view! { <pre class="app-letter" lang=mail.lang.code()>{mail.text_body.clone()}</pre> }.into_any()
    };
    let main = view! {
        <h1 class="govuk-heading-l" lang=mail.lang.code()>{mail.subject.clone()}</h1>
        <dl class="govuk-summary-list">{facts}</dl>
        <h2 class="govuk-heading-m">{words.content}</h2>
        {body}
        {links}
    };
    let head = Head { back: Some((visit.href("/demo/post"), words.back.to_owned())), ..head(&mail.subject) };
    Ok(visit.page(&app, StatusCode::OK, head, || main))
}

/// Elsewhere the page does not exist: it would show secret links to anyone.
fn in_demonstration(app: &App) -> Result<(), AppError> {
    if app.config.demo { Ok(()) } else { Err(AppError::NotFound) }
}

fn head(title: &str) -> Head {
    Head { private: true, noindex: true, ..Head::new(title) }
}

fn state(mail: &Kept, lang: crate::kit::Lang) -> String {
    let words = text::post(lang);
    let state = (words.status)(&mail.status);
    match &mail.last_error {
        Some(error) => format!("{state} ({error})"),
        None => state.to_owned(),
    }
}

/// The addresses in a text part: each stands alone on its line.
fn addresses(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .map(str::trim)
        .filter(|line| (line.starts_with("https://") || line.starts_with("http://")) && !line.contains(char::is_whitespace))
}
