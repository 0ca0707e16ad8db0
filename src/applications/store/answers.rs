//! SQL of answers: each change is a version, one of them is current, and what was saved beside another waits to be settled.

use sqlx::FromRow;

use crate::applications::model::{How, Version};
use crate::kit::{Form, Id, Instant};
use crate::platform::db::{StoreError, Tx, exactly_one};

#[derive(FromRow)]
struct VersionRow {
    question: String,
    number: i64,
    fields: String,
    is_current: i64,
    how: String,
    saved_by: Id,
    saved_at: Instant,
}

impl VersionRow {
    fn version(self) -> Result<Version, StoreError> {
        let corrupt = || StoreError::Corrupt(format!("answer {} version {}", self.question, self.number));
        Ok(Version {
            fields: Form(serde_json::from_str(&self.fields).map_err(|_| corrupt())?),
            how: How::of_code(&self.how).ok_or_else(corrupt)?,
            number: self.number,
            is_current: self.is_current == 1,
            saved_by: self.saved_by,
            saved_at: self.saved_at,
            question: self.question,
        })
    }
}

macro_rules! version_where {
    ($condition:literal) => {
        concat!(
            "SELECT question, number, fields, is_current, how, saved_by, saved_at FROM application_answers WHERE application_id = $1 AND ",
            $condition
        )
    };
}

fn versions(rows: Vec<VersionRow>) -> Result<Vec<Version>, StoreError> {
    rows.into_iter().map(VersionRow::version).collect()
}

/// What stands as answer to each question that has one.
pub async fn current(tx: &mut Tx, application: &Id) -> Result<Vec<Version>, StoreError> {
    versions(sqlx::query_as(version_where!("is_current = 1 ORDER BY question")).bind(application.clone()).fetch_all(tx).await?)
}

/// What waits beside another answer, oldest first.
pub async fn beside(tx: &mut Tx, application: &Id) -> Result<Vec<Version>, StoreError> {
    let rows = sqlx::query_as(version_where!("how = 'beside' AND settled_at IS NULL ORDER BY saved_at, question, number"));
    versions(rows.bind(application.clone()).fetch_all(tx).await?)
}

/// The newest versions of an answer, newest first, what was saved beside among them.
pub async fn history(tx: &mut Tx, application: &Id, question: &str, most: i64) -> Result<Vec<Version>, StoreError> {
    let rows = sqlx::query_as(version_where!("question = $2 ORDER BY number DESC LIMIT $3"));
    versions(rows.bind(application.clone()).bind(question.to_owned()).bind(most).fetch_all(tx).await?)
}

pub async fn version(tx: &mut Tx, application: &Id, question: &str, number: i64) -> Result<Option<Version>, StoreError> {
    let row: Option<VersionRow> = sqlx::query_as(version_where!("question = $2 AND number = $3"))
        .bind(application.clone())
        .bind(question.to_owned())
        .bind(number)
        .fetch_optional(tx)
        .await?;
    row.map(VersionRow::version).transpose()
}

/// An answer that somebody saves.
pub struct Save<'a> {
    pub application: &'a Id,
    pub question: &'a str,
    pub fields: &'a Form,
    pub how: How,
    pub by: &'a Id,
    pub at: Instant,
}

fn json(fields: &Form) -> Result<String, StoreError> {
    serde_json::to_string(&fields.0).map_err(|_| StoreError::Corrupt("an answer that is no JSON".to_owned()))
}

/// Makes an answer the current one; what stood there becomes history.
pub async fn save(tx: &mut Tx, new: &Save<'_>) -> Result<(), StoreError> {
    sqlx::query("UPDATE application_answers SET is_current = 0 WHERE application_id = $1 AND question = $2 AND is_current = 1")
        .bind(new.application.clone())
        .bind(new.question.to_owned())
        .execute(&mut *tx)
        .await?;
    insert(tx, new, true).await
}

async fn insert(tx: &mut Tx, new: &Save<'_>, is_current: bool) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO application_answers (application_id, question, number, fields, is_current, how, saved_by, saved_at)
         SELECT $1, $2, COALESCE(MAX(number), 0) + 1, $3, $4, $5, $6, $7 FROM application_answers
         WHERE application_id = $1 AND question = $2",
    )
    .bind(new.application.clone())
    .bind(new.question.to_owned())
    .bind(json(new.fields)?)
    .bind(i64::from(is_current))
    .bind(new.how.code())
    .bind(new.by.clone())
    .bind(new.at)
    .execute(tx)
    .await?;
    Ok(())
}

/// Keeps an answer beside the current one. Who goes on writing goes on in the same: it has their newest text.
pub async fn put_beside(tx: &mut Tx, new: &Save<'_>) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE application_answers SET fields = $4, saved_at = $5 WHERE application_id = $1 AND question = $2 AND saved_by = $3
         AND how = 'beside' AND settled_at IS NULL",
    )
    .bind(new.application.clone())
    .bind(new.question.to_owned())
    .bind(new.by.clone())
    .bind(json(new.fields)?)
    .bind(new.at)
    .execute(&mut *tx)
    .await?;
    if done.rows_affected() == 0 {
        insert(tx, &Save { how: How::Beside, ..*new }, false).await?;
    }
    Ok(())
}

/// Somebody has chosen: what was beside becomes history.
pub async fn settle(tx: &mut Tx, application: &Id, question: &str, number: i64, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE application_answers SET settled_at = $4 WHERE application_id = $1 AND question = $2 AND number = $3
         AND how = 'beside' AND settled_at IS NULL",
    )
    .bind(application.clone())
    .bind(question.to_owned())
    .bind(number)
    .bind(now)
    .execute(tx)
    .await?;
    exactly_one(done.rows_affected(), "application_answers.settled_at")
}

/// Lets a version that was saved by itself go, when the same person has an earlier one from after `since`: a history has steps, not letters.
pub async fn thin(tx: &mut Tx, earlier: &Version, application: &Id, since: Instant) -> Result<(), StoreError> {
    sqlx::query(
        "DELETE FROM application_answers WHERE application_id = $1 AND question = $2 AND number = $3 AND is_current = 0
         AND how = 'autosaved' AND EXISTS (SELECT 1 FROM application_answers p WHERE p.application_id = $1 AND p.question = $2
            AND p.number < $3 AND p.saved_by = $4 AND p.how <> 'beside' AND p.saved_at > $5)",
    )
    .bind(application.clone())
    .bind(earlier.question.clone())
    .bind(earlier.number)
    .bind(earlier.saved_by.clone())
    .bind(since)
    .execute(tx)
    .await?;
    Ok(())
}

/// A version that somebody wrote, without what it says: that belongs to the organisation.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct WrittenBy {
    pub application_id: Id,
    pub question: String,
    pub number: i64,
    pub saved_at: Instant,
}

pub async fn written_by(tx: &mut Tx, account: &Id) -> Result<Vec<WrittenBy>, StoreError> {
    let written = sqlx::query_as(
        "SELECT application_id, question, number, saved_at FROM application_answers WHERE saved_by = $1
         ORDER BY application_id, question, number",
    );
    Ok(written.bind(account.clone()).fetch_all(tx).await?)
}
