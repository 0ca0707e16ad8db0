//! Covers: drawn anew in the sizes that pages show, kept by their hash.

use serde_json::json;
use tokio::sync::Semaphore;

use crate::catalogue::model::COVER_WIDTHS;
use crate::catalogue::rules::covers::CoverError;
use crate::catalogue::store::covers::{self, Alt, Image, NewCover};
use crate::kit::Id;
use crate::platform::db::StoreError;
use crate::platform::pictures::{self, PictureError};
use crate::platform::{audit, uploads};
use crate::web::upload::{FileFault, Sent};
use crate::web::{App, AppError, SignedIn};

/// Unpacked, a picture takes hundreds of megabytes: one at a time.
static DRAWING: Semaphore = Semaphore::const_new(1);

/// Why a cover was not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    Stale,
    Rule(CoverError),
}

/// What a fault of the sending is called here.
pub fn fault(fault: FileFault) -> CoverError {
    match fault {
        FileFault::Missing => CoverError::Missing,
        FileFault::Empty => CoverError::Empty,
        FileFault::TooLarge => CoverError::TooLarge,
        FileFault::BrokenOff => CoverError::BrokenOff,
    }
}

fn unfit(error: PictureError) -> CoverError {
    match error {
        PictureError::Kind => CoverError::Kind,
        PictureError::Damaged => CoverError::Damaged,
        PictureError::TooManyDots => CoverError::TooManyDots,
        PictureError::TooSmall => CoverError::TooSmall,
        PictureError::Stretched => CoverError::Stretched,
    }
}

/// Gives a work a cover in place of the one that was seen in `version` (0: none).
pub async fn put(app: &App, who: &SignedIn, work: &Id, version: i64, sent: Sent, alt: Alt<'_>) -> Result<Result<(), Refusal>, AppError> {
    let whole = app.files.peek(&sent.incoming, 0..sent.incoming.size).await?;
    let drawn = {
        let _turn = DRAWING.acquire().await.map_err(AppError::internal)?;
        let bytes = whole.clone();
        tokio::task::spawn_blocking(move || pictures::draw(&bytes, &COVER_WIDTHS)).await.map_err(AppError::internal)?
    };
    let ((width, height), drawn) = match drawn {
        Ok(drawn) => drawn,
        Err(error) => {
            app.files.discard(sent.incoming).await?;
            return Ok(Err(Refusal::Rule(unfit(error))));
        }
    };
    let now = app.now();
    let mut hashes = vec![sent.incoming.hash.clone()];
    hashes.extend(drawn.iter().map(|one| crate::platform::ids::sha256_hex(&one.bytes)));
    // Noted before they are kept: if this process dies in between, the sweep finds what has no row.
    app.db
        .write_in_line(async |tx| {
            for hash in &hashes {
                uploads::note(tx, hash, now).await?;
            }
            Ok::<_, StoreError>(())
        })
        .await?;
    let original = app.files.keep(sent.incoming).await?;
    let mut images = Vec::with_capacity(drawn.len());
    for one in drawn {
        let stored = app.files.put(one.bytes.into()).await?;
        let (width, height) = (i64::from(one.width), i64::from(one.height));
        images.push(Image { width, height, file_hash: stored.hash, media_type: one.media_type.to_owned() });
    }
    let cover = NewCover { id: app.ids.id(now), file_hash: original.hash, width: i64::from(width), height: i64::from(height), images };
    let by = who.actor();
    let result = app.db.write_in_line(async |tx| {
        let before = covers::of_work(tx, work).await?;
        match &before {
            Some(before) => covers::end(tx, &before.id, version, now).await?,
            None if version == 0 => {}
            None => return Err(StoreError::Stale("covers.version")),
        }
        covers::insert(tx, work, &cover, alt, &by, now).await?;
        let event = if before.is_some() { "cover.replaced" } else { "cover.added" };
        let detail = json!({ "sha256": cover.file_hash, "width": cover.width, "height": cover.height });
        audit::append(tx, now, &by, event, &format!("work:{work}"), &detail).await?;
        Ok(())
    });
    outcome(result.await)
}

/// Says anew what the cover is to those who do not see it.
pub async fn describe(app: &App, who: &SignedIn, work: &Id, version: i64, alt: Alt<'_>) -> Result<Result<(), Refusal>, AppError> {
    let (now, by) = (app.now(), who.actor());
    let result = app.db.write_in_line(async |tx| {
        let cover = covers::of_work(tx, work).await?.ok_or(StoreError::Stale("covers.version"))?;
        covers::set_alt(tx, &cover.id, version, alt).await?;
        let detail = json!({ "decorative": alt.is_none() });
        audit::append(tx, now, &by, "cover.described", &format!("work:{work}"), &detail).await?;
        Ok(())
    });
    outcome(result.await)
}

/// Takes the cover away; its row and files stay.
pub async fn remove(app: &App, who: &SignedIn, work: &Id, version: i64) -> Result<Result<(), Refusal>, AppError> {
    let (now, by) = (app.now(), who.actor());
    let result = app.db.write_in_line(async |tx| {
        let cover = covers::of_work(tx, work).await?.ok_or(StoreError::Stale("covers.version"))?;
        covers::end(tx, &cover.id, version, now).await?;
        audit::append(tx, now, &by, "cover.removed", &format!("work:{work}"), &json!({ "sha256": cover.file_hash })).await?;
        Ok(())
    });
    outcome(result.await)
}

fn outcome(result: Result<(), StoreError>) -> Result<Result<(), Refusal>, AppError> {
    match result {
        Ok(()) => Ok(Ok(())),
        Err(StoreError::Stale("covers.version")) => Ok(Err(Refusal::Stale)),
        Err(error) => Err(error.into()),
    }
}
