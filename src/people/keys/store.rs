//! SQL of passkeys and of challenges that wait for their answer.

use sqlx::FromRow;

use crate::kit::{Id, Instant};
use crate::platform::db::{StoreError, Tx, exactly_one};

/// A passkey as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Row {
    pub id: Id,
    pub credential_id: String,
    pub name: String,
    /// The library's own form of it, as JSON.
    pub stored: String,
    pub created_at: Instant,
    pub used_at: Option<Instant>,
}

pub async fn all(tx: &mut Tx, account: &Id) -> Result<Vec<Row>, StoreError> {
    let rows = sqlx::query_as(
        "SELECT id, credential_id, name, stored, created_at, used_at FROM passkeys WHERE account_id = $1 ORDER BY created_at, id",
    );
    Ok(rows.bind(account.clone()).fetch_all(tx).await?)
}

/// Adds a passkey; false when somebody has registered it already.
pub async fn insert(tx: &mut Tx, account: &Id, row: &Row, counter: i64) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO passkeys (id, account_id, credential_id, name, stored, counter, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (credential_id) DO NOTHING",
    )
    .bind(row.id.clone())
    .bind(account.clone())
    .bind(row.credential_id.clone())
    .bind(row.name.clone())
    .bind(row.stored.clone())
    .bind(counter)
    .bind(row.created_at)
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes that a passkey was used. Its counter must rise, unless it has none; another answer is [`StoreError::Stale`].
pub async fn used(tx: &mut Tx, account: &Id, row: &Row, counter: i64, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE passkeys SET stored = $3, counter = $4, used_at = $5
         WHERE account_id = $1 AND credential_id = $2 AND (counter < $4 OR (counter = 0 AND $4 = 0))",
    )
    .bind(account.clone())
    .bind(row.credential_id.clone())
    .bind(row.stored.clone())
    .bind(counter)
    .bind(now)
    .execute(tx)
    .await?;
    exactly_one(done.rows_affected(), "passkeys.counter")
}

/// Removes one passkey of an account, or with none all of them; how many.
pub async fn remove(tx: &mut Tx, account: &Id, id: Option<&Id>) -> Result<u64, StoreError> {
    let done = sqlx::query("DELETE FROM passkeys WHERE account_id = $1 AND ($2 = '' OR id = $2)")
        .bind(account.clone())
        .bind(id.map_or("", Id::as_str))
        .execute(tx)
        .await?;
    Ok(done.rows_affected())
}

/// Keeps what a session's browser was asked, in place of what it was asked before.
pub async fn begin(tx: &mut Tx, session: &Id, kind: &str, state: &str, until: Instant) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO passkey_ceremonies (session_id, kind, state, expires_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (session_id, kind) DO UPDATE SET state = excluded.state, expires_at = excluded.expires_at",
    )
    .bind(session.clone())
    .bind(kind)
    .bind(state)
    .bind(until)
    .execute(tx)
    .await?;
    Ok(())
}

/// Takes it back, so that it is answered once.
pub async fn take(tx: &mut Tx, session: &Id, kind: &str, now: Instant) -> Result<Option<String>, StoreError> {
    let state: Option<(String,)> = sqlx::query_as(
        "DELETE FROM passkey_ceremonies WHERE session_id = $1 AND kind = $2 RETURNING CASE WHEN expires_at > $3 THEN state ELSE '' END",
    )
    .bind(session.clone())
    .bind(kind)
    .bind(now)
    .fetch_optional(tx)
    .await?;
    Ok(state.map(|(state,)| state).filter(|state| !state.is_empty()))
}
