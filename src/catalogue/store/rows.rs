//! Rows as the database gives them, and how they become the model's types.

use sqlx::FromRow;

use crate::catalogue::model::{
    Availability, Bilingual, Cover, Edition, EditionForm, FileInfo, Grant, Kind, LanguageCode, Listed, Related, Series, Status, Stock,
    Subject, Work,
};
use crate::kit::{Id, Instant, Isbn, Issn, Ore, PartialDate, PublishedText, Rate, Slug, UrnNbn};
use crate::platform::db::StoreError;

fn corrupt(what: &str, code: &str) -> StoreError {
    StoreError::Corrupt(format!("{what} {code:?}"))
}

/// A list that lies in one column as a JSON array.
pub fn list(json: &str) -> Result<Vec<String>, StoreError> {
    serde_json::from_str(json).map_err(|_| corrupt("a list", json))
}

fn authors(json: &str) -> Result<Vec<PublishedText>, StoreError> {
    list(json)?.iter().map(|author| PublishedText::parse(author).map_err(|_| corrupt("an author", author))).collect()
}

fn languages(json: &str) -> Result<Vec<LanguageCode>, StoreError> {
    list(json)?.iter().map(|code| LanguageCode::parse(code).ok_or_else(|| corrupt("a language", code))).collect()
}

pub fn kind(code: &str) -> Kind {
    // A newer program beside this one may have written a kind that this one has no name for.
    Kind::of_code(code).unwrap_or(Kind::Other)
}

pub fn year(year: i64) -> Result<u16, StoreError> {
    u16::try_from(year).map_err(|_| StoreError::Corrupt(format!("year {year}")))
}

fn texts(sv: Option<PublishedText>, en: Option<PublishedText>) -> Bilingual {
    Bilingual { sv, en }
}

/// The columns of a cover, where there is one.
#[derive(FromRow)]
struct CoverColumns {
    cover_id: Option<Id>,
    cover_width: Option<i64>,
    cover_height: Option<i64>,
    cover_alt_sv: Option<String>,
    cover_alt_en: Option<String>,
}

impl CoverColumns {
    fn into_cover(self) -> Option<Cover> {
        let (id, width, height) = (self.cover_id?, self.cover_width?, self.cover_height?);
        Some(Cover { id, width, height, alt_sv: self.cover_alt_sv, alt_en: self.cover_alt_en })
    }
}

#[derive(FromRow)]
pub struct WorkRow {
    id: Id,
    import_key: String,
    path: String,
    year: Option<i64>,
    kind: String,
    title: PublishedText,
    subtitle: Option<PublishedText>,
    languages: String,
    number: Option<PublishedText>,
    received: Option<PartialDate>,
    decided: Option<PartialDate>,
    published: Option<PartialDate>,
    revised: Option<PartialDate>,
    authors: String,
    organisation: Option<PublishedText>,
    ingress_sv: Option<PublishedText>,
    ingress_en: Option<PublishedText>,
    body_sv: Option<PublishedText>,
    body_en: Option<PublishedText>,
    interviewee: Option<PublishedText>,
    funded_evaluation: i64,
    urn: Option<UrnNbn>,
    issn: Option<Issn>,
    source_url: Option<String>,
    status: String,
    withdrawn_reason: Option<PublishedText>,
    created_at: Instant,
    updated_at: Instant,
    series_id: Option<Id>,
    series_slug: Option<Slug>,
    series_name: Option<PublishedText>,
    series_issn: Option<Issn>,
    #[sqlx(flatten)]
    cover: CoverColumns,
}

impl WorkRow {
    pub fn into_work(self) -> Result<Work, StoreError> {
        let series = match (self.series_id, self.series_slug, self.series_name) {
            (Some(id), Some(slug), Some(name)) => Some(Series { id, slug, name, issn: self.series_issn }),
            _ => None,
        };
        Ok(Work {
            id: self.id,
            key: self.import_key,
            path: self.path,
            year: self.year.map(year).transpose()?,
            kind: kind(&self.kind),
            title: self.title,
            subtitle: self.subtitle,
            languages: languages(&self.languages)?,
            series,
            number: self.number,
            received: self.received,
            decided: self.decided,
            published: self.published,
            revised: self.revised,
            authors: authors(&self.authors)?,
            organisation: self.organisation,
            ingress: texts(self.ingress_sv, self.ingress_en),
            body: texts(self.body_sv, self.body_en),
            interviewee: self.interviewee,
            funded_evaluation: self.funded_evaluation != 0,
            urn: self.urn,
            issn: self.issn,
            source_url: self.source_url,
            status: match self.status.as_str() {
                "published" => Status::Published,
                "withdrawn" => Status::Withdrawn { reason: self.withdrawn_reason },
                other => return Err(corrupt("a status", other)),
            },
            cover: self.cover.into_cover(),
            created_at: self.created_at,
            updated_at: self.updated_at,
        })
    }
}

#[derive(FromRow)]
pub struct ListedRow {
    id: Id,
    path: String,
    year: Option<i64>,
    kind: String,
    title: PublishedText,
    subtitle: Option<PublishedText>,
    languages: String,
    number: Option<PublishedText>,
    received: Option<PartialDate>,
    published: Option<PartialDate>,
    revised: Option<PartialDate>,
    authors: String,
    organisation: Option<PublishedText>,
    ingress_sv: Option<PublishedText>,
    ingress_en: Option<PublishedText>,
    urn: Option<UrnNbn>,
    created_at: Instant,
    updated_at: Instant,
    series: Option<PublishedText>,
    #[sqlx(flatten)]
    cover: CoverColumns,
}

impl ListedRow {
    /// Takes this work's editions out of `editions`.
    pub fn into_listed(self, editions: &mut Vec<(Id, Edition)>) -> Result<Listed, StoreError> {
        let own = editions.extract_if(.., |(work, _)| *work == self.id).map(|(_, edition)| edition).collect();
        Ok(Listed {
            editions: own,
            id: self.id,
            path: self.path,
            year: self.year.map(year).transpose()?,
            kind: kind(&self.kind),
            title: self.title,
            subtitle: self.subtitle,
            languages: languages(&self.languages)?,
            series: self.series,
            number: self.number,
            received: self.received,
            published: self.published,
            revised: self.revised,
            authors: authors(&self.authors)?,
            organisation: self.organisation,
            ingress: texts(self.ingress_sv, self.ingress_en),
            urn: self.urn,
            cover: self.cover.into_cover(),
            created_at: self.created_at,
            updated_at: self.updated_at,
        })
    }
}

#[derive(FromRow)]
pub struct RelatedRow {
    id: Id,
    path: String,
    year: Option<i64>,
    kind: String,
    title: PublishedText,
    subtitle: Option<PublishedText>,
    number: Option<PublishedText>,
    series: Option<PublishedText>,
}

impl RelatedRow {
    pub fn into_related(self) -> Result<Related, StoreError> {
        Ok(Related {
            id: self.id,
            path: self.path,
            year: self.year.map(year).transpose()?,
            kind: kind(&self.kind),
            title: self.title,
            subtitle: self.subtitle,
            series: self.series,
            number: self.number,
        })
    }
}

#[derive(FromRow)]
pub struct EditionRow {
    pub work_id: Id,
    id: Id,
    form: String,
    isbn: Option<Isbn>,
    isbn_is_example: i64,
    pages: Option<i64>,
    price: Option<Ore>,
    price_is_example: i64,
    vat_rate: Option<Rate>,
    availability: String,
    on_hand: i64,
    held: i64,
    backorder_allowed: i64,
    file_hash: Option<String>,
    file_name: Option<String>,
    file_size: Option<i64>,
    media_type: Option<String>,
}

impl EditionRow {
    pub fn into_edition(self) -> Result<Edition, StoreError> {
        let file = match (self.file_hash, self.file_name, self.file_size, self.media_type) {
            (Some(hash), Some(name), Some(size), Some(media_type)) => Some(FileInfo { hash, name, size, media_type }),
            _ => None,
        };
        Ok(Edition {
            id: self.id,
            form: EditionForm::of_code(&self.form).ok_or_else(|| corrupt("a form", &self.form))?,
            isbn: self.isbn,
            isbn_is_example: self.isbn_is_example != 0,
            pages: self.pages,
            price: self.price,
            price_is_example: self.price_is_example != 0,
            vat_rate: self.vat_rate,
            availability: Availability::of_code(&self.availability).ok_or_else(|| corrupt("an availability", &self.availability))?,
            stock: Stock { on_hand: self.on_hand, held: self.held, backorder_allowed: self.backorder_allowed != 0 },
            file,
        })
    }
}

#[derive(FromRow)]
pub struct SeriesRow {
    id: Id,
    slug: Slug,
    name: PublishedText,
    issn: Option<Issn>,
}

impl From<SeriesRow> for Series {
    fn from(row: SeriesRow) -> Self {
        Self { id: row.id, slug: row.slug, name: row.name, issn: row.issn }
    }
}

#[derive(FromRow)]
pub struct SubjectRow {
    id: Id,
    slug: Slug,
    name_sv: PublishedText,
    name_en: Option<PublishedText>,
}

impl From<SubjectRow> for Subject {
    fn from(row: SubjectRow) -> Self {
        Self { id: row.id, slug: row.slug, name_sv: row.name_sv, name_en: row.name_en }
    }
}

#[derive(FromRow)]
pub struct GrantRow {
    year: i64,
    text_sv: Option<PublishedText>,
    text_en: Option<PublishedText>,
    amount: Option<Ore>,
}

impl GrantRow {
    pub fn into_grant(self) -> Result<Grant, StoreError> {
        Ok(Grant { year: year(self.year)?, text: texts(self.text_sv, self.text_en), amount: self.amount })
    }
}
