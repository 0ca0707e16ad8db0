//! Reading notices, choosing about their mail, and ending it by the link in one.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::actions::{self, Ending};
use super::pages::{choices_page, ended, ending_unknown};
use super::rules;
use crate::kit::{Errors, Id};
use crate::people::pages::mine::Says;
use crate::people::rules::field;
use crate::web::forms::Posted;
use crate::web::{App, AppError, Visit};

type Answer = Result<Response, AppError>;

/// `POST /mina-sidor/aviseringar`: opens one, or notes that one or all were read.
pub async fn list(State(app): State<App>, visit: Visit, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    if let Ok(id) = Id::parse(form.get("oppna")) {
        let path = actions::read(&app, who, Some(&id)).await?.ok_or(AppError::NotFound)?;
        return Ok(visit.see_other(&path));
    }
    let one = Id::parse(form.get("last")).ok();
    if one.is_some() || form.checked("alla") {
        actions::read(&app, who, one.as_ref()).await?;
    }
    Ok(visit.see_other("/mina-sidor/aviseringar?klart=last"))
}

/// `POST /mina-sidor/aviseringar/e-post`
pub async fn choices(State(app): State<App>, visit: Visit, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    let version = form.get(field::VERSION).parse().unwrap_or_default();
    let (errors, says) = match rules::chosen(&form, who.is_staff()) {
        Err(errors) => (errors, Says::Nothing),
        Ok(chosen) => match actions::choose(&app, who, version, &chosen).await? {
            Ok(()) => return Ok(visit.see_other("/mina-sidor/aviseringar/e-post?sparad=ja")),
            Err(_) => (Errors::new(), Says::Stale),
        },
    };
    choices_page(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, Some(form), errors, says).await
}

/// `POST /avisering/avregistrera/{token}`: by the page's button, or by a mail program that asks nobody (RFC 8058).
pub async fn end(State(app): State<App>, visit: Visit, Path(token): Path<String>) -> Answer {
    let Some(ending) = Ending::read(&app, &token) else { return Ok(ending_unknown(&app, &visit)) };
    actions::end_mail(&app, &ending).await?;
    Ok(ended(&app, &visit, &ending))
}
