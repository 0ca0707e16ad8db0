//! Files of editions: judged by what is in them, kept by their hash, and what was there before stays to be looked at.

use serde_json::json;

use crate::catalogue::model::{EditionForm, FileInfo};
use crate::catalogue::rules::files::{self as rules, FileError, Kind, TAIL};
use crate::catalogue::store::{files, prices};
use crate::kit::Id;
use crate::platform::db::{StoreError, Tx};
use crate::platform::files::{FilesError, Incoming};
use crate::platform::{audit, uploads};
use crate::web::upload::{FileFault, Sent};
use crate::web::{App, AppError, SignedIn};

/// Why a file was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The work has no such edition, or none that offers files.
    NoEdition,
    Stale,
    Rule(FileError),
}

/// What a fault of the sending is called here.
pub fn fault(fault: FileFault) -> FileError {
    match fault {
        FileFault::Missing => FileError::Missing,
        FileFault::Empty => FileError::Empty,
        FileFault::TooLarge => FileError::TooLarge,
        FileFault::BrokenOff => FileError::BrokenOff,
    }
}

/// What a file is, and whether it is whole.
async fn judge(app: &App, incoming: &Incoming) -> Result<Result<Kind, FileError>, FilesError> {
    let head = app.files.peek(incoming, 0..64).await?;
    let Some(kind) = Kind::of(&head) else { return Ok(Err(FileError::Kind)) };
    let size = incoming.size;
    let tail = app.files.peek(incoming, size.saturating_sub(TAIL)..size).await?;
    let whole = match kind {
        Kind::Pdf => match rules::pdf_table(&tail, size) {
            Some(at) => rules::is_pdf_table(&app.files.peek(incoming, at..at + 64).await?),
            None => false,
        },
        Kind::Epub => match rules::zip_directory(&tail, size) {
            Some((start, length)) => rules::is_epub_directory(&app.files.peek(incoming, start..start + length).await?),
            None => false,
        },
    };
    Ok(if whole { Ok(kind) } else { Err(FileError::Damaged) })
}

/// Gives an edition a file, in place of the one that it has. What was sent is kept or thrown away, whatever comes of it.
pub async fn put(app: &App, who: &SignedIn, work: &Id, edition: &Id, version: i64, sent: Sent) -> Result<Result<(), Refusal>, AppError> {
    let kind = match judge(app, &sent.incoming).await? {
        Ok(kind) => kind,
        Err(error) => {
            app.files.discard(sent.incoming).await?;
            return Ok(Err(Refusal::Rule(error)));
        }
    };
    let now = app.now();
    let hash = sent.incoming.hash.clone();
    // Noted before it is kept: if this process dies in between, the sweep finds what has no row.
    app.db.write_in_line(async |tx| uploads::note(tx, &hash, now).await).await?;
    let stored = app.files.keep(sent.incoming).await?;
    let size = i64::try_from(stored.size).map_err(AppError::internal)?;
    let by = who.actor();
    let aside = app.ids.id(now);
    let result = app.db.write_in_line(async |tx| {
        let editions = files::digital(tx, work).await?;
        let Some(own) = editions.iter().find(|own| own.id == *edition) else { return Ok(Err(Refusal::NoEdition)) };
        if EditionForm::of_code(&own.form).and_then(Kind::for_form) != Some(kind) {
            return Ok(Err(Refusal::Rule(FileError::OtherForm)));
        }
        let Some((_, path)) = prices::title(tx, work).await? else { return Ok(Err(Refusal::NoEdition)) };
        let before = own.file();
        // The address stays when a file is replaced: others link to it.
        let name = match &before {
            Some(before) => before.name.clone(),
            None => rules::file_name(&sent.name, path.rsplit('/').next().unwrap_or("publikation"), kind),
        };
        if editions.iter().any(|other| other.id != *edition && other.file_name.as_deref() == Some(name.as_str())) {
            return Ok(Err(Refusal::Rule(FileError::Name)));
        }
        prices::rise(tx, edition, version).await?;
        files::lay_aside(tx, &aside, edition, &by, now).await?;
        let file = FileInfo { hash: stored.hash.clone(), name, size, media_type: kind.media_type().to_owned() };
        files::set(tx, edition, Some(&file)).await?;
        let event = if before.is_some() { "edition.file_replaced" } else { "edition.file_added" };
        let detail = json!({ "sha256": file.hash, "size": size, "before": before.map(|before| before.hash) });
        audit::append(tx, now, &by, event, &format!("edition:{edition}"), &detail).await?;
        Ok(Ok(()))
    });
    outcome(result.await)
}

/// Takes an edition's file away from readers; staff can still look at it.
pub async fn remove(app: &App, who: &SignedIn, work: &Id, edition: &Id, version: i64) -> Result<Result<(), Refusal>, AppError> {
    let (now, by) = (app.now(), who.actor());
    let aside = app.ids.id(now);
    let result = app.db.write_in_line(async |tx: &mut Tx| {
        let editions = files::digital(tx, work).await?;
        let Some(file) = editions.iter().find(|own| own.id == *edition).and_then(files::Digital::file) else {
            return Ok(Err(Refusal::NoEdition));
        };
        prices::rise(tx, edition, version).await?;
        files::lay_aside(tx, &aside, edition, &by, now).await?;
        files::set(tx, edition, None).await?;
        let detail = json!({ "sha256": file.hash });
        audit::append(tx, now, &by, "edition.file_removed", &format!("edition:{edition}"), &detail).await?;
        Ok(Ok(()))
    });
    outcome(result.await)
}

fn outcome(result: Result<Result<(), Refusal>, StoreError>) -> Result<Result<(), Refusal>, AppError> {
    match result {
        Ok(done) => Ok(done),
        Err(StoreError::Stale("editions.version")) => Ok(Err(Refusal::Stale)),
        Err(error) => Err(error.into()),
    }
}
