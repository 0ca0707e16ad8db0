//! The table of routes: which method, which path, who may use it. There is no other way to register a route, so
//! none can lack its access, and what a route declares is what guards it; the tests walk the same table.

use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::handler::Handler;
use axum::http::{Method, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::routing::on;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use super::App;
use super::access::{Access, guard};

/// No request may take longer; a checkout takes milliseconds.
const TIME_LIMIT: Duration = Duration::from_secs(20);

/// A large report over a slow line.
const UPLOAD_TIME: Duration = Duration::from_secs(15 * 60);

/// No other body may be larger than what a form can need.
const BODY_LIMIT: usize = 1280 * 1024;

/// One route as it was declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    pub method: Method,
    pub path: &'static str,
    pub access: Access,
}

/// Collects the routes of all areas.
#[derive(Default)]
pub struct Routes {
    router: Router<App>,
    declared: Vec<Declared>,
}

impl Routes {
    pub fn get<H, T>(self, access: Access, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(Method::GET, access, path, handler)
    }

    pub fn post<H, T>(self, access: Access, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(Method::POST, access, path, handler)
    }

    /// A form that brings a file: it may be larger and take longer than others, and its handler says how large
    /// ([`upload::read`](super::upload::read)).
    pub fn upload<H, T>(self, access: Access, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.declare(Method::POST, access, path, handler, true)
    }

    fn add<H, T>(self, method: Method, access: Access, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.declare(method, access, path, handler, false)
    }

    fn declare<H, T>(mut self, method: Method, access: Access, path: &'static str, handler: H, upload: bool) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let filter = if method == Method::POST { axum::routing::MethodFilter::POST } else { axum::routing::MethodFilter::GET };
        let mut route = on(filter, handler);
        let time = if upload { UPLOAD_TIME } else { TIME_LIMIT };
        if !upload {
            route = route.layer(RequestBodyLimitLayer::new(BODY_LIMIT));
        }
        if access.needs_account() {
            route = route.layer(from_fn(move |request: Request, next: Next| guard(access, path, request, next)));
        }
        if upload {
            route = route.layer(DefaultBodyLimit::disable());
        }
        route = route.layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, time));
        self.router = self.router.route(path, route);
        self.declared.push(Declared { method, path, access });
        self
    }

    /// Every declared route.
    pub fn declared(&self) -> &[Declared] {
        &self.declared
    }

    /// The router, once all areas have declared theirs.
    pub fn into_router(self) -> Router<App> {
        self.router
    }
}
