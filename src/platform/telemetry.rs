//! Logs and figures for operators. Logs are JSON lines on standard error; they hold a request id, a route
//! pattern and a status, never a query, a name or a secret link.

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::EnvFilter;

/// Starts the log. Calling it twice keeps the first.
pub fn start_log(filter: &str) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let _ = tracing_subscriber::fmt().json().flatten_event(true).with_env_filter(filter).with_writer(std::io::stderr).try_init();
}

/// Starts counting. `None` when counting runs already, as in tests that start several portals.
pub fn start_metrics() -> Option<PrometheusHandle> {
    PrometheusBuilder::new()
        .set_buckets(&[0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0])
        .ok()?
        .install_recorder()
        .ok()
}
