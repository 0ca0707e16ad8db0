//! Signing, sending in, and taking back.
//!
//! A signature is on a fingerprint of what stands there; a change afterwards has another, and so wants another signature. What is sent in
//! is judged again inside the transaction that gives it its number, by the clock of the moment at which it reached the server.

use serde_json::json;

use super::writing::{bars, together};
use super::{Failure, Outcome, Refusal, moved, note, outcome, seated};
use crate::applications::lifecycle::{Event, State};
use crate::applications::model::{Application, Asked, Seat, Signature, Snapshot, Version, reference};
use crate::applications::rules::{self, Files, Wrong};
use crate::applications::snapshot::{Content, FileFact, Written};
use crate::applications::store::{self, answers, people};
use crate::applications::{letters, pages};
use crate::attachments;
use crate::attachments::model::Attachment;
use crate::kit::{CaseNumber, Form, Id, Instant, OrgRole, civil};
use crate::organisations;
use crate::people as accounts;
use crate::people::model::{Account, NoticeKind};
use crate::people::notices::{self, Notice, To};
use crate::platform::db::{StoreError, Tx};
use crate::platform::outbox;
use crate::register;
use crate::register::model::{Direction, Facts, NewDocument, NewFile, Party};
use crate::register::rules::FileKind;
use crate::web::{App, SignedIn};

/// An application with all that it says now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    pub asked: Asked,
    pub standing: Vec<Version>,
    /// All answers as one form.
    pub answers: Form,
    pub files: Vec<FileFact>,
    /// The files with how far they have come, those that do not count among them.
    pub attached: Vec<Attachment>,
    /// What is saved beside another text and waits for somebody to choose.
    pub beside: Vec<Version>,
}

impl Whole {
    pub async fn of(tx: &mut Tx, application: &Application) -> Result<Self, StoreError> {
        let asked = store::asked(tx, application).await?;
        let standing = answers::current(tx, &application.id).await?;
        let beside = answers::beside(tx, &application.id).await?;
        let attached = attachments::store::of(tx, &reference(&application.id)).await?;
        let files = attached.iter().filter(|one| one.state.counts()).map(fact).collect();
        Ok(Self { asked, answers: together(&standing), standing, files, attached, beside })
    }

    /// How many files each question has.
    pub fn counted(&self) -> Files {
        let mut counted = Files::new();
        for file in &self.files {
            *counted.entry(file.question.clone()).or_default() += 1;
        }
        counted
    }

    /// Everything that stands in the way of sending in, in the order of the form.
    pub fn wrong(&self) -> Vec<Wrong> {
        let limits = rules::limits(&self.asked.facts.budget);
        rules::judge(&self.asked.form, &self.answers, limits.as_ref(), &self.counted())
    }

    pub fn written(&self, application: &Application) -> Result<Written, StoreError> {
        Content::of(application, &self.asked.form, &self.answers, self.files.clone()).write()
    }
}

fn fact(attachment: &Attachment) -> FileFact {
    FileFact {
        question: attachment.slot.clone(),
        name: attachment.name.clone(),
        bytes: attachment.size,
        hash: attachment.file_hash.clone(),
    }
}

/// What keeps an application from being signed or sent in, whoever does it.
fn ready(seat: &Seat, whole: &Whole) -> Result<(), Refusal> {
    if !whole.asked.lives {
        return Err(Refusal::NotNow);
    }
    let bars = bars(&whole.asked, &seat.organisation);
    if !bars.is_empty() {
        return Err(Refusal::Barred(bars));
    }
    if !whole.beside.is_empty() {
        return Err(Refusal::Unsettled);
    }
    let wrong = whole.wrong();
    if wrong.is_empty() { Ok(()) } else { Err(Refusal::Unfit(wrong)) }
}

/// Who of an organisation's people signs for it and can sign in.
async fn signatories(tx: &mut Tx, organisation: &Id) -> Result<Vec<Account>, StoreError> {
    let members = organisations::store::members(tx, organisation).await?;
    let ids: Vec<Id> = members.into_iter().filter(|one| one.role == OrgRole::Signatory).map(|one| one.account_id).collect();
    Ok(accounts::store::accounts(tx, &ids).await?.into_iter().filter(Account::is_active).collect())
}

/// Everybody who is told of what becomes of an application: the organisation's people and those who were asked in.
pub async fn everybody(tx: &mut Tx, seat: &Seat) -> Result<Vec<Id>, StoreError> {
    let members = organisations::store::members(tx, &seat.organisation.id).await?;
    let mut all: Vec<Id> = members.into_iter().map(|one| one.account_id).collect();
    all.extend(people::guests(tx, &seat.application.id).await?.into_iter().map(|one| one.account_id));
    all.sort();
    all.dedup();
    Ok(all)
}

/// Asks those who sign for the organisation to sign; gives how many were asked.
pub async fn ask_to_sign(app: &App, who: &SignedIn, id: &Id) -> Outcome<usize> {
    let now = app.now();
    let result = app.db.write_in_line(async |tx| {
        let (seat, _) = moved(tx, id, who, Event::SignatureAsked).await?;
        let whole = Whole::of(tx, &seat.application).await?;
        ready(&seat, &whole)?;
        let signatories = signatories(tx, &seat.organisation.id).await?;
        let ids: Vec<Id> = signatories.iter().map(|one| one.id.clone()).collect();
        let notice = Notice::new(NoticeKind::SignatureAsked, seat.path("/underskrift"));
        let notice = notice.with("organisation", seat.organisation.name.clone()).with("title", seat.application.title.clone());
        notices::tell(tx, app, To::Accounts(&ids), &notice.not_to(&who.account), now).await?;
        note(tx, id, who, Event::SignatureAsked, "", &json!({ "asked": ids.len() }), now).await?;
        Ok::<_, Failure>(ids.iter().filter(|one| **one != who.account).count())
    });
    let done = outcome(result.await)?;
    app.bell.ring();
    Ok(done)
}

/// Signs what the person has seen, by its fingerprint.
pub async fn sign(app: &App, who: &SignedIn, id: &Id, seen: &str) -> Outcome<()> {
    let now = app.now();
    let signature = app.ids.id(now);
    let result = app.db.write_in_line(async |tx| {
        let (seat, _) = moved(tx, id, who, Event::Signed).await?;
        let whole = Whole::of(tx, &seat.application).await?;
        ready(&seat, &whole)?;
        let written = whole.written(&seat.application)?;
        if written.hash != seen {
            return Err(Failure::Refused(Refusal::Stale));
        }
        let signature =
            Signature { id: signature.clone(), content_hash: written.hash.clone(), signed_by: who.account.clone(), signed_at: now };
        store::insert_signature(tx, id, &signature).await?;
        let ids = everybody(tx, &seat).await?;
        let notice = Notice::new(NoticeKind::ApplicationSigned, seat.path("/skicka-in"));
        let notice = notice.with("organisation", seat.organisation.name.clone()).with("title", seat.application.title.clone());
        notices::tell(tx, app, To::Accounts(&ids), &notice.not_to(&who.account), now).await?;
        note(tx, id, who, Event::Signed, "", &json!({ "sha256": written.hash }), now).await?;
        Ok(())
    });
    let done = outcome(result.await)?;
    app.bell.ring();
    Ok(done)
}

/// What the applicant holds when the application was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    pub number: CaseNumber,
    pub received_at: Instant,
}

async fn receipt(tx: &mut Tx, application: &Application) -> Result<Receipt, Failure> {
    let case = store::case(tx, &application.id).await?.ok_or(Refusal::NotNow)?;
    Ok(Receipt { number: case.number, received_at: application.submitted_at.unwrap_or(application.updated_at) })
}

/// Sends an application in. Pressed twice it is received once. `seen` is the fingerprint of what the person has read; `knows_late` that
/// they have been told that the call has closed.
pub async fn submit(app: &App, who: &SignedIn, id: &Id, seen: &str, knows_late: bool) -> Outcome<Receipt> {
    // The moment at which it reached the server, whatever waits in line before it.
    let now = app.now();
    let (case_id, document_id) = (app.ids.id(now), app.ids.id(now));
    // The paper is written before the transaction, from what stands there; if that changes meanwhile, its fingerprint does too.
    let before = app
        .db
        .read(async |tx| {
            let seat = seated(tx, id, who, OrgRole::Editor).await?;
            let whole = Whole::of(tx, &seat.application).await?;
            let by = match store::signature(tx, id).await? {
                Some(signature) => accounts::store::account(tx, &signature.signed_by).await?,
                None => None,
            };
            Ok::<_, Failure>((seat, whole, by))
        })
        .await;
    let (seat, whole, by) = match outcome(before)? {
        Ok(before) => before,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let paper = if seat.application.state == State::Draft && whole.wrong().is_empty() {
        let bytes = pages::paper::application(&seat, &whole, by.as_ref(), now)?;
        let name = format!("ansokan-{}.pdf", &whole.written(&seat.application)?.hash[..12]);
        Some(register::actions::files::keep_written(app, name, FileKind::Pdf, bytes).await?)
    } else {
        None
    };
    let result = app.db.write_in_line(async |tx| {
        let seat = seated(tx, id, who, OrgRole::Editor).await?;
        if seat.application.state.is_received() {
            return receipt(tx, &seat.application).await;
        }
        let (_, state) = moved(tx, id, who, Event::Submitted).await?;
        let whole = Whole::of(tx, &seat.application).await?;
        if now < whole.asked.opens_at {
            return Err(Refusal::NotNow.into());
        }
        ready(&seat, &whole)?;
        let late = now >= whole.asked.deadline();
        if late && !knows_late {
            return Err(Refusal::Late.into());
        }
        if whole.asked.facts.one_per_organisation {
            let standing = store::standing(tx, &seat.application.call_id, &seat.organisation.id).await?;
            if let Some(other) = standing.into_iter().find(|one| one.id != *id && one.state.is_received()) {
                return Err(Refusal::Exists(other.id).into());
            }
        }
        let written = whole.written(&seat.application)?;
        if written.hash != seen {
            return Err(Refusal::Stale.into());
        }
        let signature = store::signature(tx, id).await?.filter(|one| one.content_hash == written.hash).ok_or(Refusal::Unsigned)?;
        let mut papers = vec![paper.clone().ok_or(Refusal::Stale)?];
        papers.extend(whole.attached.iter().filter(|one| one.state.counts()).map(|one| NewFile {
            // The same file in the case as in the application: one id each, since ids belong to rows.
            id: app.ids.id(now),
            hash: one.file_hash.clone(),
            name: one.name.clone(),
            media_type: one.kind.media_type().to_owned(),
            size: one.size,
        }));
        let case = register::actions::open_case(tx, &app.config.case_number, &case_id, &reference(id), now).await?;
        let document = NewDocument {
            id: document_id.clone(),
            reference: Some(reference(id)),
            content_hash: Some(written.hash.clone()),
            facts: Facts {
                direction: Direction::Received,
                day: civil::stockholm(now).date,
                party: Party::Organisation,
                counterpart: seat.organisation.name.clone(),
                subject: (crate::text::applications(crate::kit::Lang::Sv).register_subject)(&whole.asked.facts.name.sv),
                secrecy: None,
            },
            files: papers,
        };
        register::actions::enter(tx, &case, &document, &who.actor(), now).await?;
        store::receive(tx, &seat.application, &case.id, late, now).await?;
        debug_assert_eq!(state, State::Submitted);
        let snapshot =
            Snapshot { number: 1, content: written.text, content_hash: written.hash.clone(), made_by: who.account.clone(), made_at: now };
        store::insert_snapshot(tx, id, &signature.id, &snapshot).await?;
        let receipt = Receipt { number: case.number, received_at: now };
        tell(tx, app, &seat, &whole, &receipt, &written.hash, late, now).await?;
        let detail = json!({ "number": receipt.number.to_string(), "sha256": written.hash, "late": late });
        note(tx, id, who, Event::Submitted, "", &detail, now).await?;
        Ok(receipt)
    });
    let done = outcome(result.await)?;
    app.bell.ring();
    Ok(done)
}

/// Mail to everybody who takes part, without anything of what the application says, and a notice on their pages.
#[expect(clippy::too_many_arguments, reason = "one receipt, said in full; the one caller has each of them at hand")]
async fn tell(
    tx: &mut Tx,
    app: &App,
    seat: &Seat,
    whole: &Whole,
    receipt: &Receipt,
    hash: &str,
    late: bool,
    now: Instant,
) -> Result<(), StoreError> {
    let ids = everybody(tx, seat).await?;
    for to in accounts::store::accounts(tx, &ids).await?.iter().filter(|account| account.is_active()) {
        outbox::put(tx, &app.ids, now, &letters::received(app, seat, &whole.asked, receipt, hash, late, to)).await?;
    }
    let notice = Notice::new(NoticeKind::ApplicationReceived, seat.path("/kvittens"));
    let notice = notice.with("number", receipt.number.to_string()).with("organisation", seat.organisation.name.clone());
    notices::tell(tx, app, To::Accounts(&ids), &notice, now).await
}

/// Takes an application back, which the agency is told by the register: until it is decided, and for good.
pub async fn withdraw(app: &App, who: &SignedIn, id: &Id, reason: &str) -> Outcome<()> {
    let now = app.now();
    let document_id = app.ids.id(now);
    let result = app.db.write_in_line(async |tx| {
        let (seat, state) = moved(tx, id, who, Event::Withdrawn).await?;
        let case = store::case(tx, id).await?.ok_or(Refusal::NotNow)?;
        let document = NewDocument {
            id: document_id.clone(),
            reference: Some(format!("{}:withdrawn", reference(id))),
            content_hash: None,
            facts: Facts {
                direction: Direction::Received,
                day: civil::stockholm(now).date,
                party: Party::Organisation,
                counterpart: seat.organisation.name.clone(),
                subject: crate::text::applications(crate::kit::Lang::Sv).withdrawn_subject.to_owned(),
                secrecy: None,
            },
            files: Vec::new(),
        };
        register::actions::enter(tx, &case, &document, &who.actor(), now).await?;
        store::set_state(tx, &seat.application, state, now).await?;
        let notice = Notice::new(NoticeKind::ApplicationWithdrawn, seat.path(""));
        let notice = notice.with("number", case.number.to_string()).with("organisation", seat.organisation.name.clone());
        let ids = everybody(tx, &seat).await?;
        notices::tell(tx, app, To::Accounts(&ids), &notice.not_to(&who.account), now).await?;
        note(tx, id, who, Event::Withdrawn, reason, &json!({}), now).await?;
        Ok::<_, Failure>(())
    });
    let done = outcome(result.await)?;
    app.bell.ring();
    Ok(done)
}
