//! Taking files in, removing them, having them looked through, and giving them out. Who may is the caller's to ask.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, header};
use serde_json::json;
use tokio::sync::Semaphore;

use super::lifecycle::{self, Event, State};
use super::model::{Attachment, Kind};
use super::rules::{self, FileError};
use super::store;
use crate::kit::{Id, Instant};
use crate::people::model::NoticeKind;
use crate::people::notices::{self, Notice, To};
use crate::platform::clamd::{self, Verdict};
use crate::platform::db::{StoreError, Tx};
use crate::platform::files::Download;
use crate::platform::jobs::{self, Job, JobError, NewJob};
use crate::platform::{audit, pdf_look, uploads};
use crate::web::upload::{FileFault, Sent};
use crate::web::{App, AppError, SignedIn};

/// The kind of the job that looks into a file and has it scanned.
pub const JOB: &str = "attachments.scan";

/// So many files are judged at a time: each lies in memory meanwhile.
static JUDGING: Semaphore = Semaphore::const_new(2);

/// Where a file goes, and how many and how large files may be there.
#[derive(Debug, Clone)]
pub struct Place {
    pub owner: String,
    pub slot: String,
    pub most: u8,
    pub megabytes: u64,
}

impl Place {
    /// The largest file, in bytes.
    pub fn limit(&self) -> u64 {
        self.megabytes * 1024 * 1024
    }
}

/// A file that was judged and is kept, and that no row names yet.
#[derive(Debug, Clone)]
pub struct Kept(Attachment);

/// Judges a file that has come, and keeps it if it may be attached.
pub async fn keep(app: &App, who: &SignedIn, place: &Place, file: Result<Sent, FileFault>) -> Result<Result<Kept, FileError>, AppError> {
    let sent = match file {
        Ok(sent) => sent,
        Err(fault) => return Ok(Err(FileError::of(fault, place.megabytes))),
    };
    let judged = {
        let _turn = JUDGING.acquire().await.map_err(AppError::internal)?;
        let bytes = app.files.peek(&sent.incoming, 0..sent.incoming.size).await?;
        let name = sent.name.clone();
        tokio::task::spawn_blocking(move || rules::judge(&name, &bytes)).await.map_err(AppError::internal)?
    };
    let kind = match judged {
        Ok(kind) => kind,
        Err(error) => {
            app.files.discard(sent.incoming).await?;
            return Ok(Err(error));
        }
    };
    let now = app.now();
    let hash = sent.incoming.hash.clone();
    // Noted before it is kept: if no row comes to name it, the sweep finds it.
    app.db.write_in_line(async |tx| uploads::note(tx, &hash, now).await).await?;
    let stored = app.files.keep(sent.incoming).await?;
    Ok(Ok(Kept(Attachment {
        id: app.ids.id(now),
        owner: place.owner.clone(),
        slot: place.slot.clone(),
        name: rules::saved_as(&sent.name, kind),
        kind,
        size: i64::try_from(stored.size).map_err(AppError::internal)?,
        file_hash: stored.hash,
        state: if app.config.clamd.is_some() { State::Waiting } else { State::Unscanned },
        finding: String::new(),
        seen: String::new(),
        added_by: who.account.clone(),
        added_at: now,
    })))
}

/// Attaches a file within the caller's transaction. The same content twice in one place is one file.
pub async fn attach(tx: &mut Tx, app: &App, place: &Place, kept: &Kept, now: Instant) -> Result<Result<(), FileError>, StoreError> {
    let mut there = store::of(tx, &place.owner).await?;
    there.retain(|one| one.slot == place.slot);
    if there.iter().any(|one| one.file_hash == kept.0.file_hash && one.name == kept.0.name) {
        return Ok(Ok(()));
    }
    let count = there.iter().filter(|one| one.state.counts()).count();
    if count >= usize::from(place.most) {
        return Ok(Err(FileError::TooMany(place.most)));
    }
    store::insert(tx, &kept.0).await?;
    if kept.0.state == State::Waiting || kept.0.kind == Kind::Pdf {
        let payload = json!({ "attachment": kept.0.id.as_str() });
        jobs::put(tx, &app.ids, now, &NewJob { kind: JOB, payload, due: now, unique_key: None }).await?;
    }
    Ok(Ok(()))
}

/// Looks into a PDF, and has the file scanned. While clamd gives no answer the file waits, and the job comes back.
pub async fn scan(app: App, job: Job) -> Result<(), JobError> {
    let id = job.payload.get("attachment").and_then(|id| id.as_str()).and_then(|id| Id::parse(id).ok());
    let id = id.ok_or_else(|| JobError::Never("no attachment is named".to_owned()))?;
    let Some(attachment) = app.db.read(async |tx| store::by_id(tx, &id).await).await? else { return Ok(()) };
    let bytes = app.files.read(&attachment.file_hash).await.map_err(|error| JobError::Later(error.to_string()))?;
    if attachment.kind == Kind::Pdf
        && attachment.seen.is_empty()
        && let Some(seen) = pdf_look::look_apart(&app.config.program, &bytes).await
    {
        let seen = serde_json::to_string(&seen).map_err(|error| JobError::Never(error.to_string()))?;
        app.db.write(async |tx| store::set_seen(tx, &attachment.id, &seen).await).await?;
    }
    if attachment.state != State::Waiting {
        return Ok(());
    }
    let Some(place) = &app.config.clamd else { return Err(JobError::Later("no scanner is set up".to_owned())) };
    let verdict = clamd::scan(place, &bytes).await.map_err(|error| JobError::Later(error.to_string()))?;
    let (event, finding) = match verdict {
        Verdict::Clean => (Event::Clean, String::new()),
        Verdict::Found(name) => (Event::Found, name),
    };
    let now = app.now();
    let Some(state) = lifecycle::apply(attachment.state, event) else { return Ok(()) };
    app.db
        .write_in_line(async |tx| {
            store::set_state(tx, &attachment, state, &finding, now).await?;
            if state == State::Quarantined {
                let detail = json!({ "finding": finding, "sha256": attachment.file_hash });
                audit::append(tx, now, "scanner", "attachment.quarantined", &format!("attachment:{}", attachment.id), &detail).await?;
                let notice = Notice::new(NoticeKind::FileQuarantined, "/mina-sidor").with("file", attachment.name.clone());
                notices::tell(tx, &app, To::Accounts(std::slice::from_ref(&attachment.added_by)), &notice, now).await?;
            }
            Ok::<_, StoreError>(())
        })
        .await?;
    Ok(())
}

/// Answers a request for a file that can be fetched; nothing where it cannot.
pub async fn fetch(app: &App, attachment: &Attachment, request: &HeaderMap) -> Result<Option<Response<Body>>, AppError> {
    if !attachment.state.is_open() {
        return Ok(None);
    }
    let download =
        Download { hash: &attachment.file_hash, name: &attachment.name, media_type: attachment.kind.media_type(), changed: None };
    let mut response = app.files.answer(&download, request).await?;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(Some(response))
}
