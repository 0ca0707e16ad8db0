//! SQL of invitations to review.

use super::model::GuestInvitation;
use super::rules::Guest;
use crate::kit::{Email, Id, Instant};
use crate::platform::db::{StoreError, Tx, exactly_one};

/// An invitation's columns but for the link's hash, by a condition.
macro_rules! invitation_where {
    ($condition:literal) => {
        concat!(
            "SELECT id, email, name, valid_from, valid_until, invited_by, created_at, expires_at, accepted_at, accepted_by, withdrawn_at
             FROM guest_invitations WHERE ",
            $condition
        )
    };
}

pub async fn invitation(tx: &mut Tx, id: &Id) -> Result<Option<GuestInvitation>, StoreError> {
    Ok(sqlx::query_as(invitation_where!("id = $1")).bind(id.clone()).fetch_optional(tx).await?)
}

pub async fn by_token(tx: &mut Tx, token_hash: &str) -> Result<Option<GuestInvitation>, StoreError> {
    Ok(sqlx::query_as(invitation_where!("token_hash = $1")).bind(token_hash).fetch_optional(tx).await?)
}

/// The one to an address that nobody has taken or taken back; it may have run out.
pub async fn open_to(tx: &mut Tx, email: &Email) -> Result<Option<GuestInvitation>, StoreError> {
    let open = sqlx::query_as(invitation_where!("email = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL"));
    Ok(open.bind(email.clone()).fetch_optional(tx).await?)
}

/// What someone was sent, and what they said yes to.
pub async fn of_account(tx: &mut Tx, account: &Id, email: &Email) -> Result<Vec<GuestInvitation>, StoreError> {
    let all = sqlx::query_as(invitation_where!("email = $1 OR accepted_by = $2 ORDER BY created_at, id"));
    Ok(all.bind(email.clone()).bind(account.clone()).fetch_all(tx).await?)
}

/// The latest of them, the newest first.
pub async fn latest(tx: &mut Tx, limit: i64) -> Result<Vec<GuestInvitation>, StoreError> {
    Ok(sqlx::query_as(invitation_where!("id <> '' ORDER BY created_at DESC, id DESC LIMIT $1")).bind(limit).fetch_all(tx).await?)
}

/// An invitation that is about to go out.
#[derive(Debug, Clone)]
pub struct NewInvitation<'a> {
    pub id: &'a Id,
    pub guest: &'a Guest,
    pub token_hash: &'a str,
    pub by: &'a Id,
    pub now: Instant,
    pub expires_at: Instant,
}

/// An address that has an open one already is a unique violation.
pub async fn insert(tx: &mut Tx, new: &NewInvitation<'_>) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO guest_invitations (id, email, name, valid_from, valid_until, token_hash, invited_by, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(new.id.clone())
    .bind(new.guest.email.clone())
    .bind(new.guest.name.clone())
    .bind(new.guest.from)
    .bind(new.guest.until)
    .bind(new.token_hash)
    .bind(new.by.clone())
    .bind(new.now)
    .bind(new.expires_at)
    .execute(tx)
    .await?;
    Ok(())
}

/// Gives an open invitation a new link, for which whoever sends it answers; the one before opens nothing any more.
pub async fn renew(tx: &mut Tx, id: &Id, token_hash: &str, by: &Id, expires_at: Instant) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE guest_invitations SET token_hash = $2, expires_at = $3, invited_by = $4
         WHERE id = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL",
    )
    .bind(id.clone())
    .bind(token_hash)
    .bind(expires_at)
    .bind(by.clone())
    .execute(tx)
    .await?;
    exactly_one(done.rows_affected(), "guest_invitations.accepted_at")
}

pub async fn withdraw(tx: &mut Tx, id: &Id, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE guest_invitations SET withdrawn_at = $2 WHERE id = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL")
        .bind(id.clone())
        .bind(now)
        .execute(tx)
        .await?;
    exactly_one(done.rows_affected(), "guest_invitations.accepted_at")
}

pub async fn accept(tx: &mut Tx, id: &Id, by: &Id, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE guest_invitations SET accepted_at = $3, accepted_by = $2
         WHERE id = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL AND expires_at > $3",
    )
    .bind(id.clone())
    .bind(by.clone())
    .bind(now)
    .execute(tx)
    .await?;
    exactly_one(done.rows_affected(), "guest_invitations.accepted_at")
}
