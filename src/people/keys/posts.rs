//! The form handlers of passkeys, and what their script asks for.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::actions::{self, NotRemoved, Outcome};
use super::pages::{Says, list_page};
use super::rules;
use crate::kit::Id;
use crate::people::rules::KeyError;
use crate::text;
use crate::web::forms::Posted;
use crate::web::{App, AppError, Visit, leading_to};

type Answer = Result<Response, AppError>;

/// `POST /mina-sidor/nycklar/borja`: options for the script that adds a key. The page's own form says what is wrong.
pub async fn begin(State(app): State<App>, visit: Visit, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    if !who.is_staff() {
        return Err(AppError::NotFound);
    }
    if rules::name(&form).is_err() {
        return Ok(StatusCode::UNPROCESSABLE_ENTITY.into_response());
    }
    options(actions::ask_to_add(&app, who).await)
}

/// `POST /bekrafta/nyckel`: options for the script that shows a key.
pub async fn begin_show(State(app): State<App>, visit: Visit) -> Answer {
    options(actions::ask_to_show(&app, visit.signed_in()?).await)
}

fn options(outcome: Outcome<Value>) -> Answer {
    Ok(match outcome? {
        Ok(options) => {
            ([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")], options.to_string()).into_response()
        }
        Err(_) => StatusCode::CONFLICT.into_response(),
    })
}

/// `POST /mina-sidor/nycklar`: adds a key, or removes one.
pub async fn list(State(app): State<App>, visit: Visit, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    if !who.is_staff() {
        return Err(AppError::NotFound);
    }
    let words = &text::people(visit.lang).keys;
    let says = if let Ok(id) = Id::parse(form.get("ta_bort")) {
        match actions::remove(&app, who, &id).await? {
            Ok(()) | Err(NotRemoved::Unknown) => return Ok(visit.see_other("/mina-sidor/nycklar?klart=borttagen")),
            Err(NotRemoved::NotProved) => return Ok(visit.see_other(&leading_to("/bekrafta", "/mina-sidor/nycklar"))),
            Err(NotRemoved::Last) => Says { problem: Some(words.last), ..Says::default() },
        }
    } else {
        let read = rules::name(&form).and_then(|name| rules::answer(&form).map(|answer| (name, answer)));
        let error = match read {
            Ok((name, answer)) => match actions::add(&app, who, &name, answer).await? {
                Ok(()) => return Ok(visit.see_other("/mina-sidor/nycklar?klart=ny")),
                Err(error) => error,
            },
            Err(error) => error,
        };
        let named = matches!(error, KeyError::NameMissing | KeyError::NameLong);
        let sentence = (words.wrong)(error);
        Says {
            name: named.then_some(sentence),
            problem: (!named).then_some(sentence),
            typed: form.get(rules::field::NAME).to_owned(),
            ..Says::default()
        }
    };
    list_page(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, says).await
}
