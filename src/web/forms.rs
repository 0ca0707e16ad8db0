//! Reading what a form sent. Every field arrives as the raw text that the person typed; rules come later, so that
//! nothing is lost when something is wrong.

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Request};

use super::{App, AppError};
use crate::kit::Form;

/// More than any form here can need: the longest has a dozen fields.
pub const MAX_FORM_BYTES: usize = 64 * 1024;

/// As [`MAX_FORM_BYTES`], for the long texts of a publication in two languages: a letter å takes six bytes on the way.
pub const MAX_LONG_FORM_BYTES: usize = 1024 * 1024;

/// More fields than any form here has (the fullest budget has 742); a body with more is not one of ours.
const MAX_FIELDS: usize = 1000;

/// A posted form's raw answers.
#[derive(Debug)]
pub struct Posted(pub Form);

impl FromRequest<App> for Posted {
    type Rejection = AppError;

    async fn from_request(request: Request, _: &App) -> Result<Self, AppError> {
        read(request, MAX_FORM_BYTES).await.map(Self)
    }
}

/// As [`Posted`], for forms with long texts. Only for routes that need a role.
#[derive(Debug)]
pub struct PostedLong(pub Form);

impl FromRequest<App> for PostedLong {
    type Rejection = AppError;

    async fn from_request(request: Request, _: &App) -> Result<Self, AppError> {
        read(request, MAX_LONG_FORM_BYTES).await.map(Self)
    }
}

async fn read(request: Request, most: usize) -> Result<Form, AppError> {
    let body: Bytes = to_bytes(request.into_body(), most).await.map_err(|_| AppError::TooLarge)?;
    let fields = url::form_urlencoded::parse(&body).take(MAX_FIELDS).map(|(name, value)| (name.into_owned(), value.into_owned()));
    Ok(Form(fields.collect()))
}
