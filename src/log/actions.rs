//! The clean-up of what has been kept long enough.

use serde_json::json;

use crate::platform::db::StoreError;
use crate::platform::retention::{self, Cleanup, Swept};
use crate::platform::{audit, uploads};
use crate::tables;
use crate::web::{App, AppError};

/// Deletes what `platform::retention` says has been kept long enough, uploads that nobody finished and files that nothing names, and writes down how
/// much it was. What it could delete before it broke off is gone; the next run takes the rest.
pub async fn clean_up(app: &App, by_operator: bool) -> Result<Vec<Swept>, AppError> {
    let now = app.now();
    let report = retention::clean(&app.db, now).await?;
    let uploads = app.files.sweep(now.plus_days(-1)).await? + uploads::sweep(&app.db, &app.files, now).await?;
    // The files of tables go with their rows, which the report counts.
    app.files.sweep_passing(now.plus_days(-tables::model::DAYS_KEPT)).await?;
    let count = |rows: u64| i64::try_from(rows).unwrap_or(i64::MAX);
    let gone: Vec<(String, i64)> =
        report.iter().filter(|swept| swept.rows > 0).map(|swept| (swept.code.to_owned(), count(swept.rows))).collect();
    let rows: i64 = gone.iter().map(|(_, rows)| rows).sum();
    let done = Cleanup { at: now, by_operator, uploads: count(uploads), gone };
    let id = app.ids.id(now);
    let actor = if by_operator { "operator" } else { "system" };
    app.db
        .write_in_line(async |tx| {
            retention::insert_cleanup(tx, &id, &done).await?;
            let detail = json!({ "rows": rows, "uploads": done.uploads });
            audit::append(tx, now, actor, "cleanup.done", &format!("cleanup:{id}"), &detail).await?;
            Ok::<_, StoreError>(())
        })
        .await?;
    tracing::info!(rows, uploads = done.uploads, "cleaned up");
    Ok(report)
}
