//! SQL of requests to see documents: who waits, the links that open a request, what is made ready, and what was answered.

use sqlx::FromRow;

use crate::kit::{CaseNumber, CivilDate, Id, Instant, swedish};
use crate::platform::db::{StoreError, Tx, exactly_one, pattern};
use crate::register::lifecycle::{Event, State};
use crate::register::model::{Answer, Disclosure, Happened, NewFile, StoredFile};
use crate::register::rules::Ask;

macro_rules! disclosure_where {
    ($condition:literal) => {
        concat!(
            "SELECT r.id, r.case_id, c.number, r.lang, r.email, r.name, r.wish, r.state, r.version, r.received_at, r.waits_since, r.closed_at
             FROM disclosures r JOIN register_cases c ON c.id = r.case_id WHERE ",
            $condition
        )
    };
}

/// Writes a new request, with the documents that it names. A statement for each of those, and one.
pub async fn insert(tx: &mut Tx, request: &Disclosure, ask: &Ask) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO disclosures (id, case_id, lang, email, name, wish, state, received_at, waits_since, folded)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(request.id.clone())
    .bind(request.case_id.clone())
    .bind(request.lang)
    .bind(request.email.clone())
    .bind(request.name.clone())
    .bind(request.wish.clone())
    .bind(request.state.code())
    .bind(request.received_at)
    .bind(request.waits_since)
    .bind(swedish::fold(&format!("{} {}", request.number, request.wish)))
    .execute(&mut *tx)
    .await?;
    for document in &ask.documents {
        // One that is no document of the register is passed over: the person's own words are kept in any case.
        sqlx::query(
            "INSERT INTO disclosure_documents (disclosure_id, document_id) SELECT $1, id FROM register_documents WHERE id = $2
             ON CONFLICT (disclosure_id, document_id) DO NOTHING",
        )
        .bind(request.id.clone())
        .bind(document.clone())
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

/// Lets a secret open a request.
pub async fn insert_link(tx: &mut Tx, token_hash: &str, request: &Id, now: Instant) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO disclosure_links (token_hash, disclosure_id, created_at) VALUES ($1, $2, $3)")
        .bind(token_hash)
        .bind(request.clone())
        .bind(now)
        .execute(tx)
        .await?;
    Ok(())
}

/// The request that a secret opens.
pub async fn by_link(tx: &mut Tx, token_hash: &str) -> Result<Option<Disclosure>, StoreError> {
    let statement = disclosure_where!("r.id = (SELECT disclosure_id FROM disclosure_links WHERE token_hash = $1)");
    Ok(sqlx::query_as(statement).bind(token_hash).fetch_optional(tx).await?)
}

pub async fn one(tx: &mut Tx, id: &Id) -> Result<Option<Disclosure>, StoreError> {
    Ok(sqlx::query_as(disclosure_where!("r.id = $1")).bind(id.clone()).fetch_optional(tx).await?)
}

/// Brings a request into another state, if it is as it was when it was read.
pub async fn set_state(tx: &mut Tx, before: &Disclosure, after: State, waits_since: CivilDate, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE disclosures SET state = $3, waits_since = $4, closed_at = $5, version = version + 1 WHERE id = $1 AND version = $2",
    )
    .bind(before.id.clone())
    .bind(before.version)
    .bind(after.code())
    .bind(waits_since)
    .bind((!after.is_open()).then_some(now))
    .execute(tx)
    .await?;
    exactly_one(done.rows_affected(), "disclosures.version")
}

/// Notes that what is made ready for an answer changed, if the request is as it was when it was read.
pub async fn touch(tx: &mut Tx, before: &Disclosure) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE disclosures SET version = version + 1 WHERE id = $1 AND version = $2")
        .bind(before.id.clone())
        .bind(before.version)
        .execute(tx)
        .await?;
    exactly_one(done.rows_affected(), "disclosures.version")
}

pub async fn insert_event(tx: &mut Tx, id: &Id, request: &Id, event: Event, by: &str, now: Instant) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO disclosure_events (id, disclosure_id, event, at, done_by) VALUES ($1, $2, $3, $4, $5)")
        .bind(id.clone())
        .bind(request.clone())
        .bind(event.code())
        .bind(now)
        .bind(by)
        .execute(tx)
        .await?;
    Ok(())
}

/// What happened to a request, the first first.
pub async fn events(tx: &mut Tx, request: &Id) -> Result<Vec<Happened>, StoreError> {
    let events = sqlx::query_as("SELECT event, at, done_by FROM disclosure_events WHERE disclosure_id = $1 ORDER BY at, id");
    Ok(events.bind(request.clone()).fetch_all(tx).await?)
}

/// Makes a file ready for the answer.
pub async fn insert_file(tx: &mut Tx, request: &Id, file: &NewFile, by: &Id, now: Instant) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO disclosure_files (id, disclosure_id, file_hash, name, media_type, size, added_at, added_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(file.id.clone())
    .bind(request.clone())
    .bind(file.hash.clone())
    .bind(file.name.clone())
    .bind(file.media_type.clone())
    .bind(file.size)
    .bind(now)
    .bind(by.clone())
    .execute(tx)
    .await?;
    Ok(())
}

/// Takes a file that was made ready away again.
pub async fn remove_file(tx: &mut Tx, request: &Id, file: &Id) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM disclosure_files WHERE disclosure_id = $1 AND id = $2")
        .bind(request.clone())
        .bind(file.clone())
        .execute(tx)
        .await?;
    Ok(())
}

/// Takes away all that was made ready: it was sent, or nobody wants it any more.
pub async fn clear_files(tx: &mut Tx, request: &Id) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM disclosure_files WHERE disclosure_id = $1").bind(request.clone()).execute(tx).await?;
    Ok(())
}

#[derive(FromRow)]
struct ReadyRow {
    id: Id,
    file_hash: String,
    name: String,
    media_type: String,
    size: i64,
}

/// What is made ready for the answer, in the order in which it came.
pub async fn ready(tx: &mut Tx, request: &Id) -> Result<Vec<NewFile>, StoreError> {
    let rows: Vec<ReadyRow> =
        sqlx::query_as("SELECT id, file_hash, name, media_type, size FROM disclosure_files WHERE disclosure_id = $1 ORDER BY added_at, id")
            .bind(request.clone())
            .fetch_all(tx)
            .await?;
    let file = |row: ReadyRow| NewFile { id: row.id, hash: row.file_hash, name: row.name, media_type: row.media_type, size: row.size };
    Ok(rows.into_iter().map(file).collect())
}

/// The files of all documents that a request names.
pub async fn asked_files(tx: &mut Tx, request: &Id) -> Result<Vec<StoredFile>, StoreError> {
    let files = sqlx::query_as(
        "SELECT f.id, f.document_id, f.file_hash, f.name, f.media_type, f.size
         FROM disclosure_documents d JOIN register_files f ON f.document_id = d.document_id
         WHERE d.disclosure_id = $1 ORDER BY f.document_id, f.place",
    );
    Ok(files.bind(request.clone()).fetch_all(tx).await?)
}

pub async fn insert_answer(tx: &mut Tx, request: &Id, answer: &Answer, by: &Id) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO disclosure_answers (document_id, disclosure_id, kind, message, grounds, answered_at, answered_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(answer.document_id.clone())
    .bind(request.clone())
    .bind(answer.kind.code())
    .bind(answer.message.clone())
    .bind(answer.grounds.clone())
    .bind(answer.answered_at)
    .bind(by.clone())
    .execute(tx)
    .await?;
    Ok(())
}

/// What was answered, the latest first.
pub async fn answers(tx: &mut Tx, request: &Id) -> Result<Vec<Answer>, StoreError> {
    let answers = sqlx::query_as(
        "SELECT document_id, kind, message, grounds, answered_at FROM disclosure_answers WHERE disclosure_id = $1
         ORDER BY answered_at DESC, document_id DESC",
    );
    Ok(answers.bind(request.clone()).fetch_all(tx).await?)
}

/// The files of every answer.
pub async fn answered_files(tx: &mut Tx, request: &Id) -> Result<Vec<StoredFile>, StoreError> {
    let files = sqlx::query_as(
        "SELECT f.id, f.document_id, f.file_hash, f.name, f.media_type, f.size
         FROM disclosure_answers a JOIN register_files f ON f.document_id = a.document_id
         WHERE a.disclosure_id = $1 ORDER BY f.document_id, f.place",
    );
    Ok(files.bind(request.clone()).fetch_all(tx).await?)
}

/// What the staff's list of requests is narrowed by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Narrow {
    pub state: Option<State>,
    /// Only those for which somebody waits.
    pub open: bool,
    /// Only those that have waited too long.
    pub late: bool,
    /// The days by which that is judged.
    pub limits: Limits,
    pub today: CivilDate,
    /// Part of a number, or of what was asked for.
    pub words: String,
    /// The oldest first.
    pub rising: bool,
}

/// A request that came on one of these days or before has waited too long: for somebody to look at it, and for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub unassessed: CivilDate,
    pub unanswered: CivilDate,
}

/// A row of the staff's list.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Listed {
    pub id: Id,
    pub number: CaseNumber,
    pub wish: String,
    #[sqlx(try_from = "String")]
    pub state: State,
    pub received_at: Instant,
    pub waits_since: CivilDate,
    pub closed_at: Option<Instant>,
    /// How many documents of the register it names.
    pub documents: i64,
    /// Working days that somebody has waited; the reader reckons them.
    #[sqlx(skip)]
    pub age: i64,
    /// Whether that is too long.
    #[sqlx(skip)]
    pub late: bool,
}

macro_rules! narrowed {
    ($before:expr, $after:literal) => {
        concat!(
            $before,
            " FROM disclosures r JOIN register_cases c ON c.id = r.case_id
             WHERE ($1 = '' OR r.state = $1) AND ($2 = 0 OR r.closed_at IS NULL)
               AND ($3 = 0 OR r.closed_at IS NULL AND (r.waits_since <= $5 OR r.state = 'received' AND r.waits_since <= $4))
               AND r.folded LIKE $6 ESCAPE '!'",
            $after
        )
    };
}

macro_rules! rows {
    ($after:literal) => {
        narrowed!(
            "SELECT r.id, c.number, r.wish, r.state, r.received_at, r.waits_since, r.closed_at,
                (SELECT CAST(COUNT(*) AS BIGINT) FROM disclosure_documents d WHERE d.disclosure_id = r.id) AS documents",
            $after
        )
    };
}

/// How many requests there are within `narrow`.
pub async fn count(tx: &mut Tx, narrow: &Narrow) -> Result<i64, StoreError> {
    let count = sqlx::query_scalar(narrowed!("SELECT CAST(COUNT(*) AS BIGINT)", ""));
    let count = count.bind(narrow.state.map_or("", State::code)).bind(i64::from(narrow.open)).bind(i64::from(narrow.late));
    Ok(count.bind(narrow.limits.unassessed).bind(narrow.limits.unanswered).bind(pattern(&narrow.words)).fetch_one(tx).await?)
}

/// Some of them, in order: those after `last`, without the first `offset` of these.
pub async fn list(tx: &mut Tx, narrow: &Narrow, last: Option<&Listed>, limit: i64, offset: i64) -> Result<Vec<Listed>, StoreError> {
    let (statement, beyond) = if narrow.rising {
        (rows!(" AND (r.received_at, r.id) > ($7, $8) ORDER BY r.received_at, r.id LIMIT $9 OFFSET $10"), "")
    } else {
        (rows!(" AND (r.received_at, r.id) < ($7, $8) ORDER BY r.received_at DESC, r.id DESC LIMIT $9 OFFSET $10"), "~")
    };
    let rows = sqlx::query_as(statement)
        .bind(narrow.state.map_or("", State::code))
        .bind(i64::from(narrow.open))
        .bind(i64::from(narrow.late))
        .bind(narrow.limits.unassessed)
        .bind(narrow.limits.unanswered)
        .bind(pattern(&narrow.words))
        .bind(last.map_or_else(|| beyond.to_owned(), |last| last.received_at.text()))
        .bind(last.map_or_else(|| beyond.to_owned(), |last| last.id.to_string()))
        .bind(limit)
        .bind(offset)
        .fetch_all(tx)
        .await?;
    Ok(rows)
}

/// How much waits, each counted to `most`: nobody has looked at it, it is being assessed, it has waited too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromRow)]
pub struct Work {
    pub received: i64,
    pub assessing: i64,
    pub late: i64,
}

pub async fn work(tx: &mut Tx, limits: Limits, most: i64) -> Result<Work, StoreError> {
    let work = sqlx::query_as(
        "SELECT
           (SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT 1 AS one FROM disclosures WHERE closed_at IS NULL AND state = 'received' LIMIT $3) a)
             AS received,
           (SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT 1 AS one FROM disclosures WHERE closed_at IS NULL AND state <> 'received' LIMIT $3) b)
             AS assessing,
           (SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT 1 AS one FROM disclosures WHERE closed_at IS NULL
              AND (waits_since <= $2 OR state = 'received' AND waits_since <= $1) LIMIT $3) c) AS late",
    );
    Ok(work.bind(limits.unassessed).bind(limits.unanswered).bind(most).fetch_one(tx).await?)
}
