//! `POST /handlaggare/publikationer/markdown`: what a text becomes. Nothing is kept.

use axum::extract::State;
use axum::response::Response;

use crate::catalogue::pages::staff::markdown::render;
use crate::web::forms::Posted;
use crate::web::{App, AppError, Visit};

pub async fn preview(State(app): State<App>, visit: Visit, Posted(form): Posted) -> Result<Response, AppError> {
    Ok(render(&app, &visit, form, true))
}
