//! Puts the house together: opens the database, collects the routes of all areas, and serves until told to stop.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum_server::accept::NoDelayAcceptor;
use hyper_util::rt::TokioTimer;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::platform::assets::Assets;
use crate::platform::clock::{SharedClock, SystemClock};
use crate::platform::config::Config;
use crate::platform::db::{Db, StoreError};
use crate::platform::files::{Files, FilesError};
use crate::platform::ids::{SharedIds, SystemIds};
use crate::platform::jobs::{Handlers, Job, JobError};
use crate::platform::mail::{MailError, Mailer};
use crate::platform::openid::{OpenId, OpenIdError};
use crate::platform::seal::{Key, KeyError};
use crate::platform::search::SharedIndex;
use crate::platform::worker::{Bell, Daily, Worker};
use crate::platform::{audit, retention, telemetry};
use crate::web::sheets::Sheet;
use crate::web::{Access, App, AppError, PageCache, Parts, Routes, layers};
use crate::{about, applications, attachments, budget, calls, catalogue, desk, log, organisations, people, post, register, shop, tables};

/// Which part could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("the database cannot be opened: {0}")]
    Store(#[from] StoreError),
    #[error("the files cannot be opened: {0}")]
    Files(#[from] FilesError),
    #[error(transparent)]
    Mail(#[from] MailError),
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error("providers of sign-in cannot be asked: {0}")]
    OpenId(#[from] OpenIdError),
}

/// Opens everything that the settings name. Migrates nothing.
pub async fn open(config: Config) -> Result<App, OpenError> {
    open_with(config, Arc::new(SystemClock), Arc::new(SystemIds)).await
}

/// As [`open`], with the clock and ids given.
pub async fn open_with(config: Config, clock: SharedClock, ids: SharedIds) -> Result<App, OpenError> {
    let db = Db::open(&config.database_url).await?;
    let assets = Assets::load(&config.site).unwrap_or_else(|error| {
        tracing::warn!(site = %config.site.display(), %error, "no browser assets: pages go out without style; run the build tool");
        Assets::default()
    });
    let files = Files::open(&config, ids.clone())?;
    let mailer = Mailer::open(&config)?;
    let key = Key::open(config.key.as_deref(), &config.data, &*ids)?;
    let openid = OpenId::open(&config.openid, config.is_local(), clock.clone(), ids.clone())?;
    Ok(App::new(Parts {
        config,
        db,
        search: SharedIndex::new(),
        clock,
        ids,
        assets,
        pages: PageCache::default(),
        files,
        mailer,
        key,
        openid,
        bell: Bell::default(),
        ties: vec![
            Box::new(organisations::Memberships),
            Box::new(tables::Views),
            Box::new(shop::Purchases),
            Box::new(applications::Writers),
        ],
        sheets: SHEETS,
    }))
}

/// Every table of the staff's house.
const SHEETS: &[&dyn Sheet] = &[
    &people::ACCOUNTS,
    &organisations::ORGANISATIONS,
    &register::DOCUMENTS,
    &register::DISCLOSURES,
    &post::MAILS,
    &log::EVENTS,
    &catalogue::PUBLICATIONS,
    &shop::ORDERS,
    &shop::STOCK,
];

/// Every route of the portal and who may use it.
pub fn routes() -> Routes {
    let ground = Routes::default().get(Access::Anyone, "/assets/{name}", asset).get(Access::Anyone, "/halsa/liv", alive).get(
        Access::Anyone,
        "/halsa/redo",
        ready,
    );
    [
        about::routes,
        tables::routes,
        people::routes,
        organisations::routes,
        register::routes,
        post::routes,
        log::routes,
        catalogue::routes,
        shop::routes,
        budget::routes,
        calls::routes,
        applications::routes,
        desk::routes,
    ]
    .into_iter()
    .fold(ground, |routes, add| add(routes))
}

/// The portal as a service: routes and layers.
pub fn router(app: &App) -> Router {
    // The guards around routes ask who was recognised, so recognising stands outside them.
    let routes = routes()
        .into_router()
        .fallback(async || AppError::NotFound)
        .layer(from_fn_with_state(app.clone(), shop::badge))
        .layer(from_fn_with_state(app.clone(), people::recognise));
    layers::around(app, routes)
}

/// Who does which kind of job.
pub fn handlers() -> Handlers<App> {
    Handlers::default()
        .on(retention::JOB, clean_up)
        .on(catalogue::IMPORT_JOB, catalogue::import_job)
        .on(people::notices::actions::JOB, people::notices::actions::send_daily)
        .on(register::actions::disclosures::JOB, register::actions::disclosures::watch)
        .on(attachments::actions::JOB, attachments::actions::scan)
        .on(calls::actions::CHANGED_JOB, applications::actions::staff::tell_of_change)
        .on(tables::actions::JOB, write_table)
        .on(catalogue::editor::actions::DUE, catalogue::editor::actions::due)
}

/// A worker for this portal's mail and jobs.
pub fn worker(app: &App) -> Worker<App> {
    Worker {
        db: app.db.clone(),
        clock: app.clock.clone(),
        ids: app.ids.clone(),
        mailer: app.mailer.clone(),
        bell: app.bell.clone(),
        keep_bodies: app.config.demo,
        handlers: handlers(),
        daily: vec![
            Daily { kind: retention::JOB, due: retention::nightly },
            Daily { kind: register::actions::disclosures::JOB, due: register::actions::disclosures::daily_job },
            Daily { kind: people::notices::actions::JOB, due: people::notices::actions::daily_job },
        ],
        state: app.clone(),
    }
}

/// The whole service: pages on `listener`, figures on their own address, and the worker beside them, until `stop`
/// resolves. Then running requests are finished, the worker lays down what it has in hand, and the database is closed.
pub async fn run(app: App, listener: TcpListener, stop: impl Future<Output = ()> + Send + 'static) -> std::io::Result<()> {
    let figures = match app.config.metrics_addr {
        Some(address) => telemetry::start_metrics().zip(Some(TcpListener::bind(address).await?)),
        None => None,
    };
    let rest = CancellationToken::new();
    let (worker, stop_worker) = (worker(&app), rest.clone());
    let working = tokio::spawn(async move { worker.run(stop_worker).await });
    let counting =
        figures.map(|(figures, listener)| tokio::spawn(telemetry::serve_metrics(listener, figures, app.db.clone(), rest.clone())));
    let served = http(&app, listener, stop).await;
    rest.cancel();
    if let Err(error) = working.await {
        tracing::error!(%error, "the worker broke off");
    }
    if let Some(counting) = counting {
        let _ = counting.await;
    }
    app.db.close().await;
    served
}

/// The pages alone: serves on `listener` until `stop` resolves, then lets running requests finish.
pub async fn serve(app: App, listener: TcpListener, stop: impl Future<Output = ()> + Send + 'static) -> std::io::Result<()> {
    let served = http(&app, listener, stop).await;
    app.db.close().await;
    served
}

/// Whoever has not sent a request's headers by then is let go, so that slow connections cannot hold the portal.
const HEADER_DEADLINE: Duration = Duration::from_secs(10);

/// How long running requests may take to finish once the portal is told to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(25);

async fn http(app: &App, listener: TcpListener, stop: impl Future<Output = ()> + Send + 'static) -> std::io::Result<()> {
    tokio::spawn(catalogue::search::warm_up(app.clone()));
    let handle = axum_server::Handle::new();
    let stopping = handle.clone();
    tokio::spawn(async move {
        stop.await;
        stopping.graceful_shutdown(Some(LAST_REQUESTS));
    });
    // Without TCP_NODELAY a kept-alive connection waits 40 ms for an acknowledgement now and then.
    let mut server = axum_server::from_tcp(listener.into_std()?)?.acceptor(NoDelayAcceptor::new()).handle(handle);
    server.http_builder().http1().timer(TokioTimer::new()).header_read_timeout(HEADER_DEADLINE);
    server.serve(router(app).into_make_service_with_connect_info::<SocketAddr>()).await
}

/// Every night: what has been kept long enough goes, and so do copies of imports that a killed worker left; the head of the audit
/// chain is written into the log, where a chain that someone rewrites cannot follow.
async fn clean_up(app: App, _: Job) -> Result<(), JobError> {
    log::actions::clean_up(&app, false).await.map_err(|error| JobError::Later(error.to_string()))?;
    let copies = catalogue::sweep_imports(&app).await.map_err(|error| JobError::Later(error.to_string()))?;
    if copies > 0 {
        tracing::info!(copies, "copies of imports that were broken off are removed");
    }
    if let Some(head) = audit::head(&app.db).await? {
        tracing::info!(seq = head.seq, hash = %head.hash, "head of the audit chain");
    }
    Ok(())
}

/// Writes a table that somebody asked for as a file, if they still hold the role by now.
async fn write_table(app: App, job: Job) -> Result<(), JobError> {
    let Some(export) = tables::actions::begin(&app, &job).await? else { return Ok(()) };
    let roles = people::actions::roles_now(&app, &export.account_id).await?;
    tables::actions::write(&app, &export, roles, job.attempts).await
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
