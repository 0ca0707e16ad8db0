//! Who is asking: reads the session that the request's cookie opens, once per request. Visitors without one cost nothing.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::actions::today;
use super::model::Lasts;
use super::store;
use crate::kit::Instant;
use crate::platform::db::StoreError;
use crate::web::cookies::SESSION;
use crate::web::{App, AppError, SignedIn, Visit};

/// How long a session may go unseen before that is written down.
const SEEN_EVERY_SECONDS: i64 = 60;

/// Notes in the request's [`Visit`] who is signed in.
pub async fn recognise(State(app): State<App>, request: Request, next: Next) -> Response {
    let visit = request.extensions().get::<Visit>().cloned();
    if let Some(visit) = visit.filter(|visit| !visit.path.starts_with("/assets/"))
        && let Err(error) = look(&app, &visit).await
    {
        return AppError::from(error).into_response();
    }
    next.run(request).await
}

async fn look(app: &App, visit: &Visit) -> Result<(), StoreError> {
    let Some(token) = visit.cookie(app, SESSION.name) else { return Ok(()) };
    let (now, day) = (app.now(), today(app));
    let rows = app.db.read(async |tx| store::recognise(tx, &token.hash(), day).await).await?;
    let Some(first) = rows.first() else { return Ok(()) };
    let roles = rows.iter().filter_map(|row| row.role).collect::<crate::kit::StaffRoles>();
    let lasts = Lasts::of(!roles.is_empty());
    let end = |seen: Instant| lasts.end(first.created_at, seen);
    if end(first.last_seen_at) <= now {
        return Ok(());
    }
    if first.last_seen_at.plus_seconds(SEEN_EVERY_SECONDS) <= now {
        app.db.write(async |tx| store::touch_session(tx, &first.session_id, now).await).await?;
    }
    visit.recognise(SignedIn {
        account: first.account_id.clone(),
        session: first.session_id.clone(),
        name: first.name.clone(),
        email: first.email.clone(),
        roles,
        method: first.method.clone(),
        began_at: first.created_at,
        proved_at: first.proved_at,
        ends_at: end(now),
    });
    Ok(())
}
