//! Founding an organisation, asking to be let in, and taking an invitation.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::kit::{Errors, Form};
use crate::organisations::actions::{self, Refusal};
use crate::organisations::pages::join::{asked_number, facts_page, invited_refused, join_page, number_page, step};
use crate::organisations::rules;
use crate::platform::ids::Secret;
use crate::web::forms::Posted;
use crate::web::{App, AppError, Visit};

type Answer = Result<Response, AppError>;

/// `POST /organisation/ny`: leads to its facts, or to asking when it is here already.
pub async fn number(State(app): State<App>, visit: Visit, Posted(form): Posted) -> Answer {
    let orgnr = match rules::orgnr(&form) {
        Ok(orgnr) => orgnr,
        Err(errors) => return Ok(number_page(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, &form, errors)),
    };
    let here = app.db.read(async |tx| actions::current(tx, &orgnr).await).await?.is_some();
    Ok(visit.see_other(&step(if here { "ga-med" } else { "uppgifter" }, &orgnr)))
}

/// `POST /organisation/ny/uppgifter`
pub async fn facts(State(app): State<App>, visit: Visit, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    let Some(orgnr) = asked_number(&visit) else { return Ok(visit.see_other("/organisation/ny")) };
    let facts = match rules::facts(&form) {
        Ok(facts) => facts,
        Err(errors) => return Ok(facts_page(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, &orgnr, form, errors)),
    };
    match actions::create(&app, who, &orgnr, &facts).await? {
        Ok(id) => Ok(visit.see_other(&format!("/organisation/{id}?klart=ny"))),
        // Somebody was first, or the button was pressed twice: whoever belongs to it is led on from there.
        Err(_) => Ok(visit.see_other(&step("ga-med", &orgnr))),
    }
}

/// `POST /organisation/ny/ga-med`
pub async fn join(State(app): State<App>, visit: Visit, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    let Some(orgnr) = asked_number(&visit) else { return Ok(visit.see_other("/organisation/ny")) };
    let message = match rules::message(&form) {
        Ok(message) => message,
        Err(errors) => return join_page(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, form, errors).await,
    };
    match actions::ask(&app, who, &orgnr, &message).await? {
        Ok(()) | Err(Refusal::HasAsked) => Ok(visit.see_other("/mina-sidor/organisationer?klart=skickad")),
        // The page says why not, or leads to where it can be.
        Err(_) => join_page(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, Form::default(), Errors::new()).await,
    }
}

/// `POST /inbjudan/{token}`
pub async fn invited(State(app): State<App>, visit: Visit, Path(token): Path<String>) -> Answer {
    let who = visit.signed_in()?;
    let Some(token) = Secret::parse(&token) else { return Ok(invited_refused(&app, &visit, Refusal::Dead)) };
    match actions::accept(&app, who, &token).await? {
        Ok(id) => Ok(visit.see_other(&format!("/organisation/{id}?klart=med"))),
        Err(refusal) => Ok(invited_refused(&app, &visit, refusal)),
    }
}
