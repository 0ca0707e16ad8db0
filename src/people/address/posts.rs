//! The form handlers that change an address.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::pages::{code_page, page, refused};
use super::{CODE_PATH, actions, rules};
use crate::people::actions::Refusal;
use crate::people::rules::{self as people, CodeError, field};
use crate::platform::ids::Secret;
use crate::text;
use crate::web::forms::Posted;
use crate::web::{App, AppError, Visit};

type Answer = Result<Response, AppError>;

const DONE: &str = "/mina-sidor/uppgifter?sparad=adress";

/// `POST /mina-sidor/uppgifter/e-post`: asks for a mail to the new address.
pub async fn ask(State(app): State<App>, visit: Visit, Posted(form): Posted) -> Answer {
    match rules::address(&form, &visit.signed_in()?.email) {
        Ok(email) => actions::ask(&app, &visit, &email).await?,
        Err(error) => return page(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, &form, Some(error)),
    }
    Ok(visit.see_other(CODE_PATH))
}

/// `POST /mina-sidor/uppgifter/e-post/kod`
pub async fn code(State(app): State<App>, visit: Visit, Posted(form): Posted) -> Answer {
    let typed = form.get(field::CODE).to_owned();
    let again = |error| Ok(code_page(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, typed.clone(), Some(error)));
    let code = match people::code(&typed) {
        Ok(code) => code,
        Err(error) => return again(error),
    };
    match actions::try_code(&app, &visit, &code).await? {
        Ok(Ok(())) => Ok(visit.see_other(DONE)),
        Ok(Err(error)) => again(error),
        Err(Refusal::Taken) => Ok(taken(&app, &visit)),
        Err(_) => again(CodeError::Dead),
    }
}

/// `POST /mina-sidor/uppgifter/e-post/lank/{token}`
pub async fn link(State(app): State<App>, visit: Visit, Path(token): Path<String>) -> Answer {
    let people = text::people(visit.lang);
    let dead = |sentence| Ok(refused(&app, &visit, people.link.dead_title, sentence));
    let Some(token) = Secret::parse(&token) else { return dead(people.link.dead) };
    match actions::open_link(&app, &visit, &token).await? {
        Ok(()) => Ok(visit.see_other(DONE)),
        Err(Refusal::OtherBrowser) => dead(people.address.other_browser),
        Err(Refusal::Taken) => Ok(taken(&app, &visit)),
        Err(_) => dead(people.link.dead),
    }
}

fn taken(app: &App, visit: &Visit) -> Response {
    let words = &text::people(visit.lang).address;
    refused(app, visit, words.taken_title, words.taken)
}
