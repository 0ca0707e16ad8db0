//! The only door to randomness: row ids, secrets that go into links and cookies, nonces and jitter.
//! `clippy.toml` forbids the direct calls.

use std::sync::Arc;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use sha2::{Digest, Sha256};

use crate::kit::{Id, Instant};

/// A secret that stands in a link or a cookie: 128 bits from the operating system as 22 characters, or 256 as 43. Only its
/// [`Secret::hash`] is stored, so a copy of the database opens nobody's basket or order.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Reads a secret back from a link or a cookie; `None` unless it has exactly the shape that we give out.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        matches!(bytes.len(), 16 | 32).then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Another secret that follows from this one and a purpose: whoever has this one can find it again, and nobody else.
    pub fn derive(&self, purpose: &str) -> Self {
        let digest = Sha256::digest(format!("{purpose}:{}", self.0).as_bytes());
        Self(BASE64URL_NOPAD.encode(&digest[..16]))
    }

    /// What is stored: SHA-256 in hexadecimal. The secret has at least 128 bits of its own, so no salt is needed.
    pub fn hash(&self) -> String {
        sha256_hex(self.0.as_bytes())
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// SHA-256 in lower-case hexadecimal, as every hash is stored.
pub fn sha256_hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

/// Where ids and secrets come from. Everyone asks the source they were given, so that a test can repeat itself.
pub trait Ids: Send + Sync + 'static {
    /// Fills `bytes` with randomness fit for secrets.
    fn fill(&self, bytes: &mut [u8]);

    /// A new row id (UUIDv7): sorts by `now`, so that rows lie in the order in which they came.
    fn id(&self, now: Instant) -> Id {
        let mut random = [0; 10];
        self.fill(&mut random);
        let uuid = uuid::Builder::from_unix_timestamp_millis(u64::try_from(now.millis()).unwrap_or_default(), &random).into_uuid();
        Id::from_bytes(uuid.into_bytes())
    }

    /// A new secret for a link or a cookie.
    fn secret(&self) -> Secret {
        let mut random = [0; 16];
        self.fill(&mut random);
        Secret(BASE64URL_NOPAD.encode(&random))
    }

    /// A new secret of 256 bits, for a link that opens an account.
    fn long_secret(&self) -> Secret {
        let mut random = [0; 32];
        self.fill(&mut random);
        Secret(BASE64URL_NOPAD.encode(&random))
    }

    /// Six digits that someone reads in a mail and types.
    fn code(&self) -> String {
        let mut random = [0; 8];
        self.fill(&mut random);
        format!("{:06}", u64::from_le_bytes(random) % 1_000_000)
    }

    /// A nonce for one response's content security policy.
    fn nonce(&self) -> String {
        self.secret().0
    }
}

/// Ids that everyone holds.
pub type SharedIds = Arc<dyn Ids>;

/// The operating system's randomness.
#[derive(Debug, Default)]
pub struct SystemIds;

impl Ids for SystemIds {
    /// # Panics
    /// When the operating system has no randomness to give; nothing safe can be done without it.
    #[expect(clippy::disallowed_methods, clippy::expect_used, reason = "this is the door")]
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("the operating system gives randomness");
    }
}

/// A number below `ceiling` that keeps rivals from trying again at the same moment.
pub fn jitter(ceiling: u64) -> u64 {
    let mut bytes = [0; 8];
    SystemIds.fill(&mut bytes);
    u64::from_le_bytes(bytes) % ceiling.max(1)
}
