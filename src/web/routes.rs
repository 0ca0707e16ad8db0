//! The table of routes: which method, which path, who may use it. There is no other way to register a route, so
//! none can lack its access; the tests walk the same table.

use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::routing::on;

use super::App;

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everybody, without an account.
    Anyone,
    /// Whoever holds the basket's cookie; others get an empty basket of their own.
    BasketHolder,
    /// Whoever holds the order's secret link; others get 404, as if there were no such order.
    OrderLink,
}

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
        self.router = self.router.route(path, on(filter, handler));
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
