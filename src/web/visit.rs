//! Who is asking for what, read once per request by the layers and handed to the handlers.

use std::net::IpAddr;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};

use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::CookieJar;
use leptos::prelude::*;

use super::access::SignedIn;
use super::cookies::Cookie;
use super::page_cache::Public;
use super::{App, AppError, staff};
use crate::kit::{Form, Lang};
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
    /// Who is signed in, and what they sent after an earlier session had ended; shared for the same reason.
    known: Arc<Known>,
}

#[derive(Debug, Default)]
struct Known {
    who: OnceLock<SignedIn>,
    typed: OnceLock<Form>,
}

impl Visit {
    /// A visit by nobody known yet.
    pub fn new(lang: Lang, uri: &Uri, nonce: String, reference: String, client: IpAddr, cookies: CookieJar) -> Self {
        let (path, query) = (uri.path().to_owned(), uri.query().unwrap_or_default().to_owned());
        Self { lang, path, query, nonce, reference, client, cookies, basket_count: Arc::default(), known: Arc::default() }
    }

    /// Who is signed in.
    pub fn who(&self) -> Option<&SignedIn> {
        self.known.who.get()
    }

    /// Who is signed in, on a route that asks for it.
    pub fn signed_in(&self) -> Result<&SignedIn, AppError> {
        self.who().ok_or(AppError::Forbidden)
    }

    /// Notes who is signed in, once.
    pub fn recognise(&self, who: SignedIn) {
        let _ = self.known.who.set(who);
    }

    /// What the person sent to this page after their session had ended: a form shows it in place of what is stored.
    pub fn typed(&self) -> Option<&Form> {
        self.known.typed.get()
    }

    pub(super) fn bring_back(&self, form: Form) {
        let _ = self.known.typed.set(form);
    }

    /// Path and query without language prefix.
    pub fn address(&self) -> String {
        if self.query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, self.query) }
    }

    /// One field of the query, or nothing.
    pub fn asked(&self, name: &str) -> String {
        let mut fields = url::form_urlencoded::parse(self.query.as_bytes());
        fields.find(|(key, _)| key == name).map(|(_, value)| value.into_owned()).unwrap_or_default()
    }

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
        see_other(&self.href(path))
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
            session_seconds: self.who().map(|who| who.ends_at.since(app.now()) / 1000),
            staff_menu: self.who().map(|who| staff::menu(who.roles)).unwrap_or_default(),
            brought_back: self.typed().is_some(),
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
        let cache = if head.private || self.who().is_some() { "no-store" } else { "private, no-cache" };
        let public = !head.private && self.who().is_none() && status == StatusCode::OK;
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

/// Where else the forms of a page may lead, as origins; the policy of the response names them.
#[derive(Debug, Clone)]
pub(super) struct FormsLeadTo(pub String);

/// Says that a form of this page leads on to one of these origins: Chromium holds `form-action` against redirects too.
/// Such a page is kept by nobody.
pub fn forms_lead_to<'a>(response: &mut Response, origins: impl Iterator<Item = &'a str>) {
    let origins = origins.fold(String::new(), |all, origin| format!("{all} {origin}"));
    if !origins.is_empty() {
        response.extensions_mut().remove::<Public>();
        response.extensions_mut().insert(FormsLeadTo(origins));
    }
}

/// A redirect after a POST: the browser fetches this very address.
pub fn see_other(address: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response()
}

/// Hands the browser a cookie with a secret; none to take it back.
pub fn set_cookie(app: &App, response: &mut Response, cookie: &Cookie, secret: Option<&Secret>) {
    let name = cookie_name(app, cookie.name);
    let secure = if app.config.secure() { "; Secure" } else { "" };
    let (value, age) = secret.map_or(("", 0), |secret| (secret.as_str(), cookie.max_age_seconds));
    // All parts are our own ASCII, so this cannot fail; if it did, the visitor would merely not be known.
    if let Ok(cookie) = HeaderValue::from_str(&format!("{name}={value}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{secure}")) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
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
