//! Importing publications from a file: everything is checked before anything is written, and all of it is written in one
//! transaction or nothing is.
//!
//! The file is read twice, row by row, so memory does not grow with it. The first reading checks each row (`rules`), that
//! no two rows share a key, an ISBN or a URN, and that no other work has them; the second writes. A work is known by its
//! key (`id`): the same file again changes nothing, a changed row changes its work, and a work that the file does not
//! name is left alone. **Stock is taken from the file only when an edition is new**; afterwards orders and deliveries
//! keep it, and a file from last month must not undo them. **Another price than the last file had is the price from the
//! day of the import on**; changes that are dated later stay.

mod files;
mod read;
pub mod report;

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::ControlFlow;

use tokio::sync::mpsc;

pub use self::files::Attachments;
pub use self::read::{FileProblem, Source};
use super::lifecycle::takes_two;
use super::model::{FileInfo, Kind};
use super::rules::{self, Checked, Code, NewWork, Note, NoteCode, Problem};
use super::store::write::{self, KnownEdition, KnownWork, Names, StoredEdition, StoredWork};
use super::store::{prices, stock};
use crate::kit::{Id, Instant, Isbn, Slug, civil, slugify};
use crate::platform::audit;
use crate::platform::db::{StoreError, Transient, Tx};
use crate::platform::ids::sha256_hex;
use crate::web::App;

/// Rows that go through checking and writing together.
const BATCH: usize = 200;
/// Problems and notes that a report keeps; it counts them all.
const MOST_SHOWN: usize = 200;

/// What to import and how.
pub struct Request {
    pub source: Source,
    pub attachments: Attachments,
    /// Check everything, write nothing.
    pub dry_run: bool,
    /// Whether two people stand behind it, which evaluations need. The command line is the operator's, who answers for it alone.
    pub two_people: bool,
}

/// What an import came to.
#[derive(Debug, Default)]
pub struct Report {
    pub rows: u64,
    pub new: u64,
    pub changed: u64,
    pub unchanged: u64,
    /// Of the new and the changed those that are evaluations, or were.
    pub evaluations: u64,
    /// Rows with problems. If there is one, nothing was written.
    pub bad_rows: u64,
    pub problem_count: u64,
    /// The first of them.
    pub problems: Vec<InRow<Problem>>,
    pub notes: Vec<InRow<Note>>,
    pub note_count: u64,
}

/// Something and the row it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InRow<T> {
    pub row: u64,
    pub key: Option<String>,
    pub what: T,
}

/// How far an import has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    Checked(u64),
    Written(u64),
}

/// Why an import ended without a report.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("the file cannot be read: {0:?}")]
    File(FileProblem),
    /// The file or the database changed between checking and writing. Nothing was written.
    #[error("file or database changed while it was read")]
    ChangedMeanwhile,
    /// There are evaluations in it. Nothing was written.
    #[error("two people must stand behind a file with evaluations")]
    NeedsTwo,
    #[error("a file could not be stored: {0}")]
    Files(String),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<FileProblem> for ImportError {
    fn from(problem: FileProblem) -> Self {
        Self::File(problem)
    }
}

impl Transient for ImportError {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_transient())
    }
}

/// Imports. `progress` hears of every batch.
pub async fn publications(app: &App, request: &Request, progress: &(dyn Fn(Progress) + Sync)) -> Result<Report, ImportError> {
    let source = request.source.clone();
    in_background(move || source.check_encoding()).await??;
    let mut check = Check { attachments: &request.attachments, report: Report::default(), seen: Seen::default(), files: HashMap::new() };
    let check = app
        .db
        .read(async |tx| {
            let mut batches = Batches::start(request.source.clone());
            while let Some(batch) = batches.next().await {
                check.batch(tx, batch).await?;
                progress(Progress::Checked(check.report.rows));
            }
            batches.end().await?;
            Ok::<_, ImportError>(check)
        })
        .await?;
    let Check { report, files, .. } = check;
    if report.bad_rows > 0 || request.dry_run || report.new + report.changed == 0 {
        return Ok(report);
    }
    if report.evaluations > 0 && !request.two_people {
        return Err(ImportError::NeedsTwo);
    }
    request.attachments.store(app, &files).await?;
    let now = app.now();
    let written = app.db.write(async |tx| write_all(app, tx, request, &files, now, progress).await).await;
    match written {
        Ok(()) => {
            // In a transaction of its own: the chain's line must not wait while a large file is written.
            let detail = serde_json::json!({ "new": report.new, "changed": report.changed, "unchanged": report.unchanged });
            let event = async |tx: &mut Tx| audit::append(tx, now, "operator", "publications_imported", "catalogue", &detail).await;
            app.db.write_in_line(event).await?;
            Ok(report)
        }
        Err(ImportError::Store(error)) if error.is_unique_violation() => Err(ImportError::ChangedMeanwhile),
        Err(error) => Err(error),
    }
}

async fn in_background<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, ImportError> {
    tokio::task::spawn_blocking(work).await.map_err(|error| ImportError::File(FileProblem::Unreadable(error.to_string())))
}

/// A row after its own check.
type CheckedRow = (u64, Checked);

/// The rows of a file in batches, read and checked by a thread of its own.
struct Batches {
    receiver: mpsc::Receiver<Vec<CheckedRow>>,
    reader: tokio::task::JoinHandle<Result<(), FileProblem>>,
}

impl Batches {
    fn start(source: Source) -> Self {
        let (sender, receiver) = mpsc::channel(2);
        let reader = tokio::task::spawn_blocking(move || {
            let mut batch = Vec::with_capacity(BATCH);
            let result = source.rows(|row| {
                let checked = match &row.fields {
                    Ok(fields) => rules::check(fields),
                    Err(code) => {
                        let problem = Problem { field: String::new(), code: code.clone(), value: String::new() };
                        Checked { key: None, work: Err(vec![problem]), notes: Vec::new() }
                    }
                };
                batch.push((row.number, checked));
                if batch.len() == BATCH && sender.blocking_send(std::mem::take(&mut batch)).is_err() {
                    return ControlFlow::Break(());
                }
                ControlFlow::Continue(())
            });
            if !batch.is_empty() {
                // Nobody listens any more only when the import has failed already.
                let _ = sender.blocking_send(batch);
            }
            result
        });
        Self { receiver, reader }
    }

    async fn next(&mut self) -> Option<Vec<CheckedRow>> {
        self.receiver.recv().await
    }

    /// Whether the file could be read to its end.
    async fn end(self) -> Result<(), ImportError> {
        drop(self.receiver);
        let result = self.reader.await.map_err(|error| ImportError::File(FileProblem::Unreadable(error.to_string())))?;
        Ok(result?)
    }
}

/// What rows so far have used, as hashes: a hundred thousand keys in a few megabytes.
#[derive(Default)]
struct Seen {
    rows: HashMap<u64, u64>,
    unknown_fields: HashSet<String>,
}

impl Seen {
    /// The earlier row with the same value in the same role.
    fn earlier(&mut self, role: &str, value: &str, row: u64) -> Option<u64> {
        let mut hasher = DefaultHasher::new();
        (role, value).hash(&mut hasher);
        match self.rows.insert(hasher.finish(), row) {
            Some(earlier) if earlier != row => Some(earlier),
            _ => None,
        }
    }
}

/// The first reading.
struct Check<'a> {
    attachments: &'a Attachments,
    report: Report,
    seen: Seen,
    files: HashMap<String, FileInfo>,
}

impl Check<'_> {
    async fn batch(&mut self, tx: &mut Tx, batch: Vec<CheckedRow>) -> Result<(), ImportError> {
        let mut good: Vec<(u64, NewWork, Vec<Problem>)> = Vec::with_capacity(batch.len());
        for (row, checked) in batch {
            self.report.rows += 1;
            for note in checked.notes {
                if note.code != NoteCode::UnknownField || self.seen.unknown_fields.insert(note.field.clone()) {
                    self.report.note_count += 1;
                    if self.report.notes.len() < MOST_SHOWN {
                        self.report.notes.push(InRow { row, key: checked.key.clone(), what: note });
                    }
                }
            }
            match checked.work {
                Ok(work) => {
                    let problems = self.within_file(row, &work).await;
                    good.push((row, work, problems));
                }
                Err(problems) => self.refuse(row, checked.key, problems),
            }
        }
        self.against_database(tx, &mut good).await?;
        let keys: Vec<&str> = good.iter().map(|(_, work, _)| work.key.as_str()).collect();
        let known = write::known_works(tx, &keys).await?;
        for (row, work, problems) in good {
            if !problems.is_empty() {
                self.refuse(row, Some(work.key), problems);
                continue;
            }
            let known = known.iter().find(|known| known.import_key == work.key);
            match known {
                None => self.report.new += 1,
                Some(known) if known.content_hash == content_hash(&work, &self.files) => {
                    self.report.unchanged += 1;
                    continue;
                }
                Some(_) => self.report.changed += 1,
            }
            if takes_two(Kind::of_code(work.kind), work.funded_evaluation) || known.is_some_and(KnownWork::takes_two) {
                self.report.evaluations += 1;
            }
        }
        Ok(())
    }

    fn refuse(&mut self, row: u64, key: Option<String>, problems: Vec<Problem>) {
        self.report.bad_rows += 1;
        for what in problems {
            self.report.problem_count += 1;
            if self.report.problems.len() < MOST_SHOWN {
                self.report.problems.push(InRow { row, key: key.clone(), what });
            }
        }
    }

    async fn within_file(&mut self, row: u64, work: &NewWork) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut problem = |field: &str, code, value: &str| {
            problems.push(Problem { field: field.to_owned(), code, value: rules::excerpt(value) });
        };
        if let Some(row) = self.seen.earlier("key", &work.key, row) {
            problem("id", Code::Repeated { row }, &work.key);
        }
        if let Some(urn) = &work.urn
            && let Some(row) = self.seen.earlier("urn", urn.as_str(), row)
        {
            problem("urn_nbn", Code::Repeated { row }, urn.as_str());
        }
        let mut own = HashSet::new();
        for edition in &work.editions {
            if let Some(isbn) = edition.isbn {
                let earlier = self.seen.earlier("isbn", &isbn.compact(), row);
                // Two editions of one work are two numbers as well.
                if let Some(row) = earlier.or((!own.insert(isbn)).then_some(row)) {
                    problem("isbn", Code::Repeated { row }, &isbn.hyphenated());
                }
            }
            if let Some(name) = &edition.file
                && !self.files.contains_key(name)
            {
                match self.attachments.look(name).await {
                    Ok(info) => {
                        self.files.insert(name.clone(), info);
                    }
                    Err(code) => problem("pdf", code, name),
                }
            }
        }
        problems
    }

    async fn against_database(&mut self, tx: &mut Tx, rows: &mut [(u64, NewWork, Vec<Problem>)]) -> Result<(), ImportError> {
        let isbns: Vec<Isbn> = rows.iter().flat_map(|(_, work, _)| work.editions.iter().filter_map(|edition| edition.isbn)).collect();
        let urns: Vec<_> = rows.iter().filter_map(|(_, work, _)| work.urn.clone()).collect();
        let with_isbn = write::isbn_owners(tx, &isbns).await?;
        let with_urn = write::urn_owners(tx, &urns).await?;
        for (_, work, problems) in rows {
            let owners = with_isbn
                .iter()
                .filter(|owner| work.editions.iter().any(|edition| edition.isbn.is_some_and(|isbn| isbn.compact() == owner.identifier)))
                .map(|owner| ("isbn", owner))
                .chain(
                    with_urn
                        .iter()
                        .filter(|owner| work.urn.as_ref().is_some_and(|urn| urn.as_str() == owner.identifier))
                        .map(|owner| ("urn_nbn", owner)),
                );
            for (field, owner) in owners.filter(|(_, owner)| owner.import_key != work.key) {
                let code = Code::Taken { key: owner.import_key.clone(), title: owner.title.as_str().to_owned() };
                problems.push(Problem { field: field.to_owned(), code, value: owner.identifier.clone() });
            }
        }
        Ok(())
    }
}

/// Changes when what an import stores of a work changes; stock is not part of it. The number in front is raised when
/// the rules read the same row differently, so that the next import writes it anew.
fn content_hash(work: &NewWork, files: &HashMap<String, FileInfo>) -> String {
    let mut content = b"1 ".to_vec();
    content.extend(serde_json::to_vec(work).unwrap_or_default());
    for edition in &work.editions {
        if let Some(file) = edition.file.as_ref().and_then(|name| files.get(name)) {
            content.extend(file.hash.as_bytes());
        }
    }
    sha256_hex(&content)
}

/// The second reading.
async fn write_all(
    app: &App,
    tx: &mut Tx,
    request: &Request,
    files: &HashMap<String, FileInfo>,
    now: Instant,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<(), ImportError> {
    write::prepare(tx, app.db.engine()).await?;
    let mut writer = Writer::start(app, tx, files, now, None).await?;
    let mut rows = 0;
    let mut batches = Batches::start(request.source.clone());
    while let Some(batch) = batches.next().await {
        rows += batch.len() as u64;
        let works = batch.into_iter().map(|(_, checked)| checked.work.map_err(|_| ImportError::ChangedMeanwhile));
        writer.batch(tx, works.collect::<Result<_, _>>()?).await?;
        progress(Progress::Written(rows));
    }
    batches.end().await
}

/// Writes one work as an editor has it, under this id. What the last import brought stays noted as it was, so that the same
/// file again does not undo the editor's change.
pub async fn write_one(app: &App, tx: &mut Tx, work: NewWork, id: &Id, now: Instant) -> Result<(), StoreError> {
    let files = HashMap::new();
    let mut writer = Writer::start(app, tx, &files, now, Some(id.clone())).await?;
    writer.batch(tx, vec![work]).await.map_err(|error| match error {
        ImportError::Store(error) => error,
        other => StoreError::Corrupt(other.to_string()),
    })
}

struct Writer<'a> {
    app: &'a App,
    files: &'a HashMap<String, FileInfo>,
    now: Instant,
    names: Names,
    revision: i64,
    /// The last number put behind a slug that was taken, by the hash of its path.
    suffixes: HashMap<u64, u32>,
    /// The id of the one work that an editor publishes; none in an import.
    edited: Option<Id>,
}

impl<'a> Writer<'a> {
    async fn start(
        app: &'a App,
        tx: &mut Tx,
        files: &'a HashMap<String, FileInfo>,
        now: Instant,
        edited: Option<Id>,
    ) -> Result<Self, StoreError> {
        let (names, revision) = (Names::load(tx).await?, write::next_revision(tx).await?);
        Ok(Self { app, files, now, names, revision, suffixes: HashMap::new(), edited })
    }

    async fn batch(&mut self, tx: &mut Tx, works: Vec<NewWork>) -> Result<(), ImportError> {
        let keys: Vec<&str> = works.iter().map(|work| work.key.as_str()).collect();
        let known: HashMap<String, _> =
            write::known_works(tx, &keys).await?.into_iter().map(|known| (known.import_key.clone(), known)).collect();
        let mut paths = Paths::look(tx, works.iter().filter(|work| !known.contains_key(&work.key))).await?;
        let mut rows = Vec::with_capacity(works.len());
        let mut changed = Vec::new();
        let mut subjects = Vec::new();
        for work in works {
            let content_hash = content_hash(&work, self.files);
            let (id, path, slug) = match known.get(&work.key) {
                Some(known) if known.content_hash == content_hash && self.edited.is_none() => continue,
                Some(known) => {
                    changed.push(known.id.clone());
                    (known.id.clone(), known.path.clone(), known.slug.clone())
                }
                None => {
                    let (path, slug) = paths.free(tx, &work, &mut self.suffixes).await?;
                    (self.edited.clone().unwrap_or_else(|| self.app.ids.id(self.now)), path, slug)
                }
            };
            let content_hash = match known.get(&work.key) {
                Some(known) if self.edited.is_some() => known.content_hash.clone(),
                _ => content_hash,
            };
            let series = match &work.series {
                Some(name) => Some(self.names.series(tx, &*self.app.ids, self.now, name).await?),
                None => None,
            };
            for (position, name) in (1..).zip(&work.subjects) {
                let subject = self.names.subject(tx, &*self.app.ids, self.now, name).await?;
                subjects.push((id.clone(), subject, position));
            }
            rows.push(StoredWork { id, path, slug, series, content_hash, work });
        }
        write::works(tx, &rows, self.revision, self.now).await?;
        write::entries(tx, &rows, self.now).await?;
        write::clear_details(tx, &changed).await?;
        write::details(tx, &rows, &subjects).await?;
        self.editions(tx, &rows, &changed).await
    }

    /// Writes the editions. One that the work has already keeps its id, since baskets and orders name it: an import knows it
    /// by its ISBN, or else by its form, an editor by its id. What an import lacks cannot be ordered any more; what an editor
    /// took away is gone from sight.
    async fn editions(&self, tx: &mut Tx, rows: &[StoredWork], changed: &[Id]) -> Result<(), ImportError> {
        let mut known = write::known_editions(tx, changed).await?;
        let mut editions = Vec::new();
        let (mut kept, mut priced) = (Vec::new(), Vec::new());
        let mut stocked = Vec::new();
        for row in rows {
            let own: Vec<KnownEdition> = known.extract_if(.., |edition| edition.work_id == row.id).collect();
            let mut next = own.iter().map(|edition| edition.position).max().unwrap_or(0) + 1;
            let mut left = own;
            let by_editor = self.edited.is_some();
            let known_already: Vec<_> = row
                .work
                .editions
                .iter()
                .map(|edition| match (by_editor, &edition.id, edition.isbn) {
                    (true, Some(id), _) => take(&mut left, |known| known.id == *id),
                    (false, _, Some(isbn)) => take(&mut left, |known| known.isbn == Some(isbn)),
                    _ => None,
                })
                .collect();
            for (edition, same) in row.work.editions.iter().zip(known_already) {
                let same = same.or_else(|| if by_editor { None } else { take(&mut left, |known| known.form == edition.form) });
                let (id, position) = match same {
                    Some(same) => {
                        if same.price != edition.price {
                            priced.push(same.id.clone());
                        }
                        kept.push(same.id.clone());
                        (same.id, same.position)
                    }
                    None => {
                        next += 1;
                        let given = edition.id.clone().filter(|_| by_editor);
                        (given.unwrap_or_else(|| self.app.ids.id(self.now)), next - 1)
                    }
                };
                if edition.stock > 0 {
                    stocked.push(id.clone());
                }
                let file = edition.file.as_ref().and_then(|name| self.files.get(name)).cloned();
                editions.push(StoredEdition { id, work: row.id.clone(), position, edition: edition.clone(), file });
            }
            for edition in left.iter().filter(|edition| edition.removed == 0) {
                if by_editor {
                    write::remove_edition(tx, edition).await?;
                } else {
                    write::retire_edition(tx, edition).await?;
                }
            }
        }
        write::clear_isbns(tx, &kept).await?;
        write::editions(tx, &editions).await?;
        prices::from_file(tx, &priced, civil::stockholm(self.now).date, self.now).await?;
        Ok(stock::open(tx, &stocked, "import", self.now).await?)
    }
}

fn take(known: &mut Vec<KnownEdition>, same: impl Fn(&KnownEdition) -> bool) -> Option<KnownEdition> {
    let index = known.iter().position(same)?;
    Some(known.remove(index))
}

/// Addresses for new works: the slug of the title under the year; where another work has that, with the number in its
/// series behind it; where that is taken too, with 2, 3 and so on in the order of the file.
struct Paths {
    taken: HashSet<String>,
}

fn path(year: Option<u16>, slug: &str) -> String {
    match year {
        Some(year) => format!("{year}/{slug}"),
        None => format!("odaterad/{slug}"),
    }
}

/// The slug of the title, and the one with the number behind it.
fn slugs(work: &NewWork) -> (String, Option<String>) {
    let base = slugify(work.title.as_str()).or_else(|| slugify(&work.key));
    let base = base.map_or_else(|| "publikation".to_owned(), |slug| slug.as_str().to_owned());
    let number = work.number.as_ref().and_then(|number| slugify(number.as_str()));
    let numbered = number.map(|number| write::with_suffix(&base, number.as_str()));
    (base, numbered.filter(|slug| Slug::parse(slug).is_ok()))
}

impl Paths {
    async fn look(tx: &mut Tx, works: impl Iterator<Item = &NewWork>) -> Result<Self, StoreError> {
        let mut candidates = Vec::new();
        for work in works {
            let (base, numbered) = slugs(work);
            candidates.extend(numbered.map(|slug| path(work.year, &slug)));
            candidates.push(path(work.year, &base));
        }
        Ok(Self { taken: write::taken_paths(tx, &candidates).await?.into_iter().collect() })
    }

    async fn free(&mut self, tx: &mut Tx, work: &NewWork, suffixes: &mut HashMap<u64, u32>) -> Result<(String, Slug), StoreError> {
        let (base, numbered) = slugs(work);
        for text in std::iter::once(base.clone()).chain(numbered) {
            let path = path(work.year, &text);
            if let Ok(slug) = Slug::parse(&text)
                && self.taken.insert(path.clone())
            {
                return Ok((path, slug));
            }
        }
        let mut hasher = DefaultHasher::new();
        path(work.year, &base).hash(&mut hasher);
        let last = suffixes.entry(hasher.finish()).or_insert(1);
        loop {
            *last += 1;
            let text = write::with_suffix(&base, &last.to_string());
            let path = path(work.year, &text);
            if let Ok(slug) = Slug::parse(&text)
                && !self.taken.contains(&path)
                && write::taken_paths(tx, std::slice::from_ref(&path)).await?.is_empty()
            {
                self.taken.insert(path.clone());
                return Ok((path, slug));
            }
        }
    }
}
