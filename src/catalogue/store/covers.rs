//! The pictures of publications' fronts, in the sizes that pages show.

use sqlx::FromRow;

use crate::kit::{Id, Instant};
use crate::platform::db::{StoreError, Tx, exactly_one};

/// A work's cover, as its page among the staff shows it.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct CoverRow {
    pub id: Id,
    pub file_hash: String,
    pub width: i64,
    pub height: i64,
    pub decorative: i64,
    pub alt_sv: Option<String>,
    pub alt_en: Option<String>,
    pub version: i64,
    pub added_by: String,
    pub added_at: Instant,
}

/// What a new cover is.
#[derive(Debug, Clone)]
pub struct NewCover {
    pub id: Id,
    pub file_hash: String,
    pub width: i64,
    pub height: i64,
    pub images: Vec<Image>,
}

/// A cover in one size.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Image {
    pub width: i64,
    pub height: i64,
    pub file_hash: String,
    pub media_type: String,
}

/// The cover that a work has.
pub async fn of_work(tx: &mut Tx, work: &Id) -> Result<Option<CoverRow>, StoreError> {
    let row = sqlx::query_as(
        "SELECT id, file_hash, width, height, decorative, alt_sv, alt_en, version, added_by, added_at FROM covers
         WHERE work_id = $1 AND until IS NULL",
    );
    Ok(row.bind(work).fetch_optional(tx).await?)
}

/// One of the covers that a work has, had, or has in a draft or a version.
pub async fn one(tx: &mut Tx, work: &Id, cover: &Id) -> Result<Option<CoverRow>, StoreError> {
    let row = sqlx::query_as(
        "SELECT id, file_hash, width, height, decorative, alt_sv, alt_en, version, added_by, added_at FROM covers
         WHERE work_id = $1 AND id = $2",
    );
    Ok(row.bind(work).bind(cover).fetch_optional(tx).await?)
}

/// One size of a cover that readers have seen, for whoever asks for its address.
pub async fn image(tx: &mut Tx, cover: &Id, width: i64) -> Result<Option<Image>, StoreError> {
    let row = sqlx::query_as(
        "SELECT i.width, i.height, i.file_hash, i.media_type FROM cover_images i JOIN covers c ON c.id = i.cover_id
         WHERE i.cover_id = $1 AND i.width = $2 AND c.shown_at IS NOT NULL",
    );
    Ok(row.bind(cover).bind(width).fetch_optional(tx).await?)
}

/// As [`image`], of any cover of a work: for the staff.
pub async fn image_of(tx: &mut Tx, work: &Id, cover: &Id, width: i64) -> Result<Option<Image>, StoreError> {
    let row = sqlx::query_as(
        "SELECT i.width, i.height, i.file_hash, i.media_type FROM cover_images i JOIN covers c ON c.id = i.cover_id
         WHERE c.work_id = $1 AND i.cover_id = $2 AND i.width = $3",
    );
    Ok(row.bind(work).bind(cover).bind(width).fetch_optional(tx).await?)
}

/// What a cover is to those who do not see it: nothing when it is decoration, or words in both languages of the page.
pub type Alt<'a> = Option<(&'a str, &'a str)>;

/// Writes a cover that a draft names. Readers do not see it before [`show`].
pub async fn insert(tx: &mut Tx, work: &Id, cover: &NewCover, alt: Alt<'_>, by: &str, at: Instant) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO covers (id, work_id, file_hash, width, height, decorative, alt_sv, alt_en, added_by, added_at, until)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)",
    )
    .bind(&cover.id)
    .bind(work)
    .bind(&cover.file_hash)
    .bind(cover.width)
    .bind(cover.height)
    .bind(i64::from(alt.is_none()))
    .bind(alt.map(|(sv, _)| sv))
    .bind(alt.map(|(_, en)| en))
    .bind(by)
    .bind(at)
    .execute(&mut *tx)
    .await?;
    for image in &cover.images {
        sqlx::query("INSERT INTO cover_images (cover_id, width, height, file_hash, media_type) VALUES ($1, $2, $3, $4, $5)")
            .bind(&cover.id)
            .bind(image.width)
            .bind(image.height)
            .bind(&image.file_hash)
            .bind(&image.media_type)
            .execute(&mut *tx)
            .await?;
    }
    Ok(())
}

/// Lets readers see a cover of a work that has none now, with these words.
pub async fn show(tx: &mut Tx, work: &Id, cover: &Id, alt: Alt<'_>, at: Instant) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE covers SET until = NULL, shown_at = COALESCE(shown_at, $3), decorative = $4, alt_sv = $5, alt_en = $6, version = version + 1
         WHERE work_id = $1 AND id = $2",
    )
    .bind(work)
    .bind(cover)
    .bind(at)
    .bind(i64::from(alt.is_none()))
    .bind(alt.map(|(sv, _)| sv))
    .bind(alt.map(|(_, en)| en))
    .execute(tx)
    .await?;
    exactly_one(done.rows_affected(), "covers")
}

/// Takes away the covers of a work that nobody but the staff has seen: it was thrown away before it was published.
pub async fn forget(tx: &mut Tx, work: &Id) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM cover_images WHERE cover_id IN (SELECT id FROM covers WHERE work_id = $1 AND shown_at IS NULL)")
        .bind(work)
        .execute(&mut *tx)
        .await?;
    sqlx::query("DELETE FROM covers WHERE work_id = $1 AND shown_at IS NULL").bind(work).execute(tx).await?;
    Ok(())
}

/// Ends a cover that was seen in this version; its row stays.
pub async fn end(tx: &mut Tx, cover: &Id, version: i64, at: Instant) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE covers SET until = $3, version = version + 1 WHERE id = $1 AND version = $2 AND until IS NULL")
        .bind(cover)
        .bind(version)
        .bind(at)
        .execute(tx)
        .await?;
    exactly_one(done.rows_affected(), "covers.version")
}

/// Gives a cover other words.
pub async fn set_alt(tx: &mut Tx, cover: &Id, version: i64, alt: Alt<'_>) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE covers SET decorative = $3, alt_sv = $4, alt_en = $5, version = version + 1 WHERE id = $1 AND version = $2 AND until IS NULL",
    )
    .bind(cover)
    .bind(version)
    .bind(i64::from(alt.is_none()))
    .bind(alt.map(|(sv, _)| sv))
    .bind(alt.map(|(_, en)| en))
    .execute(tx)
    .await?;
    exactly_one(done.rows_affected(), "covers.version")
}
