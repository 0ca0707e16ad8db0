//! SQL of calls, their versions and history, and the questions that people ask about them.

use sqlx::FromRow;

use super::lifecycle::{Draft, Event, Public, State};
use super::model::Facts;
use crate::forms::model::Definition;
use crate::kit::{Email, Form, Id, Instant, Lang, Slug};
use crate::platform::db::{StoreError, Tx, exactly_one};

/// A version as the public reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    pub call: Id,
    pub slug: Slug,
    pub public: Public,
    /// Of the version, from 1.
    pub number: i64,
    pub facts: Facts,
    pub published_at: Instant,
    /// When the call was first published.
    pub first_at: Instant,
}

/// A call in the staff's hands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    pub id: Id,
    pub slug: Slug,
    pub state: State,
    /// Raw answers of the editor's form.
    pub answers: Form,
    pub form: Definition,
    /// The version that the public reads.
    pub current: Option<i64>,
    pub opens_at: Option<Instant>,
    pub closes_at: Option<Instant>,
    pub version: i64,
    pub updated_at: Instant,
}

#[derive(FromRow)]
struct CallRow {
    id: Id,
    slug: Slug,
    public: String,
    draft: String,
    answers: String,
    form: String,
    current_version: Option<i64>,
    opens_at: Option<Instant>,
    closes_at: Option<Instant>,
    version: i64,
    updated_at: Instant,
}

impl CallRow {
    fn call(self) -> Result<Call, StoreError> {
        let corrupt = || StoreError::Corrupt(format!("call {}", self.id));
        let public = Public::of_code(&self.public).ok_or_else(corrupt)?;
        let draft = Draft::of_code(&self.draft).ok_or_else(corrupt)?;
        Ok(Call {
            state: State { public, draft },
            answers: Form(serde_json::from_str(&self.answers).map_err(|_| corrupt())?),
            form: serde_json::from_str(&self.form).map_err(|_| corrupt())?,
            id: self.id,
            slug: self.slug,
            current: self.current_version,
            opens_at: self.opens_at,
            closes_at: self.closes_at,
            version: self.version,
            updated_at: self.updated_at,
        })
    }
}

#[derive(FromRow)]
struct PublishedRow {
    id: Id,
    slug: Slug,
    public: String,
    number: i64,
    facts: String,
    published_at: Instant,
    first_at: Instant,
}

impl PublishedRow {
    fn published(self) -> Result<Published, StoreError> {
        let corrupt = || StoreError::Corrupt(format!("call {} version {}", self.id, self.number));
        Ok(Published {
            public: Public::of_code(&self.public).ok_or_else(corrupt)?,
            facts: serde_json::from_str(&self.facts).map_err(|_| corrupt())?,
            call: self.id,
            slug: self.slug,
            number: self.number,
            published_at: self.published_at,
            first_at: self.first_at,
        })
    }
}

/// What the public reads of calls, by a condition.
macro_rules! published_where {
    ($condition:literal) => {
        concat!(
            "SELECT c.id, c.slug, c.public, v.number, v.facts, v.published_at, f.published_at AS first_at
             FROM calls c JOIN call_versions v ON v.call_id = c.id AND v.number = c.current_version
             JOIN call_versions f ON f.call_id = c.id AND f.number = 1 WHERE ",
            $condition
        )
    };
}

/// Every call that the public reads, those that close last first.
pub async fn published(tx: &mut Tx) -> Result<Vec<Published>, StoreError> {
    let rows: Vec<PublishedRow> = sqlx::query_as(published_where!("1 = 1 ORDER BY c.closes_at DESC, c.id")).fetch_all(tx).await?;
    rows.into_iter().map(PublishedRow::published).collect()
}

pub async fn published_by_slug(tx: &mut Tx, slug: &Slug) -> Result<Option<Published>, StoreError> {
    let row: Option<PublishedRow> = sqlx::query_as(published_where!("c.slug = $1")).bind(slug.clone()).fetch_optional(tx).await?;
    row.map(PublishedRow::published).transpose()
}

/// The questions of a version.
pub async fn form_of(tx: &mut Tx, call: &Id, number: i64) -> Result<Option<Definition>, StoreError> {
    let form: Option<String> = sqlx::query_scalar("SELECT form FROM call_versions WHERE call_id = $1 AND number = $2")
        .bind(call.clone())
        .bind(number)
        .fetch_optional(tx)
        .await?;
    form.map(|form| serde_json::from_str(&form).map_err(|_| StoreError::Corrupt(format!("form of call {call} version {number}"))))
        .transpose()
}

/// What a version was made of: the raw answers and the questions, to write on from.
pub async fn made_of(tx: &mut Tx, call: &Id, number: i64) -> Result<Option<(Form, Definition)>, StoreError> {
    let row: Option<(String, String)> = sqlx::query_as("SELECT answers, form FROM call_versions WHERE call_id = $1 AND number = $2")
        .bind(call.clone())
        .bind(number)
        .fetch_optional(tx)
        .await?;
    let corrupt = |_| StoreError::Corrupt(format!("call {call} version {number}"));
    row.map(|(answers, form)| Ok((Form(serde_json::from_str(&answers).map_err(corrupt)?), serde_json::from_str(&form).map_err(corrupt)?)))
        .transpose()
}

/// What is new in each version, newest first.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Change {
    pub number: i64,
    pub change_sv: String,
    pub change_en: String,
    pub published_at: Instant,
}

pub async fn changes(tx: &mut Tx, call: &Id) -> Result<Vec<Change>, StoreError> {
    let changes =
        sqlx::query_as("SELECT number, change_sv, change_en, published_at FROM call_versions WHERE call_id = $1 ORDER BY number DESC");
    Ok(changes.bind(call.clone()).fetch_all(tx).await?)
}

/// Every call, those that changed last first.
pub async fn calls(tx: &mut Tx) -> Result<Vec<Call>, StoreError> {
    let rows: Vec<CallRow> = sqlx::query_as("SELECT * FROM calls ORDER BY updated_at DESC, id").fetch_all(tx).await?;
    rows.into_iter().map(CallRow::call).collect()
}

pub async fn call(tx: &mut Tx, id: &Id) -> Result<Option<Call>, StoreError> {
    let row: Option<CallRow> = sqlx::query_as("SELECT * FROM calls WHERE id = $1").bind(id.clone()).fetch_optional(tx).await?;
    row.map(CallRow::call).transpose()
}

pub async fn is_slug_taken(tx: &mut Tx, slug: &Slug) -> Result<bool, StoreError> {
    let taken: Option<i64> =
        sqlx::query_scalar("SELECT CAST(1 AS BIGINT) FROM calls WHERE slug = $1").bind(slug.clone()).fetch_optional(tx).await?;
    Ok(taken.is_some())
}

fn json<T: serde::Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Corrupt("a value that is no JSON".to_owned()))
}

/// A slug that is taken is a unique violation.
pub async fn insert_call(
    tx: &mut Tx,
    id: &Id,
    slug: &Slug,
    state: State,
    answers: &Form,
    form: &Definition,
    now: Instant,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO calls (id, slug, public, draft, answers, form, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $7)",
    )
    .bind(id.clone())
    .bind(slug.clone())
    .bind(state.public.code())
    .bind(state.draft.code())
    .bind(json(&answers.0)?)
    .bind(json(form)?)
    .bind(now)
    .execute(tx)
    .await?;
    Ok(())
}

/// Writes a call's draft and state, if nobody did since `version` was read.
pub async fn update_call(
    tx: &mut Tx,
    before: &Call,
    state: State,
    answers: &Form,
    form: &Definition,
    now: Instant,
) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE calls SET public = $3, draft = $4, answers = $5, form = $6, version = version + 1, updated_at = $7
         WHERE id = $1 AND version = $2",
    )
    .bind(before.id.clone())
    .bind(before.version)
    .bind(state.public.code())
    .bind(state.draft.code())
    .bind(json(&answers.0)?)
    .bind(json(form)?)
    .bind(now)
    .execute(tx)
    .await?;
    exactly_one(done.rows_affected(), "calls.version")
}

/// A call that was never published and goes with all that was written.
pub async fn delete_call(tx: &mut Tx, before: &Call) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM call_events WHERE call_id = $1").bind(before.id.clone()).execute(&mut *tx).await?;
    let done = sqlx::query("DELETE FROM calls WHERE id = $1 AND version = $2 AND public = 'never'")
        .bind(before.id.clone())
        .bind(before.version)
        .execute(tx)
        .await?;
    exactly_one(done.rows_affected(), "calls.version")
}

/// A version that becomes what the public reads.
pub struct NewVersion<'a> {
    pub call: &'a Id,
    pub number: i64,
    pub answers: &'a Form,
    pub facts: &'a Facts,
    pub form: &'a Definition,
    pub change: &'a crate::forms::model::Both,
    pub at: Instant,
    pub by: &'a Id,
}

pub async fn insert_version(tx: &mut Tx, new: &NewVersion<'_>) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO call_versions (call_id, number, answers, facts, form, change_sv, change_en, published_at, published_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(new.call.clone())
    .bind(new.number)
    .bind(json(&new.answers.0)?)
    .bind(json(new.facts)?)
    .bind(json(new.form)?)
    .bind(new.change.sv.clone())
    .bind(new.change.en.clone())
    .bind(new.at)
    .bind(new.by.clone())
    .execute(&mut *tx)
    .await?;
    let done = sqlx::query("UPDATE calls SET current_version = $2, public = 'published', opens_at = $3, closes_at = $4 WHERE id = $1")
        .bind(new.call.clone())
        .bind(new.number)
        .bind(new.facts.opens.at)
        .bind(new.facts.closes.at)
        .execute(tx)
        .await?;
    exactly_one(done.rows_affected(), "calls.id")
}

/// Something that happened to a call.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Happened {
    pub seq: i64,
    pub at: Instant,
    pub account_id: Id,
    pub event: String,
    /// A comment or a reason.
    pub note: String,
}

/// What happened to a call, newest first.
pub async fn events(tx: &mut Tx, call: &Id) -> Result<Vec<Happened>, StoreError> {
    let events = sqlx::query_as("SELECT seq, at, account_id, event, note FROM call_events WHERE call_id = $1 ORDER BY seq DESC");
    Ok(events.bind(call.clone()).fetch_all(tx).await?)
}

pub async fn insert_event(tx: &mut Tx, call: &Id, by: &Id, event: Event, note: &str, now: Instant) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO call_events (call_id, seq, at, account_id, event, note)
         SELECT $1, COALESCE(MAX(seq), 0) + 1, $2, $3, $4, $5 FROM call_events WHERE call_id = $1",
    )
    .bind(call.clone())
    .bind(now)
    .bind(by.clone())
    .bind(event.code())
    .bind(note.to_owned())
    .execute(tx)
    .await?;
    Ok(())
}

/// A question to the staff about a call.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Asked {
    pub id: Id,
    pub call_id: Id,
    pub lang: Lang,
    pub question: String,
    pub email: Option<Email>,
    pub asked_at: Instant,
    pub status: String,
    /// The question as the public reads it.
    pub shown_sv: String,
    pub shown_en: String,
    pub answer_sv: String,
    pub answer_en: String,
    pub answered_at: Option<Instant>,
    pub version: i64,
}

pub async fn insert_question(
    tx: &mut Tx,
    id: &Id,
    call: &Id,
    lang: Lang,
    question: &str,
    email: Option<&Email>,
    now: Instant,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO call_questions (id, call_id, lang, question, email, asked_at, status) VALUES ($1, $2, $3, $4, $5, $6, 'open')",
    )
    .bind(id.clone())
    .bind(call.clone())
    .bind(lang)
    .bind(question.to_owned())
    .bind(email.cloned())
    .bind(now)
    .execute(tx)
    .await?;
    Ok(())
}

/// The questions about a call: those without an answer first, then the newest.
pub async fn questions(tx: &mut Tx, call: &Id) -> Result<Vec<Asked>, StoreError> {
    let asked = sqlx::query_as(
        "SELECT * FROM call_questions WHERE call_id = $1 ORDER BY CASE status WHEN 'open' THEN 0 ELSE 1 END, asked_at DESC, id",
    );
    Ok(asked.bind(call.clone()).fetch_all(tx).await?)
}

/// The questions that the public reads with their answers, newest answer first.
pub async fn published_questions(tx: &mut Tx, call: &Id) -> Result<Vec<Asked>, StoreError> {
    let asked = sqlx::query_as("SELECT * FROM call_questions WHERE call_id = $1 AND status = 'published' ORDER BY answered_at DESC, id");
    Ok(asked.bind(call.clone()).fetch_all(tx).await?)
}

pub async fn question(tx: &mut Tx, id: &Id) -> Result<Option<Asked>, StoreError> {
    Ok(sqlx::query_as("SELECT * FROM call_questions WHERE id = $1").bind(id.clone()).fetch_optional(tx).await?)
}

/// How many calls wait for a colleague's review, and how many questions for an answer: at most so many.
pub async fn work(tx: &mut Tx, most: i64) -> Result<(i64, i64), StoreError> {
    let counts = sqlx::query_as(
        "SELECT (SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT 1 AS one FROM calls WHERE draft = 'in_review' LIMIT $1) waiting),
            (SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT 1 AS one FROM call_questions WHERE status = 'open' LIMIT $1) asked)",
    );
    Ok(counts.bind(most).fetch_one(tx).await?)
}

/// An answer, and whether the public reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub status: &'static str,
    pub shown: crate::forms::model::Both,
    pub answer: crate::forms::model::Both,
}

/// Writes an answer, if nobody did since `version` was read.
pub async fn answer_question(tx: &mut Tx, id: &Id, version: i64, new: &Answer, by: &Id, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE call_questions SET status = $3, shown_sv = $4, shown_en = $5, answer_sv = $6, answer_en = $7, answered_at = $8,
            answered_by = $9, version = version + 1 WHERE id = $1 AND version = $2",
    )
    .bind(id.clone())
    .bind(version)
    .bind(new.status)
    .bind(new.shown.sv.clone())
    .bind(new.shown.en.clone())
    .bind(new.answer.sv.clone())
    .bind(new.answer.en.clone())
    .bind(now)
    .bind(by.clone())
    .execute(tx)
    .await?;
    exactly_one(done.rows_affected(), "call_questions.version")
}
