//! SQL of those who write in one application without belonging to its organisation, of invitations, and of who is where.

use sqlx::FromRow;

use crate::applications::model::{Guest, Invitation, Presence};
use crate::kit::{Email, Id, Instant, OrgRole};
use crate::platform::db::{StoreError, Tx, exactly_one};

/// Those who were asked in and have come, in the order in which they came.
pub async fn guests(tx: &mut Tx, application: &Id) -> Result<Vec<Guest>, StoreError> {
    let guests = sqlx::query_as(
        "SELECT id, account_id, role, since FROM application_people WHERE application_id = $1 AND until IS NULL ORDER BY since, id",
    );
    Ok(guests.bind(application.clone()).fetch_all(tx).await?)
}

/// Someone who is here already is a unique violation.
pub async fn insert_guest(tx: &mut Tx, id: &Id, application: &Id, account: &Id, role: OrgRole, now: Instant) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO application_people (id, application_id, account_id, role, since) VALUES ($1, $2, $3, $4, $5)")
        .bind(id.clone())
        .bind(application.clone())
        .bind(account.clone())
        .bind(role)
        .bind(now)
        .execute(tx)
        .await?;
    Ok(())
}

pub async fn end_guest(tx: &mut Tx, application: &Id, guest: &Id, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE application_people SET until = $3 WHERE application_id = $1 AND id = $2 AND until IS NULL")
        .bind(application.clone())
        .bind(guest.clone())
        .bind(now)
        .execute(tx)
        .await?;
    exactly_one(done.rows_affected(), "application_people.until")
}

/// Ends every place that an account has.
pub async fn end_all(tx: &mut Tx, account: &Id, now: Instant) -> Result<(), StoreError> {
    sqlx::query("UPDATE application_people SET until = $2 WHERE account_id = $1 AND until IS NULL")
        .bind(account.clone())
        .bind(now)
        .execute(&mut *tx)
        .await?;
    sqlx::query("DELETE FROM application_presence WHERE account_id = $1").bind(account.clone()).execute(tx).await?;
    Ok(())
}

macro_rules! invitation_where {
    ($condition:literal) => {
        concat!(
            "SELECT id, application_id, email, role, invited_by, created_at, expires_at FROM application_invitations
             WHERE accepted_at IS NULL AND withdrawn_at IS NULL AND ",
            $condition
        )
    };
}

/// The invitations to an application that nobody has taken or taken back, oldest first.
pub async fn open_invitations(tx: &mut Tx, application: &Id) -> Result<Vec<Invitation>, StoreError> {
    let open = sqlx::query_as(invitation_where!("application_id = $1 ORDER BY created_at, id"));
    Ok(open.bind(application.clone()).fetch_all(tx).await?)
}

pub async fn invitation_by_token(tx: &mut Tx, token_hash: &str) -> Result<Option<Invitation>, StoreError> {
    Ok(sqlx::query_as(invitation_where!("token_hash = $1")).bind(token_hash.to_owned()).fetch_optional(tx).await?)
}

/// A second open invitation to the same address is a unique violation.
pub async fn insert_invitation(tx: &mut Tx, new: &Invitation, token_hash: &str) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO application_invitations (id, application_id, email, role, token_hash, invited_by, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(new.id.clone())
    .bind(new.application_id.clone())
    .bind(new.email.clone())
    .bind(new.role)
    .bind(token_hash.to_owned())
    .bind(new.invited_by.clone())
    .bind(new.created_at)
    .bind(new.expires_at)
    .execute(tx)
    .await?;
    Ok(())
}

pub async fn accept_invitation(tx: &mut Tx, id: &Id, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE application_invitations SET accepted_at = $2 WHERE id = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL AND expires_at > $2",
    )
    .bind(id.clone())
    .bind(now)
    .execute(tx)
    .await?;
    exactly_one(done.rows_affected(), "application_invitations.accepted_at")
}

pub async fn withdraw_invitation(tx: &mut Tx, application: &Id, id: &Id, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE application_invitations SET withdrawn_at = $3 WHERE application_id = $1 AND id = $2 AND accepted_at IS NULL AND withdrawn_at IS NULL",
    )
    .bind(application.clone())
    .bind(id.clone())
    .bind(now)
    .execute(tx)
    .await?;
    exactly_one(done.rows_affected(), "application_invitations.withdrawn_at")
}

/// Invitations to one's address that still let one in, with what the application is called.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Asked {
    pub application_id: Id,
    pub organisation: String,
    pub role: OrgRole,
    pub created_at: Instant,
    pub expires_at: Instant,
}

pub async fn invitations_for(tx: &mut Tx, account: &Id, now: Instant) -> Result<Vec<Asked>, StoreError> {
    let asked = sqlx::query_as(
        "SELECT i.application_id, o.name AS organisation, i.role, i.created_at, i.expires_at FROM application_invitations i
         JOIN applications a ON a.id = i.application_id JOIN organisations o ON o.id = a.organisation_id
         WHERE i.email = (SELECT email FROM accounts WHERE id = $1) AND i.accepted_at IS NULL AND i.withdrawn_at IS NULL AND i.expires_at > $2 ORDER BY i.created_at, i.id",
    );
    Ok(asked.bind(account.clone()).bind(now).fetch_all(tx).await?)
}

/// Invitations follow an address that somebody has shown to be theirs.
pub async fn readdress(tx: &mut Tx, from: &Email, to: &Email) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE application_invitations SET email = $2 WHERE email = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL
         AND NOT EXISTS (SELECT 1 FROM application_invitations other WHERE other.application_id = application_invitations.application_id
            AND other.email = $2 AND other.accepted_at IS NULL AND other.withdrawn_at IS NULL)",
    )
    .bind(from.clone())
    .bind(to.clone())
    .execute(tx)
    .await?;
    Ok(())
}

/// Notes where somebody is.
pub async fn note_presence(tx: &mut Tx, application: &Id, account: &Id, section: &str, now: Instant) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO application_presence (application_id, account_id, section, seen_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (application_id, account_id) DO UPDATE SET section = excluded.section, seen_at = excluded.seen_at",
    )
    .bind(application.clone())
    .bind(account.clone())
    .bind(section.to_owned())
    .bind(now)
    .execute(tx)
    .await?;
    Ok(())
}

/// Who was in an application after `since`, the last first; one's own row too.
pub async fn present(tx: &mut Tx, application: &Id, since: Instant) -> Result<Vec<Presence>, StoreError> {
    let present = sqlx::query_as(
        "SELECT account_id, section, seen_at FROM application_presence WHERE application_id = $1 AND seen_at > $2 ORDER BY seen_at DESC, account_id",
    );
    Ok(present.bind(application.clone()).bind(since).fetch_all(tx).await?)
}

/// A place that somebody has or had in an application.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Place {
    pub application_id: Id,
    pub role: OrgRole,
    pub since: Instant,
    pub until: Option<Instant>,
}

pub async fn places(tx: &mut Tx, account: &Id) -> Result<Vec<Place>, StoreError> {
    let places =
        sqlx::query_as("SELECT application_id, role, since, until FROM application_people WHERE account_id = $1 ORDER BY since, id");
    Ok(places.bind(account.clone()).fetch_all(tx).await?)
}

/// Everybody who may read a draft under a call: members of the organisations, and those who were asked in.
pub async fn writers_under(tx: &mut Tx, call: &Id) -> Result<Vec<Id>, StoreError> {
    let writers = sqlx::query_scalar(
        "SELECT m.account_id FROM applications a JOIN organisations o ON o.id = a.organisation_id
         JOIN memberships m ON m.organisation_id = COALESCE(o.merged_into, o.id) AND m.until IS NULL
         WHERE a.call_id = $1 AND a.state = 'draft'
         UNION SELECT p.account_id FROM applications a JOIN application_people p ON p.application_id = a.id AND p.until IS NULL
         WHERE a.call_id = $1 AND a.state = 'draft'",
    );
    Ok(writers.bind(call.clone()).fetch_all(tx).await?)
}
