//! The back room's form handlers.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::shop::actions::staff as actions;
use crate::shop::pages::staff::order;
use crate::shop::rules;
use crate::web::forms::Posted;
use crate::web::{App, AppError, Visit};

type Answer = Result<Response, AppError>;

/// `POST /handlaggare/bestallningar/{number}`: a note.
pub async fn note(State(app): State<App>, visit: Visit, Path(number): Path<String>, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    let opened = order::open(&app, &number).await?;
    let note = match rules::note(&form) {
        Ok(note) => note,
        Err(errors) => return Ok(order::render(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, opened, form, errors, None)),
    };
    actions::add_note(&app, who, &opened.order.id, &note).await?;
    Ok(visit.see_other(&format!("{}?klart=antecknat", opened.path())))
}
