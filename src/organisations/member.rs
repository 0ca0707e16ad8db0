//! The one gate to an organisation. A handler of a route with `{organisation}` in it takes [`Reader`], [`Editor`] or
//! [`Signatory`], and so cannot run for anybody who is less.
//!
//! Who does not belong gets 404, whether or not the organisation exists: nobody learns which ids there are. Who belongs and
//! is too little gets 403, and the chain says so. A closed organisation can be read and left by those who belong ([`Leaver`]),
//! and not changed.

use std::collections::HashMap;

use axum::extract::{FromRequestParts, MatchedPath, Path};
use axum::http::Method;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::model::{Organisation, Status};
use super::store::{self, Part};
use crate::kit::{Id, OrgRole};
use crate::platform::db::StoreError;
use crate::web::{App, AppError, Visit, note_denied, see_other};

/// Someone who belongs to the organisation of the path, as what they are in it.
#[derive(Debug, Clone)]
pub struct Member {
    pub organisation: Organisation,
    /// Their own membership.
    pub membership: Id,
    pub role: OrgRole,
}

impl Member {
    /// Whether this person may do what the role may: not in an organisation that is closed.
    pub fn may(&self, role: OrgRole) -> bool {
        self.organisation.status.is_open() && self.role >= role
    }

    /// A path below the organisation's own.
    pub fn path(&self, below: &str) -> String {
        format!("/organisation/{}{below}", self.organisation.id)
    }
}

/// Why someone does not come in.
#[derive(Debug)]
pub enum Shut {
    Error(AppError),
    /// The organisation became another, to which they belong: its address.
    Moved(String),
}

impl From<AppError> for Shut {
    fn from(error: AppError) -> Self {
        Self::Error(error)
    }
}

impl From<StoreError> for Shut {
    fn from(error: StoreError) -> Self {
        Self::Error(error.into())
    }
}

impl IntoResponse for Shut {
    fn into_response(self) -> Response {
        match self {
            Self::Error(error) => error.into_response(),
            Self::Moved(address) => see_other(&address),
        }
    }
}

/// Looks up what the person who asks is in the organisation; whether they want to change it, and on which route.
pub async fn member(app: &App, visit: &Visit, asked: &str, least: OrgRole, changes: bool, route: &str) -> Result<Member, Shut> {
    let who = visit.signed_in()?;
    let id = Id::parse(asked).map_err(|_| AppError::NotFound)?;
    let found = app
        .db
        .read(async |tx| {
            if let Some(part) = store::part(tx, &id, &who.account).await? {
                return Ok::<_, StoreError>((Some(part), None));
            }
            let into = store::organisation(tx, &id).await?.filter(|one| one.status == Status::Merged).and_then(|one| one.merged_into);
            Ok(match into {
                Some(into) => (None, store::part(tx, &into, &who.account).await?.map(|_| into)),
                None => (None, None),
            })
        })
        .await?;
    let part: Part = match found {
        (Some(part), _) => part,
        (None, Some(into)) => return Err(Shut::Moved(visit.href(&format!("/organisation/{into}")))),
        (None, None) => return Err(AppError::NotFound.into()),
    };
    if part.role < least || (changes && !part.organisation.status.is_open()) {
        let detail = json!({ "route": route, "role": part.role.code(), "organisation": part.organisation.status.code() });
        note_denied(app, who, &format!("organisation:{id}"), &detail).await?;
        return Err(AppError::Forbidden.into());
    }
    Ok(Member { organisation: part.organisation, membership: part.membership, role: part.role })
}

async fn from_request(parts: &mut Parts, app: &App, least: OrgRole, changes: bool) -> Result<Member, Shut> {
    let visit = Visit::from_request_parts(parts, app).await?;
    let path = Path::<HashMap<String, String>>::from_request_parts(parts, app).await;
    let Path(path) = path.map_err(|_| AppError::NotFound)?;
    let route = parts.extensions.get::<MatchedPath>().map(|path| path.as_str().to_owned()).unwrap_or_default();
    let asked = path.get("organisation").map(String::as_str).unwrap_or_default();
    member(app, &visit, asked, least, changes, &route).await
}

macro_rules! at_least {
    ($($(#[$about:meta])* $name:ident;)*) => { $(
        $(#[$about])*
        pub struct $name(pub Member);

        impl FromRequestParts<App> for $name {
            type Rejection = Shut;

            async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Shut> {
                let changes = parts.method != Method::GET;
                from_request(parts, app, OrgRole::$name, changes).await.map(Self)
            }
        }
    )* };
}

at_least! {
    /// Whoever belongs.
    Reader;
    /// Whoever may edit.
    Editor;
    /// Whoever signs and decides who belongs.
    Signatory;
}

/// Whoever belongs and leaves: the one change that a closed organisation allows.
pub struct Leaver(pub Member);

impl FromRequestParts<App> for Leaver {
    type Rejection = Shut;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Shut> {
        from_request(parts, app, OrgRole::Reader, false).await.map(Self)
    }
}
