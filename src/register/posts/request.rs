//! What whoever asked does by their link: asks for a decision, or withdraws.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::register::actions::{Refusal, disclosures};
use crate::register::letters;
use crate::register::lifecycle::Event;
use crate::register::pages::request::{open, render};
use crate::text;
use crate::web::{App, AppError, Visit};

/// `POST /diarium/begaran/{token}`
pub async fn decision(State(app): State<App>, visit: Visit, Path(token): Path<String>) -> Result<Response, AppError> {
    wish(&app, &visit, &token, Event::DecisionAsked, "beslut").await
}

/// `POST /diarium/begaran/{token}/aterkalla`
pub async fn withdraw(State(app): State<App>, visit: Visit, Path(token): Path<String>) -> Result<Response, AppError> {
    wish(&app, &visit, &token, Event::Withdrawn, "aterkallad").await
}

async fn wish(app: &App, visit: &Visit, token: &str, event: Event, done: &str) -> Result<Response, AppError> {
    let opened = open(app, visit, token).await?;
    match disclosures::wish(app, &opened.link, event).await? {
        Ok(()) => Ok(visit.see_other(&format!("{}?klart={done}", letters::path_of(&opened.link)))),
        Err(Refusal::Unknown) => Err(AppError::NotFound),
        Err(_) => {
            let opened = open(app, visit, token).await?;
            let problem = text::register(visit.lang).request.not_now;
            Ok(render(app, visit, StatusCode::CONFLICT, opened, Some(problem)))
        }
    }
}
