//! What people do with tables: save, change and share views, choose columns, ask for files. And the job that writes a file:
//! [`begin`] takes it up, `server` says which roles the one who asked holds by then, [`write()`] writes.

use serde_json::{Map, Value as Json, json};

use super::file::{FileError, Writing};
use super::model::{Export, Format, View};
use super::{rules, store};
use crate::kit::{Id, Instant, StaffRole, StaffRoles};
use crate::platform::audit;
use crate::platform::db::{StoreError, Transient, Tx};
use crate::platform::files::FilesError;
use crate::platform::jobs::{self, Job, JobError, NewJob};
use crate::web::sheets::{self, Facts, Sheet};
use crate::web::{App, AppError, SignedIn, note_denied};

/// The kind of the job that writes a file.
pub const JOB: &str = "export";

/// Rows that are read at a time.
const PAGE: i64 = 1000;

/// How many files of one person may be unfinished at once, and how many they may ask for in a day.
pub const MOST_AT_ONCE: usize = 3;
pub const MOST_A_DAY: usize = 50;

/// How often the job is tried by itself.
const TRIES: i64 = 3;

/// Why something is not done.
#[derive(Debug)]
pub enum Refusal {
    /// One's own view of this table has the name already.
    NameTaken,
    /// Somebody was here before.
    Stale,
    /// Not before one of the files is done.
    TooManyAtOnce,
    /// Not before tomorrow.
    TooManyToday,
    Failed(AppError),
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale(_) => Self::Stale,
            error => Self::Failed(error.into()),
        }
    }
}

impl Transient for Refusal {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Failed(error) if error.is_transient())
    }
}

/// The table with this code, for someone who holds one of its roles; others are turned away, and the chain says so.
pub async fn sheet_for(
    app: &App,
    who: &SignedIn,
    code: &str,
    roles: fn(&Facts) -> &'static [StaffRole],
) -> Result<&'static dyn Sheet, AppError> {
    let sheet = app.sheet(code).ok_or(AppError::NotFound)?;
    if !who.roles.any_of(roles(sheet.facts())) {
        note_denied(app, who, "table", &json!({ "table": sheet.facts().code })).await?;
        return Err(AppError::Forbidden);
    }
    Ok(sheet)
}

/// Chooses columns for oneself, or for a view of one's own.
pub async fn choose_columns(app: &App, who: &SignedIn, sheet: &str, columns: &str, view: Option<View>) -> Result<(), AppError> {
    match view {
        Some(view) => {
            let view = View { columns: columns.to_owned(), ..view };
            match change(app, who, &view).await {
                // Oneself, in another window, within the same moment: what that one chose stays.
                Ok(()) | Err(Refusal::Stale) => Ok(()),
                Err(Refusal::Failed(error)) => Err(error),
                Err(refusal) => Err(AppError::internal(format!("{refusal:?}"))),
            }
        }
        None => Ok(app.db.write(async |tx| store::choose_columns(tx, sheet, &who.account, columns).await).await?),
    }
}

fn about(view: &View) -> Json {
    json!({ "table": view.sheet, "shared_with": view.shared_with })
}

async fn name_is_free(tx: &mut Tx, view: &View) -> Result<(), Refusal> {
    let others = store::views(tx, &view.sheet, &view.owner_id).await?;
    let taken = others.iter().any(|other| other.id != view.id && other.owner_id == view.owner_id && other.name == view.name);
    if taken { Err(Refusal::NameTaken) } else { Ok(()) }
}

/// Saves a new view; with `first` the table opens with it.
pub async fn save(app: &App, who: &SignedIn, view: &View, first: bool) -> Result<(), Refusal> {
    let now = app.now();
    app.db
        .write_in_line(async |tx| {
            name_is_free(tx, view).await?;
            store::insert_view(tx, view, now).await?;
            if first {
                store::choose_view(tx, &view.sheet, &who.account, Some(&view.id)).await?;
            }
            audit::append(tx, now, &who.actor(), "view.saved", &format!("view:{}", view.id), &about(view)).await?;
            Ok(())
        })
        .await
}

/// Changes a view of one's own that still is what was seen.
pub async fn change(app: &App, who: &SignedIn, view: &View) -> Result<(), Refusal> {
    let now = app.now();
    app.db
        .write_in_line(async |tx| {
            name_is_free(tx, view).await?;
            store::update_view(tx, view, now).await?;
            audit::append(tx, now, &who.actor(), "view.changed", &format!("view:{}", view.id), &about(view)).await?;
            Ok(())
        })
        .await
}

/// Says with which view a table opens for oneself.
pub async fn open_with(app: &App, who: &SignedIn, sheet: &str, view: Option<&Id>) -> Result<(), AppError> {
    Ok(app.db.write(async |tx| store::choose_view(tx, sheet, &who.account, view).await).await?)
}

pub async fn remove(app: &App, who: &SignedIn, view: &View) -> Result<(), AppError> {
    let now = app.now();
    let done = app
        .db
        .write_in_line(async |tx| {
            store::delete_view(tx, &view.id).await?;
            audit::append(tx, now, &who.actor(), "view.removed", &format!("view:{}", view.id), &about(view)).await?;
            Ok::<_, StoreError>(())
        })
        .await;
    match done {
        // Pressed twice, or by two.
        Ok(()) | Err(StoreError::Stale(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// What a query narrows a table to, for the chain: codes and days as they are, words only by their number.
fn filters(facts: &Facts, query: &str) -> Json {
    let given = facts.fields.iter().map(|field| (field, sheets::asked(query, field.name))).filter(|(_, value)| !value.is_empty());
    let entries = given.map(|(field, value)| {
        let told = if field.personal { json!({ "words": value.split_whitespace().count() }) } else { Json::from(value) };
        (field.name.to_owned(), told)
    });
    Json::Object(entries.collect::<Map<_, _>>())
}

/// Asks for a file. The same file again, while it is on its way, is the same file.
pub async fn order(app: &App, who: &SignedIn, sheet: &dyn Sheet, query: &str, columns: &str, format: Format) -> Result<Id, Refusal> {
    let now = app.now();
    let export = Export {
        id: app.ids.id(now),
        account_id: who.account.clone(),
        sheet: sheet.facts().code.to_owned(),
        query: sheets::clean(sheet.facts(), query),
        columns: columns.to_owned(),
        format: format.code().to_owned(),
        state: "waiting".to_owned(),
        fault: String::new(),
        attempt: 1,
        rows_done: 0,
        rows_total: 0,
        size: 0,
        created_at: now,
        done_at: None,
    };
    let detail = json!({
        "table": export.sheet, "format": export.format, "columns": rules::places(&sheet.headings(), columns).len(),
        "filters": filters(sheet.facts(), &export.query),
    });
    let export = &export;
    let id = app
        .db
        .write_in_line(async |tx| {
            let today = store::exports_of(tx, &who.account, now.plus_days(-1), 1000).await?;
            let underway: Vec<&Export> = today.iter().filter(|other| !other.is_over()).collect();
            let same = |other: &&&Export| {
                (&other.sheet, &other.query, &other.columns, &other.format)
                    == (&export.sheet, &export.query, &export.columns, &export.format)
            };
            if let Some(same) = underway.iter().find(same) {
                return Ok(same.id.clone());
            }
            if underway.len() >= MOST_AT_ONCE {
                return Err(Refusal::TooManyAtOnce);
            }
            if today.len() >= MOST_A_DAY {
                return Err(Refusal::TooManyToday);
            }
            store::insert_export(tx, export).await?;
            put_job(tx, app, export, now).await?;
            audit::append(tx, now, &who.actor(), "export.asked", &format!("export:{}", export.id), &detail).await?;
            Ok(export.id.clone())
        })
        .await?;
    app.bell.ring();
    Ok(id)
}

async fn put_job(tx: &mut Tx, app: &App, export: &Export, now: Instant) -> Result<(), StoreError> {
    let key = format!("export:{}:{}", export.id, export.attempt);
    let payload = json!({ "export": export.id.to_string(), "attempt": export.attempt });
    jobs::put(tx, &app.ids, now, &NewJob { kind: JOB, payload, due: now, unique_key: Some(&key) }).await?;
    Ok(())
}

/// Tries again what failed.
pub async fn again(app: &App, who: &SignedIn, export: &Export) -> Result<(), AppError> {
    let now = app.now();
    app.db
        .write_in_line(async |tx| {
            if store::begin_again(tx, export).await? {
                let next = Export { attempt: export.attempt + 1, ..export.clone() };
                put_job(tx, app, &next, now).await?;
                let detail = json!({ "table": export.sheet, "attempt": next.attempt });
                audit::append(tx, now, &who.actor(), "export.asked", &format!("export:{}", export.id), &detail).await?;
            }
            Ok::<_, StoreError>(())
        })
        .await?;
    app.bell.ring();
    Ok(())
}

/// Notes that a file leaves the house.
pub async fn note_fetched(app: &App, who: &SignedIn, export: &Export) -> Result<(), AppError> {
    let now = app.now();
    let detail = json!({ "table": export.sheet, "rows": export.rows_done, "format": export.format });
    let object = format!("export:{}", export.id);
    app.db.write_in_line(async |tx| audit::append(tx, now, &who.actor(), "export.fetched", &object, &detail).await).await?;
    Ok(())
}

/// Takes up a job; none when there is nothing left to do.
pub async fn begin(app: &App, job: &Job) -> Result<Option<Export>, JobError> {
    let id = job.payload.get("export").and_then(Json::as_str).and_then(|id| Id::parse(id).ok());
    let id = id.ok_or_else(|| JobError::Never("the job names no export".to_owned()))?;
    let export = app.db.read(async |tx| store::export(tx, &id).await).await?;
    let attempt = job.payload.get("attempt").and_then(Json::as_i64);
    Ok(export.filter(|export| !export.is_over() && Some(export.attempt) == attempt))
}

/// Why a file was not written.
#[derive(Debug, thiserror::Error)]
enum Stopped {
    #[error("the one who asked no longer holds the role")]
    Role,
    #[error("there are more rows than the format holds")]
    Rows,
    /// A newer attempt is under way.
    #[error("another attempt counts")]
    Superseded,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    File(#[from] FileError),
    #[error(transparent)]
    Files(#[from] FilesError),
}

impl Stopped {
    /// The stored code.
    fn code(&self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::Rows => "rows",
            _ => "fault",
        }
    }

    /// Whether another try may help.
    fn may_pass(&self) -> bool {
        match self {
            Self::Store(StoreError::Corrupt(_)) | Self::Role | Self::Rows | Self::Superseded => false,
            Self::Store(_) | Self::File(_) | Self::Files(_) => true,
        }
    }
}

/// Writes the file, if who asked still may; `roles` are those that they hold now.
pub async fn write(app: &App, export: &Export, roles: StaffRoles, try_number: i64) -> Result<(), JobError> {
    let Err(stopped) = try_writing(app, export, roles).await else { return Ok(()) };
    if matches!(stopped, Stopped::Superseded) {
        return Ok(());
    }
    if stopped.may_pass() && try_number < TRIES {
        return Err(JobError::Later(stopped.to_string()));
    }
    tracing::warn!(export = %export.id, sheet = %export.sheet, error = %stopped, "a table was not written");
    let now = app.now();
    let (actor, object) = (format!("account:{}", export.account_id), format!("export:{}", export.id));
    let detail = json!({ "table": export.sheet, "why": stopped.code() });
    app.db
        .write_in_line(async |tx| {
            if store::fail(tx, export, stopped.code(), now).await? {
                audit::append(tx, now, &actor, "export.failed", &object, &detail).await?;
            }
            Ok::<_, StoreError>(())
        })
        .await?;
    // The person is told and can try again, so it is no dead letter for those who look after the portal.
    Ok(())
}

async fn try_writing(app: &App, export: &Export, roles: StaffRoles) -> Result<(), Stopped> {
    let sheet = app.sheet(&export.sheet).ok_or(Stopped::Role)?;
    let facts = sheet.facts();
    if !roles.any_of(facts.takes) {
        return Err(Stopped::Role);
    }
    let headings = sheet.headings();
    let places = rules::places(&headings, &export.columns);
    let heads = places.iter().filter_map(|place| headings.get(*place)).map(|heading| (heading.label)()).collect();
    let mut rows = sheet.open(&export.query, export.created_at);
    let total = app.db.read(async |tx| rows.total(tx).await).await?;
    if total > export.format().most_rows() {
        return Err(Stopped::Rows);
    }
    let folder = app.config.data.join("exports");
    let name = format!("{}-{}", export.id, export.attempt);
    let mut writing = Writing::begin(&folder, &name, export.format(), (facts.title)(), heads)?;
    let mut done = 0;
    loop {
        if !app.db.write(async |tx| store::note_progress(tx, export, done, total.max(done)).await).await? {
            return Err(Stopped::Superseded);
        }
        let page = app.db.read(async |tx| rows.next(tx, PAGE).await).await?;
        let read = i64::try_from(page.len()).unwrap_or_default();
        if read == 0 {
            break;
        }
        done += read;
        // More came meanwhile than were counted.
        if done > export.format().most_rows() {
            return Err(Stopped::Rows);
        }
        let chosen = page.into_iter().map(|row| places.iter().filter_map(|place| row.get(*place).cloned()).collect()).collect();
        writing.push(chosen).await?;
    }
    let size = app.files.put_passing(&export.id, writing.end().await?).await?;
    let size = i64::try_from(size).unwrap_or(i64::MAX);
    let now = app.now();
    let (actor, object) = (format!("account:{}", export.account_id), format!("export:{}", export.id));
    let detail = json!({ "table": export.sheet, "format": export.format, "rows": done, "filters": filters(facts, &export.query) });
    app.db
        .write_in_line(async |tx| {
            store::finish(tx, export, done, size, now).await?;
            audit::append(tx, now, &actor, "export.written", &object, &detail).await?;
            Ok::<_, StoreError>(())
        })
        .await?;
    Ok(())
}
