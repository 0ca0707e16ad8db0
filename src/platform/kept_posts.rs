//! What someone sent when their session had ended: kept for a day, enciphered with a key that only their browser holds,
//! so that an evening's writing is not lost and nobody else can read it. `web` keeps it and brings it back.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use data_encoding::BASE64;
use sha2::{Digest, Sha256};

use super::db::{StoreError, Tx};
use super::ids::Secret;
use crate::kit::{Id, Instant};

/// How long it waits.
pub const HOURS: i64 = 24;

/// Enciphers with a key that follows from the secret. Each secret enciphers one text only, so the nonce may be fixed.
pub fn seal(secret: &Secret, path: &str, text: &str) -> Option<String> {
    let mut sealed = text.as_bytes().to_vec();
    key(secret)?.seal_in_place_append_tag(nonce(), Aad::from(path.as_bytes()), &mut sealed).ok()?;
    Some(BASE64.encode(&sealed))
}

/// Deciphers what [`seal`] made for the same secret and path.
pub fn open(secret: &Secret, path: &str, sealed: &str) -> Option<String> {
    let mut bytes = BASE64.decode(sealed.as_bytes()).ok()?;
    let text = key(secret)?.open_in_place(nonce(), Aad::from(path.as_bytes()), &mut bytes).ok()?;
    String::from_utf8(text.to_vec()).ok()
}

fn key(secret: &Secret) -> Option<LessSafeKey> {
    let key = Sha256::digest(format!("kept:{}", secret.as_str()).as_bytes());
    UnboundKey::new(&AES_256_GCM, &key).ok().map(LessSafeKey::new)
}

fn nonce() -> Nonce {
    Nonce::assume_unique_for_key([0; 12])
}

pub async fn insert(tx: &mut Tx, id: &Id, secret: &Secret, path: &str, sealed: &str, now: Instant) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO kept_posts (id, key_hash, path, sealed, created_at) VALUES ($1, $2, $3, $4, $5)")
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
    Ok(sealed.and_then(|(sealed,)| open(secret, path, &sealed)))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_secret_and_path_open_it() {
        let secret = Secret::parse("AAAAAAAAAAAAAAAAAAAAAA").unwrap();
        let other = Secret::parse("AAAAAAAAAAAAAAAAAAAAAQ").unwrap();
        let sealed = seal(&secret, "/mina-sidor/uppgifter", "namn=Åsa").unwrap();
        assert!(!sealed.contains("namn"));
        assert_eq!(open(&secret, "/mina-sidor/uppgifter", &sealed).as_deref(), Some("namn=Åsa"));
        assert_eq!(open(&other, "/mina-sidor/uppgifter", &sealed), None);
        assert_eq!(open(&secret, "/annat", &sealed), None);
        assert_eq!(open(&secret, "/mina-sidor/uppgifter", "x"), None);
    }
}
