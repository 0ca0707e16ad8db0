//! The one gate to an application. A handler of a route with `{application}` in it that is not the staff's takes [`Reader`], [`Editor`]
//! or [`Signatory`], and so cannot run for anybody who is less.
//!
//! Who is nobody in the application gets 404, whether or not it exists, and so do the agency's staff while it is a draft: the query asks
//! for a membership or a place of the person's own and knows no roles of the staff (domain, rule 1). Who is too little gets 403, and the
//! chain says so.

use std::collections::HashMap;

use axum::extract::{FromRequestParts, MatchedPath, Path};
use axum::http::request::Parts;
use serde_json::json;

use super::model::{Seat, reference};
use super::store;
use crate::kit::{Id, OrgRole};
use crate::web::{App, AppError, Visit, note_denied};

async fn seated(parts: &mut Parts, app: &App, least: OrgRole) -> Result<Seat, AppError> {
    let visit = Visit::from_request_parts(parts, app).await?;
    let who = visit.signed_in()?;
    let path = Path::<HashMap<String, String>>::from_request_parts(parts, app).await;
    let Path(path) = path.map_err(|_| AppError::NotFound)?;
    let id = path.get("application").and_then(|id| Id::parse(id).ok()).ok_or(AppError::NotFound)?;
    let seat = app.db.read(async |tx| store::seat(tx, &id, &who.account).await).await?.ok_or(AppError::NotFound)?;
    if seat.role < least {
        let route = parts.extensions.get::<MatchedPath>().map(|path| path.as_str().to_owned()).unwrap_or_default();
        note_denied(app, who, &reference(&id), &json!({ "route": route, "role": seat.role.code() })).await?;
        return Err(AppError::Forbidden);
    }
    Ok(seat)
}

macro_rules! at_least {
    ($($(#[$about:meta])* $name:ident;)*) => { $(
        $(#[$about])*
        pub struct $name(pub Seat);

        impl FromRequestParts<App> for $name {
            type Rejection = AppError;

            async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, AppError> {
                seated(parts, app, OrgRole::$name).await.map(Self)
            }
        }
    )* };
}

at_least! {
    /// Whoever is somebody in it.
    Reader;
    /// Whoever may write.
    Editor;
    /// Whoever signs for the organisation.
    Signatory;
}
