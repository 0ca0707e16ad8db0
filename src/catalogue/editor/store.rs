//! The SQL of drafts, versions and the staff's list of publications.
//!
//! The list has a statement for each set of filters and each order, made when it is first asked for; each order has an index,
//! and states that few are in have one too. Words are looked for in one narrow column, which a hundred thousand rows of take
//! some hundredths of a second.

use std::sync::OnceLock;

use serde_json::{Map, Value};
use sqlx::FromRow;

use super::attached::{self, NamedCover};
use super::record::{self, Record};
use crate::catalogue::lifecycle::{self, Headline, Public, State, takes_two};
use crate::catalogue::model::{Availability, Cover, EditionForm, FileInfo, Kind};
use crate::catalogue::store::files;
use crate::kit::{Id, Instant, Isbn, Lang, Ore, Rate, swedish};
use crate::platform::db::{StoreError, Tx, exactly_one, pattern};

/// Rows of a page.
pub const PAGE: i64 = 50;

/// How many publications a list is paged through.
pub const MOST_FOUND: i64 = 10_000;

/// How many words of a search count.
pub const MOST_WORDS: usize = 4;

/// What the list is put in order by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum By {
    /// When it last changed.
    #[default]
    Changed,
    Title,
    Year,
}

/// What the list is narrowed by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Narrow {
    pub words: Vec<String>,
    pub state: Option<Headline>,
    pub kind: Option<Kind>,
    pub series: String,
    pub by: By,
    pub rising: bool,
}

/// A publication in the list.
#[derive(Debug, Clone, FromRow)]
pub struct Listed {
    pub work_id: Id,
    pub title: String,
    /// What it is put in order by.
    pub title_key: String,
    pub year: i64,
    pub kind: String,
    pub series: String,
    pub number: String,
    pub state: String,
    pub changed_at: Instant,
}

/// Where a page of the list begins.
#[derive(Debug, Clone, Copy)]
pub enum From<'a> {
    /// After so many others.
    Row(i64),
    /// After this one, or with the first.
    After(Option<&'a Listed>),
}

/// Both counts, and six orders from a number on or from a row on.
const READINGS: usize = 2 + 6 * 2;

/// Words, states and none, kind or not, series or not.
const STATEMENTS: usize = (MOST_WORDS + 1) * 8 * 4 * READINGS;

static MADE: [OnceLock<String>; STATEMENTS] = [const { OnceLock::new() }; STATEMENTS];

impl Narrow {
    fn statement(&self, order: usize, text: impl FnOnce(String, usize) -> String) -> &'static str {
        let words = self.words.len().min(MOST_WORDS);
        let state = self.state.map_or(0, |state| 1 + state as usize);
        let (kind, series) = (self.kind.is_some(), !self.series.is_empty());
        let place = (((words * 8 + state) * 2 + usize::from(kind)) * 2 + usize::from(series)) * READINGS + order;
        // The place is always within; were it not, the statement of the first place is as good an answer as any.
        let slot = MADE.get(place).unwrap_or(&MADE[0]);
        slot.get_or_init(|| {
            let mut conditions = String::from("1 = 1");
            let mut next = 0;
            let mut value = || {
                next += 1;
                next
            };
            for _ in 0..words {
                conditions.push_str(&format!(" AND e.words LIKE ${} ESCAPE '!'", value()));
            }
            if kind {
                conditions.push_str(&format!(" AND e.kind = ${}", value()));
            }
            if series {
                conditions.push_str(&format!(" AND e.series = ${}", value()));
            }
            if let Some(state) = self.state {
                conditions.push_str(&format!(" AND e.state = '{}'", state.code()));
                // SQLite takes the index of the rare states only where the index's own condition is said too.
                if state != Headline::Published {
                    conditions.push_str(" AND e.state <> 'published'");
                }
            }
            text(conditions, next)
        })
    }

    fn values(&self) -> Vec<String> {
        let words = self.words.iter().take(MOST_WORDS).map(|word| pattern(word));
        words.chain(self.kind.map(|kind| kind.code().to_owned())).chain((!self.series.is_empty()).then(|| self.series.clone())).collect()
    }
}

/// How many publications there are within `narrow`, at most one more than [`MOST_FOUND`].
pub async fn count_entries(tx: &mut Tx, narrow: &Narrow) -> Result<i64, StoreError> {
    let statement = narrow.statement(0, |conditions, _| {
        let most = MOST_FOUND + 1;
        format!("SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT 1 AS one FROM catalogue_entries e WHERE {conditions} LIMIT {most}) found")
    });
    let query = narrow.values().into_iter().fold(sqlx::query_scalar(statement), |query, value| query.bind(value));
    Ok(query.fetch_one(tx).await?)
}

/// How many publications there are within `narrow`, all of them.
pub async fn total_entries(tx: &mut Tx, narrow: &Narrow) -> Result<i64, StoreError> {
    let statement =
        narrow.statement(1, |conditions, _| format!("SELECT CAST(COUNT(*) AS BIGINT) FROM catalogue_entries e WHERE {conditions}"));
    let query = narrow.values().into_iter().fold(sqlx::query_scalar(statement), |query, value| query.bind(value));
    Ok(query.fetch_one(tx).await?)
}

/// How many drafts wait for another editor to read them, counted to `most` and no further.
pub async fn count_in_review(tx: &mut Tx, most: i64) -> Result<i64, StoreError> {
    let count = sqlx::query_scalar(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT 1 AS one FROM catalogue_entries
         WHERE state = 'in_review' AND state <> 'published' LIMIT $1) waiting",
    );
    Ok(count.bind(most).fetch_one(tx).await?)
}

/// Some of them, in order.
pub async fn list_entries(tx: &mut Tx, narrow: &Narrow, limit: i64, from: From<'_>) -> Result<Vec<Listed>, StoreError> {
    let (offset, last) = match from {
        From::Row(offset) => (offset, None),
        From::After(last) => (0, last),
    };
    let order = 2 + 2 * (2 * narrow.by as usize + usize::from(narrow.rising)) + usize::from(last.is_some());
    let column = match narrow.by {
        By::Changed => "changed_at",
        By::Title => "title_key",
        By::Year => "year",
    };
    let direction = if narrow.rising { "ASC" } else { "DESC" };
    let statement = narrow.statement(order, |conditions, taken| {
        let (one, two, three) = (taken + 1, taken + 2, taken + 3);
        let (after, limited) = if last.is_some() {
            let sign = if narrow.rising { '>' } else { '<' };
            (format!(" AND (e.{column}, e.work_id) {sign} (${one}, ${two})"), format!("LIMIT ${three}"))
        } else {
            (String::new(), format!("LIMIT ${one} OFFSET ${two}"))
        };
        format!(
            "SELECT e.work_id, e.title, e.title_key, e.year, e.kind, e.series, e.number, e.state, e.changed_at FROM catalogue_entries e
             WHERE {conditions}{after} ORDER BY e.{column} {direction}, e.work_id {direction} {limited}"
        )
    });
    let query = narrow.values().into_iter().fold(sqlx::query_as(statement), |query, value| query.bind(value));
    let query = match last {
        None => return Ok(query.bind(limit).bind(offset).fetch_all(tx).await?),
        Some(last) => match narrow.by {
            By::Changed => query.bind(last.changed_at).bind(&last.work_id),
            By::Title => query.bind(last.title_key.clone()).bind(&last.work_id),
            By::Year => query.bind(last.year).bind(&last.work_id),
        },
    };
    Ok(query.bind(limit).fetch_all(tx).await?)
}

/// The words of a search: an ISBN as one word however it is hyphenated.
pub fn words_of(typed: &str) -> Vec<String> {
    let mut words: Vec<String> = match Isbn::parse(typed) {
        Ok(isbn) => vec![isbn.compact()],
        Err(_) => typed.split_whitespace().map(swedish::fold).collect(),
    };
    words.truncate(MOST_WORDS);
    words
}

/// The names of all series.
pub async fn series_names(tx: &mut Tx) -> Result<Vec<String>, StoreError> {
    let mut names: Vec<String> = sqlx::query_scalar("SELECT name FROM series").fetch_all(tx).await?;
    names.sort_by_cached_key(|name| swedish::sort_key(name));
    Ok(names)
}

/// The names of all subjects.
pub async fn subject_names(tx: &mut Tx) -> Result<Vec<String>, StoreError> {
    let mut names: Vec<String> = sqlx::query_scalar("SELECT name_sv FROM subjects").fetch_all(tx).await?;
    names.sort_by_cached_key(|name| swedish::sort_key(name));
    Ok(names)
}

/// Puts something that is not published yet into the list, as its draft says.
pub async fn put_entry(tx: &mut Tx, work: &Id, record: &Record, state: Headline, now: Instant) -> Result<(), StoreError> {
    let line = |field| record::text(record, field);
    let isbns = record::objects(record, record::EDITIONS).into_iter().filter_map(|edition| Isbn::parse(record::text(edition, "isbn")).ok());
    let mut words: Vec<String> = ["title", "subtitle", "number", "urn_nbn"].map(|field| line(field).to_owned()).into();
    words.extend(isbns.map(|isbn| isbn.compact()));
    let date = line("date_published");
    let year = line("year").parse::<i64>().ok().or_else(|| date.get(..4)?.parse().ok());
    sqlx::query(
        "INSERT INTO catalogue_entries (work_id, title, title_key, words, year, kind, series, number, state, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT (work_id) DO UPDATE SET title = excluded.title, title_key = excluded.title_key, words = excluded.words,
             year = excluded.year, kind = excluded.kind, series = excluded.series, number = excluded.number, state = excluded.state,
             changed_at = excluded.changed_at",
    )
    .bind(work)
    .bind(line("title"))
    .bind(swedish::sort_key(line("title")))
    .bind(swedish::fold(&words.join(" ")))
    .bind(year.filter(|year| (1900..=2100).contains(year)).unwrap_or(0))
    .bind(line("publication_type"))
    .bind(line("series"))
    .bind(line("number"))
    .bind(state.code())
    .bind(now)
    .execute(tx)
    .await?;
    Ok(())
}

/// Says in the list what state a publication is in.
pub async fn set_entry_state(tx: &mut Tx, work: &Id, state: Headline, now: Instant) -> Result<(), StoreError> {
    sqlx::query("UPDATE catalogue_entries SET state = $2, changed_at = $3 WHERE work_id = $1")
        .bind(work)
        .bind(state.code())
        .bind(now)
        .execute(tx)
        .await?;
    Ok(())
}

pub async fn delete_entry(tx: &mut Tx, work: &Id) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM catalogue_entries WHERE work_id = $1").bind(work).execute(tx).await?;
    Ok(())
}

/// What readers see of a publication, in few words.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Standing {
    pub path: String,
    pub title: String,
    status: String,
    pub withdrawn_reason: Option<String>,
    pub revision: i64,
    pub updated_at: Instant,
    kind: String,
    funded_evaluation: i64,
}

impl Standing {
    /// Whether its changes take two people.
    pub fn takes_two(&self) -> bool {
        takes_two(Kind::of_code(&self.kind), self.funded_evaluation != 0)
    }

    pub fn public(&self) -> Public {
        if self.status == "published" { Public::Published } else { Public::Withdrawn }
    }
}

pub async fn standing(tx: &mut Tx, work: &Id) -> Result<Option<Standing>, StoreError> {
    let row = sqlx::query_as(
        "SELECT path, title, status, withdrawn_reason, revision, updated_at, kind, funded_evaluation FROM works WHERE id = $1",
    );
    Ok(row.bind(work).fetch_optional(tx).await?)
}

/// Withdraws a publication with its reason, or publishes it again.
pub async fn set_public(
    tx: &mut Tx,
    work: &Id,
    public: Public,
    reason: Option<&str>,
    revision: i64,
    now: Instant,
) -> Result<(), StoreError> {
    let status = if public == Public::Published { "published" } else { "withdrawn" };
    let done = sqlx::query("UPDATE works SET status = $2, withdrawn_reason = $3, revision = $4, updated_at = $5 WHERE id = $1")
        .bind(work)
        .bind(status)
        .bind(reason.map(str::to_owned))
        .bind(revision)
        .bind(now)
        .execute(tx)
        .await?;
    exactly_one(done.rows_affected(), "works")
}

#[derive(FromRow)]
struct WorkRow {
    import_key: String,
    year: Option<i64>,
    kind: String,
    title: String,
    subtitle: Option<String>,
    languages: String,
    series: Option<String>,
    number: Option<String>,
    received: Option<String>,
    decided: Option<String>,
    published: Option<String>,
    revised: Option<String>,
    authors: String,
    organisation: Option<String>,
    ingress_sv: Option<String>,
    ingress_en: Option<String>,
    body_sv: Option<String>,
    body_en: Option<String>,
    interviewee: Option<String>,
    funded_evaluation: i64,
    urn: Option<String>,
    issn: Option<String>,
    source_url: Option<String>,
    cover_id: Option<Id>,
    cover_hash: Option<String>,
    cover_width: Option<i64>,
    cover_height: Option<i64>,
    cover_alt_sv: Option<String>,
    cover_alt_en: Option<String>,
}

#[derive(FromRow)]
struct EditionRow {
    id: String,
    form: String,
    isbn: Option<Isbn>,
    isbn_is_example: i64,
    pages: Option<i64>,
    price: Option<Ore>,
    price_is_example: i64,
    vat_rate: Option<Rate>,
    availability: String,
    backorder_allowed: i64,
    file_hash: Option<String>,
    file_name: Option<String>,
    file_size: Option<i64>,
    media_type: Option<String>,
}

/// A row of a list that belongs to a work: which list, its place, and what stands there.
#[derive(FromRow)]
struct DetailRow {
    part: String,
    one: String,
    other: Option<String>,
    amount: Option<Ore>,
    year: Option<i64>,
}

/// A work that readers see, as a row of an import. Three statements.
pub async fn published_record(tx: &mut Tx, work: &Id) -> Result<Option<Record>, StoreError> {
    let row: Option<WorkRow> = sqlx::query_as(
        "SELECT w.import_key, w.year, w.kind, w.title, w.subtitle, w.languages, s.name AS series, w.number, w.received, w.decided, w.published,
                w.revised, w.authors, w.organisation, w.ingress_sv, w.ingress_en, w.body_sv, w.body_en, w.interviewee, w.funded_evaluation,
                w.urn, w.issn, w.source_url, c.id AS cover_id, c.file_hash AS cover_hash, c.width AS cover_width, c.height AS cover_height,
                c.alt_sv AS cover_alt_sv, c.alt_en AS cover_alt_en
         FROM works w LEFT JOIN series s ON s.id = w.series_id LEFT JOIN covers c ON c.work_id = w.id AND c.until IS NULL WHERE w.id = $1",
    )
    .bind(work)
    .fetch_optional(&mut *tx)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let editions: Vec<EditionRow> = sqlx::query_as(
        "SELECT id, form, isbn, isbn_is_example, pages, price, price_is_example, vat_rate, availability, backorder_allowed,
                file_hash, file_name, file_size, media_type
         FROM editions WHERE work_id = $1 AND removed = 0 ORDER BY position",
    )
    .bind(work)
    .fetch_all(&mut *tx)
    .await?;
    let details: Vec<DetailRow> = sqlx::query_as(
        "SELECT 'subjects' AS part, ws.position AS place, s.name_sv AS one, NULL AS other, CAST(NULL AS BIGINT) AS amount, CAST(NULL AS BIGINT) AS year
             FROM work_subjects ws JOIN subjects s ON s.id = ws.subject_id WHERE ws.work_id = $1
         UNION ALL SELECT CASE WHEN q.lang = 'en' THEN 'interview_en' ELSE 'interview' END, q.position, q.question, q.answer, NULL, NULL
             FROM work_questions q WHERE q.work_id = $1
         UNION ALL SELECT 'related', r.position, r.related_key, NULL, NULL, NULL FROM work_relations r WHERE r.work_id = $1
         UNION ALL SELECT 'grants', g.position, g.text_sv, g.text_en, g.amount, g.year FROM work_grants g WHERE g.work_id = $1
         ORDER BY part, place",
    )
    .bind(work)
    .fetch_all(&mut *tx)
    .await?;
    let mut record = Record::new();
    let mut put = |field: &str, text: Option<String>| record.extend(text.map(|text| (field.to_owned(), Value::String(text))));
    put("id", Some(row.import_key));
    put("year", row.year.map(|year| year.to_string()));
    put("publication_type", Some(row.kind));
    put("title", Some(row.title));
    put("subtitle", row.subtitle);
    put("series", row.series);
    put("number", row.number);
    put("received", row.received);
    put("decided", row.decided);
    put("date_published", row.published);
    put("revised", row.revised);
    put("organisation", row.organisation);
    put("summary", row.ingress_sv);
    put("summary_en", row.ingress_en);
    put("body", row.body_sv);
    put("body_en", row.body_en);
    put("interviewee", row.interviewee);
    put("urn_nbn", row.urn);
    put("issn", row.issn);
    put("source_url", row.source_url);
    if let (Some(id), Some(hash), Some(width), Some(height)) = (row.cover_id, row.cover_hash, row.cover_width, row.cover_height) {
        let cover = Cover { id, width, height, alt_sv: row.cover_alt_sv, alt_en: row.cover_alt_en };
        record.insert(attached::COVER.to_owned(), attached::cover_value(&NamedCover { hash, cover }));
    }
    if row.funded_evaluation != 0 {
        record.insert("is_funded_evaluation".to_owned(), Value::Bool(true));
    }
    for (field, json) in [("language", row.languages), ("authors", row.authors)] {
        let list: Value = serde_json::from_str(&json).map_err(|_| StoreError::Corrupt(format!("a list {json:?}")))?;
        if list.as_array().is_some_and(|list| !list.is_empty()) {
            record.insert(field.to_owned(), list);
        }
    }
    for row in details {
        let item = match row.part.as_str() {
            "subjects" | "related" => Value::String(row.one),
            "grants" => {
                let texts = [
                    ("year", row.year.map(|year| year.to_string())),
                    ("amount_sek", row.amount.map(|amount| amount.input(Lang::Sv))),
                    ("text", Some(row.one)),
                    ("text_en", row.other),
                ];
                object(texts)
            }
            _ => object([("question", Some(row.one)), ("answer", row.other)]),
        };
        if let Value::Array(list) = record.entry(row.part).or_insert_with(|| Value::Array(Vec::new())) {
            list.push(item);
        }
    }
    let editions: Vec<Value> = editions.into_iter().map(edition_value).collect();
    if !editions.is_empty() {
        record.insert(record::EDITIONS.to_owned(), Value::Array(editions));
    }
    Ok(Some(record))
}

fn object<const N: usize>(texts: [(&str, Option<String>); N]) -> Value {
    let texts = texts.into_iter().filter_map(|(name, text)| Some((name.to_owned(), Value::String(text?))));
    Value::Object(texts.collect())
}

fn edition_value(row: EditionRow) -> Value {
    let printed = row.form == EditionForm::Print.code();
    let mut edition: Map<String, Value> = Map::new();
    edition.insert("id".to_owned(), Value::String(row.id));
    edition.insert("form".to_owned(), Value::String(row.form));
    let mut text = |name: &str, text: Option<String>| edition.extend(text.map(|text| (name.to_owned(), Value::String(text))));
    text("isbn", row.isbn.map(|isbn| isbn.hyphenated()));
    text("pages", row.pages.map(|pages| pages.to_string()));
    if printed {
        text("price_sek_incl_vat", row.price.map(|price| price.input(Lang::Sv)));
        text("vat_rate", row.vat_rate.map(|rate| rate.percent()));
        edition.insert("orderable_in_print".to_owned(), Value::Bool(row.availability == Availability::InPrint.code()));
    }
    let flags = [
        ("isbn_is_example", row.isbn_is_example != 0),
        ("price_is_example", printed && row.price_is_example != 0),
        ("backorder", printed && row.backorder_allowed != 0),
    ];
    if let (Some(hash), Some(name), Some(size), Some(media_type)) = (row.file_hash, row.file_name, row.file_size, row.media_type) {
        edition.insert(attached::FILE.to_owned(), attached::file_value(&FileInfo { hash, name, size, media_type }));
    }
    edition.extend(flags.into_iter().filter(|(_, on)| *on).map(|(name, on)| (name.to_owned(), Value::Bool(on))));
    Value::Object(edition)
}

/// A draft as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Draft {
    pub work_id: Id,
    state: String,
    record: String,
    /// The version that readers saw when it was begun; 0 when they saw nothing.
    pub base_version: i64,
    /// The catalogue's revision of what they saw.
    pub base_revision: i64,
    /// The number of the last thing that happened to it.
    pub version: i64,
    pub publish_at: Option<Instant>,
    /// What whoever sent it back wrote, or why it could not be published at its time.
    pub comment: String,
    pub created_at: Instant,
    pub updated_at: Instant,
}

impl Draft {
    /// A draft that is begun now.
    pub fn begin(work: &Id, record: &Record, base_version: i64, base_revision: i64, now: Instant) -> Self {
        Self {
            work_id: work.clone(),
            state: lifecycle::Draft::Writing.code().to_owned(),
            record: record::stored(record),
            base_version,
            base_revision,
            version: 0,
            publish_at: None,
            comment: String::new(),
            created_at: now,
            updated_at: now,
        }
    }

    pub fn state(&self) -> Result<lifecycle::Draft, StoreError> {
        lifecycle::Draft::parse(&self.state).ok_or_else(|| StoreError::Corrupt(format!("a draft {:?}", self.state)))
    }

    pub fn set_state(&mut self, state: lifecycle::Draft) {
        state.code().clone_into(&mut self.state);
    }

    pub fn record(&self) -> Record {
        record::read(&self.record)
    }

    pub fn set_record(&mut self, record: &Record) {
        self.record = record::stored(record);
    }
}

/// The state of a publication as a whole.
pub fn state_of(standing: Option<&Standing>, draft: Option<&Draft>) -> Result<State, StoreError> {
    Ok(State {
        public: standing.map_or(Public::Never, Standing::public),
        draft: draft.map(Draft::state).transpose()?.unwrap_or(lifecycle::Draft::None),
    })
}

pub async fn draft(tx: &mut Tx, work: &Id) -> Result<Option<Draft>, StoreError> {
    let row = sqlx::query_as(
        "SELECT work_id, state, record, base_version, base_revision, version, publish_at, comment, created_at, updated_at
         FROM work_drafts WHERE work_id = $1",
    );
    Ok(row.bind(work).fetch_optional(tx).await?)
}

/// A publication's text as it is now: the draft's, or what readers see. One statement or four.
pub async fn current(tx: &mut Tx, work: &Id) -> Result<Option<Record>, StoreError> {
    match draft(tx, work).await? {
        Some(draft) => Ok(Some(draft.record())),
        None => published_record(tx, work).await,
    }
}

/// Writes a draft, new or changed. Whoever writes waits in line and has compared the version.
pub async fn put_draft(tx: &mut Tx, draft: &Draft) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO work_drafts (work_id, state, record, base_version, base_revision, version, publish_at, comment, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT (work_id) DO UPDATE SET state = excluded.state, record = excluded.record, base_version = excluded.base_version,
             base_revision = excluded.base_revision, version = excluded.version, publish_at = excluded.publish_at,
             comment = excluded.comment, updated_at = excluded.updated_at",
    )
    .bind(&draft.work_id)
    .bind(draft.state.clone())
    .bind(draft.record.clone())
    .bind(draft.base_version)
    .bind(draft.base_revision)
    .bind(draft.version)
    .bind(draft.publish_at)
    .bind(draft.comment.clone())
    .bind(draft.created_at)
    .bind(draft.updated_at)
    .execute(tx)
    .await?;
    Ok(())
}

pub async fn delete_draft(tx: &mut Tx, work: &Id) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM work_draft_editors WHERE work_id = $1").bind(work).execute(&mut *tx).await?;
    sqlx::query("DELETE FROM work_drafts WHERE work_id = $1").bind(work).execute(tx).await?;
    Ok(())
}

/// Notes that someone wrote in a draft.
pub async fn add_editor(tx: &mut Tx, work: &Id, account: &Id) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO work_draft_editors (work_id, account_id) VALUES ($1, $2) ON CONFLICT (work_id, account_id) DO NOTHING")
        .bind(work)
        .bind(account)
        .execute(tx)
        .await?;
    Ok(())
}

/// Everybody who wrote in a draft.
pub async fn editors(tx: &mut Tx, work: &Id) -> Result<Vec<Id>, StoreError> {
    Ok(sqlx::query_scalar("SELECT account_id FROM work_draft_editors WHERE work_id = $1 ORDER BY account_id")
        .bind(work)
        .fetch_all(tx)
        .await?)
}

/// One thing that happened to a publication.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Version {
    pub number: i64,
    /// A code of `lifecycle::Event`, or `imported` for what was there before anybody wrote.
    pub event: String,
    /// 1 when the text changed with it.
    pub has_record: i64,
    pub made_by: String,
    pub comment: String,
    pub at: Instant,
}

/// The latest things that happened, the newest first.
pub async fn versions(tx: &mut Tx, work: &Id, limit: i64) -> Result<Vec<Version>, StoreError> {
    let rows = sqlx::query_as(
        "SELECT number, event, CAST(CASE WHEN record IS NULL THEN 0 ELSE 1 END AS BIGINT) AS has_record, made_by, comment, at
         FROM work_versions WHERE work_id = $1 ORDER BY number DESC LIMIT $2",
    );
    Ok(rows.bind(work).bind(limit).fetch_all(tx).await?)
}

/// Who gave the draft its time last.
pub async fn planned_by(tx: &mut Tx, work: &Id) -> Result<Option<String>, StoreError> {
    let row =
        sqlx::query_scalar("SELECT made_by FROM work_versions WHERE work_id = $1 AND event = 'scheduled' ORDER BY number DESC LIMIT 1");
    Ok(row.bind(work).fetch_optional(tx).await?)
}

/// The number of the last thing that happened; 0 when nothing has.
pub async fn last_number(tx: &mut Tx, work: &Id) -> Result<i64, StoreError> {
    let number = sqlx::query_scalar("SELECT CAST(COALESCE(MAX(number), 0) AS BIGINT) FROM work_versions WHERE work_id = $1");
    Ok(number.bind(work).fetch_one(tx).await?)
}

/// What the publication was at a number: the record, and the number that it was written under.
pub async fn record_at(tx: &mut Tx, work: &Id, number: i64) -> Result<Option<(i64, Record)>, StoreError> {
    let row: Option<(i64, String)> = sqlx::query_as(
        "SELECT number, record FROM work_versions WHERE work_id = $1 AND number <= $2 AND record IS NOT NULL ORDER BY number DESC LIMIT 1",
    )
    .bind(work)
    .bind(number)
    .fetch_optional(tx)
    .await?;
    Ok(row.map(|(number, json)| (number, record::read(&json))))
}

/// The last text that readers saw, as far as the versions know.
pub async fn last_seen_by_readers(tx: &mut Tx, work: &Id) -> Result<Option<(i64, Record)>, StoreError> {
    let row: Option<(i64, String)> = sqlx::query_as(
        "SELECT number, record FROM work_versions WHERE work_id = $1 AND event IN ('imported', 'published') AND record IS NOT NULL
         ORDER BY number DESC LIMIT 1",
    )
    .bind(work)
    .fetch_optional(tx)
    .await?;
    Ok(row.map(|(number, json)| (number, record::read(&json))))
}

/// Something that happened, and the text as it was afterwards, where that changed.
pub struct NewVersion<'a> {
    pub number: i64,
    pub event: &'a str,
    pub record: Option<&'a Record>,
    pub made_by: &'a str,
    pub comment: &'a str,
    pub at: Instant,
}

/// Writes down what happened, and names the files of the text, so that they are kept with it.
pub async fn insert_version(tx: &mut Tx, work: &Id, version: NewVersion<'_>) -> Result<(), StoreError> {
    for (_, file) in version.record.map(attached::files).unwrap_or_default() {
        files::name(&mut *tx, work, &file, version.at).await?;
    }
    sqlx::query("INSERT INTO work_versions (work_id, number, event, record, made_by, comment, at) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(work)
        .bind(version.number)
        .bind(version.event)
        .bind(version.record.map(record::stored))
        .bind(version.made_by)
        .bind(version.comment)
        .bind(version.at)
        .execute(tx)
        .await?;
    Ok(())
}
