//! What staff do with calls, and the question box: each in one transaction with its version and its place in the audit chain. What
//! the pages offer is asked again here: which state it is in, and who has written in the text.

use serde_json::json;

use super::letters;
use super::lifecycle::{self, Actor, Draft, Event, Phase, Public, State};
use super::rules::{self, Wrong};
use super::store::{self, Answer, Call, NewVersion};
use super::{fields, standard};
use crate::forms::model::{Both, Definition, Fault};
use crate::forms::rules::answers_to;
use crate::kit::{Email, Form, Id, Instant, Slug, StaffRole, slugify};
use crate::people::model::NoticeKind;
use crate::people::notices::{self, Notice, To};
use crate::platform::db::{StoreError, Transient, Tx};
use crate::platform::ids::sha256_hex;
use crate::platform::jobs::{self, NewJob};
use crate::platform::{audit, outbox};
use crate::web::{App, AppError, SignedIn, Visit};

/// Why something was not done. Nothing was changed then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such call, topic or question.
    Unknown,
    NotNow,
    /// A colleague must do it: this one has written in the text.
    NotYou,
    /// Someone else changed the same thing meanwhile.
    Stale,
    /// The name gives no address, or every address that it gives is taken.
    Name,
    /// It cannot be used as it is.
    Unfit(Vec<Wrong>, Vec<Fault>),
    /// A published call changes: what is new must be said.
    ChangeUnsaid,
    /// A reason must be given.
    NoReason,
}

/// Ends a transaction without effect: the database's fault or a rule's.
#[derive(Debug)]
pub enum Failure {
    Store(StoreError),
    Refused(Refusal),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale("calls.version" | "call_questions.version") => Self::Refused(Refusal::Stale),
            error if error.is_unique_violation() => Self::Refused(Refusal::Name),
            error => Self::Store(error),
        }
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
        Ok(value) => Ok(Ok(value)),
        Err(Failure::Refused(refusal)) => Ok(Err(refusal)),
        Err(Failure::Store(error)) => Err(error.into()),
    }
}

fn reference(call: &Id) -> String {
    format!("call:{call}")
}

/// What the clock says of the version that the public reads.
pub fn phase(call: &Call, now: Instant) -> Option<Phase> {
    match (call.state.public, call.opens_at, call.closes_at) {
        (Public::Never, ..) => None,
        (_, Some(opens), Some(closes)) => Some(Phase::at(now, opens, closes)),
        _ => None,
    }
}

/// Whether someone has written in the text that is being written.
pub fn actor(happened: &[store::Happened], who: &Id) -> Actor {
    let ends = [Event::Published, Event::Discarded].map(Event::code);
    let since = happened.iter().take_while(|one| !ends.contains(&one.event.as_str()));
    let wrote = since.filter(|one| [Event::Begun, Event::Saved].map(Event::code).contains(&one.event.as_str()));
    if wrote.into_iter().any(|one| one.account_id == *who) { Actor::Writer } else { Actor::Colleague }
}

/// Loads a call and moves it on.
async fn moved(tx: &mut Tx, id: &Id, who: &SignedIn, event: Event, now: Instant) -> Result<(Call, State), Failure> {
    let call = store::call(tx, id).await?.ok_or(Refusal::Unknown)?;
    let happened = store::events(tx, id).await?;
    let state = lifecycle::apply(call.state, event, actor(&happened, &who.account), phase(&call, now))?;
    Ok((call, state))
}

async fn note(tx: &mut Tx, id: &Id, who: &SignedIn, event: Event, note: &str, now: Instant) -> Result<(), Failure> {
    store::insert_event(tx, id, &who.account, event, note, now).await?;
    audit::append(tx, now, &who.actor(), &format!("call.{}", event.code()), &reference(id), &json!({})).await?;
    Ok(())
}

/// More calls of one name than anybody makes.
const MOST_OF_A_NAME: u32 = 50;

async fn free_slug(tx: &mut Tx, name: &str) -> Result<Slug, Failure> {
    for number in 1..=MOST_OF_A_NAME {
        let called = if number == 1 { name.to_owned() } else { format!("{name} {number}") };
        let slug = slugify(&called).ok_or(Refusal::Name)?;
        if !RESERVED.contains(&slug.as_str()) && !store::is_slug_taken(tx, &slug).await? {
            return Ok(slug);
        }
    }
    Err(Refusal::Name.into())
}

/// Addresses below `/utlysningar` that are pages.
const RESERVED: &[&str] = &["atom", "ny"];

/// Begins a call with the standard form; only its name is known.
pub async fn begin(app: &App, who: &SignedIn, name: &str) -> Outcome<Id> {
    let now = app.now();
    let id = app.ids.id(now);
    let result = app.db.write_in_line(async |tx| {
        let slug = free_slug(tx, name).await?;
        let mut answers = Form::default();
        answers.set(rules::key::NAME_SV, name);
        let state = lifecycle::apply(State::NOTHING, Event::Begun, Actor::Colleague, None)?;
        store::insert_call(tx, &id, &slug, state, &answers, &standard::form(), now).await?;
        note(tx, &id, who, Event::Begun, "", now).await
    });
    Ok(outcome(result.await)?.map(|()| id.clone()))
}

/// The kind of the job that follows a change of what the public reads: those who have begun to apply are told by the area that knows them.
pub const CHANGED_JOB: &str = "calls.changed";

/// What a form of a topic has seen, so that what somebody else saved meanwhile is noticed.
pub fn seen(answers: &Form, topic: &str) -> String {
    let questions = fields::DEFINITION.section(topic).map(|section| section.questions.as_slice()).unwrap_or_default();
    let text: Vec<_> = questions.iter().flat_map(|question| answers_to(question, answers).0).collect();
    sha256_hex(format!("{text:?}").as_bytes())
}

/// Saves the answers of one topic as they were typed, right or wrong.
pub async fn save_topic(app: &App, who: &SignedIn, id: &Id, topic: &str, had_seen: &str, typed: &Form) -> Outcome<()> {
    let Some(section) = fields::DEFINITION.section(topic) else { return Ok(Err(Refusal::Unknown)) };
    let now = app.now();
    let result = app.db.write_in_line(async |tx| {
        let (call, state) = moved(tx, id, who, Event::Saved, now).await?;
        if seen(&call.answers, topic) != had_seen {
            return Err(Refusal::Stale.into());
        }
        let mut answers = call.answers.clone();
        for question in &section.questions {
            let old = answers_to(question, &answers);
            answers.0.retain(|field| !old.0.contains(field));
            answers.0.extend(answers_to(question, typed).0);
        }
        if answers == call.answers {
            return Ok(());
        }
        store::update_call(tx, &call, state, &answers, &call.form, now).await?;
        note(tx, id, who, Event::Saved, topic, now).await
    });
    outcome(result.await)
}

/// Changes the questions of a call by `change`, if nobody has since `version` was read.
pub async fn change_form(app: &App, who: &SignedIn, id: &Id, version: i64, change: impl Fn(&mut Definition) -> bool) -> Outcome<()> {
    let now = app.now();
    let result = app.db.write_in_line(async |tx| {
        let (call, state) = moved(tx, id, who, Event::Saved, now).await?;
        if call.version != version {
            return Err(Refusal::Stale.into());
        }
        let mut form = call.form.clone();
        if !change(&mut form) {
            return Err(Refusal::Unknown.into());
        }
        if form == call.form {
            return Ok(());
        }
        store::update_call(tx, &call, state, &call.answers, &form, now).await?;
        note(tx, id, who, Event::Saved, QUESTIONS, now).await
    });
    outcome(result.await)
}

/// What is noted where questions were changed.
pub const QUESTIONS: &str = "fragor";

/// What somebody does with a call beside writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Begins a change of what the public reads.
    Begin,
    SendForReview,
    Refuse {
        comment: String,
    },
    Approve,
    Publish {
        change: Both,
    },
    Discard,
    Cancel {
        reason: Both,
    },
    Decide,
    End,
}

impl Step {
    pub const fn event(&self) -> Event {
        match self {
            Self::Begin => Event::Begun,
            Self::SendForReview => Event::SentForReview,
            Self::Refuse { .. } => Event::Refused,
            Self::Approve => Event::Approved,
            Self::Publish { .. } => Event::Published,
            Self::Discard => Event::Discarded,
            Self::Cancel { .. } => Event::Cancelled,
            Self::Decide => Event::Decided,
            Self::End => Event::Ended,
        }
    }
}

/// What stands in the way of reviewing and publishing a text.
///
/// # Errors
/// What is wrong with its answers and with its questions; advice is left out.
pub fn fit(call: &Call) -> Result<super::model::Facts, (Vec<Wrong>, Vec<Fault>)> {
    let faults: Vec<Fault> = call.form.faults().into_iter().filter(|fault| !fault.what.is_advice()).collect();
    match rules::facts(&call.answers) {
        Ok(facts) if faults.is_empty() => Ok(facts),
        Ok(_) => Err((Vec::new(), faults)),
        Err(wrong) => Err((wrong, faults)),
    }
}

/// Does a step, if the call is as it was when `version` was read.
pub async fn step(app: &App, who: &SignedIn, id: &Id, version: i64, step: &Step) -> Outcome<()> {
    let now = app.now();
    let result = app.db.write_in_line(async |tx| {
        let (call, state) = moved(tx, id, who, step.event(), now).await?;
        if call.version != version {
            return Err(Refusal::Stale.into());
        }
        let mut said = String::new();
        match step {
            Step::SendForReview => {
                fit(&call).map_err(|(wrong, faults)| Refusal::Unfit(wrong, faults))?;
                let notice = Notice::new(NoticeKind::CallAwaitsReview, format!("/handlaggare/utlysningar/{id}"));
                let notice = notice.with("title", call.answers.get(rules::key::NAME_SV)).not_to(&who.account);
                notices::tell(tx, app, To::Holders(StaffRole::Officer), &notice, now).await?;
            }
            Step::Refuse { comment } => said.clone_from(comment),
            Step::Publish { change } => {
                let facts = fit(&call).map_err(|(wrong, faults)| Refusal::Unfit(wrong, faults))?;
                if call.current.is_some() && change.sv.is_empty() {
                    return Err(Refusal::ChangeUnsaid.into());
                }
                store::update_call(tx, &call, State { public: call.state.public, ..state }, &call.answers, &call.form, now).await?;
                let new = NewVersion {
                    call: id,
                    number: call.current.unwrap_or_default() + 1,
                    answers: &call.answers,
                    facts: &facts,
                    form: &call.form,
                    change,
                    at: now,
                    by: &who.account,
                };
                store::insert_version(tx, &new).await?;
                if call.current.is_some() {
                    let payload = json!({ "call": id.as_str() });
                    jobs::put(tx, &app.ids, now, &NewJob { kind: CHANGED_JOB, payload, due: now, unique_key: None }).await?;
                }
                return note(tx, id, who, step.event(), &change.sv, now).await;
            }
            Step::Discard => {
                let Some(current) = call.current else {
                    store::delete_call(tx, &call).await?;
                    audit::append(tx, now, &who.actor(), "call.discarded", &reference(id), &json!({})).await?;
                    return Ok(());
                };
                let (answers, form) = store::made_of(tx, id, current).await?.ok_or(Refusal::Unknown)?;
                store::update_call(tx, &call, state, &answers, &form, now).await?;
                return note(tx, id, who, step.event(), "", now).await;
            }
            Step::Cancel { reason } => {
                if reason.sv.is_empty() {
                    return Err(Refusal::NoReason.into());
                }
                cancel(tx, &call, state, reason, who, now).await?;
                return note(tx, id, who, step.event(), &reason.sv, now).await;
            }
            Step::Begin | Step::Approve | Step::Decide | Step::End => {}
        }
        store::update_call(tx, &call, state, &call.answers, &call.form, now).await?;
        note(tx, id, who, step.event(), &said, now).await
    });
    outcome(result.await)
}

/// A call that is called off gets one version more: what was published, and the reason.
async fn cancel(tx: &mut Tx, call: &Call, state: State, reason: &Both, who: &SignedIn, now: Instant) -> Result<(), Failure> {
    let current = call.current.ok_or(Refusal::NotNow)?;
    let (answers, form) = store::made_of(tx, &call.id, current).await?.ok_or(Refusal::Unknown)?;
    let facts = rules::facts(&answers).map_err(|wrong| Refusal::Unfit(wrong, Vec::new()))?;
    let new = NewVersion {
        call: &call.id,
        number: current + 1,
        answers: &answers,
        facts: &facts,
        form: &form,
        change: reason,
        at: now,
        by: &who.account,
    };
    store::insert_version(tx, &new).await?;
    store::update_call(tx, call, state, &answers, &form, now).await?;
    Ok(())
}

/// Somebody asks the staff about a call; nobody needs to say who.
pub async fn ask(app: &App, visit: &Visit, slug: &Slug, question: &str, email: Option<&Email>) -> Outcome<()> {
    let now = app.now();
    let id = app.ids.id(now);
    let result = app.db.write(async |tx| {
        let call = store::published_by_slug(tx, slug).await?.ok_or(Refusal::Unknown)?;
        if !takes_questions(call.public) {
            return Err(Failure::Refused(Refusal::NotNow));
        }
        store::insert_question(tx, &id, &call.call, visit.lang, question, email, now).await?;
        let notice = Notice::new(NoticeKind::CallQuestion, format!("/handlaggare/utlysningar/{}/fragelada", call.call));
        notices::tell(tx, app, To::Holders(StaffRole::Officer), &notice.with("title", call.facts.name.sv.clone()), now).await?;
        Ok(())
    });
    outcome(result.await)
}

/// Until its decisions a call can be asked about.
pub fn takes_questions(public: Public) -> bool {
    public == Public::Published
}

/// Answers a question, to everybody or to the one who asked, or lays it aside; who asked is told by mail if there is an address.
pub async fn answer(app: &App, who: &SignedIn, call: &Id, question: &Id, version: i64, new: &Answer) -> Outcome<()> {
    let now = app.now();
    let result = app.db.write_in_line(async |tx| {
        let asked = store::question(tx, question).await?.filter(|asked| asked.call_id == *call).ok_or(Refusal::Unknown)?;
        store::answer_question(tx, question, version, new, &who.account, now).await?;
        let first = asked.answered_at.is_none() && new.status != "closed";
        if let (true, Some(email)) = (first, &asked.email) {
            let call = store::call(tx, call).await?.ok_or(Refusal::Unknown)?;
            outbox::put(tx, &app.ids, now, &letters::answer(app, &call, &asked, new, email)).await?;
        }
        audit::append(tx, now, &who.actor(), "call.question_answered", &format!("call_question:{question}"), &json!({ "as": new.status }))
            .await?;
        Ok::<_, Failure>(())
    });
    let done = outcome(result.await)?;
    if done.is_ok() {
        app.bell.ring();
    }
    Ok(done)
}

/// Whether anything is being written.
pub fn is_written(call: &Call) -> bool {
    call.state.draft != Draft::None
}
