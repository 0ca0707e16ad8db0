//! What an import writes: many rows to a statement, since a statement each would take a hundred thousand works ten times
//! as long. The statements are made once, of constants only.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use sqlx::any::AnyArguments;
use sqlx::query::Query;
use sqlx::{Any, FromRow};

use super::{MOST_IDS, padded};
use crate::catalogue::lifecycle::{Headline, takes_two};
use crate::catalogue::model::{Availability, EditionForm, FileInfo, Kind};
use crate::catalogue::rules::{NewEdition, NewGrant, NewQuestion, NewWork};
use crate::kit::{Id, Instant, Isbn, Ore, PublishedText, Slug, UrnNbn, slugify, swedish};
use crate::platform::db::{Engine, StoreError, Tx, dialect};
use crate::platform::ids::Ids;

/// The row of `counters` whose value the search index compares with its own.
const REVISION: &str = "catalogue_revision";

type Bound = Query<'static, Any, AnyArguments>;

/// An INSERT for 50, 8 and 1 rows.
struct Insert {
    statements: [(usize, String); 3],
}

impl Insert {
    fn new(table: &str, columns: &[&str], conflict: &str) -> Self {
        let statement = |rows: usize| {
            let mut next = 0;
            let mut row = || {
                let row: Vec<String> = columns
                    .iter()
                    .map(|_| {
                        next += 1;
                        format!("${next}")
                    })
                    .collect();
                format!("({})", row.join(", "))
            };
            let values: Vec<String> = (0..rows).map(|_| row()).collect();
            (rows, format!("INSERT INTO {table} ({}) VALUES {} {conflict}", columns.join(", "), values.join(", ")))
        };
        Self { statements: [statement(50), statement(8), statement(1)] }
    }

    /// Runs the fewest statements that hold all rows.
    async fn run<R>(&'static self, tx: &mut Tx, rows: &[R], bind: impl Fn(Bound, &R) -> Bound) -> Result<(), StoreError> {
        let mut rest = rows;
        for (size, statement) in &self.statements {
            while rest.len() >= *size {
                let (now, later) = rest.split_at(*size);
                let query = now.iter().fold(sqlx::query(statement.as_str()), &bind);
                query.execute(&mut *tx).await?;
                rest = later;
            }
        }
        debug_assert!(rest.is_empty());
        Ok(())
    }
}

/// Prepares a transaction for writing many rows.
pub async fn prepare(tx: &mut Tx, engine: Engine) -> Result<(), StoreError> {
    if let Some(statement) = dialect::plan_each_time(engine) {
        sqlx::query(statement).execute(tx).await?;
    }
    Ok(())
}

/// A work and the ids, path and hash that the import gave it.
pub struct StoredWork {
    pub id: Id,
    pub path: String,
    pub slug: Slug,
    pub series: Option<Id>,
    pub content_hash: String,
    pub work: NewWork,
}

static WORKS: LazyLock<Insert> = LazyLock::new(|| {
    Insert::new(
        "works",
        &[
            "id",
            "import_key",
            "path",
            "slug",
            "year",
            "kind",
            "title",
            "subtitle",
            "languages",
            "series_id",
            "number",
            "received",
            "decided",
            "published",
            "revised",
            "authors",
            "organisation",
            "ingress_sv",
            "ingress_en",
            "body_sv",
            "body_en",
            "interviewee",
            "funded_evaluation",
            "urn",
            "issn",
            "source_url",
            "status",
            "content_hash",
            "revision",
            "created_at",
            "updated_at",
        ],
        // The address and the status stay: links last, and what was withdrawn is not published by a file.
        "ON CONFLICT (import_key) DO UPDATE SET year = excluded.year, kind = excluded.kind, title = excluded.title,
         subtitle = excluded.subtitle, languages = excluded.languages, series_id = excluded.series_id, number = excluded.number,
         received = excluded.received, decided = excluded.decided, published = excluded.published, revised = excluded.revised,
         authors = excluded.authors, organisation = excluded.organisation, ingress_sv = excluded.ingress_sv,
         ingress_en = excluded.ingress_en, body_sv = excluded.body_sv, body_en = excluded.body_en, interviewee = excluded.interviewee,
         funded_evaluation = excluded.funded_evaluation, urn = excluded.urn, issn = excluded.issn, source_url = excluded.source_url,
         content_hash = excluded.content_hash, revision = excluded.revision, updated_at = excluded.updated_at",
    )
});

fn json_list<T: AsRef<str>>(items: &[T]) -> String {
    serde_json::Value::from(items.iter().map(|item| item.as_ref().to_owned()).collect::<Vec<String>>()).to_string()
}

/// Writes works, new and changed alike.
pub async fn works(tx: &mut Tx, rows: &[StoredWork], revision: i64, now: Instant) -> Result<(), StoreError> {
    WORKS
        .run(tx, rows, |query, row| {
            let work = &row.work;
            query
                .bind(row.id.clone())
                .bind(work.key.clone())
                .bind(row.path.clone())
                .bind(row.slug.clone())
                .bind(work.year.map(i64::from))
                .bind(work.kind)
                .bind(work.title.clone())
                .bind(work.subtitle.clone())
                .bind(json_list(&work.languages))
                .bind(row.series.clone())
                .bind(work.number.clone())
                .bind(work.received)
                .bind(work.decided)
                .bind(work.published)
                .bind(work.revised)
                .bind(json_list(&work.authors))
                .bind(work.organisation.clone())
                .bind(work.ingress_sv.clone())
                .bind(work.ingress_en.clone())
                .bind(work.body_sv.clone())
                .bind(work.body_en.clone())
                .bind(work.interviewee.clone())
                .bind(i64::from(work.funded_evaluation))
                .bind(work.urn.clone())
                .bind(work.issn.clone())
                .bind(work.source_url.clone())
                .bind("published")
                .bind(row.content_hash.clone())
                .bind(revision)
                .bind(now)
                .bind(now)
        })
        .await
}

static WORK_SUBJECTS: LazyLock<Insert> = LazyLock::new(|| Insert::new("work_subjects", &["work_id", "subject_id", "position"], ""));
static QUESTIONS: LazyLock<Insert> =
    LazyLock::new(|| Insert::new("work_questions", &["work_id", "lang", "position", "question", "answer"], ""));
static RELATIONS: LazyLock<Insert> = LazyLock::new(|| Insert::new("work_relations", &["work_id", "position", "related_key"], ""));
static GRANTS: LazyLock<Insert> =
    LazyLock::new(|| Insert::new("work_grants", &["work_id", "position", "year", "text_sv", "text_en", "amount"], ""));

/// Everything of a work that lies in rows of its own, editions apart.
pub async fn details(tx: &mut Tx, rows: &[StoredWork], subjects: &[(Id, Id, i64)]) -> Result<(), StoreError> {
    WORK_SUBJECTS
        .run(tx, subjects, |query, (work, subject, position)| query.bind(work.clone()).bind(subject.clone()).bind(*position))
        .await?;
    let questions: Vec<(&Id, i64, &NewQuestion)> = numbered(rows, |work| &work.questions);
    QUESTIONS
        .run(tx, &questions, |query, (work, position, row)| {
            query.bind((*work).clone()).bind(row.lang).bind(*position).bind(row.question.clone()).bind(row.answer.clone())
        })
        .await?;
    let relations: Vec<(&Id, i64, &String)> = numbered(rows, |work| &work.related);
    RELATIONS.run(tx, &relations, |query, (work, position, key)| query.bind((*work).clone()).bind(*position).bind((*key).clone())).await?;
    let grants: Vec<(&Id, i64, &NewGrant)> = numbered(rows, |work| &work.grants);
    GRANTS
        .run(tx, &grants, |query, (work, position, row)| {
            query
                .bind((*work).clone())
                .bind(*position)
                .bind(i64::from(row.year))
                .bind(row.text_sv.clone())
                .bind(row.text_en.clone())
                .bind(row.amount)
        })
        .await
}

/// The items of all works, each with its work and its place from 1.
fn numbered<T>(rows: &[StoredWork], items: impl Fn(&NewWork) -> &Vec<T>) -> Vec<(&Id, i64, &T)> {
    rows.iter().flat_map(|row| (1..).zip(items(&row.work)).map(|(position, item)| (&row.id, position, item))).collect()
}

/// Takes away what [`details`] wrote, before it is written anew.
pub async fn clear_details(tx: &mut Tx, works: &[Id]) -> Result<(), StoreError> {
    const STATEMENTS: [&str; 4] = [
        fifty!("DELETE FROM work_subjects WHERE work_id IN ", ""),
        fifty!("DELETE FROM work_questions WHERE work_id IN ", ""),
        fifty!("DELETE FROM work_relations WHERE work_id IN ", ""),
        fifty!("DELETE FROM work_grants WHERE work_id IN ", ""),
    ];
    for works in works.chunks(MOST_IDS) {
        for statement in STATEMENTS {
            bind_fifty!(sqlx::query(statement), works).execute(&mut *tx).await?;
        }
    }
    Ok(())
}

/// An edition with its work, its place, and its file if that has been stored.
pub struct StoredEdition {
    pub id: Id,
    pub work: Id,
    pub position: i64,
    pub edition: NewEdition,
    pub file: Option<FileInfo>,
}

static EDITIONS: LazyLock<Insert> = LazyLock::new(|| {
    Insert::new(
        "editions",
        &[
            "id",
            "work_id",
            "position",
            "form",
            "isbn",
            "isbn_is_example",
            "pages",
            "price",
            "price_is_example",
            "vat_rate",
            "availability",
            "on_hand",
            "held",
            "backorder_allowed",
            "file_hash",
            "file_name",
            "file_size",
            "media_type",
        ],
        // Stock is the shop's after the first import, and a file stays until another comes.
        "ON CONFLICT (id) DO UPDATE SET form = excluded.form, isbn = excluded.isbn, isbn_is_example = excluded.isbn_is_example,
         pages = excluded.pages, price = excluded.price, price_is_example = excluded.price_is_example, vat_rate = excluded.vat_rate,
         availability = excluded.availability, backorder_allowed = excluded.backorder_allowed, version = editions.version + 1, removed = 0,
         file_hash = COALESCE(excluded.file_hash, editions.file_hash), file_name = COALESCE(excluded.file_name, editions.file_name),
         file_size = COALESCE(excluded.file_size, editions.file_size), media_type = COALESCE(excluded.media_type, editions.media_type)",
    )
});

/// Writes editions, new and changed alike.
pub async fn editions(tx: &mut Tx, rows: &[StoredEdition]) -> Result<(), StoreError> {
    EDITIONS
        .run(tx, rows, |query, row| {
            let edition = &row.edition;
            let file = row.file.as_ref();
            query
                .bind(row.id.clone())
                .bind(row.work.clone())
                .bind(row.position)
                .bind(edition.form)
                .bind(edition.isbn)
                .bind(i64::from(edition.isbn_is_example))
                .bind(edition.pages)
                .bind(edition.price)
                .bind(i64::from(edition.price_is_example))
                .bind(edition.vat_rate)
                .bind(edition.availability)
                .bind(edition.stock)
                .bind(0_i64)
                .bind(i64::from(edition.backorder_allowed))
                .bind(file.map(|file| file.hash.clone()))
                .bind(file.map(|file| file.name.clone()))
                .bind(file.map(|file| file.size))
                .bind(file.map(|file| file.media_type.clone()))
        })
        .await
}

/// An edition that a changed work has already.
#[derive(Debug, Clone, FromRow)]
pub struct KnownEdition {
    pub id: Id,
    pub work_id: Id,
    pub position: i64,
    pub form: String,
    pub isbn: Option<Isbn>,
    /// Of its own row: what a file said last.
    pub price: Option<Ore>,
    /// 1 when an editor took it away.
    pub removed: i64,
}

/// The editions of works that are about to change; those that were taken away come last.
pub async fn known_editions(tx: &mut Tx, works: &[Id]) -> Result<Vec<KnownEdition>, StoreError> {
    let statement = fifty!(
        "SELECT id, work_id, position, form, isbn, price, removed FROM editions WHERE work_id IN ",
        " ORDER BY work_id, removed, position"
    );
    let mut known = Vec::new();
    for works in works.chunks(MOST_IDS) {
        known.extend(bind_fifty!(sqlx::query_as::<_, KnownEdition>(statement), works).fetch_all(&mut *tx).await?);
    }
    Ok(known)
}

/// Takes the ISBNs off editions that are about to be written anew, so that two of a work may change places.
pub async fn clear_isbns(tx: &mut Tx, editions: &[Id]) -> Result<(), StoreError> {
    let statement = fifty!("UPDATE editions SET isbn = NULL WHERE id IN ", "");
    for editions in editions.chunks(MOST_IDS) {
        bind_fifty!(sqlx::query(statement), editions).execute(&mut *tx).await?;
    }
    Ok(())
}

/// An edition that the file no longer has: orders may name it, so it stays, but cannot be ordered.
pub async fn retire_edition(tx: &mut Tx, edition: &KnownEdition) -> Result<(), StoreError> {
    let printed = edition.form == EditionForm::Print.code();
    let availability = if printed { Availability::OutOfPrint } else { Availability::NotPrinted };
    sqlx::query("UPDATE editions SET availability = $2 WHERE id = $1").bind(&edition.id).bind(availability.code()).execute(tx).await?;
    Ok(())
}

/// Takes an edition away from readers and sets its ISBN free. What buyers were promised or sent stays in sight, out of print.
/// The row stays either way, since baskets and the ledger name it.
pub async fn remove_edition(tx: &mut Tx, edition: &KnownEdition) -> Result<(), StoreError> {
    let printed = edition.form == EditionForm::Print.code();
    let availability = if printed { Availability::OutOfPrint } else { Availability::NotPrinted };
    let gone = sqlx::query(
        "UPDATE editions SET removed = 1, isbn = NULL, availability = $2
         WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM stock_movements m WHERE m.edition_id = $1 AND m.kind IN ('held', 'sent'))",
    )
    .bind(&edition.id)
    .bind(availability.code())
    .execute(&mut *tx)
    .await?;
    if gone.rows_affected() == 0 { retire_edition(tx, edition).await } else { Ok(()) }
}

static ENTRIES: LazyLock<Insert> = LazyLock::new(|| {
    Insert::new(
        "catalogue_entries",
        &["work_id", "title", "title_key", "words", "year", "kind", "series", "number", "state", "changed_at"],
        // What is being written beside it, and whether it was withdrawn, a file does not know.
        "ON CONFLICT (work_id) DO UPDATE SET title = excluded.title, title_key = excluded.title_key, words = excluded.words,
         year = excluded.year, kind = excluded.kind, series = excluded.series, number = excluded.number, changed_at = excluded.changed_at",
    )
});

/// Writes the works into the staff's list.
pub async fn entries(tx: &mut Tx, rows: &[StoredWork], now: Instant) -> Result<(), StoreError> {
    ENTRIES
        .run(tx, rows, |query, row| {
            let work = &row.work;
            let text = |text: &Option<PublishedText>| text.as_ref().map_or_else(String::new, |text| text.as_str().to_owned());
            let mut words = vec![work.title.as_str().to_owned(), text(&work.subtitle), text(&work.number), work.key.clone()];
            words.extend(work.urn.as_ref().map(|urn| urn.as_str().to_owned()));
            words.extend(work.editions.iter().filter_map(|edition| edition.isbn).map(|isbn| isbn.compact()));
            query
                .bind(row.id.clone())
                .bind(work.title.clone())
                .bind(swedish::sort_key(work.title.as_str()))
                .bind(swedish::fold(&words.join(" ")))
                .bind(work.year.map_or(0, i64::from))
                .bind(work.kind)
                .bind(text(&work.series))
                .bind(text(&work.number))
                .bind(Headline::Published.code())
                .bind(now)
        })
        .await
}

/// What the database knows of a work that the file names.
#[derive(Debug, Clone, FromRow)]
pub struct KnownWork {
    pub import_key: String,
    pub id: Id,
    pub path: String,
    pub slug: Slug,
    pub content_hash: String,
    kind: String,
    funded_evaluation: i64,
}

impl KnownWork {
    /// Whether its changes take two people.
    pub fn takes_two(&self) -> bool {
        takes_two(Kind::of_code(&self.kind), self.funded_evaluation != 0)
    }
}

/// The works with these import keys.
pub async fn known_works<K: AsRef<str>>(tx: &mut Tx, keys: &[K]) -> Result<Vec<KnownWork>, StoreError> {
    let statement = fifty!("SELECT import_key, id, path, slug, content_hash, kind, funded_evaluation FROM works WHERE import_key IN ", "");
    let mut known = Vec::new();
    for keys in keys.chunks(MOST_IDS) {
        known.extend(bind_fifty!(sqlx::query_as::<_, KnownWork>(statement), keys).fetch_all(&mut *tx).await?);
    }
    Ok(known)
}

/// Who has an identifier.
#[derive(Debug, Clone, FromRow)]
pub struct Owner {
    /// ISBN or URN, as stored.
    pub identifier: String,
    pub import_key: String,
    pub title: PublishedText,
}

/// The works that have these ISBNs.
pub async fn isbn_owners(tx: &mut Tx, isbns: &[Isbn]) -> Result<Vec<Owner>, StoreError> {
    let statement =
        fifty!("SELECT e.isbn AS identifier, w.import_key, w.title FROM editions e JOIN works w ON w.id = e.work_id WHERE e.isbn IN ", "");
    let isbns: Vec<String> = isbns.iter().map(Isbn::compact).collect();
    let mut owners = Vec::new();
    for isbns in isbns.chunks(MOST_IDS) {
        owners.extend(bind_fifty!(sqlx::query_as::<_, Owner>(statement), isbns).fetch_all(&mut *tx).await?);
    }
    Ok(owners)
}

/// The works that have these URNs.
pub async fn urn_owners(tx: &mut Tx, urns: &[UrnNbn]) -> Result<Vec<Owner>, StoreError> {
    let statement = fifty!("SELECT urn AS identifier, import_key, title FROM works WHERE urn IN ", "");
    let urns: Vec<&str> = urns.iter().map(UrnNbn::as_str).collect();
    let mut owners = Vec::new();
    for urns in urns.chunks(MOST_IDS) {
        owners.extend(bind_fifty!(sqlx::query_as::<_, Owner>(statement), urns).fetch_all(&mut *tx).await?);
    }
    Ok(owners)
}

/// Those of these paths that are taken.
pub async fn taken_paths(tx: &mut Tx, paths: &[String]) -> Result<Vec<String>, StoreError> {
    let statement = fifty!("SELECT path FROM works WHERE path IN ", "");
    let mut taken = Vec::new();
    for paths in paths.chunks(MOST_IDS) {
        taken.extend(bind_fifty!(sqlx::query_scalar::<_, String>(statement), paths).fetch_all(&mut *tx).await?);
    }
    Ok(taken)
}

/// The next revision of the catalogue, for all rows that one transaction writes. Whoever else writes the catalogue waits
/// for this transaction, so a reader who has seen a revision has seen all rows of it and before.
pub async fn next_revision(tx: &mut Tx) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar(
        "INSERT INTO counters (name, value) VALUES ($1, 1) ON CONFLICT (name) DO UPDATE SET value = counters.value + 1 RETURNING value",
    )
    .bind(REVISION)
    .fetch_one(tx)
    .await?)
}

/// Puts one work among those that changed last.
pub async fn set_revision(tx: &mut Tx, work: &Id, revision: i64) -> Result<(), StoreError> {
    sqlx::query("UPDATE works SET revision = $2 WHERE id = $1").bind(work).bind(revision).execute(tx).await?;
    Ok(())
}

/// The revision that readers see now; 0 before anything was written.
pub async fn revision(tx: &mut Tx) -> Result<i64, StoreError> {
    let value: Option<i64> = sqlx::query_scalar("SELECT value FROM counters WHERE name = $1").bind(REVISION).fetch_optional(tx).await?;
    Ok(value.unwrap_or(0))
}

/// Ids of series and subjects by name, as an import meets them; unknown ones are made.
pub struct Names {
    series: HashMap<String, Id>,
    subjects: HashMap<String, Id>,
    series_slugs: HashSet<Slug>,
    subject_slugs: HashSet<Slug>,
}

impl Names {
    pub async fn load(tx: &mut Tx) -> Result<Self, StoreError> {
        let series: Vec<(String, Id, Slug)> = sqlx::query_as("SELECT name, id, slug FROM series").fetch_all(&mut *tx).await?;
        let subjects: Vec<(String, Id, Slug)> = sqlx::query_as("SELECT name_sv, id, slug FROM subjects").fetch_all(&mut *tx).await?;
        Ok(Self {
            series_slugs: series.iter().map(|(_, _, slug)| slug.clone()).collect(),
            subject_slugs: subjects.iter().map(|(_, _, slug)| slug.clone()).collect(),
            series: series.into_iter().map(|(name, id, _)| (name, id)).collect(),
            subjects: subjects.into_iter().map(|(name, id, _)| (name, id)).collect(),
        })
    }

    pub async fn series(&mut self, tx: &mut Tx, ids: &dyn Ids, now: Instant, name: &PublishedText) -> Result<Id, StoreError> {
        if let Some(id) = self.series.get(name.as_str()) {
            return Ok(id.clone());
        }
        let (id, slug) = (ids.id(now), free_slug(&mut self.series_slugs, name.as_str())?);
        sqlx::query("INSERT INTO series (id, slug, name) VALUES ($1, $2, $3)").bind(&id).bind(slug).bind(name).execute(tx).await?;
        self.series.insert(name.as_str().to_owned(), id.clone());
        Ok(id)
    }

    pub async fn subject(&mut self, tx: &mut Tx, ids: &dyn Ids, now: Instant, name: &PublishedText) -> Result<Id, StoreError> {
        if let Some(id) = self.subjects.get(name.as_str()) {
            return Ok(id.clone());
        }
        let (id, slug) = (ids.id(now), free_slug(&mut self.subject_slugs, name.as_str())?);
        sqlx::query("INSERT INTO subjects (id, slug, name_sv) VALUES ($1, $2, $3)").bind(&id).bind(slug).bind(name).execute(tx).await?;
        self.subjects.insert(name.as_str().to_owned(), id.clone());
        Ok(id)
    }
}

/// The slug of a name, with a number when another name has it already.
fn free_slug(taken: &mut HashSet<Slug>, name: &str) -> Result<Slug, StoreError> {
    let base = slugify(name).map_or_else(|| "namn".to_owned(), |slug| slug.as_str().to_owned());
    for number in 1.. {
        let text = if number == 1 { base.clone() } else { with_suffix(&base, &number.to_string()) };
        if let Ok(slug) = Slug::parse(&text)
            && taken.insert(slug.clone())
        {
            return Ok(slug);
        }
    }
    Err(StoreError::Corrupt(format!("no slug for {name:?}")))
}

/// `base-suffix`, within the length of a slug.
pub fn with_suffix(base: &str, suffix: &str) -> String {
    let room = 99_usize.saturating_sub(suffix.len());
    let base = base.get(..base.len().min(room)).unwrap_or(base).trim_end_matches('-');
    format!("{base}-{suffix}")
}
