//! Showing the second factor, and setting it up the first time.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::people::actions::{self, Refusal};
use crate::people::keys;
use crate::people::model::Method;
use crate::people::openid;
use crate::people::pages::second_factor::page;
use crate::people::rules::{self, CodeError, field, leads_to};
use crate::platform::ids::Secret;
use crate::text;
use crate::web::cookies::SESSION;
use crate::web::forms::Posted;
use crate::web::{App, AppError, Visit, leading_to, set_cookie};

/// `POST /bekrafta`
pub async fn show(State(app): State<App>, visit: Visit, Posted(form): Posted) -> Result<Response, AppError> {
    let who = visit.signed_in()?;
    let further = form.get("vidare").to_owned();
    if let Some(away) = openid::posts::prove(&app, &visit, &further).await? {
        return Ok(away);
    }
    if form.checked("ny") {
        // One that works already is not replaced by a press of a button: the page then asks for its code.
        let _ = actions::begin_second_factor(&app, who).await?;
        return Ok(visit.see_other(&leading_to("/bekrafta", &further)));
    }
    let people = text::people(visit.lang);
    if !form.get(keys::rules::field::KEY).is_empty() {
        let error = match keys::rules::answer(&form) {
            Ok(answer) => match keys::actions::show(&app, who, answer).await? {
                Ok(token) => return Ok(shown(&app, &visit, &further, &token)),
                Err(error) => error,
            },
            Err(error) => error,
        };
        return page(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, further, String::new(), Some((people.keys.wrong)(error))).await;
    }
    let typed = form.get(field::CODE).to_owned();
    let outcome = if app.config.demo && who.method == Method::Demo.code() {
        actions::show_nothing(&app, who).await?
    } else {
        match rules::code(&typed) {
            Ok(code) => actions::show_code(&app, who, &code).await?,
            Err(error) => {
                let sentence = if error == CodeError::Empty { people.second_factor.missing } else { (people.code)(error) };
                return page(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, further, typed, Some(sentence)).await;
            }
        }
    };
    match outcome {
        Ok(token) => Ok(shown(&app, &visit, &further, &token)),
        Err(Refusal::WrongCode) => {
            page(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, further, typed, Some(people.second_factor.wrong)).await
        }
        Err(_) => Ok(visit.see_other("/bekrafta")),
    }
}

/// The second factor was shown: on to where it was asked for, with the session's new secret.
fn shown(app: &App, visit: &Visit, further: &str, token: &Secret) -> Response {
    let mut response = visit.see_other(leads_to(further));
    set_cookie(app, &mut response, &SESSION, Some(token));
    response
}
