//! `POST /handlaggare/publikationer/{work}/filer`: a file for an edition in the draft, or its file taken away there.

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::catalogue::actions::files::{self as actions, Refusal, fault};
use crate::catalogue::editor::actions::Seen;
use crate::catalogue::pages::staff::files::{Says, limit, open, path, render};
use crate::catalogue::rules::files::field;
use crate::kit::Id;
use crate::web::{App, AppError, Visit, upload};

pub async fn change(State(app): State<App>, visit: Visit, Path(work): Path<String>, request: Request) -> Result<Response, AppError> {
    let who = visit.signed_in()?;
    let opened = open(&app, &work).await?;
    let upload::Uploaded { form, file } = upload::read(&app, request, limit(&app)).await?;
    let edition = Id::parse(form.get(field::EDITION));
    let seen = Seen::parse(form.get(field::VERSION));
    let Ok(edition) = edition else {
        if let Ok(sent) = file {
            app.files.discard(sent.incoming).await?;
        }
        return Err(AppError::BadRequest);
    };
    let (outcome, done) = match (form.get(field::WHAT), file) {
        ("ta_bort", file) => {
            if let Ok(sent) = file {
                app.files.discard(sent.incoming).await?;
            }
            (actions::remove(&app, who, &opened.work, &edition, seen).await?, "borttagen")
        }
        (_, Ok(sent)) => (actions::put(&app, who, &opened.work, &edition, seen, sent).await?, "uppladdad"),
        (_, Err(wrong)) => (Err(Refusal::Rule(fault(wrong))), ""),
    };
    match outcome {
        Ok(()) => Ok(visit.see_other(&format!("{}?klart={done}", path(&opened.work)))),
        Err(Refusal::NoEdition) => Err(AppError::NotFound),
        Err(Refusal::Stale(mine)) => {
            let opened = open(&app, &work).await?;
            Ok(render(&app, &visit, StatusCode::CONFLICT, opened, Says { form, stale: Some(mine), ..Says::default() }))
        }
        Err(Refusal::Locked) => {
            let opened = open(&app, &work).await?;
            Ok(render(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, opened, Says { form, locked: true, ..Says::default() }))
        }
        Err(Refusal::Rule(error)) => {
            Ok(render(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, opened, Says { form, error: Some(error), ..Says::default() }))
        }
    }
}
