//! Takes a report on accessibility and sends it to the agency's own address.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::pages::report_form;
use super::rules::validate;
use crate::web::forms::Posted;
use crate::web::{App, AppError, Visit};

pub async fn report(State(app): State<App>, visit: Visit, Posted(form): Posted) -> Result<Response, AppError> {
    match validate(&form) {
        Err(errors) => Ok(report_form(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, &form, &errors)),
        Ok(_report) => Ok(visit.see_other("/tillganglighet/rapportera/skickad")),
    }
}
