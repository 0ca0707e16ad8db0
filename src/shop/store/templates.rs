//! Letters to buyers: the templates, each save a version of its own.

use sqlx::FromRow;

use crate::kit::{Id, Instant, Lang};
use crate::platform::db::{StoreError, Tx, exactly_one};
use crate::shop::rules::letter::Draft;

/// A template as it was saved last.
#[derive(Debug, Clone, FromRow)]
pub struct Template {
    pub id: Id,
    pub version: i64,
    /// 1 when it is no longer offered.
    pub retired: i64,
    pub name: String,
    pub subject_sv: String,
    pub body_sv: String,
    pub subject_en: String,
    pub body_en: String,
    pub saved_by: Id,
    pub saved_at: Instant,
}

impl Template {
    /// Subject and text in a language.
    pub fn texts(&self, lang: Lang) -> (&str, &str) {
        match lang {
            Lang::Sv => (&self.subject_sv, &self.body_sv),
            Lang::En => (&self.subject_en, &self.body_en),
        }
    }
}

/// The columns of a [`Template`].
macro_rules! template {
    ($rest:literal) => {
        concat!(
            "SELECT t.id, t.version, t.retired, v.name, v.subject_sv, v.body_sv, v.subject_en, v.body_en, v.saved_by, v.saved_at
             FROM order_templates t JOIN order_template_versions v ON v.template_id = t.id AND v.version = t.version ",
            $rest
        )
    };
}

/// All of them; the caller puts them in order, since the engines do not agree on Swedish letters.
pub async fn all(tx: &mut Tx) -> Result<Vec<Template>, StoreError> {
    Ok(sqlx::query_as(template!("ORDER BY t.id")).fetch_all(tx).await?)
}

pub async fn one(tx: &mut Tx, id: &Id) -> Result<Option<Template>, StoreError> {
    Ok(sqlx::query_as(template!("WHERE t.id = $1")).bind(id).fetch_optional(tx).await?)
}

/// Who saved a template, and when.
#[derive(Debug, Clone, FromRow)]
pub struct Saved {
    pub version: i64,
    pub saved_by: Id,
    pub saved_at: Instant,
}

/// Every version, the newest first.
pub async fn versions(tx: &mut Tx, id: &Id) -> Result<Vec<Saved>, StoreError> {
    let rows =
        sqlx::query_as("SELECT version, saved_by, saved_at FROM order_template_versions WHERE template_id = $1 ORDER BY version DESC");
    Ok(rows.bind(id).fetch_all(tx).await?)
}

pub async fn insert(tx: &mut Tx, id: &Id, now: Instant) -> Result<(), StoreError> {
    let new = sqlx::query("INSERT INTO order_templates (id, version, retired, created_at) VALUES ($1, 1, 0, $2)");
    new.bind(id).bind(now).execute(tx).await?;
    Ok(())
}

pub async fn insert_version(tx: &mut Tx, id: &Id, version: i64, draft: &Draft, by: &Id, now: Instant) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO order_template_versions (template_id, version, name, subject_sv, body_sv, subject_en, body_en, saved_by, saved_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(id)
    .bind(version)
    .bind(draft.name.clone())
    .bind(draft.subject_sv.clone())
    .bind(draft.body_sv.clone())
    .bind(draft.subject_en.clone())
    .bind(draft.body_en.clone())
    .bind(by)
    .bind(now)
    .execute(tx)
    .await?;
    Ok(())
}

/// Raises a template's version, if it still is the one that was seen.
pub async fn raise(tx: &mut Tx, id: &Id, seen: i64) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE order_templates SET version = version + 1 WHERE id = $1 AND version = $2");
    exactly_one(done.bind(id).bind(seen).execute(tx).await?.rows_affected(), "order_templates.version")
}

/// Takes a template out of use, or into it again.
pub async fn set_retired(tx: &mut Tx, id: &Id, retired: bool) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE order_templates SET retired = $2 WHERE id = $1");
    exactly_one(done.bind(id).bind(i64::from(retired)).execute(tx).await?.rows_affected(), "order_templates")
}
