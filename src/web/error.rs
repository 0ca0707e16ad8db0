//! What can go wrong while a request is answered, and which page it becomes.
//!
//! A rule that the person broke is no `AppError`: that is a form with sentences in it. `StoreError` becomes
//! `AppError::Store`, is logged once with the request's reference, and nothing of it reaches the page.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::platform::db::{StoreError, Transient};
use crate::platform::files::FilesError;

#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The request itself cannot be read.
    #[error("the request cannot be read")]
    BadRequest,
    /// The person may not do this.
    #[error("not allowed")]
    Forbidden,
    /// There is no such page, or the link's secret opens nothing.
    #[error("not found")]
    NotFound,
    /// There was such a page; it is withdrawn.
    #[error("gone")]
    Gone,
    /// More was sent than is taken.
    #[error("too large")]
    TooLarge,
    /// Too often from one place; after so many seconds it may go on.
    #[error("too many requests")]
    TooMany { wait_seconds: i64 },
    /// The database refused or could not be reached; `Db` looks inside to judge whether to try again.
    #[error("store: {0}")]
    Store(StoreError),
    /// Any other fault of ours.
    #[error("internal: {0}")]
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

impl AppError {
    pub fn status(&self) -> StatusCode {
        match self {
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Gone => StatusCode::GONE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Store(error) if is_overload(error) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) | Self::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Wraps any fault of ours.
    pub fn internal(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(error.into())
    }
}

fn is_overload(error: &StoreError) -> bool {
    matches!(error, StoreError::Contended | StoreError::Sql(sqlx::Error::PoolTimedOut | sqlx::Error::Io(_))) || error.is_transient()
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<sqlx::Error> for AppError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// A file that the database names and the store lacks is a fault of ours: what visitors ask for is looked up first.
impl From<FilesError> for AppError {
    fn from(error: FilesError) -> Self {
        Self::internal(error)
    }
}

impl Transient for AppError {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_transient())
    }
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let status = self.status();
        if status.is_server_error() {
            tracing::error!(error = %self, "request failed");
        }
        let mut response = status.into_response();
        if let Self::TooMany { wait_seconds } = self {
            response.headers_mut().insert(header::RETRY_AFTER, wait_seconds.into());
        }
        response
    }
}
