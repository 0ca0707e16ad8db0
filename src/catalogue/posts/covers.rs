//! `POST /handlaggare/publikationer/{work}/omslag`: a picture for the draft, other words for it, or the picture taken away there.

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::catalogue::actions::covers::{self as actions, Refusal, fault};
use crate::catalogue::editor::actions::Seen;
use crate::catalogue::pages::staff::covers::{Says, open, path, render};
use crate::catalogue::rules::covers::{self as rules, MOST_MEGABYTES, field};
use crate::web::upload::FileFault;
use crate::web::{App, AppError, Visit, upload};

pub async fn change(State(app): State<App>, visit: Visit, Path(work): Path<String>, request: Request) -> Result<Response, AppError> {
    let who = visit.signed_in()?;
    let opened = open(&app, &work).await?;
    let upload::Uploaded { form, file } = upload::read(&app, request, MOST_MEGABYTES * 1024 * 1024).await?;
    let seen = Seen::parse(form.get(field::VERSION));
    let what = form.get(field::WHAT).to_owned();
    let alt = rules::alt(&form);
    let (outcome, done) = match (what.as_str(), file, alt) {
        ("ta_bort", file, _) => {
            drop_file(&app, file).await?;
            (actions::remove(&app, who, &opened.work, seen).await?, "borttaget")
        }
        (_, Ok(sent), Ok(alt)) => {
            let alt = alt.as_ref().map(|(sv, en)| (sv.as_str(), en.as_str()));
            (actions::put(&app, who, &opened.work, seen, sent, alt).await?, "sparat")
        }
        // The words alone were changed.
        (_, Err(FileFault::Missing), Ok(alt)) if let Some(cover) = &opened.cover => {
            let alt = alt.as_ref().map(|(sv, en)| (sv.as_str(), en.as_str()));
            (actions::describe(&app, who, &opened.work, seen, cover, alt).await?, "sparat")
        }
        (_, file, alt) => {
            let mut errors = alt.err().unwrap_or_default();
            match file {
                Ok(sent) => app.files.discard(sent.incoming).await?,
                Err(FileFault::Missing) if opened.cover.is_some() => {}
                Err(wrong) => errors.0.insert(0, crate::kit::FieldError { field: field::FILE, error: fault(wrong) }),
            }
            return Ok(render(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, opened, Says { form, errors, ..Says::default() }));
        }
    };
    match outcome {
        Ok(()) => Ok(visit.see_other(&format!("{}?klart={done}", path(&opened.work)))),
        Err(Refusal::Stale) => {
            let opened = open(&app, &work).await?;
            Ok(render(&app, &visit, StatusCode::CONFLICT, opened, Says { form, stale: true, ..Says::default() }))
        }
        Err(Refusal::Locked) => {
            let opened = open(&app, &work).await?;
            Ok(render(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, opened, Says { form, locked: true, ..Says::default() }))
        }
        Err(Refusal::Rule(error)) => {
            let mut says = Says { form, ..Says::default() };
            says.errors.push(field::FILE, error);
            Ok(render(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, opened, says))
        }
    }
}

async fn drop_file(app: &App, file: Result<upload::Sent, FileFault>) -> Result<(), AppError> {
    if let Ok(sent) = file {
        app.files.discard(sent.incoming).await?;
    }
    Ok(())
}
