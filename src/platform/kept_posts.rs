//! What someone sent when their session had ended: kept for a day, enciphered with a key that only their browser holds,
//! so that an evening's writing is not lost and nobody else can read it. `web` keeps it and brings it back.

use super::db::{StoreError, Tx};
use super::ids::{Ids, Secret};
use super::seal::Key;
use crate::kit::{Id, Instant};

/// How long it waits.
pub const HOURS: i64 = 24;

/// The key that follows from the secret.
fn key(secret: &Secret) -> Key {
    Key::derive("kept_post", secret.as_str().as_bytes())
}

/// Enciphers what was sent to a path.
pub fn seal(ids: &dyn Ids, secret: &Secret, path: &str, text: &str) -> Option<String> {
    key(secret).seal(ids, path, text)
}

/// Keeps it; sent to the same path again, the later text stands.
pub async fn put(tx: &mut Tx, id: &Id, secret: &Secret, path: &str, sealed: &str, now: Instant) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO kept_posts (id, key_hash, path, sealed, created_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (key_hash) DO UPDATE SET sealed = excluded.sealed, created_at = excluded.created_at",
    )
    .bind(id.clone())
    .bind(secret.hash())
    .bind(path)
    .bind(sealed)
    .bind(now)
    .execute(tx)
    .await?;
    Ok(())
}

/// What was sent to this path under this secret, deciphered, if it has not waited too long.
pub async fn find(tx: &mut Tx, secret: &Secret, path: &str, now: Instant) -> Result<Option<String>, StoreError> {
    let sealed: Option<(String,)> = sqlx::query_as("SELECT sealed FROM kept_posts WHERE key_hash = $1 AND path = $2 AND created_at > $3")
        .bind(secret.hash())
        .bind(path)
        .bind(now.plus_seconds(-HOURS * 3600))
        .fetch_optional(tx)
        .await?;
    Ok(sealed.and_then(|(sealed,)| key(secret).open_sealed(path, &sealed)))
}

/// Whether anything waits under this secret.
pub async fn waits(tx: &mut Tx, secret: &Secret) -> Result<bool, StoreError> {
    let found: Option<(i64,)> =
        sqlx::query_as("SELECT CAST(1 AS BIGINT) FROM kept_posts WHERE key_hash = $1").bind(secret.hash()).fetch_optional(tx).await?;
    Ok(found.is_some())
}

pub async fn remove(tx: &mut Tx, secret: &Secret) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM kept_posts WHERE key_hash = $1").bind(secret.hash()).execute(tx).await?;
    Ok(())
}
