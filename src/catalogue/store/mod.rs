//! The catalogue's SQL. Each function runs inside a transaction that the caller opened with `Db::read` or `Db::write`.
//!
//! What pages read is here; [`changes`] holds what the search index reads, [`stock`] what changes the stock, [`prices`] what things cost from which day, [`write`] what an import writes. To add a column: the row struct in `rows`, the statement here, and `write`.

use sqlx::FromRow;

use self::rows::{EditionRow, GrantRow, ListedRow, RelatedRow, SeriesRow, SubjectRow, WorkRow};
use super::model::{Edition, FileInfo, Grant, Listed, Orderable, Publication, Question, Related, Series, Subject, Work};
use crate::kit::{CivilDate, Id, Instant, Lang, PublishedText, Slug};
use crate::platform::db::{StoreError, Tx};

/// How many ids the padded lists of the statements below take.
pub const MOST_IDS: usize = 50;

/// `$1` to `$50`, for `IN (…)`: one text for every number of ids, so that the statement is prepared once.
macro_rules! fifty {
    ($before:expr, $after:literal) => {
        concat!(
            $before,
            "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, \
              $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50)",
            $after
        )
    };
}

/// The fifty values of such a list: `keys`, then nothing.
fn padded<K: AsRef<str>>(keys: &[K]) -> impl Iterator<Item = &str> {
    keys.iter().map(K::as_ref).chain(std::iter::repeat("")).take(MOST_IDS)
}

/// Fills `IN (…)` of a query that [`fifty`] wrote.
macro_rules! bind_fifty {
    ($query:expr, $keys:expr) => {
        padded($keys).fold($query, |query, key| query.bind(key))
    };
}

/// The columns of an edition, for [`EditionRow`], with the price of a day: the last dated one that has come by then, or
/// else the row's own. The condition's list of ids comes after it; the day is `$51`.
macro_rules! editions_where {
    ($condition:literal) => {
        concat!(
            "SELECT e.work_id, e.id, e.form, e.isbn, e.isbn_is_example, e.pages, COALESCE(p.price, e.price) AS price,
                    COALESCE(p.is_example, e.price_is_example) AS price_is_example, e.vat_rate, e.availability, e.on_hand, e.held,
                    e.backorder_allowed, e.file_hash, e.file_name, e.file_size, e.media_type
             FROM editions e LEFT JOIN edition_prices p ON p.edition_id = e.id
                  AND p.valid_from = (SELECT MAX(d.valid_from) FROM edition_prices d WHERE d.edition_id = e.id AND d.valid_from <= $51)
             WHERE ",
            $condition
        )
    };
}

pub mod changes;
pub mod covers;
pub mod files;
pub mod imports;
pub mod prices;
mod rows;
pub mod stock;
// After the macros, which it uses.
pub mod write;

/// The columns of a work and its series, for [`WorkRow`].
macro_rules! work_by {
    ($condition:literal) => {
        concat!(
            "SELECT w.id, w.import_key, w.path, w.year, w.kind, w.title, w.subtitle, w.languages, w.number, w.received, w.decided, w.published,
                    w.revised, w.authors, w.organisation, w.ingress_sv, w.ingress_en, w.body_sv, w.body_en, w.interviewee, w.funded_evaluation,
                    w.urn, w.issn, w.source_url, w.status, w.withdrawn_reason, w.created_at, w.updated_at,
                    w.series_id, s.slug AS series_slug, s.name AS series_name, s.issn AS series_issn,
                    c.id AS cover_id, c.width AS cover_width, c.height AS cover_height, c.alt_sv AS cover_alt_sv, c.alt_en AS cover_alt_en
             FROM works w LEFT JOIN series s ON s.id = w.series_id LEFT JOIN covers c ON c.work_id = w.id AND c.until IS NULL
             WHERE ",
            $condition
        )
    };
}

/// The work at this path (`2021/umea-vaxer-tryggt-och-sakert`) with all that its page shows on a day; withdrawn ones too. Six
/// statements.
pub async fn publication(tx: &mut Tx, path: &str, day: CivilDate) -> Result<Option<Publication>, StoreError> {
    let row: Option<WorkRow> = sqlx::query_as(work_by!("w.path = $1")).bind(path).fetch_optional(&mut *tx).await?;
    match row {
        Some(row) => Ok(Some(complete(tx, row.into_work()?, day).await?)),
        None => Ok(None),
    }
}

/// As [`publication`], by id.
pub async fn publication_by_id(tx: &mut Tx, id: &Id, day: CivilDate) -> Result<Option<Publication>, StoreError> {
    let row: Option<WorkRow> = sqlx::query_as(work_by!("w.id = $1")).bind(id).fetch_optional(&mut *tx).await?;
    match row {
        Some(row) => Ok(Some(complete(tx, row.into_work()?, day).await?)),
        None => Ok(None),
    }
}

async fn complete(tx: &mut Tx, work: Work, day: CivilDate) -> Result<Publication, StoreError> {
    let editions = editions_of(tx, std::slice::from_ref(&work.id), day).await?.into_iter().map(|(_, edition)| edition).collect();
    let subjects: Vec<SubjectRow> = sqlx::query_as(
        "SELECT s.id, s.slug, s.name_sv, s.name_en FROM work_subjects ws JOIN subjects s ON s.id = ws.subject_id
         WHERE ws.work_id = $1 ORDER BY ws.position",
    )
    .bind(&work.id)
    .fetch_all(&mut *tx)
    .await?;
    let questions: Vec<(Lang, PublishedText, PublishedText)> =
        sqlx::query_as("SELECT lang, question, answer FROM work_questions WHERE work_id = $1 ORDER BY lang, position")
            .bind(&work.id)
            .fetch_all(&mut *tx)
            .await?;
    let related: Vec<RelatedRow> = sqlx::query_as(
        "SELECT w.id, w.path, w.year, w.kind, w.title, w.subtitle, w.number, s.name AS series
         FROM work_relations r JOIN works w ON w.import_key = r.related_key LEFT JOIN series s ON s.id = w.series_id
         WHERE r.work_id = $1 AND w.status = 'published' ORDER BY r.position",
    )
    .bind(&work.id)
    .fetch_all(&mut *tx)
    .await?;
    let grants: Vec<GrantRow> =
        sqlx::query_as("SELECT year, text_sv, text_en, amount FROM work_grants WHERE work_id = $1 ORDER BY position")
            .bind(&work.id)
            .fetch_all(&mut *tx)
            .await?;
    Ok(Publication {
        work,
        editions,
        subjects: subjects.into_iter().map(Subject::from).collect(),
        questions: questions.into_iter().map(|(lang, question, answer)| Question { lang, question, answer }).collect(),
        related: related.into_iter().map(RelatedRow::into_related).collect::<Result<Vec<Related>, _>>()?,
        grants: grants.into_iter().map(GrantRow::into_grant).collect::<Result<Vec<Grant>, _>>()?,
    })
}

/// The editions of up to [`MOST_IDS`] works, each with its work's id, in the order of the page.
async fn editions_of(tx: &mut Tx, works: &[Id], day: CivilDate) -> Result<Vec<(Id, Edition)>, StoreError> {
    let statement = fifty!(editions_where!("e.work_id IN "), " AND e.removed = 0 ORDER BY e.work_id, e.position");
    let rows: Vec<EditionRow> = bind_fifty!(sqlx::query_as(statement), works).bind(day).fetch_all(&mut *tx).await?;
    rows.into_iter().map(|row| Ok((row.work_id.clone(), row.into_edition()?))).collect()
}

/// Up to [`MOST_IDS`] works in the order of their ids; ids that are not there, or withdrawn, are left out. Two statements.
pub async fn listed(tx: &mut Tx, ids: &[Id], day: CivilDate) -> Result<Vec<Listed>, StoreError> {
    let ids = &ids[..ids.len().min(MOST_IDS)];
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let statement = fifty!(
        "SELECT w.id, w.path, w.year, w.kind, w.title, w.subtitle, w.languages, w.number, w.received, w.published, w.revised, w.authors,
                w.organisation, w.ingress_sv, w.ingress_en, w.urn, w.created_at, w.updated_at, s.name AS series,
                c.id AS cover_id, c.width AS cover_width, c.height AS cover_height, c.alt_sv AS cover_alt_sv, c.alt_en AS cover_alt_en
         FROM works w LEFT JOIN series s ON s.id = w.series_id LEFT JOIN covers c ON c.work_id = w.id AND c.until IS NULL
         WHERE w.status = 'published' AND w.id IN ",
        ""
    );
    let rows: Vec<ListedRow> = bind_fifty!(sqlx::query_as(statement), ids).fetch_all(&mut *tx).await?;
    let mut editions = editions_of(tx, ids, day).await?;
    let mut works = rows.into_iter().map(|row| row.into_listed(&mut editions)).collect::<Result<Vec<_>, StoreError>>()?;
    works.sort_by_cached_key(|work| ids.iter().position(|id| *id == work.id));
    Ok(works)
}

/// Works by their import keys or paths: key, path and title, for editors who name related ones. Two statements.
pub async fn named(tx: &mut Tx, keys_or_paths: &[String]) -> Result<Vec<(String, String, String)>, StoreError> {
    let names = &keys_or_paths[..keys_or_paths.len().min(MOST_IDS)];
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for statement in [
        fifty!("SELECT import_key, path, title FROM works WHERE import_key IN ", ""),
        fifty!("SELECT import_key, path, title FROM works WHERE path IN ", ""),
    ] {
        found.extend(bind_fifty!(sqlx::query_as(statement), names).fetch_all(&mut *tx).await?);
    }
    Ok(found)
}

/// Every series with how many published works it has, by name.
pub async fn all_series(tx: &mut Tx) -> Result<Vec<(Series, i64)>, StoreError> {
    let rows: Vec<CountedRow<SeriesRow>> = sqlx::query_as(
        "SELECT s.id, s.slug, s.name, s.issn, CAST(COUNT(w.id) AS BIGINT) AS works
         FROM series s LEFT JOIN works w ON w.series_id = s.id AND w.status = 'published'
         GROUP BY s.id, s.slug, s.name, s.issn",
    )
    .fetch_all(&mut *tx)
    .await?;
    Ok(in_order(rows.into_iter().map(|row| (Series::from(row.of), row.works)).collect(), |series| series.name.as_str()))
}

/// The series at this slug.
pub async fn series(tx: &mut Tx, slug: &Slug) -> Result<Option<Series>, StoreError> {
    let row: Option<SeriesRow> =
        sqlx::query_as("SELECT id, slug, name, issn FROM series WHERE slug = $1").bind(slug).fetch_optional(&mut *tx).await?;
    Ok(row.map(Series::from))
}

/// Every subject with how many published works are about it, by Swedish name.
pub async fn all_subjects(tx: &mut Tx) -> Result<Vec<(Subject, i64)>, StoreError> {
    let rows: Vec<CountedRow<SubjectRow>> = sqlx::query_as(
        "SELECT s.id, s.slug, s.name_sv, s.name_en, CAST(COUNT(w.id) AS BIGINT) AS works
         FROM subjects s LEFT JOIN work_subjects ws ON ws.subject_id = s.id LEFT JOIN works w ON w.id = ws.work_id AND w.status = 'published'
         GROUP BY s.id, s.slug, s.name_sv, s.name_en",
    )
    .fetch_all(&mut *tx)
    .await?;
    Ok(in_order(rows.into_iter().map(|row| (Subject::from(row.of), row.works)).collect(), |subject| subject.name_sv.as_str()))
}

/// The subject at this slug.
pub async fn subject(tx: &mut Tx, slug: &Slug) -> Result<Option<Subject>, StoreError> {
    let row: Option<SubjectRow> =
        sqlx::query_as("SELECT id, slug, name_sv, name_en FROM subjects WHERE slug = $1").bind(slug).fetch_optional(&mut *tx).await?;
    Ok(row.map(Subject::from))
}

/// A row with a count beside it.
#[derive(FromRow)]
struct CountedRow<T> {
    #[sqlx(flatten)]
    of: T,
    works: i64,
}

/// In the order of Swedish letters, which the engines do not agree on.
fn in_order<T>(mut rows: Vec<(T, i64)>, name: impl Fn(&T) -> &str) -> Vec<(T, i64)> {
    rows.sort_by_cached_key(|(row, _)| crate::kit::swedish::sort_key(name(row)));
    rows
}

/// A page of the sitemap.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct SitemapRow {
    pub path: String,
    pub updated_at: Instant,
}

/// Published works after a path, at most `limit` of them: call again with the last path for the next ones.
pub async fn sitemap(tx: &mut Tx, after: &str, limit: i64) -> Result<Vec<SitemapRow>, StoreError> {
    Ok(sqlx::query_as("SELECT path, updated_at FROM works WHERE path > $1 AND status = 'published' ORDER BY path LIMIT $2")
        .bind(after)
        .bind(limit)
        .fetch_all(&mut *tx)
        .await?)
}

/// How many works readers may see.
pub async fn count(tx: &mut Tx) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar("SELECT CAST(COUNT(*) AS BIGINT) FROM works WHERE status = 'published'").fetch_one(&mut *tx).await?)
}

/// The edition with this file of the work at this path, for a download.
pub async fn file(tx: &mut Tx, path: &str, name: &str) -> Result<Option<(Id, FileInfo)>, StoreError> {
    let row: Option<(Id, String, String, i64, String)> = sqlx::query_as(
        "SELECT e.id, e.file_hash, e.file_name, e.file_size, e.media_type FROM editions e JOIN works w ON w.id = e.work_id
         WHERE w.path = $1 AND w.status = 'published' AND e.file_name = $2 AND e.file_hash IS NOT NULL AND e.removed = 0 ORDER BY e.position LIMIT 1",
    )
    .bind(path)
    .bind(name)
    .fetch_optional(&mut *tx)
    .await?;
    Ok(row.map(|(id, hash, name, size, media_type)| (id, FileInfo { hash, name, size, media_type })))
}

/// Counts one download in a month (`2026-11`). Nothing about the reader is kept.
pub async fn count_download(tx: &mut Tx, edition: &Id, month: &str) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO downloads (edition_id, month, count) VALUES ($1, $2, 1)
         ON CONFLICT (edition_id, month) DO UPDATE SET count = downloads.count + 1",
    )
    .bind(edition)
    .bind(month)
    .execute(&mut *tx)
    .await?;
    Ok(())
}

/// An edition as a basket shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForSale {
    pub edition: Id,
    /// Path of the work.
    pub path: String,
    pub title: PublishedText,
    pub number: Option<PublishedText>,
    /// `None` when it can no longer be ordered.
    pub orderable: Option<Orderable>,
}

/// Up to [`MOST_IDS`] editions as they stand on a day, in the order of their ids; two statements. A withdrawn work's are not orderable.
pub async fn for_sale(tx: &mut Tx, editions: &[Id], day: CivilDate) -> Result<Vec<ForSale>, StoreError> {
    let editions = &editions[..editions.len().min(MOST_IDS)];
    if editions.is_empty() {
        return Ok(Vec::new());
    }
    let statement = fifty!(editions_where!("e.id IN "), "");
    let rows: Vec<EditionRow> = bind_fifty!(sqlx::query_as(statement), editions).bind(day).fetch_all(&mut *tx).await?;
    let statement =
        fifty!("SELECT e.id, w.path, w.title, w.number, w.status FROM editions e JOIN works w ON w.id = e.work_id WHERE e.id IN ", "");
    let works: Vec<(Id, String, PublishedText, Option<PublishedText>, String)> =
        bind_fifty!(sqlx::query_as(statement), editions).fetch_all(&mut *tx).await?;
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        let edition = row.into_edition()?;
        if let Some((_, path, title, number, status)) = works.iter().find(|(id, ..)| *id == edition.id) {
            items.push(ForSale {
                path: path.clone(),
                title: title.clone(),
                number: number.clone(),
                orderable: Orderable::of(&edition).filter(|_| status == "published"),
                edition: edition.id,
            });
        }
    }
    items.sort_by_cached_key(|item| editions.iter().position(|id| *id == item.edition));
    Ok(items)
}
