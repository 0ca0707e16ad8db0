//! Requests to see public documents: asked by anyone, handled by the registrar. Whatever comes and goes is registered in the
//! request's own case, in the same transaction.

use serde_json::json;

use super::{Failure, Outcome, Refusal, enter, files, open_case, outcome, today};
use crate::kit::workdays::{is_workday, last_day_older_than};
use crate::kit::{CaseNumber, CivilDate, Id, Instant, Lang, StaffRole, civil};
use crate::people::model::NoticeKind;
use crate::people::notices::{self, Notice, To};
use crate::platform::db::{StoreError, Tx};
use crate::platform::ids::{Secret, sha256_hex};
use crate::platform::jobs::{Job, JobError};
use crate::platform::{audit, outbox};
use crate::register::letters;
use crate::register::lifecycle::{self, Actor, Event, State};
use crate::register::model::{Answer, AnswerKind, Case, Direction, Disclosure, Facts, Ground, NewDocument, NewFile, Party, StoredFile};
use crate::register::rules::{self, Ask, Reply};
use crate::register::store::disclosures::{self, Limits};
use crate::register::store::listing;
use crate::text;
use crate::web::{App, AppError, SignedIn};

/// The kind of the job that looks for requests that have waited too long.
pub const JOB: &str = "disclosures.watch";

/// When it runs, in Sweden.
const AT_HOUR: u8 = 6;

/// A request is to be handled at once (TF 2 kap. 15–16 §§): after so many working days the registrars are reminded that nobody has
/// looked at it, and that nobody has answered.
const DAYS_UNASSESSED: i64 = 1;
const DAYS_UNANSWERED: i64 = 3;

/// How many requests one run reminds of.
const REMINDED: i64 = 500;

/// Who makes something happen, and what is written down of them.
struct By<'a> {
    actor: Actor,
    name: &'a str,
}

/// Whoever holds the link, who need not say who they are.
const REQUESTER: By<'static> = By { actor: Actor::Requester, name: "requester" };

/// The days by which a request has waited too long.
pub fn limits(today: CivilDate) -> Limits {
    Limits { unassessed: last_day_older_than(DAYS_UNASSESSED, today), unanswered: last_day_older_than(DAYS_UNANSWERED, today) }
}

/// Whether nobody has looked at it in time, or answered.
pub fn is_late(state: State, waits_since: CivilDate, limits: Limits) -> bool {
    state.is_open() && (waits_since <= limits.unanswered || state == State::Received && waits_since <= limits.unassessed)
}

/// The page of one request, for the staff.
pub fn path_of(request: &Id) -> String {
    format!("/handlaggare/diarium/begaranden/{request}")
}

fn reference(request: &Id) -> String {
    format!("disclosure:{request}")
}

/// A document of a request's case, between the agency and somebody who need not say who they are.
fn document(id: Id, direction: Direction, day: CivilDate, subject: String, content: &str, files: Vec<NewFile>) -> NewDocument {
    NewDocument {
        id,
        reference: None,
        content_hash: Some(sha256_hex(content.as_bytes())),
        facts: Facts { direction, day, party: Party::Person, counterpart: String::new(), subject, secrecy: None },
        files,
    }
}

/// Tells the registrars.
async fn tell(tx: &mut Tx, app: &App, kind: NoticeKind, request: &Id, number: &CaseNumber, now: Instant) -> Result<(), StoreError> {
    let notice = Notice::new(kind, path_of(request)).with("number", number.to_string());
    notices::tell(tx, app, To::Holders(StaffRole::Registrar), &notice, now).await
}

/// The secret of a request's link: it follows from the form's, so that sending the form again leads to the same page although only
/// hashes are stored.
pub fn link_of(key: &Secret) -> Secret {
    key.derive("disclosure")
}

/// Takes a request: a case of its own, the request as its first document, a mail with the link, a notice to the registrars.
pub async fn ask(app: &App, key: &Secret, ask: &Ask, lang: Lang) -> Result<Secret, AppError> {
    let (now, day) = (app.now(), today(app));
    let (id, case_id, document_id, mailed) = (app.ids.id(now), app.ids.id(now), app.ids.id(now), app.ids.long_secret());
    let link = link_of(key);
    let words = &text::staff().register.disclosures;
    app.db
        .write_in_line(async |tx| {
            if disclosures::by_link(tx, &link.hash()).await?.is_some() {
                return Ok(());
            }
            let case = open_case(tx, &app.config.case_number, &case_id, &reference(&id), now).await?;
            let asked: Vec<&str> = ask.documents.iter().map(Id::as_str).collect();
            let content = json!({ "wish": ask.wish, "documents": asked, "at": now.text() }).to_string();
            let received = document(document_id, Direction::Received, day, words.subject_asked.to_owned(), &content, Vec::new());
            enter(tx, &case, &received, "anyone", now).await?;
            let request = Disclosure {
                id: id.clone(),
                case_id: case.id,
                number: case.number,
                lang,
                email: Some(ask.email.clone()),
                name: ask.name.clone(),
                wish: ask.wish.clone(),
                state: State::Received,
                version: 1,
                received_at: now,
                waits_since: day,
                closed_at: None,
            };
            disclosures::insert(tx, &request, ask).await?;
            for secret in [&link, &mailed] {
                disclosures::insert_link(tx, &secret.hash(), &id, now).await?;
            }
            outbox::put(tx, &app.ids, now, &letters::received(app, &request, &ask.email, &mailed)).await?;
            tell(tx, app, NoticeKind::DisclosureCame, &id, &request.number, now).await?;
            let detail = json!({ "number": request.number.as_str(), "documents": ask.documents.len() });
            audit::append(tx, now, "anyone", "disclosure.received", &reference(&id), &detail).await?;
            Ok::<_, StoreError>(())
        })
        .await?;
    app.bell.ring();
    Ok(link)
}

/// Brings a request into its next state, with its event and its row in the chain.
async fn happen(tx: &mut Tx, before: &Disclosure, event: Event, by: &By<'_>, event_id: &Id, now: Instant) -> Result<(), Failure> {
    let after = lifecycle::apply(before.state, event, by.actor).map_err(|_| Refusal::NotNow)?;
    let waits_since = if event == Event::DecisionAsked { civil::stockholm(now).date } else { before.waits_since };
    disclosures::set_state(tx, before, after, waits_since, now).await?;
    disclosures::insert_event(tx, event_id, &before.id, event, by.name, now).await?;
    let detail = json!({ "number": before.number.as_str(), "state": after.code() });
    audit::append(tx, now, by.name, &format!("disclosure.{}", event.code()), &reference(&before.id), &detail).await?;
    Ok(())
}

/// What comes from whoever asked is a document too: that they want a decision, or no longer want an answer.
async fn wished(
    tx: &mut Tx,
    app: &App,
    before: &Disclosure,
    event: Event,
    by: &By<'_>,
    ids: &(Id, Id),
    now: Instant,
) -> Result<(), Failure> {
    happen(tx, before, event, by, &ids.0, now).await?;
    let words = &text::staff().register.disclosures;
    let subject = if event == Event::Withdrawn { words.subject_withdrawn } else { words.subject_decision };
    let day = civil::stockholm(now).date;
    let content = json!({ "event": event.code(), "at": now.text() }).to_string();
    let case = Case { id: before.case_id.clone(), number: before.number.clone() };
    let received = document(ids.1.clone(), Direction::Received, day, subject.to_owned(), &content, Vec::new());
    enter(tx, &case, &received, by.name, now).await?;
    if event == Event::Withdrawn {
        disclosures::clear_files(tx, &before.id).await?;
    } else if by.actor == Actor::Requester {
        tell(tx, app, NoticeKind::DecisionAsked, &before.id, &before.number, now).await?;
    }
    Ok(())
}

/// What whoever holds the link wants: a decision, or no answer any more.
pub async fn wish(app: &App, link: &Secret, event: Event) -> Outcome<()> {
    let now = app.now();
    let ids = (app.ids.id(now), app.ids.id(now));
    let result = app.db.write_in_line(async |tx| {
        let before = disclosures::by_link(tx, &link.hash()).await?.ok_or(Refusal::Unknown)?;
        wished(tx, app, &before, event, &REQUESTER, &ids, now).await
    });
    let done = outcome(result.await)?;
    app.bell.ring();
    Ok(done)
}

/// The request as staff saw it.
async fn seen(tx: &mut Tx, request: &Id, version: i64) -> Result<Disclosure, Failure> {
    let before = disclosures::one(tx, request).await?.ok_or(Refusal::Unknown)?;
    if before.version == version { Ok(before) } else { Err(Refusal::Stale.into()) }
}

/// What staff do with a request besides answering it: begin, or note what whoever asked has said otherwise than by the link.
pub async fn note(app: &App, who: &SignedIn, request: &Id, version: i64, event: Event) -> Outcome<()> {
    let now = app.now();
    let ids = (app.ids.id(now), app.ids.id(now));
    let result = app.db.write_in_line(async |tx| {
        let before = seen(tx, request, version).await?;
        let by = By { actor: Actor::Staff, name: &who.actor() };
        match event {
            Event::DecisionAsked | Event::Withdrawn => wished(tx, app, &before, event, &by, &ids, now).await,
            event => happen(tx, &before, event, &by, &ids.0, now).await,
        }
    });
    outcome(result.await)
}

/// What is done with the files that are made ready for an answer.
#[derive(Debug, Clone)]
pub enum Prepare {
    /// A file of a document that was asked for, as it is.
    Original(Id),
    /// One that somebody masked.
    Masked(NewFile),
    Remove(Id),
}

/// Makes a file ready for the answer, or takes it away again.
pub async fn prepare(app: &App, who: &SignedIn, request: &Id, version: i64, what: &Prepare) -> Outcome<()> {
    let now = app.now();
    let file_id = app.ids.id(now);
    let result = app.db.write_in_line(async |tx| {
        let before = seen(tx, request, version).await?;
        if !matches!(before.state, State::Assessing | State::DecisionAsked) {
            return Err(Failure::Refused(Refusal::NotNow));
        }
        match what {
            Prepare::Original(file) => {
                let found = disclosures::asked_files(tx, request).await?.into_iter().find(|one| one.id == *file);
                let file = found.ok_or(Refusal::Unknown)?;
                if listing::one(tx, &file.document_id).await?.is_none_or(|document| document.is_secret()) {
                    return Err(Failure::Refused(Refusal::Secret));
                }
                let StoredFile { file_hash: hash, name, media_type, size, .. } = file;
                let file = NewFile { id: file_id.clone(), hash, name, media_type, size };
                disclosures::insert_file(tx, request, &file, &who.account, now).await?;
            }
            Prepare::Masked(file) => disclosures::insert_file(tx, request, file, &who.account, now).await?,
            Prepare::Remove(file) => disclosures::remove_file(tx, request, file).await?,
        }
        disclosures::touch(tx, &before).await?;
        let detail = json!({ "number": before.number.as_str(), "removed": matches!(what, Prepare::Remove(_)) });
        audit::append(tx, now, &who.actor(), "disclosure.prepared", &reference(request), &detail).await?;
        Ok(())
    });
    outcome(result.await)
}

/// What a document that answers is called in the register.
fn subject_of(kind: AnswerKind) -> &'static str {
    let words = &text::staff().register.disclosures;
    match kind {
        AnswerKind::Released => words.subject_released,
        AnswerKind::Informed => words.subject_informed,
        AnswerKind::ReleasedInPart => words.subject_in_part,
        AnswerKind::Refused => words.subject_refused,
    }
}

/// Answers a request. A decision has a letter that says how it is appealed; it is written before the transaction, and what no row
/// names is swept.
pub async fn answer(app: &App, who: &SignedIn, request: &Id, version: i64, reply: &Reply) -> Outcome<()> {
    let (now, day) = (app.now(), today(app));
    let event = rules::event(reply.kind);
    let before = app.db.read(async |tx| Ok::<_, AppError>(disclosures::one(tx, request).await?)).await?;
    let Some(before) = before else { return Ok(Err(Refusal::Unknown)) };
    if before.version != version {
        return Ok(Err(Refusal::Stale));
    }
    if !before.state.allows(event, Actor::Staff) {
        return Ok(Err(Refusal::NotNow));
    }
    let letter = if reply.kind.is_decision() {
        let documents = app.db.read(async |tx| listing::of_disclosure(tx, request).await).await?;
        let sheet = letters::decision(&before, &documents, reply, who.shown(), day);
        let laid_out = tokio::task::spawn_blocking(move || sheet.pdf()).await;
        let bytes = laid_out.map_err(AppError::internal)?.map_err(AppError::internal)?;
        let name = format!("beslut-{}.pdf", before.number.as_str().to_lowercase());
        Some(files::keep_written(app, name, rules::FileKind::Pdf, bytes).await?)
    } else {
        None
    };
    let (document_id, event_id, mailed) = (app.ids.id(now), app.ids.id(now), app.ids.long_secret());
    let grounds = reply.grounds.iter().map(Ground::code).collect::<Vec<_>>().join(" ");
    let result = app.db.write_in_line(async |tx| {
        let before = seen(tx, request, version).await?;
        let ready = disclosures::ready(tx, request).await?;
        match reply.kind {
            AnswerKind::Released | AnswerKind::ReleasedInPart if ready.is_empty() => return Err(Refusal::NothingReady.into()),
            AnswerKind::Refused if !ready.is_empty() => return Err(Refusal::SomethingReady.into()),
            _ => {}
        }
        let by = By { actor: Actor::Staff, name: &who.actor() };
        happen(tx, &before, event, &by, &event_id, now).await?;
        let case = Case { id: before.case_id.clone(), number: before.number.clone() };
        let content = json!({ "kind": reply.kind.code(), "message": reply.message, "grounds": grounds, "at": now.text() }).to_string();
        let all: Vec<NewFile> = letter.iter().cloned().chain(ready).collect();
        let sent = document(document_id.clone(), Direction::Sent, day, subject_of(reply.kind).to_owned(), &content, all);
        enter(tx, &case, &sent, by.name, now).await?;
        let answer = Answer {
            document_id: document_id.clone(),
            kind: reply.kind,
            message: reply.message.clone(),
            grounds: grounds.clone(),
            answered_at: now,
        };
        disclosures::insert_answer(tx, request, &answer, &who.account).await?;
        disclosures::clear_files(tx, request).await?;
        disclosures::insert_link(tx, &mailed.hash(), request, now).await?;
        if let Some(email) = &before.email {
            outbox::put(tx, &app.ids, now, &letters::answered(app, &before, &document_id, email, &mailed)).await?;
        }
        Ok::<_, Failure>(())
    });
    let done = outcome(result.await)?;
    app.bell.ring();
    Ok(done)
}

/// The reminder's job of the day of `now`: when it is due, and its unique key.
pub fn daily_job(now: Instant) -> (Instant, String) {
    let day = now.utc_date();
    let due = civil::to_instant(day, AT_HOUR, 0).unwrap_or_else(|_| Instant::of_utc_date(day));
    (due, format!("{JOB}:{}", day.text()))
}

/// Tells the registrars of each request that has waited too long, on days when somebody works. Who has the same notice unread is
/// not told again, so the job can be done twice.
pub async fn watch(app: App, _: Job) -> Result<(), JobError> {
    let (now, day) = (app.now(), today(&app));
    if !is_workday(day) {
        return Ok(());
    }
    let narrow =
        disclosures::Narrow { state: None, open: true, late: true, limits: limits(day), today: day, words: String::new(), rising: true };
    app.db
        .write(async |tx| {
            for request in disclosures::list(tx, &narrow, None, REMINDED, 0).await? {
                tell(tx, &app, NoticeKind::DisclosureLate, &request.id, &request.number, now).await?;
            }
            Ok::<_, StoreError>(())
        })
        .await?;
    app.bell.ring();
    Ok(())
}
