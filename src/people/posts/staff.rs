//! Who works here, and with which roles.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::kit::{Errors, Id};
use crate::people::actions::{self, Refusal};
use crate::people::pages::staff::{OneSays, add_page, one_page};
use crate::people::rules;
use crate::text;
use crate::web::forms::Posted;
use crate::web::{App, AppError, Visit};

type Answer = Result<Response, AppError>;

/// `POST /handlaggare/anvandare/ny`
pub async fn add(State(app): State<App>, visit: Visit, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    let colleague = match rules::colleague(&form) {
        Ok(colleague) => colleague,
        Err(errors) => return Ok(add_page(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, form, errors)),
    };
    match actions::add_colleague(&app, &who.actor(), &colleague).await? {
        Ok(account) => Ok(visit.see_other(&format!("/handlaggare/anvandare/{account}"))),
        Err(_) => Err(AppError::internal("a colleague could not be added")),
    }
}

/// `POST /handlaggare/anvandare/{account}`: gives a role, takes one, blocks the account or opens it, signs out
/// in one place or everywhere, takes a second factor or an identity away.
pub async fn one(State(app): State<App>, visit: Visit, Path(account): Path<String>, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    let id = Id::parse(&account).map_err(|_| AppError::NotFound)?;
    let (outcome, done) = if let Ok(role) = Id::parse(form.get("ta_bort")) {
        (actions::take_role(&app, who, &id, &role).await?, "borttagen")
    } else if form.checked("sparra") {
        (actions::set_disabled(&app, who, &id, true).await?, "sparrat")
    } else if form.checked("tvasteg") {
        (actions::take_second_factor(&app, who, &id).await?, "tvasteg")
    } else if form.checked("logga_ut") {
        (actions::sign_out_everywhere(&app, who, &id).await?, "utloggad")
    } else if let Ok(session) = Id::parse(form.get("avsluta")) {
        (actions::end_session_of(&app, who, &id, &session).await?, "avslutad")
    } else if let Ok(identity) = Id::parse(form.get("identitet")) {
        (actions::take_identity(&app, who, &id, &identity).await?, "identitet")
    } else if form.checked("oppna") {
        (actions::set_disabled(&app, who, &id, false).await?, "oppnat")
    } else {
        match rules::role(&form, actions::today(&app)) {
            Ok(given) => (actions::give_role(&app, who, &id, given).await?, "given"),
            Err(errors) => {
                return one_page(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, &account, form, errors, OneSays::default()).await;
            }
        }
    };
    let words = &text::staff().people.one;
    let problem = match outcome {
        // Someone did the same a moment ago: what was wanted holds.
        Ok(()) | Err(Refusal::Stale) => return Ok(visit.see_other(&format!("/handlaggare/anvandare/{account}?klart={done}"))),
        Err(Refusal::HasRole) => words.has_role,
        Err(Refusal::Yourself) => words.not_yourself,
        Err(Refusal::LastAdministrator) => words.last_administrator,
        Err(_) => return Err(AppError::NotFound),
    };
    let says = OneSays { notice: None, problem: Some(problem) };
    one_page(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, &account, form, Errors::new(), says).await
}
