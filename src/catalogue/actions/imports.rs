//! Reading in a file of publications by the page: it comes, a job looks it through, someone confirms, a job reads it in. The
//! report is that of the command line, sentence by sentence.

use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use futures::TryStreamExt;
use serde_json::json;
use tokio::io::AsyncWriteExt;

use crate::catalogue::import::{self, Attachments, ImportError, Progress, Report, Request, Source, report};
use crate::catalogue::rules::imports::FileError;
use crate::catalogue::store::imports::{self, ImportRow, NewImport, Settled, State};
use crate::kit::field::clean_line;
use crate::kit::{Id, Instant, Lang, StaffRole};
use crate::people::model::NoticeKind;
use crate::people::notices::{self, Notice, To};
use crate::platform::db::{Engine, StoreError, Transient, Tx};
use crate::platform::jobs::{self, Job, JobError, NewJob};
use crate::platform::{audit, uploads};
use crate::web::upload::{FileFault, Sent};
use crate::web::{App, AppError, SignedIn};

/// The kind of the jobs.
pub const JOB: &str = "catalogue_import";

/// How often the page hears how far it has come.
const BEAT: Duration = Duration::from_secs(1);

/// What a fault of the sending is called here.
pub fn fault(fault: FileFault) -> FileError {
    match fault {
        FileFault::Missing => FileError::Missing,
        FileFault::Empty => FileError::Empty,
        FileFault::TooLarge => FileError::TooLarge,
        FileFault::BrokenOff => FileError::BrokenOff,
    }
}

/// Takes a file and has it looked through; gives its page's id.
pub async fn take(app: &App, who: &SignedIn, sent: Sent) -> Result<Id, AppError> {
    let head = app.files.peek(&sent.incoming, 0..64).await?;
    let first = head.iter().copied().find(|byte| !byte.is_ascii_whitespace() && !b"\xEF\xBB\xBF".contains(byte));
    let format = if matches!(first, Some(b'[' | b'{')) { "json" } else { "csv" };
    let now = app.now();
    let hash = sent.incoming.hash.clone();
    app.db.write_in_line(async |tx| uploads::note(tx, &hash, now).await).await?;
    let stored = app.files.keep(sent.incoming).await?;
    let size = i64::try_from(stored.size).map_err(AppError::internal)?;
    let (id, by) = (app.ids.id(now), who.actor());
    let name: String = clean_line(sent.name.rsplit(['/', '\\']).next().unwrap_or_default()).chars().take(120).collect();
    app.db
        .write_in_line(async |tx| {
            imports::insert(tx, NewImport { id: &id, name: &name, hash: &stored.hash, size, format, by: &by, at: now }).await?;
            put_job(tx, app, &id, "check", now).await?;
            let detail = json!({ "sha256": stored.hash, "size": size });
            audit::append(tx, now, &by, "import.uploaded", &format!("import:{id}"), &detail).await?;
            Ok::<_, StoreError>(())
        })
        .await?;
    app.bell.ring();
    Ok(id)
}

async fn put_job(tx: &mut Tx, app: &App, id: &Id, step: &str, now: Instant) -> Result<(), StoreError> {
    let key = format!("{JOB}:{id}:{step}");
    let job = NewJob { kind: JOB, payload: json!({ "import": id.as_str() }), due: now, unique_key: Some(&key) };
    jobs::put(tx, &app.ids, now, &job).await?;
    Ok(())
}

/// What came of a confirmation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirmed {
    Yes,
    /// It no longer waits for that.
    Stale,
    /// There are evaluations in it, and whoever uploaded it is not the one to let readers see them.
    NeedsAnother,
}

/// Has a file read in that was looked through. Nothing changes unless it is confirmed.
pub async fn confirm(app: &App, who: &SignedIn, id: &Id, version: i64) -> Result<Confirmed, AppError> {
    let (now, by) = (app.now(), who.actor());
    let result = app.db.write_in_line(async |tx| {
        if imports::one(tx, id).await?.is_some_and(|row| row.needs_another(&by)) {
            return Ok(Confirmed::NeedsAnother);
        }
        imports::confirm(tx, id, version, &by, now).await?;
        put_job(tx, app, id, "import", now).await?;
        audit::append(tx, now, &by, "import.confirmed", &format!("import:{id}"), &json!({})).await?;
        Ok(Confirmed::Yes)
    });
    match result.await {
        Ok(confirmed) => {
            app.bell.ring();
            Ok(confirmed)
        }
        Err(StoreError::Stale("catalogue_imports.version")) => Ok(Confirmed::Stale),
        Err(error) => Err(error.into()),
    }
}

/// The job: looks a file through, or reads it in, as its row says. Twice does no harm: what was read in is unchanged the second
/// time.
pub async fn work(app: App, job: Job) -> Result<(), JobError> {
    let id = job.payload.get("import").and_then(|id| id.as_str()).and_then(|id| Id::parse(id).ok());
    let id = id.ok_or_else(|| JobError::Never("the payload names no import".to_owned()))?;
    let Some(row) = app.db.read(async |tx| imports::one(tx, &id).await).await? else { return Ok(()) };
    let state = row.state();
    let Some(hash) = row.file_hash.as_ref().filter(|_| state.is_running()) else { return Ok(()) };
    let dry_run = state == State::Checking;
    let copy = Copy::make(&app, hash, &row.format, &id).await.map_err(|error| JobError::Later(error.to_string()))?;
    // Rows that name files are refused with their sentence: files come one by one, at each edition.
    let request = Request {
        source: Source::File(copy.path.clone()),
        attachments: Attachments::Folder(copy.path.with_extension("none")),
        dry_run,
        two_people: row.confirmed_by.as_ref().is_some_and(|by| *by != row.uploaded_by),
    };
    let (rows, written) = (AtomicI64::new(0), AtomicI64::new(0));
    let heard = |progress: Progress| {
        let (counter, done) = match progress {
            Progress::Checked(done) => (&rows, done),
            Progress::Written(done) => (&written, done),
        };
        counter.store(i64::try_from(done).unwrap_or(i64::MAX), Ordering::Relaxed);
    };
    let outcome = {
        let reading = import::publications(&app, &request, &heard);
        tokio::pin!(reading);
        loop {
            tokio::select! {
                outcome = &mut reading => break outcome,
                () = tokio::time::sleep(BEAT) => {
                    let far = Far { rows: rows.load(Ordering::Relaxed), written: written.load(Ordering::Relaxed) };
                    if let Err(error) = copy.note(&app, &id, dry_run, far).await {
                        tracing::warn!(%error, "how far an import has come was not noted");
                    }
                }
            }
        }
    };
    let evaluations = outcome.as_ref().map_or(0, |report| i64::try_from(report.evaluations).unwrap_or(i64::MAX));
    let (after, lines, done) = match outcome {
        Ok(report) => {
            let after = match (&report, dry_run) {
                (Report { bad_rows: 1.., .. }, true) => State::Refused,
                (Report { bad_rows: 1.., .. }, false) => State::Failed,
                (_, true) => State::Checked,
                (_, false) => State::Imported,
            };
            (after, report::lines(&report, dry_run, Lang::Sv), i64::try_from(report.rows).unwrap_or(i64::MAX))
        }
        Err(ImportError::Store(error)) if error.is_transient() || job.attempts < 3 => return Err(JobError::Later(error.to_string())),
        Err(error) => {
            let after = if dry_run { State::Refused } else { State::Failed };
            (after, vec![report::failure(&error, Lang::Sv)], rows.load(Ordering::Relaxed))
        }
    };
    let now = app.now();
    let told = json!(lines).to_string();
    let by = row.confirmed_by.clone().unwrap_or_else(|| row.uploaded_by.clone());
    app.db
        .write_in_line(async |tx| {
            if imports::settle(tx, &id, state, Settled { after, rows: done, evaluations, report: &told }, now).await? {
                let event = if dry_run { "import.checked" } else { "import.finished" };
                let detail = json!({ "state": after.code(), "rows": done, "sha256": row.shown_hash });
                audit::append(tx, now, &by, event, &format!("import:{id}"), &detail).await?;
                if after == State::Checked && evaluations > 0 {
                    tell_editors(tx, &app, &row, now).await?;
                }
            }
            Ok::<_, StoreError>(())
        })
        .await?;
    Ok(())
}

/// Tells the other editors that a file waits for one of them: it holds evaluations, which take two people.
async fn tell_editors(tx: &mut Tx, app: &App, row: &ImportRow, now: Instant) -> Result<(), StoreError> {
    let mut notice = Notice::new(NoticeKind::ImportAwaits, format!("/handlaggare/publikationer/import/{}", row.id)).with("file", &row.name);
    if let Some(account) = row.uploaded_by.strip_prefix("account:").and_then(|id| Id::parse(id).ok()) {
        notice = notice.not_to(&account);
    }
    notices::tell(tx, app, To::Holders(StaffRole::Editor), &notice, now).await
}

/// How far a file has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Far {
    /// Looked through.
    pub rows: i64,
    pub written: i64,
}

/// How far a file has come, as its page tells it. On SQLite whoever reads in a file is the one who writes, so what it says
/// meanwhile stands beside its copy: with SQLite there is one machine.
pub async fn far(app: &App, row: &ImportRow) -> Far {
    let noted = Far { rows: row.rows_done, written: row.rows_written };
    if row.state() != State::Importing || app.db.engine() != Engine::Sqlite {
        return noted;
    }
    let told = tokio::fs::read_to_string(folder(app).join(format!("{}.{NOTE}", row.id))).await.unwrap_or_default();
    let mut numbers = told.split_whitespace().map_while(|number| number.parse().ok());
    match (numbers.next(), numbers.next()) {
        (Some(rows), Some(written)) => Far { rows, written },
        _ => noted,
    }
}

/// Removes copies that no file needs any more: a worker that was killed left them. Gives how many there were.
pub async fn sweep(app: &App) -> Result<u64, AppError> {
    let mut entries = match tokio::fs::read_dir(folder(app)).await {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(AppError::internal(error)),
    };
    // Listed before the rows are asked, so that a copy which is made meanwhile is not among them.
    let mut paths = Vec::new();
    while let Some(entry) = entries.next_entry().await.map_err(AppError::internal)? {
        paths.push(entry.path());
    }
    let running = app.db.read(async |tx| imports::running(tx).await).await?;
    let mut removed = 0;
    for path in paths {
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        if running.iter().any(|id| id.as_str() == stem) {
            continue;
        }
        match tokio::fs::remove_file(&path).await {
            Ok(()) => removed += 1,
            Err(error) => tracing::warn!(%error, "the copy of an import was not removed"),
        }
    }
    Ok(removed)
}

/// Where the copies lie.
fn folder(app: &App) -> PathBuf {
    app.config.data.join("imports")
}

/// The ending of what says how far a file has come.
const NOTE: &str = "rader";

/// A copy of a stored file on this machine, for the reader, which reads a file twice; removed when it is dropped.
struct Copy {
    path: PathBuf,
}

impl Copy {
    async fn make(app: &App, hash: &str, format: &str, id: &Id) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let folder = folder(app);
        tokio::fs::create_dir_all(&folder).await?;
        let copy = Self { path: folder.join(format!("{id}.{format}")) };
        let mut file = tokio::fs::File::create(&copy.path).await?;
        let mut stream = app.files.get(hash, None).await?;
        while let Some(bytes) = stream.try_next().await? {
            file.write_all(&bytes).await?;
        }
        file.flush().await?;
        Ok(copy)
    }

    /// Notes how far it has come: in the file's row, or beside the copy while the one writer of SQLite is busy with it.
    async fn note(&self, app: &App, id: &Id, dry_run: bool, far: Far) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        if dry_run || app.db.engine() == Engine::Postgres {
            app.db.write(async |tx| imports::progress(tx, id, far.rows, far.written).await).await?;
        } else {
            tokio::fs::write(self.path.with_extension(NOTE), format!("{} {}", far.rows, far.written)).await?;
        }
        Ok(())
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_file(&self.path) {
            tracing::warn!(%error, "the copy of an import was not removed");
        }
        // Only a long import has one.
        let _ = std::fs::remove_file(self.path.with_extension(NOTE));
    }
}
