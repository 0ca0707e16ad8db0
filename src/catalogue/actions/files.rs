//! Files of editions: judged by what is in them, kept by their hash, and named by the draft. Readers see them when the draft is
//! published ([`editor::actions`]).

use serde_json::Value;

use crate::catalogue::editor::actions::{self as drafts, Seen};
use crate::catalogue::editor::{attached, record, store as editor};
use crate::catalogue::model::{EditionForm, FileInfo};
use crate::catalogue::rules::files::{self as rules, FileError, Kind, TAIL};
use crate::kit::{Id, slugify};
use crate::platform::files::{FilesError, Incoming};
use crate::platform::uploads;
use crate::web::upload::{FileFault, Sent};
use crate::web::{App, AppError, SignedIn};

/// Why a file was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The publication has no such edition, or none that offers files.
    NoEdition,
    /// Someone else changed the same file meanwhile; this is what came, if anything did.
    Stale(Option<FileInfo>),
    /// The draft waits for its time.
    Locked,
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

/// What a file is called in an edition of a draft, if it may be there. The address stays when a file is replaced: others link to it.
fn name_in(record: &record::Record, edition: &Id, sent: &str, kind: Kind) -> Result<String, Refusal> {
    let own = record::edition(record, edition.as_str()).ok_or(Refusal::NoEdition)?;
    if EditionForm::of_code(record::text(own, "form")).and_then(Kind::for_form) != Some(kind) {
        return Err(Refusal::Rule(FileError::OtherForm));
    }
    let name = match attached::file_of(own) {
        Some(before) => before.name,
        None => {
            let title = slugify(record::text(record, "title"));
            rules::file_name(sent, title.as_ref().map_or("publikation", |slug| slug.as_str()), kind)
        }
    };
    let taken = attached::files(record).into_iter().any(|(other, file)| record::text(other, "id") != edition.as_str() && file.name == name);
    if taken { Err(Refusal::Rule(FileError::Name)) } else { Ok(name) }
}

/// Gives an edition of a draft a file, in place of the one that it has. What was sent is kept or thrown away, whatever comes of it.
pub async fn put(app: &App, who: &SignedIn, work: &Id, edition: &Id, seen: Seen, sent: Sent) -> Result<Result<(), Refusal>, AppError> {
    let judged = judge(app, &sent.incoming).await?.map_err(Refusal::Rule);
    let record = app.db.read(async |tx| editor::current(tx, work).await).await?.ok_or(AppError::NotFound)?;
    let judged = judged.and_then(|kind| Ok((kind, name_in(&record, edition, &sent.name, kind)?)));
    let (kind, name) = match judged {
        Ok(judged) => judged,
        Err(refusal) => {
            app.files.discard(sent.incoming).await?;
            return Ok(Err(refusal));
        }
    };
    let now = app.now();
    let hash = sent.incoming.hash.clone();
    // Noted before it is kept: if this process dies in between, or the draft refuses it, the sweep finds what nothing names.
    app.db.write_in_line(async |tx| uploads::note(tx, &hash, now).await).await?;
    let stored = app.files.keep(sent.incoming).await?;
    let size = i64::try_from(stored.size).map_err(AppError::internal)?;
    let file = FileInfo { hash: stored.hash, name, size, media_type: kind.media_type().to_owned() };
    let value = attached::file_value(&file);
    set(app, who, work, edition, seen, Some(value))
        .await
        .map(|done| done.map_err(|refusal| if refusal == Refusal::Stale(None) { Refusal::Stale(Some(file)) } else { refusal }))
}

/// Takes an edition's file away in the draft.
pub async fn remove(app: &App, who: &SignedIn, work: &Id, edition: &Id, seen: Seen) -> Result<Result<(), Refusal>, AppError> {
    set(app, who, work, edition, seen, None).await
}

async fn set(
    app: &App,
    who: &SignedIn,
    work: &Id,
    edition: &Id,
    seen: Seen,
    value: Option<Value>,
) -> Result<Result<(), Refusal>, AppError> {
    let answers = [(record::edition_part(edition.as_str(), attached::FILE), value)];
    Ok(match drafts::save(app, who, work, seen, &answers).await? {
        Ok(()) => Ok(()),
        Err(drafts::Refusal::Unknown) => Err(Refusal::NoEdition),
        Err(drafts::Refusal::NotNow) => Err(Refusal::Locked),
        Err(_) => Err(Refusal::Stale(None)),
    })
}
