//! Files of documents: judged by what is in them and kept by their hash, before the row that names them.

use serde_json::json;

use super::{Outcome, Refusal, reference};
use crate::kit::Id;
use crate::platform::audit;
use crate::platform::db::StoreError;
use crate::platform::ids::sha256_hex;
use crate::platform::uploads;
use crate::register::model::{NewFile, StoredFile};
use crate::register::rules::{FileKind, FileWrong};
use crate::register::store::{self, listing};
use crate::web::upload::{FileFault, Sent};
use crate::web::{App, AppError, SignedIn};

/// How much of a file tells what it is.
const HEAD: u64 = 1024;

/// What a fault of the sending is called here.
pub fn wrong(fault: FileFault) -> FileWrong {
    match fault {
        FileFault::Missing => FileWrong::Missing,
        FileFault::Empty => FileWrong::Empty,
        FileFault::TooLarge => FileWrong::TooLarge,
        FileFault::BrokenOff => FileWrong::BrokenOff,
    }
}

/// Keeps what somebody sent, if it is a file that a document may have; otherwise it is thrown away.
pub async fn keep(app: &App, sent: Sent) -> Result<Result<NewFile, FileWrong>, AppError> {
    let head = app.files.peek(&sent.incoming, 0..sent.incoming.size.min(HEAD)).await?;
    let Some(kind) = FileKind::of(&head) else {
        app.files.discard(sent.incoming).await?;
        return Ok(Err(FileWrong::Kind));
    };
    let now = app.now();
    let hash = sent.incoming.hash.clone();
    // Noted before it is kept: if no row comes to name it, the sweep finds it.
    app.db.write_in_line(async |tx| uploads::note(tx, &hash, now).await).await?;
    let stored = app.files.keep(sent.incoming).await?;
    let size = i64::try_from(stored.size).map_err(AppError::internal)?;
    Ok(Ok(NewFile { id: app.ids.id(now), hash: stored.hash, name: kind.name(&sent.name), media_type: kind.media_type().to_owned(), size }))
}

/// Keeps a file that the portal wrote.
pub async fn keep_written(app: &App, name: String, kind: FileKind, bytes: Vec<u8>) -> Result<NewFile, AppError> {
    let now = app.now();
    let hash = sha256_hex(&bytes);
    app.db.write_in_line(async |tx| uploads::note(tx, &hash, now).await).await?;
    let stored = app.files.put(bytes.into()).await?;
    let size = i64::try_from(stored.size).map_err(AppError::internal)?;
    Ok(NewFile { id: app.ids.id(now), hash: stored.hash, name, media_type: kind.media_type().to_owned(), size })
}

/// A document's file for the staff. Reading one of a document that is marked as secret is noted in the chain.
pub async fn read(app: &App, who: &SignedIn, document: &Id, file: &Id) -> Outcome<StoredFile> {
    let now = app.now();
    let found = app
        .db
        .read(async |tx| {
            let file = store::file(tx, file).await?.filter(|file| file.document_id == *document);
            Ok::<_, StoreError>(file.zip(listing::one(tx, document).await?))
        })
        .await?;
    let Some((file, listed)) = found else { return Ok(Err(Refusal::Unknown)) };
    if listed.is_secret() {
        let detail = json!({ "number": listed.number_of_document(), "file": file.id.as_str() });
        app.db
            .write_in_line(async |tx| audit::append(tx, now, &who.actor(), "register.file_read", &reference(document), &detail).await)
            .await?;
    }
    Ok(Ok(file))
}
