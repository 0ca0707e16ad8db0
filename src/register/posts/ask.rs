//! Asking to see documents.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::kit::Form;
use crate::platform::ids::Secret;
use crate::platform::rate_limit::Limit;
use crate::register::actions::disclosures;
use crate::register::letters;
use crate::register::model::Listed;
use crate::register::pages::ask::form_page;
use crate::register::pages::case::documents_of;
use crate::register::rules;
use crate::register::rules::field;
use crate::web::forms::Posted;
use crate::web::{App, AppError, Visit};

/// Enough for somebody who asks for much, too few for a machine to fill the register.
const REQUESTS: Limit = Limit { purpose: "disclosure", times: 20, seconds: 3600 };

/// `POST /diarium/begar`
pub async fn anything(State(app): State<App>, visit: Visit, Posted(form): Posted) -> Result<Response, AppError> {
    ask(&app, &visit, &[], form).await
}

/// `POST /diarium/{number}/begar`
pub async fn of_case(State(app): State<App>, visit: Visit, Path(asked): Path<String>, Posted(form): Posted) -> Result<Response, AppError> {
    let documents = documents_of(&app, &asked).await?;
    ask(&app, &visit, &documents, form).await
}

async fn ask(app: &App, visit: &Visit, documents: &[Listed], mut form: Form) -> Result<Response, AppError> {
    let ask = match rules::ask(&form) {
        Ok(ask) => ask,
        Err(errors) => return Ok(form_page(app, visit, StatusCode::UNPROCESSABLE_ENTITY, documents, form, &errors)),
    };
    let Some(key) = Secret::parse(form.get(field::KEY)) else {
        // Not a form of ours, or one that was cut off: shown again with a secret of its own, and everything that was typed.
        form.set(field::KEY, app.ids.secret().as_str());
        return Ok(form_page(app, visit, StatusCode::UNPROCESSABLE_ENTITY, documents, form, &Default::default()));
    };
    app.limit(&REQUESTS, visit.client).await?;
    let link = disclosures::ask(app, &key, &ask, visit.lang).await?;
    Ok(visit.see_other(&format!("{}?klart=mottagen", letters::path_of(&link))))
}
