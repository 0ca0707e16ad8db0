//! What editors do with publications, each in one transaction with its version and its place in the audit chain. What the
//! pages offer is asked again here: which state it is in, and who has written in the draft.

use serde_json::{Value, json};

use super::attached;
use super::record::{self, Merged, Record};
use super::store::{self, Draft, NewVersion, Standing, state_of};
use super::{judge, words};
use crate::catalogue::import;
use crate::catalogue::lifecycle::{self, Actor, Event, Headline, Public, State};
use crate::catalogue::model::FileInfo;
use crate::catalogue::rules::{self, NewWork, Problem};
use crate::catalogue::store::covers::{self, Alt, NewCover};
use crate::catalogue::store::{files, write};
use crate::kit::{Id, Instant, PublishedText, StaffRole};
use crate::people::model::NoticeKind;
use crate::people::notices::{self, Notice, To};
use crate::platform::audit;
use crate::platform::db::{StoreError, Transient, Tx};
use crate::platform::jobs::{self, Job, JobError, NewJob};
use crate::text;
use crate::web::{App, AppError, SignedIn};

/// The kind of the job that publishes at a time.
pub const DUE: &str = "publish";

/// Why something was not done. Nothing was changed then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such publication, draft or edition.
    Unknown,
    NotNow,
    /// Another editor must do it: this one has written in the draft.
    NotYou,
    /// Someone else did something with the draft meanwhile.
    Stale,
    /// Two wrote the same parts in different ways.
    Clash(Box<Clash>),
    /// It cannot be published as it is.
    Invalid(Vec<Problem>),
    /// What readers see changed meanwhile in parts that the draft changes too.
    Moved(Vec<String>),
}

/// What stands in the way of saving: parts that were changed meanwhile, and what they are now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    pub parts: Vec<String>,
    pub now: Record,
    /// What a form carries that has seen this.
    pub seen: Seen,
}

/// Ends a transaction without effect: the database's fault or a rule's.
#[derive(Debug)]
pub enum Failure {
    Store(StoreError),
    Refused(Refusal),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        // An import that ran beside took the ISBN or URN: the page looks again and says so.
        if error.is_unique_violation() { Self::Refused(Refusal::Stale) } else { Self::Store(error) }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<lifecycle::Refusal> for Failure {
    fn from(refusal: lifecycle::Refusal) -> Self {
        Self::Refused(match refusal {
            lifecycle::Refusal::NotYou => Refusal::NotYou,
            lifecycle::Refusal::NotNow => Refusal::NotNow,
        })
    }
}

impl Transient for Failure {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_transient())
    }
}

/// What came of an action: done, refused by a rule, or a fault.
pub type Outcome<T> = Result<Result<T, Refusal>, AppError>;

fn outcome<T>(result: Result<T, Failure>) -> Outcome<T> {
    match result {
        Ok(done) => Ok(Ok(done)),
        Err(Failure::Refused(refusal)) => Ok(Err(refusal)),
        Err(Failure::Store(error)) => Err(error.into()),
    }
}

/// What a form had seen when it was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// A draft at this version.
    Draft(i64),
    /// No draft: what readers saw at this revision of the catalogue.
    Published(i64),
}

impl Seen {
    /// As it stands in the form.
    pub fn text(self) -> String {
        match self {
            Self::Draft(version) => version.to_string(),
            Self::Published(revision) => format!("r{revision}"),
        }
    }

    /// Reads it back; what cannot be read has seen nothing that still holds.
    pub fn parse(text: &str) -> Self {
        match text.strip_prefix('r') {
            Some(revision) => Self::Published(revision.parse().unwrap_or(-1)),
            None => Self::Draft(text.parse().unwrap_or(-1)),
        }
    }

    pub fn of(standing: Option<&Standing>, draft: Option<&Draft>) -> Self {
        match draft {
            Some(draft) => Self::Draft(draft.version),
            None => Self::Published(standing.map_or(0, |standing| standing.revision)),
        }
    }
}

fn object(work: &Id) -> String {
    format!("publication:{work}")
}

/// A publication as a transaction finds it.
struct Desk {
    work: Id,
    standing: Option<Standing>,
    draft: Option<Draft>,
    state: State,
}

impl Desk {
    async fn load(tx: &mut Tx, work: &Id) -> Result<Self, Failure> {
        let (standing, draft) = (store::standing(tx, work).await?, store::draft(tx, work).await?);
        let state = state_of(standing.as_ref(), draft.as_ref())?;
        if state == State::NOTHING {
            return Err(Refusal::Unknown.into());
        }
        Ok(Self { work: work.clone(), standing, draft, state })
    }

    /// Whether two people are needed: nobody gets round it by giving it another kind in the draft.
    fn two(&self) -> bool {
        needs_two(self.standing.as_ref(), self.draft.as_ref())
    }

    async fn actor(&self, tx: &mut Tx, who: &SignedIn) -> Result<Actor, Failure> {
        let wrote = store::editors(tx, &self.work).await?.contains(&who.account);
        Ok(if wrote { Actor::Writer } else { Actor::Other })
    }

    /// The draft, or a new one of what readers see.
    async fn open(&mut self, tx: &mut Tx, now: Instant) -> Result<Draft, Failure> {
        if let Some(draft) = self.draft.take() {
            return Ok(draft);
        }
        self.state = lifecycle::apply(self.state, Event::Begun, Actor::Other, false)?;
        let revision = self.standing.as_ref().map_or(0, |standing| standing.revision);
        let (base, record) = base_of(tx, &self.work, self.standing.as_ref()).await?;
        let mut draft = Draft::begin(&self.work, &record, base, revision, now);
        draft.version = store::last_number(tx, &self.work).await?;
        Ok(draft)
    }
}

/// Whether two people are needed before readers see it: for every evaluation, marked as one of supported work or not. What
/// readers see counts as well as the draft.
pub fn needs_two(standing: Option<&Standing>, draft: Option<&Draft>) -> bool {
    standing.is_some_and(Standing::takes_two)
        || draft.is_some_and(|draft| {
            let record = draft.record();
            lifecycle::takes_two(rules::kind_of(record::text(&record, "publication_type")), record::flag(&record, "is_funded_evaluation"))
        })
}

/// What readers see, and the number of the version that holds it. If an import or anything else changed it since the last
/// version, or nobody has written before, it becomes a version now.
async fn base_of(tx: &mut Tx, work: &Id, standing: Option<&Standing>) -> Result<(i64, Record), Failure> {
    let Some(standing) = standing else { return Ok((0, Record::new())) };
    let record = store::published_record(tx, work).await?.ok_or(Refusal::Unknown)?;
    if let Some((number, known)) = store::last_seen_by_readers(tx, work).await?
        && known == record
    {
        return Ok((number, record));
    }
    let number = store::last_number(tx, work).await? + 1;
    let version = NewVersion { number, event: "imported", record: Some(&record), made_by: "system", comment: "", at: standing.updated_at };
    store::insert_version(tx, work, version).await?;
    Ok((number, record))
}

/// Begins something new; gives its id.
pub async fn create(app: &App, who: &SignedIn, title: &str, kind: &str) -> Result<Id, AppError> {
    let now = app.now();
    let id = app.ids.id(now);
    let record = json!({ "id": id.as_str(), "title": title, "publication_type": kind, "language": ["sv"] });
    let record = record.as_object().cloned().unwrap_or_default();
    app.db
        .write_in_line(async |tx| {
            let mut draft = Draft::begin(&id, &record, 0, 0, now);
            draft.version = 1;
            store::put_draft(tx, &draft).await?;
            store::add_editor(tx, &id, &who.account).await?;
            store::put_entry(tx, &id, &record, Headline::Draft, now).await?;
            let made_by = who.actor();
            let version =
                NewVersion { number: 1, event: Event::Begun.code(), record: Some(&record), made_by: &made_by, comment: "", at: now };
            store::insert_version(tx, &id, version).await?;
            audit::append(tx, now, &made_by, "publication.begun", &object(&id), &json!({})).await?;
            Ok::<_, StoreError>(())
        })
        .await?;
    Ok(id)
}

/// Saves the parts that a form answered, in the draft or in a new one. Whatever others changed since the form was shown stays;
/// where both changed the same part, nothing is saved.
pub async fn save(app: &App, who: &SignedIn, work: &Id, seen: Seen, answers: &[(String, Option<Value>)]) -> Outcome<()> {
    save_with(app, who, work, seen, answers, None).await
}

/// As [`save`], with the pictures of a new cover: their rows are written with the draft that names them, or not at all.
pub async fn save_with(
    app: &App,
    who: &SignedIn,
    work: &Id,
    seen: Seen,
    answers: &[(String, Option<Value>)],
    cover: Option<(&NewCover, Alt<'_>)>,
) -> Outcome<()> {
    let now = app.now();
    let result = app.db.write_in_line(async |tx| {
        let mut desk = Desk::load(tx, work).await?;
        let (as_seen, had_draft) = (Seen::of(desk.standing.as_ref(), desk.draft.as_ref()), desk.draft.is_some());
        let mut draft = desk.open(tx, now).await?;
        let current = draft.record();
        let base = match (seen, had_draft) {
            (Seen::Draft(version), _) => {
                store::record_at(tx, work, version).await?.map(|(_, record)| record).filter(|_| version <= draft.version)
            }
            (Seen::Published(revision), false) => (seen == as_seen && revision > 0).then(|| current.clone()),
            (Seen::Published(revision), true) if revision == draft.base_revision => {
                store::record_at(tx, work, draft.base_version).await?.map(|(_, record)| record)
            }
            (Seen::Published(_), true) => None,
        };
        let mut mine = base.clone().unwrap_or_else(|| current.clone());
        for (part, value) in answers {
            // An edition that someone took away meanwhile does not come back by a change of its price.
            if let Some((id, _)) = record::of_edition(part)
                && base.as_ref().is_some_and(|base| record::edition(base, id).is_some())
                && record::edition(&current, id).is_none()
            {
                return Err(Refusal::Unknown.into());
            }
            record::set(&mut mine, part, value.clone());
        }
        let Merged { record: merged, conflicts } = record::merge(base.as_ref(), &mine, &current);
        if !conflicts.is_empty() {
            return Err(Refusal::Clash(Box::new(Clash { parts: conflicts, now: current, seen: as_seen })).into());
        }
        let changed = record::differing(&record::parts(&current), &record::parts(&merged));
        if changed.is_empty() {
            // Nothing was begun either: what `open` wrote goes with the transaction only if this fails, and it holds no more
            // than what readers see.
            return Ok(());
        }
        let actor = desk.actor(tx, who).await?;
        desk.state = lifecycle::apply(desk.state, Event::Saved, actor, desk.two())?;
        draft.set_record(&merged);
        if let Some((cover, alt)) = cover {
            covers::insert(tx, work, cover, alt, &who.actor(), now).await?;
        }
        note(tx, &desk, &mut draft, who, Event::Saved, "", &json!({ "parts": changed }), now).await
    });
    outcome(result.await)
}

/// Writes what a person changed in a draft: the draft, its version, who wrote, the list and the chain.
#[expect(clippy::too_many_arguments, reason = "one version has all of these")]
async fn note(
    tx: &mut Tx,
    desk: &Desk,
    draft: &mut Draft,
    who: &SignedIn,
    event: Event,
    comment: &str,
    detail: &Value,
    now: Instant,
) -> Result<(), Failure> {
    let made_by = who.actor();
    let record = draft.record();
    draft.version += 1;
    draft.updated_at = now;
    draft.publish_at = None;
    draft.set_state(desk.state.draft);
    store::put_draft(tx, draft).await?;
    store::add_editor(tx, &desk.work, &who.account).await?;
    let version = NewVersion { number: draft.version, event: event.code(), record: Some(&record), made_by: &made_by, comment, at: now };
    store::insert_version(tx, &desk.work, version).await?;
    list_as(tx, desk, &record, now).await?;
    let mut detail = detail.clone();
    if let Value::Object(detail) = &mut detail {
        detail.insert("version".to_owned(), json!(draft.version));
    }
    audit::append(tx, now, &made_by, &format!("publication.{}", event.code()), &object(&desk.work), &detail).await?;
    Ok(())
}

/// Shows the state in the list; what readers do not see yet is listed as its draft says.
async fn list_as(tx: &mut Tx, desk: &Desk, record: &Record, now: Instant) -> Result<(), StoreError> {
    match desk.state.headline() {
        None => store::delete_entry(tx, &desk.work).await,
        Some(headline) if desk.state.public == Public::Never => store::put_entry(tx, &desk.work, record, headline, now).await,
        Some(headline) => store::set_entry_state(tx, &desk.work, headline, now).await,
    }
}

/// What an editor does with a draft as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Send,
    /// Sends it back, or takes it back; in words.
    Refuse(String),
    Approve,
    Publish,
    Schedule(Instant),
    Unschedule,
    Discard,
}

impl Step {
    pub fn event(&self) -> Event {
        match self {
            Self::Send => Event::SentForReview,
            Self::Refuse(_) => Event::Refused,
            Self::Approve => Event::Approved,
            Self::Publish => Event::Published,
            Self::Schedule(_) => Event::Scheduled,
            Self::Unschedule => Event::Unscheduled,
            Self::Discard => Event::Discarded,
        }
    }
}

/// Takes a step, if the draft still is the version that was seen and its lifecycle allows it to this person.
pub async fn step(app: &App, who: &SignedIn, work: &Id, version: i64, step: &Step) -> Outcome<()> {
    let now = app.now();
    let made_by = who.actor();
    let result = app.db.write_in_line(async |tx| {
        let mut desk = Desk::load(tx, work).await?;
        let Some(mut draft) = desk.draft.take() else { return Err(Refusal::Stale.into()) };
        if draft.version != version {
            return Err(Refusal::Stale.into());
        }
        let actor = desk.actor(tx, who).await?;
        let two = needs_two(desk.standing.as_ref(), Some(&draft));
        desk.state = lifecycle::apply(desk.state, step.event(), actor, two)?;
        if *step == Step::Publish {
            return publish(tx, app, &desk, &draft, &made_by, now).await;
        }
        let record = draft.record();
        let mut detail = json!({});
        draft.publish_at = None;
        match step {
            // What cannot be published now will hardly be then, and whoever plans it should hear so at once.
            Step::Schedule(at) => {
                ready(tx, &desk, &draft).await?;
                draft.publish_at = Some(*at);
                detail = json!({ "at": at.text() });
            }
            Step::Send => {
                judge::judge(&record).work.map_err(Refusal::Invalid)?;
                draft.comment.clear();
            }
            Step::Refuse(comment) => draft.comment.clone_from(comment),
            Step::Approve => draft.comment.clear(),
            Step::Publish | Step::Unschedule | Step::Discard => {}
        }
        draft.version += 1;
        draft.updated_at = now;
        draft.set_state(desk.state.draft);
        if *step == Step::Discard {
            store::delete_draft(tx, work).await?;
            // Nobody can come to its versions any more, so nothing needs their files.
            if desk.state == State::NOTHING {
                files::forget(tx, work).await?;
                covers::forget(tx, work).await?;
            }
        } else {
            store::put_draft(tx, &draft).await?;
        }
        let comment = if let Step::Refuse(comment) = step { comment.as_str() } else { "" };
        let event = step.event().code();
        let version = NewVersion { number: draft.version, event, record: None, made_by: &made_by, comment, at: now };
        store::insert_version(tx, work, version).await?;
        list_as(tx, &desk, &record, now).await?;
        plan(tx, app, work, &draft, now).await?;
        if *step == Step::Send {
            tell_editors(tx, app, who, work, &draft, now).await?;
        }
        audit::append(tx, now, &made_by, &format!("publication.{event}"), &object(work), &detail).await?;
        Ok(())
    });
    outcome(result.await)
}

/// Puts the work of a draft that has its time: for this version of it, since another is another draft.
async fn plan(tx: &mut Tx, app: &App, work: &Id, draft: &Draft, now: Instant) -> Result<(), StoreError> {
    let Some(due) = draft.publish_at else { return Ok(()) };
    let payload = json!({ "work": work.as_str(), "version": draft.version });
    let key = format!("publish:{work}:{}", draft.version);
    jobs::put(tx, &app.ids, now, &NewJob { kind: DUE, payload, due, unique_key: Some(&key) }).await?;
    Ok(())
}

/// Tells the other editors that something waits for them.
async fn tell_editors(tx: &mut Tx, app: &App, who: &SignedIn, work: &Id, draft: &Draft, now: Instant) -> Result<(), Failure> {
    let record = draft.record();
    let title = match record::text(&record, "title") {
        "" => text::staff().editor.untitled,
        title => title,
    };
    let notice = Notice::new(NoticeKind::DraftAwaitsReview, format!("/handlaggare/publikationer/{work}/granska"));
    notices::tell(tx, app, To::Holders(StaffRole::Editor), &notice.with("title", title).not_to(&who.account), now).await?;
    Ok(())
}

/// The record that is to be published, as it is and as the rules read it: the draft's, with whatever readers saw change beside it.
async fn ready(tx: &mut Tx, desk: &Desk, draft: &Draft) -> Result<(Record, NewWork), Failure> {
    let mut record = draft.record();
    if desk.standing.is_some() {
        let theirs = store::published_record(tx, &desk.work).await?.ok_or(Refusal::Unknown)?;
        let base = store::record_at(tx, &desk.work, draft.base_version).await?.map(|(_, record)| record);
        let merged = record::merge(base.as_ref(), &record, &theirs);
        if !merged.conflicts.is_empty() {
            return Err(Refusal::Moved(merged.conflicts).into());
        }
        record = merged.record;
    }
    let work = judge::among_all(tx, &record).await?.work.map_err(Refusal::Invalid)?;
    Ok((record, work))
}

/// Lets readers see a draft. The state has been asked.
async fn publish(tx: &mut Tx, app: &App, desk: &Desk, draft: &Draft, made_by: &str, now: Instant) -> Result<(), Failure> {
    let work = &desk.work;
    let (record, new) = ready(tx, desk, draft).await?;
    import::write_one(app, tx, new, work, now).await?;
    attach(tx, app, work, &record, made_by, now).await?;
    if desk.standing.as_ref().is_some_and(|standing| standing.public() == Public::Withdrawn) {
        let revision = write::next_revision(tx).await?;
        store::set_public(tx, work, Public::Published, None, revision, now).await?;
    }
    let record = store::published_record(tx, work).await?.ok_or(Refusal::Unknown)?;
    let number = draft.version + 1;
    let version = NewVersion { number, event: Event::Published.code(), record: Some(&record), made_by, comment: "", at: now };
    store::insert_version(tx, work, version).await?;
    store::delete_draft(tx, work).await?;
    store::set_entry_state(tx, work, Headline::Published, now).await?;
    audit::append(tx, now, made_by, "publication.published", &object(work), &json!({ "version": number })).await?;
    Ok(())
}

/// Lets readers see the files and the cover that a record names. What they saw before is laid aside.
async fn attach(tx: &mut Tx, app: &App, work: &Id, record: &Record, made_by: &str, now: Instant) -> Result<(), StoreError> {
    for row in files::of_work(tx, work).await? {
        let Some(edition) = record::edition(record, row.id.as_str()) else { continue };
        let (before, wanted) = (row.file(), attached::file_of(edition));
        if before == wanted {
            continue;
        }
        files::lay_aside(tx, &app.ids.id(now), &row.id, made_by, now).await?;
        files::set(tx, &row.id, wanted.as_ref()).await?;
        let event = match (&before, &wanted) {
            (None, _) => "edition.file_added",
            (Some(_), Some(_)) => "edition.file_replaced",
            (Some(_), None) => "edition.file_removed",
        };
        let hash = |file: &Option<FileInfo>| file.as_ref().map(|file| file.hash.clone());
        let detail = json!({ "sha256": hash(&wanted), "size": wanted.as_ref().map(|file| file.size), "before": hash(&before) });
        audit::append(tx, now, made_by, event, &format!("edition:{}", row.id), &detail).await?;
    }
    // With an edition goes its file: an import that brings the edition again must not bring the file with it.
    for (edition, hash) in files::left_behind(tx, work).await? {
        files::lay_aside(tx, &app.ids.id(now), &edition, made_by, now).await?;
        files::set(tx, &edition, None).await?;
        let detail = json!({ "sha256": null, "size": null, "before": hash });
        audit::append(tx, now, made_by, "edition.file_removed", &format!("edition:{edition}"), &detail).await?;
    }
    let (before, wanted) = (covers::of_work(tx, work).await?, attached::cover_of(record));
    let event = match (&before, &wanted) {
        (None, None) => return Ok(()),
        (Some(before), Some(wanted)) if before.id == wanted.cover.id => {
            if (&before.alt_sv, &before.alt_en) == (&wanted.cover.alt_sv, &wanted.cover.alt_en) {
                return Ok(());
            }
            covers::set_alt(tx, &before.id, before.version, wanted.alt()).await?;
            "cover.described"
        }
        (Some(before), None) => {
            covers::end(tx, &before.id, before.version, now).await?;
            "cover.removed"
        }
        (before, Some(wanted)) => {
            if let Some(before) = before {
                covers::end(tx, &before.id, before.version, now).await?;
            }
            covers::show(tx, work, &wanted.cover.id, wanted.alt(), now).await?;
            if before.is_some() { "cover.replaced" } else { "cover.added" }
        }
    };
    let hash = wanted.map(|wanted| wanted.hash);
    let detail = json!({ "sha256": hash, "before": before.map(|before| before.file_hash) });
    audit::append(tx, now, made_by, event, &format!("work:{work}"), &detail).await?;
    Ok(())
}

/// Publishes what is due. A draft that was changed, cancelled or published meanwhile is another version, and left alone; one
/// that cannot be published becomes a draft again, and says why.
pub async fn due(app: App, job: Job) -> Result<(), JobError> {
    let work = job.payload["work"].as_str().and_then(|id| Id::parse(id).ok());
    let (Some(work), Some(version)) = (work, job.payload["version"].as_i64()) else {
        return Err(JobError::Never("the job names no draft".to_owned()));
    };
    let now = app.now();
    let result = app
        .db
        .write_in_line(async |tx| {
            let mut desk = match Desk::load(tx, &work).await {
                Ok(desk) => desk,
                Err(Failure::Refused(_)) => return Ok(()),
                Err(failure) => return Err(failure),
            };
            let Some(draft) = desk.draft.take().filter(|draft| draft.version == version) else { return Ok(()) };
            let Ok(state) = lifecycle::apply(desk.state, Event::Published, Actor::Portal, false) else { return Ok(()) };
            desk.state = state;
            // What has become an evaluation since takes two, too: whoever gave it its time must not have written it.
            if needs_two(desk.standing.as_ref(), Some(&draft)) && planned_by_a_writer(tx, &work).await? {
                return Err(Refusal::NotYou.into());
            }
            publish(tx, &app, &desk, &draft, "system", now).await
        })
        .await;
    match result {
        Ok(()) => Ok(()),
        Err(Failure::Store(error)) => Err(error.into()),
        Err(Failure::Refused(refusal)) => failed(&app, &work, version, &refusal, now).await,
    }
}

async fn planned_by_a_writer(tx: &mut Tx, work: &Id) -> Result<bool, StoreError> {
    let planned = store::planned_by(tx, work).await?;
    Ok(store::editors(tx, work).await?.iter().any(|editor| planned.as_deref() == Some(&format!("account:{editor}"))))
}

async fn failed(app: &App, work: &Id, version: i64, refusal: &Refusal, now: Instant) -> Result<(), JobError> {
    let result = app
        .db
        .write_in_line(async |tx| {
            let mut desk = Desk::load(tx, work).await?;
            let Some(mut draft) = desk.draft.take().filter(|draft| draft.version == version) else { return Ok(()) };
            desk.state = lifecycle::apply(desk.state, Event::Failed, Actor::Portal, false)?;
            let record = draft.record();
            draft.version += 1;
            draft.updated_at = now;
            draft.publish_at = None;
            draft.set_state(desk.state.draft);
            draft.comment = words::not_published(refusal);
            store::put_draft(tx, &draft).await?;
            let (event, comment) = (Event::Failed.code(), draft.comment.as_str());
            let version = NewVersion { number: draft.version, event, record: None, made_by: "system", comment, at: now };
            store::insert_version(tx, work, version).await?;
            list_as(tx, &desk, &record, now).await?;
            audit::append(tx, now, "system", "publication.failed", &object(work), &json!({})).await?;
            Ok(())
        })
        .await;
    match result {
        Ok(()) | Err(Failure::Refused(_)) => Ok(()),
        Err(Failure::Store(error)) => Err(error.into()),
    }
}

/// Withdraws what readers see, with the reason in its place; or shows it again when there is no reason.
pub async fn set_public(app: &App, who: &SignedIn, work: &Id, reason: Option<&PublishedText>) -> Outcome<()> {
    let now = app.now();
    let made_by = who.actor();
    let event = if reason.is_some() { Event::Withdrawn } else { Event::Republished };
    let result = app.db.write_in_line(async |tx| {
        let mut desk = Desk::load(tx, work).await?;
        let actor = desk.actor(tx, who).await?;
        desk.state = lifecycle::apply(desk.state, event, actor, desk.two())?;
        let mut draft = desk.draft.take();
        base_of(tx, work, desk.standing.as_ref()).await?;
        let seen = desk.standing.as_ref().map(|standing| standing.revision);
        let revision = write::next_revision(tx).await?;
        let comment = reason.map_or("", PublishedText::as_str);
        store::set_public(tx, work, desk.state.public, reason.map(PublishedText::as_str), revision, now).await?;
        let number = store::last_number(tx, work).await? + 1;
        // The number is the draft's version from now on, so its text is the draft's: what a form has seen is looked up by it.
        let record = draft.as_ref().map(Draft::record);
        let version = NewVersion { number, event: event.code(), record: record.as_ref(), made_by: &made_by, comment, at: now };
        store::insert_version(tx, work, version).await?;
        if let Some(draft) = &mut draft {
            draft.version = number;
            // What was changed beside the draft is still to be told.
            if Some(draft.base_revision) == seen {
                draft.base_revision = revision;
            }
            draft.publish_at = draft.publish_at.filter(|_| desk.state.draft == lifecycle::Draft::Scheduled);
            draft.set_state(desk.state.draft);
            store::put_draft(tx, draft).await?;
            plan(tx, app, work, draft, now).await?;
        }
        list_as(tx, &desk, &record.unwrap_or_default(), now).await?;
        audit::append(tx, now, &made_by, &format!("publication.{}", event.code()), &object(work), &json!({})).await?;
        Ok(())
    });
    outcome(result.await)
}

/// Writes an old version into the draft, or into a new one. What the draft was stays among the versions.
pub async fn restore(app: &App, who: &SignedIn, work: &Id, seen: Seen, number: i64) -> Outcome<()> {
    let now = app.now();
    let result = app.db.write_in_line(async |tx| {
        let mut desk = Desk::load(tx, work).await?;
        if seen != Seen::of(desk.standing.as_ref(), desk.draft.as_ref()) {
            return Err(Refusal::Stale.into());
        }
        let (_, mut old) = store::record_at(tx, work, number).await?.ok_or(Refusal::Unknown)?;
        let mut draft = desk.open(tx, now).await?;
        let actor = desk.actor(tx, who).await?;
        desk.state = lifecycle::apply(desk.state, Event::Saved, actor, desk.two())?;
        let current = draft.record();
        // The key stays whatever it was.
        old.extend(current.get("id").map(|key| ("id".to_owned(), key.clone())));
        draft.set_record(&old);
        note(tx, &desk, &mut draft, who, Event::Saved, "", &json!({ "restored": number }), now).await
    });
    outcome(result.await)
}

/// Brings into the draft what changed beside it. `mine` names the parts where both changed and the draft's words stay; of
/// `all` the person has chosen.
pub async fn bring_in(app: &App, who: &SignedIn, work: &Id, version: i64, mine: &[String], all: &[String]) -> Outcome<()> {
    let now = app.now();
    let result = app.db.write_in_line(async |tx| {
        let mut desk = Desk::load(tx, work).await?;
        let Some(mut draft) = desk.draft.take().filter(|draft| draft.version == version) else { return Err(Refusal::Stale.into()) };
        let actor = desk.actor(tx, who).await?;
        let base = store::record_at(tx, work, draft.base_version).await?.map(|(_, record)| record);
        let (number, theirs) = base_of(tx, work, desk.standing.as_ref()).await?;
        let own = draft.record();
        let mut merged = record::merge(base.as_ref(), &own, &theirs);
        merged.conflicts.retain(|part| !all.contains(part));
        if !merged.conflicts.is_empty() {
            return Err(Refusal::Moved(merged.conflicts).into());
        }
        let parts = record::parts(&own);
        for part in mine {
            record::set(&mut merged.record, part, parts.get(part).cloned());
        }
        desk.state = lifecycle::apply(desk.state, Event::Saved, actor, needs_two(desk.standing.as_ref(), Some(&draft)))?;
        draft.base_version = number;
        draft.base_revision = desk.standing.as_ref().map_or(0, |standing| standing.revision);
        draft.version = store::last_number(tx, work).await?;
        draft.set_record(&merged.record);
        note(tx, &desk, &mut draft, who, Event::Saved, "", &json!({ "brought_in": number }), now).await
    });
    outcome(result.await)
}
