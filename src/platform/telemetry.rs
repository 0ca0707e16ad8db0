//! Logs and figures for operators. Logs are JSON lines on standard error; they hold a request id, a route
//! pattern and a status, never a query, a name or a secret link. Figures are fetched by Prometheus at an address of
//! their own, which is never the public one.

use std::sync::OnceLock;
use std::time::Duration;

use axum::Router;
use axum::http::header;
use axum::routing::get;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;

use super::db::{Db, StoreError};
use super::{jobs, outbox};

/// How often counted values are folded, so that they take no more and more memory between two fetches.
const UPKEEP: Duration = Duration::from_secs(5);

static COUNTED: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Starts the log. Calling it twice keeps the first.
pub fn start_log(filter: &str) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let _ = tracing_subscriber::fmt().json().flatten_event(true).with_env_filter(filter).with_writer(std::io::stderr).try_init();
}

/// Starts counting, once per process. `None` when another library counts already.
pub fn start_metrics() -> Option<PrometheusHandle> {
    COUNTED
        .get_or_init(|| {
            PrometheusBuilder::new()
                .set_buckets(&[0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0])
                .ok()?
                .install_recorder()
                .ok()
        })
        .clone()
}

/// Answers `/metrics` on `listener` until told to stop. The queues are measured at each fetch.
pub async fn serve_metrics(listener: TcpListener, figures: PrometheusHandle, db: Db, stop: CancellationToken) -> std::io::Result<()> {
    let upkeep = figures.clone();
    let fold = async {
        loop {
            tokio::time::sleep(UPKEEP).await;
            upkeep.run_upkeep();
        }
    };
    let answer = get(async move || {
        if let Err(error) = measure(&db).await {
            tracing::warn!(%error, "the queues could not be measured");
        }
        ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], figures.render())
    });
    let service = Router::new().route("/metrics", answer);
    let stopped = stop.clone();
    let serving = axum::serve(listener, service).with_graceful_shutdown(async move { stopped.cancelled().await });
    tokio::select! {
        result = serving => result,
        () = fold => Ok(()),
    }
}

async fn measure(db: &Db) -> Result<(), StoreError> {
    let (mail, work) = db.read(async |tx| Ok::<_, StoreError>((outbox::backlog(&mut *tx).await?, jobs::backlog(tx).await?))).await?;
    for (name, backlog) in [("portal_outbox", mail), ("portal_jobs", work)] {
        metrics::gauge!(format!("{name}_waiting")).set(backlog.waiting as f64);
        metrics::gauge!(format!("{name}_dead")).set(backlog.dead as f64);
    }
    Ok(())
}
