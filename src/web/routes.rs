//! The table of routes: which method, which path, who may use it. There is no other way to register a route, so
//! none can lack its access, and what a route declares is what guards it; the tests walk the same table.

use axum::Router;
use axum::extract::Request;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::{Next, from_fn};
use axum::routing::on;

use super::App;
use super::access::{Access, guard};

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

    fn add<H, T>(mut self, method: Method, access: Access, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let filter = if method == Method::POST { axum::routing::MethodFilter::POST } else { axum::routing::MethodFilter::GET };
        let mut route = on(filter, handler);
        if access.needs_account() {
            route = route.layer(from_fn(move |request: Request, next: Next| guard(access, path, request, next)));
        }
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
