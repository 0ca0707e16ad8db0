//! Enciphering what must be read again: AES-256-GCM. What need only be recognised is hashed instead (`ids::Secret`).
//!
//! The portal's own key is `PORTAL_KEY`, or a file in the data folder that is made at the first start. Whoever loses it loses
//! the staff's second factors, which an administrator can take away and their owners set up anew, and nothing else.

use std::path::Path;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use data_encoding::BASE64;
use sha2::{Digest, Sha256};

use super::ids::Ids;

/// What enciphers.
#[derive(Clone)]
pub struct Key([u8; 32]);

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("PORTAL_KEY must be 32 bytes in base64, such as `openssl rand -base64 32` gives")]
    Shape,
    #[error("the key in {0} cannot be read or written: {1}")]
    File(String, std::io::Error),
}

impl Key {
    /// A key that follows from some secret bytes and what they are used for.
    pub fn derive(purpose: &str, secret: &[u8]) -> Self {
        Self(Sha256::new().chain_update(purpose.as_bytes()).chain_update([0]).chain_update(secret).finalize().into())
    }

    /// The portal's key: as set, or out of `folder`, where it is made when it is missing.
    pub fn open(set: Option<&str>, folder: &Path, ids: &dyn Ids) -> Result<Self, KeyError> {
        if let Some(text) = set {
            return Self::parse(text).ok_or(KeyError::Shape);
        }
        let path = folder.join("key");
        let fault = |error| KeyError::File(path.display().to_string(), error);
        match std::fs::read_to_string(&path) {
            Ok(text) => Self::parse(&text).ok_or(KeyError::Shape),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let mut random = [0; 32];
                ids.fill(&mut random);
                std::fs::create_dir_all(folder).map_err(fault)?;
                write_private(&path, &BASE64.encode(&random)).map_err(fault)?;
                // Two processes may have started at once: what lies there now is the key.
                Self::parse(&std::fs::read_to_string(&path).map_err(fault)?).ok_or(KeyError::Shape)
            }
            Err(error) => Err(fault(error)),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        BASE64.decode(text.trim().as_bytes()).ok()?.try_into().ok().map(Self)
    }

    /// Enciphers a text; `about` must be the same to read it again. The nonce is random, and stands first.
    pub fn seal(&self, ids: &dyn Ids, about: &str, text: &str) -> Option<String> {
        let mut nonce = [0; NONCE_LEN];
        ids.fill(&mut nonce);
        let mut sealed = text.as_bytes().to_vec();
        let aad = Aad::from(about.as_bytes());
        self.cipher()?.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), aad, &mut sealed).ok()?;
        Some(BASE64.encode(&[&nonce[..], &sealed].concat()))
    }

    /// Deciphers what [`Key::seal`] gave.
    pub fn open_sealed(&self, about: &str, sealed: &str) -> Option<String> {
        let bytes = BASE64.decode(sealed.as_bytes()).ok()?;
        let (nonce, rest) = bytes.split_first_chunk::<NONCE_LEN>()?;
        let mut rest = rest.to_vec();
        let text = self.cipher()?.open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(about.as_bytes()), &mut rest).ok()?;
        String::from_utf8(text.to_vec()).ok()
    }

    fn cipher(&self) -> Option<LessSafeKey> {
        UnboundKey::new(&AES_256_GCM, &self.0).ok().map(LessSafeKey::new)
    }
}

/// The key itself must not reach a log.
impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}

/// Writes a file that only its owner reads, unless it is there already.
fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    match std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(mut file) => {
            file.write_all(text.as_bytes())?;
            file.sync_all()
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::ids::SystemIds;

    #[test]
    fn only_the_same_key_and_matter_open_it() {
        let (key, other) = (Key::derive("a", b"1"), Key::derive("a", b"2"));
        let sealed = key.seal(&SystemIds, "account:1", "hemligt").unwrap();
        assert!(!sealed.contains("hemligt"));
        assert_ne!(sealed, key.seal(&SystemIds, "account:1", "hemligt").unwrap());
        assert_eq!(key.open_sealed("account:1", &sealed).as_deref(), Some("hemligt"));
        assert_eq!(key.open_sealed("account:2", &sealed), None);
        assert_eq!(other.open_sealed("account:1", &sealed), None);
        assert_eq!(key.open_sealed("account:1", "x"), None);
        assert_eq!(Key::derive("b", b"1").open_sealed("account:1", &sealed), None);
    }

    #[test]
    fn the_key_is_made_once_and_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let first = Key::open(None, folder.path(), &SystemIds).unwrap();
        let sealed = first.seal(&SystemIds, "a", "b").unwrap();
        let again = Key::open(None, folder.path(), &SystemIds).unwrap();
        assert_eq!(again.open_sealed("a", &sealed).as_deref(), Some("b"));
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(folder.path().join("key")).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(Key::open(Some("kort"), folder.path(), &SystemIds).is_err());
        assert!(Key::open(Some(&BASE64.encode(&[7; 32])), folder.path(), &SystemIds).is_ok());
    }
}
