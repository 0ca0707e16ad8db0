//! What staff do with organisations.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::members::answer_of;
use crate::kit::{Errors, Form, Id, Lang};
use crate::organisations::actions::{self, As, Refusal};
use crate::organisations::model::Status;
use crate::organisations::pages::members::request_page;
use crate::organisations::pages::staff::{end_page, merge_refused, one_page, organisation_of, path_of, request_head};
use crate::organisations::rules::{self, field};
use crate::text;
use crate::web::forms::Posted;
use crate::web::{App, AppError, Visit};

type Answer = Result<Response, AppError>;

fn version(form: &Form) -> i64 {
    form.get(field::VERSION).parse().unwrap_or_default()
}

/// `POST /handlaggare/organisationer/{organisation}`: checked, not checked, or open again.
pub async fn one(State(app): State<App>, visit: Visit, Path(organisation): Path<String>, Posted(form): Posted) -> Answer {
    let done = form.get("gor");
    let status = match done {
        "kontrollerad" => Status::Verified,
        "okontrollerad" | "oppnad" => Status::Unverified,
        _ => return one_page(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, &organisation, None).await,
    };
    set(&app, &visit, &organisation, &form, status, done).await
}

/// `POST /handlaggare/organisationer/{organisation}/avsluta`
pub async fn retire(State(app): State<App>, visit: Visit, Path(organisation): Path<String>, Posted(form): Posted) -> Answer {
    set(&app, &visit, &organisation, &form, Status::Retired, "avslutad").await
}

async fn set(app: &App, visit: &Visit, organisation: &str, form: &Form, status: Status, done: &str) -> Answer {
    let who = visit.signed_in()?;
    let id = Id::parse(organisation).map_err(|_| AppError::NotFound)?;
    match actions::set_status(app, who, &id, version(form), status).await? {
        Ok(()) => Ok(visit.see_other(&format!("{}?klart={done}", path_of(&id)))),
        Err(Refusal::Stale) => {
            let stale = text::staff().organisations.one.stale;
            one_page(app, visit, StatusCode::UNPROCESSABLE_ENTITY, organisation, Some(stale)).await
        }
        Err(_) => Err(AppError::NotFound),
    }
}

/// `POST /handlaggare/organisationer/{organisation}/forfragan/{request}`
pub async fn request(
    State(app): State<App>,
    visit: Visit,
    Path((organisation, request)): Path<(String, String)>,
    Posted(form): Posted,
) -> Answer {
    let who = visit.signed_in()?;
    let organisation = organisation_of(&app, &organisation).await?;
    let id = Id::parse(&request).map_err(|_| AppError::NotFound)?;
    let words = &text::organisations(Lang::Sv).request;
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    let head = request_head(&organisation);
    let role = match answer_of(&form) {
        Ok(role) => role,
        Err(errors) => {
            return request_page(&app, &visit, unprocessable, head, &organisation.id, &request, form, errors, None).await;
        }
    };
    let problem = match actions::answer(&app, who, As::Staff, &organisation.id, &id, role).await? {
        Ok(()) => {
            let done = if role.is_some() { "med" } else { "avslagen" };
            return Ok(visit.see_other(&format!("{}?klart={done}", path_of(&organisation.id))));
        }
        Err(Refusal::Answered) => words.answered,
        Err(Refusal::IsMember) => words.is_member,
        Err(Refusal::Closed) => text::organisations(Lang::Sv).one.retired,
        Err(_) => return Err(AppError::NotFound),
    };
    request_page(&app, &visit, unprocessable, head, &organisation.id, &request, form, Errors::new(), Some(problem)).await
}

/// `POST /handlaggare/organisationer/{organisation}/personer/{membership}`: ends the membership.
pub async fn end_one(
    State(app): State<App>,
    visit: Visit,
    Path((organisation, membership)): Path<(String, String)>,
    Posted(form): Posted,
) -> Answer {
    let who = visit.signed_in()?;
    let organisation = organisation_of(&app, &organisation).await?;
    let id = Id::parse(&membership).map_err(|_| AppError::NotFound)?;
    let words = &text::staff().organisations.end;
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    let reason = match rules::reason(&form) {
        Ok(reason) => reason,
        Err(errors) => return end_page(&app, &visit, unprocessable, &organisation, &membership, form, errors, None).await,
    };
    let even_last = form.checked(field::CONFIRM);
    match actions::remove_as_staff(&app, who, &organisation.id, &id, version(&form), &reason, even_last).await? {
        Ok(()) => Ok(visit.see_other(&format!("{}?klart=personen", path_of(&organisation.id)))),
        Err(refusal @ (Refusal::LastSignatory | Refusal::Stale)) => {
            let problem = if refusal == Refusal::Stale { words.stale } else { words.unconfirmed };
            end_page(&app, &visit, unprocessable, &organisation, &membership, form, Errors::new(), Some(problem)).await
        }
        Err(_) => Err(AppError::NotFound),
    }
}

/// `POST /handlaggare/organisationer/{organisation}/sla-ihop`
pub async fn merge(State(app): State<App>, visit: Visit, Path(organisation): Path<String>, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    let organisation = organisation_of(&app, &organisation).await?;
    let staff = &text::staff().organisations;
    let Ok(into) = rules::orgnr(&form) else {
        return merge_refused(&app, &visit, &organisation, &form, staff.merge.not_into);
    };
    match actions::merge(&app, who, &organisation.id, version(&form), &into).await? {
        Ok(into) => Ok(visit.see_other(&format!("{}?klart=sammanslagen", path_of(&into)))),
        Err(Refusal::Stale) => merge_refused(&app, &visit, &organisation, &form, staff.one.stale),
        Err(_) => merge_refused(&app, &visit, &organisation, &form, staff.merge.not_into),
    }
}
