//! `POST /handlaggare/publikationer/import`: a file to look through. `POST …/import/{import}`: read it in.

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::catalogue::actions::imports::{self as actions, Confirmed};
use crate::catalogue::pages::staff::files::limit;
use crate::catalogue::pages::staff::imports::{PATH, load, open, render, render_one};
use crate::catalogue::rules::imports::field;
use crate::web::forms::Posted;
use crate::web::{App, AppError, Visit, upload};

pub async fn take(State(app): State<App>, visit: Visit, request: Request) -> Result<Response, AppError> {
    let who = visit.signed_in()?;
    match upload::read(&app, request, limit(&app)).await?.file {
        Ok(sent) => {
            let id = actions::take(&app, who, sent).await?;
            Ok(visit.see_other(&format!("{PATH}/{id}")))
        }
        Err(wrong) => {
            let loaded = load(&app).await?;
            Ok(render(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, loaded, Some(actions::fault(wrong)), false))
        }
    }
}

pub async fn confirm(State(app): State<App>, visit: Visit, Path(import): Path<String>, Posted(form): Posted) -> Result<Response, AppError> {
    let who = visit.signed_in()?;
    let opened = open(&app, &import).await?;
    let version = form.get(field::VERSION).parse().map_err(|_| AppError::BadRequest)?;
    match actions::confirm(&app, who, &opened.row.id, version).await? {
        Confirmed::Yes => Ok(visit.see_other(&format!("{PATH}/{}", opened.row.id))),
        Confirmed::Stale => {
            let opened = open(&app, &import).await?;
            Ok(render_one(&app, &visit, StatusCode::CONFLICT, opened, true))
        }
        // The page says so in the place of the button.
        Confirmed::NeedsAnother => Ok(render_one(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, opened, false)),
    }
}
