//! What the staff read of applications: those that were received, as they were sent in. No statement here names the tables of drafts,
//! so nobody at the agency reads what has not been sent in (domain, rule 1).

use sqlx::FromRow;

use super::columns;
use crate::applications::model::{Application, Snapshot};
use crate::kit::{CaseNumber, Id, Instant, OrgNr};
use crate::platform::db::{StoreError, Tx};

/// An application that was received.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Received {
    #[sqlx(flatten)]
    pub application: Application,
    pub number: CaseNumber,
    pub organisation: String,
    pub orgnr: OrgNr,
    pub organisation_kind: String,
    pub municipality: String,
}

macro_rules! received_where {
    ($condition:literal) => {
        concat!(
            "SELECT ",
            columns!(),
            ", r.number, o.name AS organisation, o.orgnr, o.kind AS organisation_kind, o.municipality
             FROM applications a JOIN register_cases r ON r.id = a.case_id JOIN organisations o ON o.id = a.organisation_id
             WHERE a.submitted_at IS NOT NULL AND a.state IN ('submitted', 'completing', 'withdrawn') AND ",
            $condition
        )
    };
}

/// What was received under a call, in the order in which it came.
pub async fn under(tx: &mut Tx, call: &Id) -> Result<Vec<Received>, StoreError> {
    Ok(sqlx::query_as(received_where!("a.call_id = $1 ORDER BY a.submitted_at, a.id")).bind(call.clone()).fetch_all(tx).await?)
}

/// One of them, by the case's number.
pub async fn by_number(tx: &mut Tx, number: &CaseNumber) -> Result<Option<Received>, StoreError> {
    Ok(sqlx::query_as(received_where!("r.number = $1")).bind(number.clone()).fetch_optional(tx).await?)
}

/// How many were received under each call.
pub async fn counts(tx: &mut Tx) -> Result<Vec<(Id, i64)>, StoreError> {
    let counts = sqlx::query_as(
        "SELECT call_id, CAST(COUNT(*) AS BIGINT) FROM applications WHERE submitted_at IS NOT NULL GROUP BY call_id ORDER BY call_id",
    );
    Ok(counts.fetch_all(tx).await?)
}

/// What was sent in, newest first.
pub async fn snapshots(tx: &mut Tx, received: &Received) -> Result<Vec<Snapshot>, StoreError> {
    super::snapshots(tx, &received.application.id).await
}

/// More time that an organisation was given.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Extension {
    pub organisation: String,
    pub orgnr: OrgNr,
    pub until: Instant,
    pub reason: String,
    pub granted_by: Id,
    pub granted_at: Instant,
}

pub async fn extensions(tx: &mut Tx, call: &Id) -> Result<Vec<Extension>, StoreError> {
    let extensions = sqlx::query_as(
        "SELECT o.name AS organisation, o.orgnr, e.until, e.reason, e.granted_by, e.granted_at FROM call_extensions e
         JOIN organisations o ON o.id = e.organisation_id WHERE e.call_id = $1 ORDER BY e.granted_at DESC, e.id",
    );
    Ok(extensions.bind(call.clone()).fetch_all(tx).await?)
}

/// What is given to one organisation.
pub struct NewExtension<'a> {
    pub id: &'a Id,
    pub call: &'a Id,
    pub organisation: &'a Id,
    pub until: Instant,
    pub reason: &'a str,
    pub by: &'a Id,
    pub at: Instant,
}

pub async fn insert_extension(tx: &mut Tx, new: &NewExtension<'_>) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO call_extensions (id, call_id, organisation_id, until, reason, granted_by, granted_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(new.id.clone())
    .bind(new.call.clone())
    .bind(new.organisation.clone())
    .bind(new.until)
    .bind(new.reason.to_owned())
    .bind(new.by.clone())
    .bind(new.at)
    .execute(tx)
    .await?;
    Ok(())
}

/// Who signed what was sent in last.
pub async fn signed_by(tx: &mut Tx, received: &Received) -> Result<Option<Id>, StoreError> {
    let signed_by = sqlx::query_scalar(
        "SELECT g.signed_by FROM application_snapshots s JOIN application_signatures g ON g.id = s.signature_id
         WHERE s.application_id = $1 ORDER BY s.number DESC LIMIT 1",
    );
    Ok(signed_by.bind(received.application.id.clone()).fetch_optional(tx).await?)
}
