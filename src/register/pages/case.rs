//! `GET /diarium/{number}`: a case with its documents. A case has no words of its own, so nothing of it can be forgotten to mask.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::{path_of, subject, swedish, table, trail};
use crate::kit::CaseNumber;
use crate::register::model::Listed;
use crate::register::store::listing;
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

/// The documents of the case that a path names, by whatever form of its number; none when there is no such case.
pub async fn documents_of(app: &App, asked: &str) -> Result<Vec<Listed>, AppError> {
    let number = CaseNumber::parse(asked).map_err(|_| AppError::NotFound)?;
    let documents = app.db.read(async |tx| listing::of_case(tx, &number).await).await?;
    if documents.is_empty() { Err(AppError::NotFound) } else { Ok(documents) }
}

/// `GET /diarium/{number}`
pub async fn show(State(app): State<App>, visit: Visit, Path(asked): Path<String>) -> Result<Response, AppError> {
    let documents = documents_of(&app, &asked).await?;
    let Some(first) = documents.first() else { return Err(AppError::NotFound) };
    let number = first.number.to_string();
    if number != asked {
        return Ok(visit.see_other(&path_of(&number)));
    }
    let lang = visit.lang;
    let texts = text::register(lang);
    let words = &texts.case;
    // Whoever looks for somebody's name on the web is not to be led to a case that the person once wrote in.
    let head = Head { noindex: true, trail: trail(&visit, &[]), ..Head::new((words.title)(&number)) };
    Ok(visit.page(&app, StatusCode::OK, head, || {
        view! {
            <h1 class="govuk-heading-l">{(words.title)(&number)}</h1>
            <p class="govuk-body-l app-measure" lang=swedish(lang, first.subject.is_none())>
                {subject(first, lang)}
            </p>
            <p class="govuk-body">{(words.count)(documents.len())}</p>
            {table(&documents, (words.caption)(&number), lang, true)}
            <div class="app-screen-only">
                <Button href=visit.href(&format!("{}/begar", path_of(&number)))>{words.ask}</Button>
            </div>
        }
    }))
}
