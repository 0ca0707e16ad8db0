//! What happens to every request before and after its handler, outermost first: language, visit and reference;
//! log, figures and security headers; error pages; then cross-site protection and compression around the routes.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Instant as Stopwatch;

use axum::Router;
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, Version, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::CookieJar;
use tower::util::MapRequestLayer;
use tower::{Layer, ServiceBuilder};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tower_http::csrf::CsrfLayer;

use super::visit::FormsLeadTo;
use super::{App, AppError, SignedIn, Visit, page_cache};
use crate::kit::Lang;
use crate::ui::error_page;

/// Puts all layers around the routes.
pub fn around(app: &App, routes: Router<App>) -> Router {
    let compress = CompressionLayer::new().compress_when(
        SizeAbove::new(1024)
            .and(NotForContentType::const_new("image/"))
            .and(NotForContentType::const_new("font/"))
            .and(NotForContentType::const_new("application/pdf"))
            // A download keeps its length and its ranges.
            .and(|_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions| !headers.contains_key(header::CONTENT_DISPOSITION)),
    );
    let routes = routes.layer(
        ServiceBuilder::new()
            .layer(from_fn_with_state(app.clone(), visit))
            .layer(from_fn_with_state(app.clone(), observe))
            .layer(compress)
            .layer(from_fn_with_state(app.clone(), error_pages))
            .layer(from_fn_with_state(app.clone(), page_cache::layer))
            .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| AppError::internal("a handler panicked").into_response()))
            // How much and how long stands at each route (`web/routes.rs`).
            .layer(CsrfLayer::new()),
    );
    // The language is read off the path before routing, so that each route is declared once.
    Router::new().fallback_service(MapRequestLayer::new(take_language).layer(routes.with_state(app.clone())))
}

/// Takes `/en` off the path and remembers it as the request's language.
fn take_language(mut request: Request) -> Request {
    let path = request.uri().path();
    let lang = match path.strip_prefix("/en") {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => {
            let rest = if rest.is_empty() { "/" } else { rest };
            let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
            if let Ok(uri) = format!("{rest}{query}").parse::<Uri>() {
                *request.uri_mut() = uri;
            }
            Lang::En
        }
        _ => Lang::Sv,
    };
    request.extensions_mut().insert(lang);
    request
}

/// Reads who is asking, and puts the security headers on whatever is answered.
async fn visit(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |info| info.0.ip());
    let nonce = app.ids.nonce();
    let reference = app.ids.nonce().chars().filter(char::is_ascii_alphanumeric).take(10).collect::<String>().to_uppercase();
    let lang = request.extensions().get::<Lang>().copied().unwrap_or(Lang::Sv);
    let client = client_address(request.headers(), peer, app.config.proxies);
    let cookies = CookieJar::from_headers(request.headers());
    let visit = Visit::new(lang, request.uri(), nonce.clone(), reference.clone(), client, cookies);
    // The guards around routes are declared before there is an `App`.
    request.extensions_mut().insert(app.clone());
    request.extensions_mut().insert(visit);
    let mut response = next.run(request).await;
    let further = response.extensions_mut().remove::<FormsLeadTo>().map(|further| further.0).unwrap_or_default();
    let headers = response.headers_mut();
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; font-src 'self'; img-src 'self'; \
         connect-src 'self'; form-action 'self'{further}; base-uri 'none'; frame-ancestors 'none'"
    );
    let mut set = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.entry(name).or_insert(value);
        }
    };
    set(header::CONTENT_SECURITY_POLICY, &policy);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "same-origin");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    set(HeaderName::from_static("x-request-id"), &reference);
    set(header::CACHE_CONTROL, "no-store");
    if app.config.secure() {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains");
    }
    response
}

/// The client is the rightmost address that no trusted proxy of ours added.
fn client_address(headers: &HeaderMap, peer: IpAddr, proxies: usize) -> IpAddr {
    let hops: Vec<IpAddr> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|hop| hop.trim().parse().ok())
        .collect();
    match proxies {
        0 => peer,
        trusted => hops.len().checked_sub(trusted).and_then(|index| hops.get(index)).copied().unwrap_or(peer),
    }
}

/// One log line and two figures a request. The pattern of the route is logged, never the path: it may hold a secret.
async fn observe(State(_): State<App>, request: Request, next: Next) -> Response {
    let started = Stopwatch::now();
    let route = request.extensions().get::<MatchedPath>().map_or_else(|| "none".to_owned(), |path| path.as_str().to_owned());
    let method = request.method().clone();
    let reference = request.extensions().get::<Visit>().map(|visit| visit.reference.clone()).unwrap_or_default();
    let span = tracing::info_span!("request", reference = %reference, method = %method, route = %route);
    let response = tracing::Instrument::instrument(next.run(request), span).await;
    let elapsed = started.elapsed();
    let status = response.status().as_u16();
    tracing::info!(%reference, %method, %route, status, micros = elapsed.as_micros(), "request");
    let labels = [("method", method.to_string()), ("route", route), ("status", status.to_string())];
    metrics::counter!("portal_requests_total", &labels).increment(1);
    metrics::histogram!("portal_request_seconds", &labels[..2]).record(elapsed.as_secs_f64());
    response
}

/// Dresses every refusal and fault, whoever made it, as a page in the visitor's language.
async fn error_pages(State(app): State<App>, request: Request, next: Next) -> Response {
    let visit = request.extensions().get::<Visit>().cloned();
    let response = next.run(request).await;
    let status = response.status();
    let dressed = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| !kind.as_bytes().starts_with(b"text/plain"));
    if !(status.is_client_error() || status.is_server_error()) || dressed {
        return response;
    }
    let Some(visit) = visit else { return response };
    let (head, main) = error_page::page(visit.lang, status.as_u16(), &visit.reference, visit.who().map(SignedIn::shown));
    let mut page = visit.page(&app, status, head, main);
    for name in [header::ALLOW, header::RETRY_AFTER] {
        if let Some(value) = response.headers().get(&name) {
            page.headers_mut().insert(name, value.clone());
        }
    }
    page
}
