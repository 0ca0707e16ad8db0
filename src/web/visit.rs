//! Who is asking for what, read once per request by the layers and handed to the handlers.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::CookieJar;
use leptos::prelude::*;

use super::page_cache::Public;
use super::{App, AppError};
use crate::kit::Lang;
use crate::platform::ids::Secret;
use crate::ui::page::{self, Chrome, Head};

/// One request, as the pages see it.
#[derive(Debug, Clone)]
pub struct Visit {
    pub lang: Lang,
    /// The path without language prefix: `/kundkorg` for both `/kundkorg` and `/en/kundkorg`.
    pub path: String,
    pub query: String,
    /// For the content security policy and the script tag of this response.
    pub nonce: String,
    /// Shown on error pages and written in the log.
    pub reference: String,
    /// The address that the request came from, behind the configured proxies.
    pub client: IpAddr,
    pub cookies: CookieJar,
    /// How many copies lie in the visitor's basket, for the link in the navigation.
    /// Shared by all copies of this visit, since it is counted after the error pages' layer took its own.
    pub basket_count: Arc<AtomicI64>,
}

impl Visit {
    /// The same path in this visit's language, for links and redirects.
    pub fn href(&self, path: &str) -> String {
        format!("{}{path}", self.lang.prefix())
    }

    /// A cookie's value, under the name that this portal's scheme gives it.
    pub fn cookie(&self, app: &App, name: &str) -> Option<Secret> {
        self.cookies.get(&cookie_name(app, name)).and_then(|cookie| Secret::parse(cookie.value()))
    }

    /// A redirect after a POST: the browser fetches `path` in this visit's language.
    pub fn see_other(&self, path: &str) -> Response {
        (StatusCode::SEE_OTHER, [(header::LOCATION, self.href(path))]).into_response()
    }

    /// A whole page with this status.
    pub fn page<V: IntoView + 'static>(&self, app: &App, status: StatusCode, head: Head, main: impl FnOnce() -> V) -> Response {
        let assets = &app.assets;
        let asset = |name: &str| assets.path(name).map(str::to_owned);
        let chrome = Chrome {
            lang: self.lang,
            path: self.path.clone(),
            query: self.query.clone(),
            nonce: self.nonce.clone(),
            base_url: app.config.base_url.clone(),
            basket_count: self.basket_count.load(Ordering::Relaxed),
            demo: app.config.demo,
            style: asset("portal.css"),
            boot: asset("boot.js"),
            glue: asset("portal.js"),
            wasm: asset("portal.wasm"),
            font: asset("source-sans-3.woff2"),
            icon: asset("favicon.svg"),
            touch_icon: asset("apple-touch-icon.png"),
        };
        // A page with someone's name, address or basket on it is kept nowhere; the others are asked for anew each time,
        // since the basket's count stands in the navigation.
        let cache = if head.private { "no-store" } else { "private, no-cache" };
        let public = !head.private && status == StatusCode::OK;
        let html = page::document(&chrome, head, main);
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
            (header::CACHE_CONTROL, HeaderValue::from_static(cache)),
            (header::CONTENT_LANGUAGE, HeaderValue::from_static(self.lang.code())),
        ];
        let mut response = (status, headers, Body::from(html)).into_response();
        if public {
            response.extensions_mut().insert(Public);
        }
        response
    }
}

/// `__Host-` binds the cookie to this very host and to https; a plain name only where there is no https, on loopback.
pub fn cookie_name(app: &App, name: &str) -> String {
    if app.config.secure() { format!("__Host-{name}") } else { name.to_owned() }
}

impl FromRequestParts<App> for Visit {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, AppError> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| AppError::internal("the visit layer is missing"))
    }
}
