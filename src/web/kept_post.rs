//! Nothing is lost when a session ends while someone writes: what they send is kept ([`keep`]), they sign in, and the page
//! that they come back to finds it in [`Visit::typed`] and shows it in the form. Sending the form again takes it away.

use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::{Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::cookies::KEPT;
use super::forms::MAX_LONG_FORM_BYTES;
use super::{App, AppError, Visit, upload};
use crate::kit::Form;
use crate::platform::ids::Secret;
use crate::platform::kept_posts;
use crate::platform::rate_limit::Limit;

/// More than anyone writes, too few to fill the table with.
const KEPT_FORMS: Limit = Limit { purpose: "kept_form", times: 60, seconds: 3600 };

/// The field that says, in what is brought back, that a file came with it and was not kept.
pub const LOST_FILE: &str = "filen_kom_inte_med";

/// Keeps a form that cannot be taken now; gives the secret that opens it. Anything but a form is not kept, and no file.
pub async fn keep(app: &App, visit: &Visit, request: Request) -> Result<Option<Secret>, AppError> {
    let kind = request.headers().get(header::CONTENT_TYPE).map(|kind| kind.as_bytes().to_vec()).unwrap_or_default();
    let body = if kind.starts_with(b"application/x-www-form-urlencoded") {
        let body = to_bytes(request.into_body(), MAX_LONG_FORM_BYTES).await.map_err(|_| AppError::TooLarge)?;
        // A button alone leaves nothing to keep, and counts for nothing.
        if body.is_empty() {
            return Ok(None);
        }
        app.limit(&KEPT_FORMS, visit.client).await?;
        body.to_vec()
    } else if kind.starts_with(b"multipart/form-data") {
        app.limit(&KEPT_FORMS, visit.client).await?;
        let (mut form, had_file) = upload::texts(app, request).await?;
        if had_file {
            form.set(LOST_FILE, "ja");
        }
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&form.0).finish().into_bytes()
    } else {
        return Ok(None);
    };
    let Some(text) = std::str::from_utf8(&body).ok().filter(|text| !text.is_empty()) else { return Ok(None) };
    let now = app.now();
    let id = app.ids.id(now);
    // Several windows may have sent something: each path has a secret of its own, that follows from the browser's one.
    let browser = visit.cookie(app, KEPT.name).unwrap_or_else(|| app.ids.secret());
    let secret = browser.derive(&visit.path);
    let Some(sealed) = kept_posts::seal(&*app.ids, &secret, &visit.path, text) else { return Ok(None) };
    app.db.write(async |tx| kept_posts::put(tx, &id, &secret, &visit.path, &sealed, now).await).await?;
    Ok(Some(browser))
}

/// Runs a page for someone signed in: a GET finds what they had sent here, a POST that is done takes it away.
pub async fn around(app: &App, visit: &Visit, request: Request, next: Next) -> Response {
    let Some(browser) = visit.cookie(app, KEPT.name) else { return next.run(request).await };
    let secret = browser.derive(&visit.path);
    if request.method() == Method::GET {
        let now = app.now();
        match app.db.read(async |tx| kept_posts::find(tx, &secret, &visit.path, now).await).await {
            Ok(Some(text)) => visit.bring_back(Form(url::form_urlencoded::parse(text.as_bytes()).into_owned().collect())),
            Ok(None) => {}
            Err(error) => return AppError::from(error).into_response(),
        }
        return next.run(request).await;
    }
    let response = next.run(request).await;
    // The cookie stays: what another window sent may still wait.
    if response.status().is_redirection()
        && let Err(error) = app.db.write(async |tx| kept_posts::remove(tx, &secret).await).await
    {
        tracing::warn!(%error, "a kept form was not taken away");
    }
    response
}
