//! What the search index reads: works in the order in which they were written, a thousand at a time.

use sqlx::FromRow;

use super::rows;
use crate::catalogue::model::{Availability, EditionForm, Kind};
use crate::kit::{Id, Isbn, Issn, PartialDate, UrnNbn};
use crate::platform::db::{StoreError, Tx};

/// How many works one call gives.
const PAGE: i64 = 1000;

/// A place in the order of writing: everything up to this revision, and of this revision up to this id.
#[derive(Debug, Clone, Default)]
pub struct Place {
    revision: i64,
    id: String,
}

impl Place {
    /// Behind everything of a revision.
    pub fn after(revision: i64) -> Self {
        // No id begins with a letter after f.
        Self { revision, id: "g".to_owned() }
    }
}

/// Some works that were written after a place.
#[derive(Debug, Default)]
pub struct Changes {
    pub works: Vec<Indexed>,
    /// Ids of works that readers may no longer see.
    pub gone: Vec<Id>,
    /// Where to go on; `None` when there was nothing.
    pub last: Option<Place>,
}

/// What the index wants to know of a work.
#[derive(Debug)]
pub struct Indexed {
    pub id: Id,
    pub path: String,
    pub kind: Kind,
    pub year: Option<u16>,
    pub title: String,
    pub subtitle: Option<String>,
    pub languages: Vec<String>,
    pub number: Option<String>,
    pub published: Option<PartialDate>,
    pub received: Option<PartialDate>,
    pub authors: Vec<String>,
    pub organisation: Option<String>,
    /// Slug and name.
    pub series: Option<(String, String)>,
    pub subjects: Vec<IndexedSubject>,
    pub texts: Vec<String>,
    pub isbns: Vec<Isbn>,
    pub urn: Option<UrnNbn>,
    pub issn: Option<Issn>,
    /// An edition can be ordered ([`super::Orderable`]'s rule).
    pub orderable: bool,
}

#[derive(Debug, FromRow)]
pub struct IndexedSubject {
    work_id: Id,
    pub slug: String,
    pub name_sv: String,
    pub name_en: Option<String>,
}

#[derive(FromRow)]
struct Row {
    id: Id,
    path: String,
    kind: String,
    year: Option<i64>,
    title: String,
    subtitle: Option<String>,
    languages: String,
    number: Option<String>,
    published: Option<PartialDate>,
    received: Option<PartialDate>,
    authors: String,
    organisation: Option<String>,
    series_slug: Option<String>,
    series_name: Option<String>,
    ingress_sv: Option<String>,
    ingress_en: Option<String>,
    body_sv: Option<String>,
    body_en: Option<String>,
    urn: Option<UrnNbn>,
    issn: Option<Issn>,
    status: String,
    revision: i64,
}

#[derive(FromRow)]
struct EditionRow {
    work_id: Id,
    form: String,
    isbn: Option<Isbn>,
    /// Whether there is any: an edition without a price today gets its first from today on (`store::prices`).
    price: Option<i64>,
    vat_rate: Option<i64>,
    availability: String,
}

impl EditionRow {
    fn is_orderable(&self) -> bool {
        self.form == EditionForm::Print.code()
            && self.availability == Availability::InPrint.code()
            && self.isbn.is_some()
            && self.price.is_some()
            && self.vat_rate.is_some()
    }
}

/// How many works were written after a revision.
pub async fn count_since(tx: &mut Tx, revision: i64) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar("SELECT CAST(COUNT(*) AS BIGINT) FROM works WHERE revision > $1").bind(revision).fetch_one(tx).await?)
}

/// The next works after a place. Three statements.
pub async fn since(tx: &mut Tx, place: &Place) -> Result<Changes, StoreError> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT w.id, w.path, w.kind, w.year, w.title, w.subtitle, w.languages, w.number, w.published, w.received, w.authors, w.organisation,
                s.slug AS series_slug, s.name AS series_name, w.ingress_sv, w.ingress_en, w.body_sv, w.body_en, w.urn, w.issn, w.status, w.revision
         FROM works w LEFT JOIN series s ON s.id = w.series_id
         WHERE (w.revision, w.id) > ($1, $2) ORDER BY w.revision, w.id LIMIT $3",
    )
    .bind(place.revision)
    .bind(&place.id)
    .bind(PAGE)
    .fetch_all(&mut *tx)
    .await?;
    let Some(last) = rows.last().map(|row| Place { revision: row.revision, id: row.id.as_str().to_owned() }) else {
        return Ok(Changes::default());
    };
    let mut subjects: Vec<IndexedSubject> = sqlx::query_as(
        "SELECT ws.work_id, s.slug, s.name_sv, s.name_en
         FROM works w JOIN work_subjects ws ON ws.work_id = w.id JOIN subjects s ON s.id = ws.subject_id
         WHERE (w.revision, w.id) > ($1, $2) AND (w.revision, w.id) <= ($3, $4) ORDER BY w.revision DESC, w.id DESC, ws.position DESC",
    )
    .bind(place.revision)
    .bind(&place.id)
    .bind(last.revision)
    .bind(&last.id)
    .fetch_all(&mut *tx)
    .await?;
    let mut editions: Vec<EditionRow> = sqlx::query_as(
        "SELECT e.work_id, e.form, e.isbn, COALESCE(e.price, (SELECT MIN(p.price) FROM edition_prices p WHERE p.edition_id = e.id)) AS price,
                e.vat_rate, e.availability
         FROM works w JOIN editions e ON e.work_id = w.id AND e.removed = 0
         WHERE (w.revision, w.id) > ($1, $2) AND (w.revision, w.id) <= ($3, $4) ORDER BY w.revision DESC, w.id DESC, e.position DESC",
    )
    .bind(place.revision)
    .bind(&place.id)
    .bind(last.revision)
    .bind(&last.id)
    .fetch_all(&mut *tx)
    .await?;
    let mut changes = Changes { last: Some(last), ..Changes::default() };
    for row in rows {
        // Both lists come in the same order backwards, so that each work's rows are taken off their ends.
        let own_subjects = take_off(&mut subjects, |subject| subject.work_id == row.id);
        let own_editions = take_off(&mut editions, |edition| edition.work_id == row.id);
        if row.status != "published" {
            changes.gone.push(row.id);
            continue;
        }
        changes.works.push(Indexed {
            id: row.id,
            path: row.path,
            kind: rows::kind(&row.kind),
            year: row.year.map(rows::year).transpose()?,
            title: row.title,
            subtitle: row.subtitle,
            languages: rows::list(&row.languages)?,
            number: row.number,
            published: row.published,
            received: row.received,
            authors: rows::list(&row.authors)?,
            organisation: row.organisation,
            series: row.series_slug.zip(row.series_name),
            subjects: own_subjects,
            texts: [row.ingress_sv, row.ingress_en, row.body_sv, row.body_en].into_iter().flatten().collect(),
            isbns: own_editions.iter().filter_map(|edition| edition.isbn).collect(),
            urn: row.urn,
            issn: row.issn,
            orderable: own_editions.iter().any(EditionRow::is_orderable),
        });
    }
    Ok(changes)
}

fn take_off<T>(rows: &mut Vec<T>, own: impl Fn(&T) -> bool) -> Vec<T> {
    let mut taken = Vec::new();
    while let Some(row) = rows.pop_if(|row| own(row)) {
        taken.push(row);
    }
    taken
}
