//! What people do with applications, each in one transaction with its place in the history and, where rights or the agency's papers are
//! concerned, in the audit chain. Who someone is in the application is asked again inside each transaction: it may have changed since
//! the page.

pub mod people;
pub mod staff;
pub mod submitting;
pub mod writing;

use serde_json::{Value, json};

use super::lifecycle::{self, Actor, Event, State};
use super::model::{Seat, reference};
use super::rules::Wrong;
use super::store;
use crate::calls::rules::Bar;
use crate::kit::{Id, Instant, OrgRole};
use crate::platform::audit;
use crate::platform::db::{StoreError, Transient, Tx};
use crate::web::{AppError, SignedIn};

/// Why something was not done. Nothing was changed then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such application, question, version or invitation, or not for this person.
    Unknown,
    /// The person is too little in it.
    Role,
    /// The organisation acts no more.
    Closed,
    /// The application, or its call, is not where this can happen.
    NotNow,
    /// Someone else changed the same thing meanwhile.
    Stale,
    /// The organisation has an application under the call, and may have one.
    Exists(Id),
    /// The call is for others.
    Barred(Vec<Bar>),
    /// Answers or files are missing, or cannot be used.
    Unfit(Vec<Wrong>),
    /// Two texts wait beside each other: somebody must choose.
    Unsettled,
    /// Nobody who signs has signed what stands there now.
    Unsigned,
    /// The call has closed, and the person has not said that they know.
    Late,
    /// The invitation was used, taken back, or ran out.
    Dead,
    /// The invitation is for another address.
    OtherAddress,
    /// The person is here already, or asked in.
    IsHere,
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
            StoreError::Stale("applications.state" | "applications.call_version" | "application_answers.settled_at") => {
                Self::Refused(Refusal::Stale)
            }
            StoreError::Stale("application_invitations.accepted_at" | "application_invitations.withdrawn_at") => {
                Self::Refused(Refusal::Dead)
            }
            StoreError::Stale("application_people.until") => Self::Refused(Refusal::Unknown),
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
            lifecycle::Refusal::NotYou => Refusal::Role,
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

/// The person's place in an application, at least this much, for an organisation that acts.
async fn seated(tx: &mut Tx, id: &Id, who: &SignedIn, least: OrgRole) -> Result<Seat, Failure> {
    let seat = store::seat(tx, id, &who.account).await?.ok_or(Refusal::Unknown)?;
    if seat.role < least {
        return Err(Refusal::Role.into());
    }
    if !seat.may(least) {
        return Err(Refusal::Closed.into());
    }
    Ok(seat)
}

/// The person's place, and the state after something that they do.
async fn moved(tx: &mut Tx, id: &Id, who: &SignedIn, event: Event) -> Result<(Seat, State), Failure> {
    let seat = seated(tx, id, who, OrgRole::Reader).await?;
    let state = lifecycle::apply(Some(seat.application.state), event, Actor::Applicant(seat.role))?;
    Ok((seat, state))
}

/// Writes an event into the history and the chain.
async fn note(tx: &mut Tx, id: &Id, who: &SignedIn, event: Event, note: &str, detail: &Value, now: Instant) -> Result<(), StoreError> {
    store::insert_event(tx, id, Some(&who.account), event, note, now).await?;
    audit::append(tx, now, &who.actor(), &format!("application.{}", event.code()), &reference(id), detail).await?;
    Ok(())
}

fn nothing() -> Value {
    json!({})
}
