//! Public pages, kept for a moment: while many ask for the same page at once, it is rendered once a second and not once a
//! request. Only visitors without any cookie get a kept page, so nobody sees another's basket; what was kept holds a hole
//! where each answer's own nonce goes. A page is at most [`AGE`] old, and prices are reckoned anew in the basket anyway.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant as Stopwatch};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::{App, Visit};

/// How old a kept page may be.
const AGE: Duration = Duration::from_secs(1);

/// How many pages are kept; with the largest page that is 16 MB.
const MOST_PAGES: usize = 256;
const LARGEST: usize = 64 * 1024;

/// Marks an answer as the same for everybody who comes without cookies.
#[derive(Debug, Clone, Copy)]
pub struct Public;

/// The kept pages.
#[derive(Debug, Default)]
pub struct PageCache(RwLock<HashMap<String, Arc<Kept>>>);

#[derive(Debug)]
struct Kept {
    at: Stopwatch,
    headers: HeaderMap,
    /// The page, cut where the nonce stood.
    parts: Vec<String>,
}

impl PageCache {
    fn fresh(&self, key: &str) -> Option<Arc<Kept>> {
        let pages = self.0.read().unwrap_or_else(PoisonError::into_inner);
        pages.get(key).filter(|kept| kept.at.elapsed() < AGE).cloned()
    }

    fn keep(&self, key: String, kept: Kept) {
        let mut pages = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if pages.len() >= MOST_PAGES {
            pages.clear();
        }
        pages.insert(key, Arc::new(kept));
    }
}

/// Answers with a kept page, or keeps the one that is made.
pub async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    let visit = request.extensions().get::<Visit>().map(|visit| (visit.lang, visit.nonce.clone()));
    let asks = request.method() == Method::GET && !request.headers().contains_key(header::COOKIE);
    let (true, true, Some((lang, nonce))) = (app.config.page_cache, asks, visit) else { return next.run(request).await };
    let key = format!("{}{}", lang.prefix(), request.uri());
    if let Some(kept) = app.pages.fresh(&key) {
        return (kept.headers.clone(), kept.parts.join(&nonce)).into_response();
    }
    let response = next.run(request).await;
    if response.status() != StatusCode::OK || response.extensions().get::<Public>().is_none() {
        return response;
    }
    let (parts, body) = response.into_parts();
    // A page is whole in memory, so reading it cannot fail half-way.
    let Ok(body) = to_bytes(body, usize::MAX).await else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    keep(&app.pages, key, &nonce, &parts.headers, &body);
    Response::from_parts(parts, Body::from(body))
}

fn keep(pages: &PageCache, key: String, nonce: &str, headers: &HeaderMap, body: &Bytes) {
    if let Ok(text) = std::str::from_utf8(body)
        && text.len() <= LARGEST
    {
        let parts = text.split(nonce).map(str::to_owned).collect();
        pages.keep(key, Kept { at: Stopwatch::now(), headers: headers.clone(), parts });
    }
}
