//! Puts the house together: opens the database, collects the routes of all areas, and serves until told to stop.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::serve::ListenerExt;
use tokio::net::TcpListener;

use crate::about;
use crate::platform::assets::Assets;
use crate::platform::clock::{SharedClock, SystemClock};
use crate::platform::config::Config;
use crate::platform::db::{Db, StoreError};
use crate::platform::ids::{SharedIds, SystemIds};
use crate::web::{Access, App, AppError, Parts, Routes, layers};

/// Opens everything that the settings name. Migrates nothing.
pub async fn open(config: Config) -> Result<App, StoreError> {
    open_with(config, Arc::new(SystemClock), Arc::new(SystemIds)).await
}

/// As [`open`], with the clock and ids given.
pub async fn open_with(config: Config, clock: SharedClock, ids: SharedIds) -> Result<App, StoreError> {
    let db = Db::open(&config.database_url).await?;
    let assets = Assets::load(&config.site).unwrap_or_else(|error| {
        tracing::warn!(site = %config.site.display(), %error, "no browser assets: pages go out without style; run the build tool");
        Assets::default()
    });
    Ok(App::new(Parts { config, db, clock, ids, assets }))
}

/// Every route of the portal and who may use it.
pub fn routes() -> Routes {
    let own = Routes::default().get(Access::Anyone, "/assets/{name}", asset).get(Access::Anyone, "/halsa/liv", alive).get(
        Access::Anyone,
        "/halsa/redo",
        ready,
    );
    about::routes(own)
}

/// The portal as a service: routes and layers.
pub fn router(app: &App) -> Router {
    layers::around(app, routes().into_router())
}

/// Serves on `listener` until `stop` resolves, then lets running requests finish.
pub async fn serve(app: App, listener: TcpListener, stop: impl Future<Output = ()> + Send + 'static) -> std::io::Result<()> {
    // Without TCP_NODELAY a kept-alive connection waits 40 ms for an acknowledgement now and then.
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "no TCP_NODELAY");
        }
    });
    let service = router(&app).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(stop).await?;
    app.db.close().await;
    Ok(())
}

async fn asset(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Result<Response, AppError> {
    app.assets.serve(uri.path(), &headers).ok_or(AppError::NotFound)
}

/// The process runs.
async fn alive() -> &'static str {
    "ok\n"
}

/// The process can do its work: the database answers.
async fn ready(State(app): State<App>) -> Response {
    match app.db.answers().await {
        Ok(()) => "ok\n".into_response(),
        Err(error) => {
            tracing::error!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, [("content-type", "text/plain; charset=utf-8")], "the database does not answer\n")
                .into_response()
        }
    }
}
