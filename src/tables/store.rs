//! The rows of saved views, choices and files of tables.

use super::model::{Choice, Export, View};
use crate::kit::{Id, Instant};
use crate::platform::db::{StoreError, Tx, exactly_one};

/// Every view of a table that is one's own or shared with anybody, by name.
pub async fn views(tx: &mut Tx, sheet: &str, account: &Id) -> Result<Vec<View>, StoreError> {
    let views = sqlx::query_as(
        "SELECT id, sheet, owner_id, shared_with, name, query, columns, version FROM table_views
         WHERE sheet = $1 AND (owner_id = $2 OR shared_with <> '') ORDER BY created_at, id",
    );
    Ok(views.bind(sheet.to_owned()).bind(account).fetch_all(tx).await?)
}

pub async fn view(tx: &mut Tx, id: &Id) -> Result<Option<View>, StoreError> {
    let view = sqlx::query_as("SELECT id, sheet, owner_id, shared_with, name, query, columns, version FROM table_views WHERE id = $1");
    Ok(view.bind(id).fetch_optional(tx).await?)
}

/// Every view that someone has saved.
pub async fn views_of(tx: &mut Tx, account: &Id) -> Result<Vec<View>, StoreError> {
    let views = sqlx::query_as(
        "SELECT id, sheet, owner_id, shared_with, name, query, columns, version FROM table_views WHERE owner_id = $1 ORDER BY created_at, id",
    );
    Ok(views.bind(account).fetch_all(tx).await?)
}

pub async fn insert_view(tx: &mut Tx, view: &View, now: Instant) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO table_views (id, sheet, owner_id, shared_with, name, query, columns, version, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, $8)",
    )
    .bind(&view.id)
    .bind(view.sheet.clone())
    .bind(&view.owner_id)
    .bind(view.shared_with.clone())
    .bind(view.name.clone())
    .bind(view.query.clone())
    .bind(view.columns.clone())
    .bind(now)
    .execute(tx)
    .await?;
    Ok(())
}

/// Changes a view that still is what was seen: the version of `view`.
pub async fn update_view(tx: &mut Tx, view: &View, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE table_views SET shared_with = $3, name = $4, query = $5, columns = $6, version = version + 1, updated_at = $7
         WHERE id = $1 AND version = $2",
    )
    .bind(&view.id)
    .bind(view.version)
    .bind(view.shared_with.clone())
    .bind(view.name.clone())
    .bind(view.query.clone())
    .bind(view.columns.clone())
    .bind(now)
    .execute(tx)
    .await?;
    exactly_one(done.rows_affected(), "table_views.version")
}

/// Takes a view away; the tables that opened with it open without one.
pub async fn delete_view(tx: &mut Tx, id: &Id) -> Result<(), StoreError> {
    let done = sqlx::query("DELETE FROM table_views WHERE id = $1").bind(id).execute(tx).await?;
    exactly_one(done.rows_affected(), "table_views")
}

/// How someone looks at a table.
pub async fn choice(tx: &mut Tx, sheet: &str, account: &Id) -> Result<Option<Choice>, StoreError> {
    let choice = sqlx::query_as("SELECT columns, view_id FROM table_choices WHERE account_id = $1 AND sheet = $2");
    Ok(choice.bind(account).bind(sheet.to_owned()).fetch_optional(tx).await?)
}

pub async fn choose_columns(tx: &mut Tx, sheet: &str, account: &Id, columns: &str) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO table_choices (account_id, sheet, columns) VALUES ($1, $2, $3)
         ON CONFLICT (account_id, sheet) DO UPDATE SET columns = excluded.columns",
    )
    .bind(account)
    .bind(sheet.to_owned())
    .bind(columns.to_owned())
    .execute(tx)
    .await?;
    Ok(())
}

pub async fn choose_view(tx: &mut Tx, sheet: &str, account: &Id, view: Option<&Id>) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO table_choices (account_id, sheet, columns, view_id) VALUES ($1, $2, '', $3)
         ON CONFLICT (account_id, sheet) DO UPDATE SET view_id = excluded.view_id",
    )
    .bind(account)
    .bind(sheet.to_owned())
    .bind(view.cloned())
    .execute(tx)
    .await?;
    Ok(())
}

/// Takes away what someone kept for themselves; what they share stays with those they share it with.
pub async fn forget(tx: &mut Tx, account: &Id) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM table_choices WHERE account_id = $1").bind(account).execute(&mut *tx).await?;
    sqlx::query("DELETE FROM table_views WHERE owner_id = $1 AND shared_with = ''").bind(account).execute(tx).await?;
    Ok(())
}

macro_rules! export {
    ($rest:literal) => {
        concat!(
            "SELECT id, account_id, sheet, query, columns, format, state, fault, attempt, rows_done, rows_total, size, created_at, done_at
             FROM exports ",
            $rest
        )
    };
}

pub async fn export(tx: &mut Tx, id: &Id) -> Result<Option<Export>, StoreError> {
    Ok(sqlx::query_as(export!("WHERE id = $1")).bind(id).fetch_optional(tx).await?)
}

/// What someone has asked for, the latest first.
pub async fn exports_of(tx: &mut Tx, account: &Id, since: Instant, limit: i64) -> Result<Vec<Export>, StoreError> {
    let rows = sqlx::query_as(export!("WHERE account_id = $1 AND created_at >= $2 ORDER BY created_at DESC, id DESC LIMIT $3"));
    Ok(rows.bind(account).bind(since).bind(limit).fetch_all(tx).await?)
}

/// How many of someone's files are ready.
pub async fn count_ready(tx: &mut Tx, account: &Id, since: Instant) -> Result<i64, StoreError> {
    let count =
        sqlx::query_scalar("SELECT CAST(COUNT(*) AS BIGINT) FROM exports WHERE account_id = $1 AND created_at >= $2 AND state = 'ready'");
    Ok(count.bind(account).bind(since).fetch_one(tx).await?)
}

pub async fn insert_export(tx: &mut Tx, export: &Export) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO exports (id, account_id, sheet, query, columns, format, state, fault, attempt, rows_done, rows_total, size, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, 'waiting', '', 1, 0, 0, 0, $7)",
    )
    .bind(&export.id)
    .bind(&export.account_id)
    .bind(export.sheet.clone())
    .bind(export.query.clone())
    .bind(export.columns.clone())
    .bind(export.format.clone())
    .bind(export.created_at)
    .execute(tx)
    .await?;
    Ok(())
}

/// Says how far an attempt has come; `false` when it is no longer the attempt that counts.
pub async fn note_progress(tx: &mut Tx, export: &Export, done: i64, total: i64) -> Result<bool, StoreError> {
    let result = sqlx::query(
        "UPDATE exports SET state = 'running', rows_done = $3, rows_total = $4
         WHERE id = $1 AND attempt = $2 AND state IN ('waiting', 'running')",
    )
    .bind(&export.id)
    .bind(export.attempt)
    .bind(done)
    .bind(total)
    .execute(tx)
    .await?;
    Ok(result.rows_affected() == 1)
}

/// The file is there.
pub async fn finish(tx: &mut Tx, export: &Export, rows: i64, size: i64, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE exports SET state = 'ready', rows_done = $3, rows_total = $3, size = $4, done_at = $5
         WHERE id = $1 AND attempt = $2 AND state = 'running'",
    )
    .bind(&export.id)
    .bind(export.attempt)
    .bind(rows)
    .bind(size)
    .bind(now)
    .execute(tx)
    .await?;
    exactly_one(done.rows_affected(), "exports.attempt")
}

/// There will be no file of this attempt; `false` when it is no longer the attempt that counts.
pub async fn fail(tx: &mut Tx, export: &Export, fault: &str, now: Instant) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE exports SET state = 'failed', fault = $3, done_at = $4
         WHERE id = $1 AND attempt = $2 AND state IN ('waiting', 'running')",
    )
    .bind(&export.id)
    .bind(export.attempt)
    .bind(fault.to_owned())
    .bind(now)
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Begins anew what failed; `false` when somebody already has.
pub async fn begin_again(tx: &mut Tx, export: &Export) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE exports SET state = 'waiting', fault = '', attempt = attempt + 1, rows_done = 0, rows_total = 0, done_at = NULL
         WHERE id = $1 AND attempt = $2 AND state = 'failed'",
    )
    .bind(&export.id)
    .bind(export.attempt)
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}
