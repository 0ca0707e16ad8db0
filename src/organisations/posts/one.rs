//! Changes to an organisation's facts, and leaving it.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::kit::{Errors, Id};
use crate::organisations::actions::{self, Refusal};
use crate::organisations::member::{Editor, Leaver};
use crate::organisations::pages::join::invited_refused;
use crate::organisations::pages::one::{edit_page, leave_page};
use crate::organisations::rules::{self, field};
use crate::organisations::store;
use crate::text;
use crate::web::forms::Posted;
use crate::web::{App, AppError, Visit};

type Answer = Result<Response, AppError>;

/// `POST /mina-sidor/organisationer`: takes an invitation, or declines it.
pub async fn mine(State(app): State<App>, visit: Visit, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    let accept = Id::parse(form.get("tacka_ja")).ok();
    let declined = Id::parse(form.get("tacka_nej")).ok();
    let Some(invitation) = accept.as_ref().or(declined.as_ref()) else { return Ok(visit.see_other("/mina-sidor/organisationer")) };
    match actions::answer_invitation(&app, who, invitation, accept.is_some()).await? {
        Ok(id) if accept.is_some() => Ok(visit.see_other(&format!("/organisation/{id}?klart=med"))),
        Ok(_) => Ok(visit.see_other("/mina-sidor/organisationer?klart=avbojd")),
        Err(refusal) => Ok(invited_refused(&app, &visit, refusal)),
    }
}

/// `POST /organisation/{organisation}/uppgifter`
pub async fn edit(State(app): State<App>, visit: Visit, Editor(member): Editor, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    let version: i64 = form.get(field::VERSION).parse().unwrap_or_default();
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    let id = &member.organisation.id;
    let facts = match rules::facts(&form) {
        // Answers that are wrong are no reason to forget that somebody saved meanwhile.
        Err(errors) => {
            let now = (version != member.organisation.version).then_some(&member.organisation);
            return Ok(edit_page(&app, &visit, unprocessable, &member, form, errors, now));
        }
        Ok(facts) => facts,
    };
    match actions::save_facts(&app, who, id, version, &facts).await? {
        Ok(()) => Ok(visit.see_other(&member.path("?klart=sparat"))),
        Err(Refusal::Stale) => {
            let now = app.db.read(async |tx| store::organisation(tx, id).await).await?.ok_or(AppError::NotFound)?;
            Ok(edit_page(&app, &visit, unprocessable, &member, form, Errors::new(), Some(&now)))
        }
        Err(_) => Err(AppError::Forbidden),
    }
}

/// `POST /organisation/{organisation}/lamna`
pub async fn leave(State(app): State<App>, visit: Visit, Leaver(member): Leaver) -> Answer {
    let who = visit.signed_in()?;
    match actions::leave(&app, who, &member.organisation.id).await? {
        Err(Refusal::LastSignatory) => {
            let last = text::organisations(visit.lang).leave.last;
            Ok(leave_page(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, &member, Some(last)))
        }
        // Who left in another window a moment ago is where they wanted to be.
        Ok(()) | Err(Refusal::Unknown | Refusal::Stale) => Ok(visit.see_other("/mina-sidor/organisationer?klart=lamnat")),
        Err(_) => Err(AppError::Forbidden),
    }
}
