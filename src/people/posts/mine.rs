//! Changes to one's own account.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::kit::{Errors, Id};
use crate::people::actions::{self, Refusal};
use crate::people::pages::mine::{Says, close_page, closed, profile_page};
use crate::people::rules::{self, field};
use crate::people::store;
use crate::text;
use crate::web::cookies::SESSION;
use crate::web::forms::Posted;
use crate::web::{App, AppError, Visit, set_cookie};

type Answer = Result<Response, AppError>;

/// `POST /mina-sidor/uppgifter`
pub async fn profile(State(app): State<App>, visit: Visit, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    let version = form.get(field::VERSION).parse().unwrap_or_default();
    let (errors, says) = match rules::profile(&form) {
        Err(errors) => (errors, Says::Nothing),
        Ok(profile) => match actions::save_profile(&app, who, version, &profile).await? {
            Ok(()) => return Ok(visit.see_other("/mina-sidor/uppgifter?sparad=ja")),
            Err(_) => (Errors::new(), Says::Stale),
        },
    };
    let account = app.db.read(async |tx| store::account(tx, &who.account).await).await?.ok_or(AppError::NotFound)?;
    Ok(profile_page(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, &account, form, errors, says))
}

/// `POST /mina-sidor/inloggningar`: ends one, or all the others.
pub async fn sessions(State(app): State<App>, visit: Visit, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    let one = Id::parse(form.get("avsluta")).ok();
    if one.is_some() || form.checked("alla") {
        actions::end(&app, who, one.as_ref(), "ended_by_owner").await?;
    }
    Ok(visit.see_other("/mina-sidor/inloggningar?avslutad=ja"))
}

/// `POST /mina-sidor/avsluta`
pub async fn close(State(app): State<App>, visit: Visit, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    let words = &text::people(visit.lang).close;
    let again = |sentence| Ok(close_page(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, Some(sentence)));
    if !form.checked(field::CONFIRM) {
        return again(words.confirm_missing);
    }
    match actions::close(&app, who, visit.lang).await? {
        Err(Refusal::IsStaff) => again(words.staff),
        Err(Refusal::Tied(sentence)) => again(sentence),
        // Closed in another window a moment ago.
        Ok(()) | Err(_) => {
            let mut response = closed(&app, &visit);
            set_cookie(&app, &mut response, &SESSION, None);
            Ok(response)
        }
    }
}
