//! SQL of identities, of browsers on their way, and of what providers say of signing out.

use super::model::{Identity, Purpose, Request};
use crate::kit::{Id, Instant, Lang};
use crate::platform::db::{StoreError, Tx};

/// A browser that is sent away.
#[derive(Debug, Clone)]
pub struct NewRequest<'a> {
    pub id: &'a Id,
    pub state_hash: &'a str,
    pub nonce: &'a str,
    pub verifier: &'a str,
    pub issuer: &'a str,
    pub purpose: Purpose,
    pub account: Option<&'a Id>,
    pub lang: Lang,
    pub leads_to: &'a str,
    pub browser_hash: &'a str,
    pub created_at: Instant,
    pub expires_at: Instant,
}

pub async fn insert_request(tx: &mut Tx, request: &NewRequest<'_>) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO openid_requests
         (id, state_hash, nonce, verifier, issuer, purpose, account_id, lang, leads_to, browser_hash, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(request.id.clone())
    .bind(request.state_hash)
    .bind(request.nonce)
    .bind(request.verifier)
    .bind(request.issuer)
    .bind(request.purpose.code())
    .bind(request.account.cloned())
    .bind(request.lang)
    .bind(request.leads_to)
    .bind(request.browser_hash)
    .bind(request.created_at)
    .bind(request.expires_at)
    .execute(tx)
    .await?;
    Ok(())
}

pub async fn request(tx: &mut Tx, state_hash: &str) -> Result<Option<Request>, StoreError> {
    let request = sqlx::query_as(
        "SELECT id, nonce, verifier, issuer, purpose, account_id, lang, leads_to, browser_hash, created_at, expires_at, used_at
         FROM openid_requests WHERE state_hash = $1",
    );
    Ok(request.bind(state_hash).fetch_optional(tx).await?)
}

/// Uses a request up; whether it was still to be used.
pub async fn use_request(tx: &mut Tx, id: &Id, now: Instant) -> Result<bool, StoreError> {
    let done = sqlx::query("UPDATE openid_requests SET used_at = $2 WHERE id = $1 AND used_at IS NULL")
        .bind(id.clone())
        .bind(now)
        .execute(tx)
        .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn identity(tx: &mut Tx, issuer: &str, subject: &str) -> Result<Option<Identity>, StoreError> {
    let identity = sqlx::query_as("SELECT * FROM identities WHERE issuer = $1 AND subject = $2");
    Ok(identity.bind(issuer).bind(subject).fetch_optional(tx).await?)
}

/// Everyone at a provider who is this account, the newest last.
pub async fn identities(tx: &mut Tx, account: &Id) -> Result<Vec<Identity>, StoreError> {
    let all = sqlx::query_as("SELECT * FROM identities WHERE account_id = $1 ORDER BY created_at, id");
    Ok(all.bind(account.clone()).fetch_all(tx).await?)
}

/// Makes someone at a provider an account here. Whoever is one already is a unique violation.
pub async fn insert_identity(tx: &mut Tx, identity: &Identity) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO identities (id, account_id, issuer, subject, created_at, last_used_at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(identity.id.clone())
        .bind(identity.account_id.clone())
        .bind(identity.issuer.clone())
        .bind(identity.subject.clone())
        .bind(identity.created_at)
        .bind(identity.last_used_at)
        .execute(tx)
        .await?;
    Ok(())
}

pub async fn note_use(tx: &mut Tx, identity: &Id, now: Instant) -> Result<(), StoreError> {
    sqlx::query("UPDATE identities SET last_used_at = $2 WHERE id = $1").bind(identity.clone()).bind(now).execute(tx).await?;
    Ok(())
}

/// Takes one identity from an account; how many that were (none if it was another's).
pub async fn remove_identity(tx: &mut Tx, account: &Id, identity: &Id) -> Result<u64, StoreError> {
    let done = sqlx::query("DELETE FROM identities WHERE account_id = $1 AND id = $2");
    Ok(done.bind(account.clone()).bind(identity.clone()).execute(tx).await?.rows_affected())
}

/// Takes all identities from an account that is closed.
pub async fn forget(tx: &mut Tx, account: &Id) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM identities WHERE account_id = $1").bind(account.clone()).execute(tx).await?;
    Ok(())
}

/// Writes beside a session which one at the provider it came from.
pub async fn note_session(tx: &mut Tx, session: &Id, issuer: &str, subject: &str, sid: Option<&str>) -> Result<(), StoreError> {
    sqlx::query("UPDATE sessions SET issuer = $2, subject = $3, sid = $4 WHERE id = $1")
        .bind(session.clone())
        .bind(issuer)
        .bind(subject)
        .bind(sid)
        .execute(tx)
        .await?;
    Ok(())
}

/// The provider that a session came from.
pub async fn issuer_of(tx: &mut Tx, session: &Id) -> Result<Option<String>, StoreError> {
    let row: Option<(Option<String>,)> =
        sqlx::query_as("SELECT issuer FROM sessions WHERE id = $1").bind(session.clone()).fetch_optional(tx).await?;
    Ok(row.and_then(|(issuer,)| issuer))
}

/// Notes that a provider has said something once; `false` if it was said before.
pub async fn note_logout(tx: &mut Tx, issuer: &str, jti_hash: &str, now: Instant) -> Result<bool, StoreError> {
    let done = sqlx::query("INSERT INTO openid_logouts (issuer, jti_hash, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");
    Ok(done.bind(issuer).bind(jti_hash).bind(now).execute(tx).await?.rows_affected() == 1)
}

/// The living sessions that came from a provider's session, or from any session of someone there.
pub async fn sessions_of(tx: &mut Tx, issuer: &str, subject: Option<&str>, sid: Option<&str>) -> Result<Vec<(Id, Id)>, StoreError> {
    let rows = sqlx::query_as(
        "SELECT account_id, id FROM sessions WHERE issuer = $1 AND ended_at IS NULL
         AND ($2 = '' OR subject = $2) AND ($3 = '' OR sid = $3) ORDER BY id",
    );
    Ok(rows.bind(issuer).bind(subject.unwrap_or_default()).bind(sid.unwrap_or_default()).fetch_all(tx).await?)
}
