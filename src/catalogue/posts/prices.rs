//! `POST /handlaggare/publikationer/{work}/priser`: a price from a day on, or one taken back.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::catalogue::actions::prices::{self as actions, Refusal};
use crate::catalogue::pages::staff::prices::{Says, open, path, render};
use crate::catalogue::rules::prices::{self as rules, field};
use crate::kit::{CivilDate, Errors, Id, civil};
use crate::web::forms::Posted;
use crate::web::{App, AppError, Visit};

pub async fn change(State(app): State<App>, visit: Visit, Path(work): Path<String>, Posted(form): Posted) -> Result<Response, AppError> {
    let who = visit.signed_in()?;
    let opened = open(&app, &work).await?;
    let edition = Id::parse(form.get(field::EDITION)).map_err(|_| AppError::BadRequest)?;
    let version = form.get(field::VERSION).parse().map_err(|_| AppError::BadRequest)?;
    let (outcome, done) = match form.get(field::REMOVE) {
        "" => match rules::new_price(&form, civil::stockholm(app.now()).date) {
            Ok(new) => (actions::set(&app, who, &opened.work, &edition, version, new).await?, "sparat"),
            Err(errors) => {
                let says = Says { form, errors, ..Says::default() };
                return Ok(render(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, opened, says));
            }
        },
        from => {
            let from = CivilDate::parse(from).map_err(|_| AppError::BadRequest)?;
            (actions::remove(&app, who, &opened.work, &edition, version, from).await?, "borttaget")
        }
    };
    match outcome {
        Ok(()) => Ok(visit.see_other(&format!("{}?klart={done}", path(&opened.work)))),
        Err(Refusal::NoEdition) => Err(AppError::NotFound),
        Err(Refusal::Stale) => {
            let opened = open(&app, &work).await?;
            Ok(render(&app, &visit, StatusCode::CONFLICT, opened, Says { form, stale: true, ..Says::default() }))
        }
        Err(Refusal::Rule(error)) => {
            let mut errors = Errors::new();
            errors.push(field::FROM, error);
            Ok(render(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, opened, Says { form, errors, ..Says::default() }))
        }
    }
}
