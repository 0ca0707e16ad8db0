//! Covers: drawn anew in the sizes that pages show, kept by their hash, and named by the draft. Readers see them when the draft
//! is published ([`editor::actions`]).

use serde_json::Value;
use tokio::sync::Semaphore;

use crate::catalogue::editor::actions::{self as drafts, Seen};
use crate::catalogue::editor::attached::{self, NamedCover};
use crate::catalogue::model::{COVER_WIDTHS, Cover};
use crate::catalogue::rules::covers::CoverError;
use crate::catalogue::store::covers::{Alt, Image, NewCover};
use crate::kit::Id;
use crate::platform::db::StoreError;
use crate::platform::pictures::{self, PictureError};
use crate::platform::uploads;
use crate::web::upload::{FileFault, Sent};
use crate::web::{App, AppError, SignedIn};

/// Unpacked, a picture takes hundreds of megabytes: one at a time.
static DRAWING: Semaphore = Semaphore::const_new(1);

/// Why a cover was not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    Stale,
    /// The draft waits for its time.
    Locked,
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

/// Gives a draft a cover in place of the one that it has.
pub async fn put(app: &App, who: &SignedIn, work: &Id, seen: Seen, sent: Sent, alt: Alt<'_>) -> Result<Result<(), Refusal>, AppError> {
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
    // Noted before they are kept: if this process dies in between, or the draft refuses them, the sweep finds what nothing names.
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
    let named = Cover { id: cover.id.clone(), width: cover.width, height: cover.height, alt_sv: None, alt_en: None };
    let value = named_with(&cover.file_hash, named, alt);
    save(app, who, work, seen, Some(value), Some((&cover, alt))).await
}

/// Says anew in the draft what its cover is to those who do not see it.
pub async fn describe(
    app: &App,
    who: &SignedIn,
    work: &Id,
    seen: Seen,
    cover: &NamedCover,
    alt: Alt<'_>,
) -> Result<Result<(), Refusal>, AppError> {
    let value = named_with(&cover.hash, cover.cover.clone(), alt);
    save(app, who, work, seen, Some(value), None).await
}

/// Takes the cover out of the draft; its row and files stay.
pub async fn remove(app: &App, who: &SignedIn, work: &Id, seen: Seen) -> Result<Result<(), Refusal>, AppError> {
    save(app, who, work, seen, None, None).await
}

fn named_with(hash: &str, cover: Cover, alt: Alt<'_>) -> Value {
    let (alt_sv, alt_en) = (alt.map(|(sv, _)| sv.to_owned()), alt.map(|(_, en)| en.to_owned()));
    attached::cover_value(&NamedCover { hash: hash.to_owned(), cover: Cover { alt_sv, alt_en, ..cover } })
}

async fn save(
    app: &App,
    who: &SignedIn,
    work: &Id,
    seen: Seen,
    value: Option<Value>,
    new: Option<(&NewCover, Alt<'_>)>,
) -> Result<Result<(), Refusal>, AppError> {
    let answers = [(attached::COVER.to_owned(), value)];
    Ok(match drafts::save_with(app, who, work, seen, &answers, new).await? {
        Ok(()) => Ok(()),
        Err(drafts::Refusal::Unknown) => return Err(AppError::NotFound),
        Err(drafts::Refusal::NotNow) => Err(Refusal::Locked),
        Err(_) => Err(Refusal::Stale),
    })
}
