//! The form handlers of invitations to review.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::pages::{invite_page, one_page, path_of, refused};
use super::{actions, rules};
use crate::kit::{Errors, Id};
use crate::people::actions::{Refusal, today};
use crate::platform::ids::Secret;
use crate::text;
use crate::web::cookies::SESSION;
use crate::web::forms::Posted;
use crate::web::{App, AppError, Visit, set_cookie};

type Answer = Result<Response, AppError>;

/// `POST /handlaggare/anvandare/bjud-in`
pub async fn invite(State(app): State<App>, visit: Visit, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    let words = &text::staff().guests;
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    let guest = match rules::guest(&form, today(&app)) {
        Ok(guest) => guest,
        Err(errors) => return Ok(invite_page(&app, &visit, unprocessable, form, errors, None)),
    };
    let problem = match actions::invite(&app, who, &guest).await? {
        Ok(id) => return Ok(visit.see_other(&format!("{}?klart=skickad", path_of(&id)))),
        Err(Refusal::HasRole) => words.has_role,
        Err(Refusal::IsInvited) => words.is_invited,
        Err(Refusal::Disabled) => words.is_blocked,
        Err(_) => return Err(AppError::internal("a reviewer could not be asked in")),
    };
    Ok(invite_page(&app, &visit, unprocessable, form, Errors::new(), Some(problem)))
}

/// `POST /handlaggare/anvandare/inbjudan/{invitation}`: sends it again, or takes it back.
pub async fn one(State(app): State<App>, visit: Visit, Path(invitation): Path<String>, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    let id = Id::parse(&invitation).map_err(|_| AppError::NotFound)?;
    let done = form.get("gor");
    let outcome = match done {
        "igen" => actions::invite_again(&app, who, &id).await?,
        "tillbaka" => actions::withdraw(&app, who, &id).await?,
        _ => return one_page(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, &invitation, None, None).await,
    };
    match outcome {
        Ok(()) => Ok(visit.see_other(&format!("{}?klart={done}", path_of(&id)))),
        // Answered, or taken back, a moment ago: the page says which.
        Err(Refusal::Dead) => {
            let problem = Some(text::staff().guests.not_open);
            one_page(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, &invitation, None, problem).await
        }
        Err(_) => Err(AppError::NotFound),
    }
}

/// `POST /granskare/{token}`: says yes. The link is the receipt from then on, for whoever said it.
pub async fn accept(State(app): State<App>, visit: Visit, Path(token): Path<String>) -> Answer {
    let who = visit.signed_in()?;
    let Some(token) = Secret::parse(&token) else { return Ok(refused(&app, &visit, Refusal::Dead)) };
    match actions::accept(&app, who, &token).await? {
        Ok(session) => {
            let mut response = visit.see_other(&visit.path);
            set_cookie(&app, &mut response, &SESSION, Some(&session));
            Ok(response)
        }
        // Pressed twice: the first press did it.
        Err(Refusal::Dead) if actions::look(&app, who, &token).await?.is_ok() => Ok(visit.see_other(&visit.path)),
        Err(refusal) => Ok(refused(&app, &visit, refusal)),
    }
}
