//! What the form that adds a passkey must hold, and for which addresses there can be any.

use url::{Host, Url};

use crate::kit::Form;
use crate::kit::field::{clean_line, count};
use crate::people::rules::KeyError;

/// Longest name of a key, in characters.
pub const LONGEST_NAME: usize = 50;

/// The fields.
pub mod field {
    pub const NAME: &str = "namn";
    /// What the browser signed, as JSON; the script fills it.
    pub const KEY: &str = "nyckel";
}

/// In place of a key: the person closed the browser's question, or it failed.
pub const BROKEN_OFF: &str = "avbruten";

/// Reads a key's name.
pub fn name(form: &Form) -> Result<String, KeyError> {
    let name = clean_line(form.get(field::NAME));
    match count(&name) {
        0 => Err(KeyError::NameMissing),
        long if long > LONGEST_NAME => Err(KeyError::NameLong),
        _ => Ok(name),
    }
}

/// Reads what the script has filled in.
pub fn answer(form: &Form) -> Result<&str, KeyError> {
    match form.get(field::KEY) {
        "" => Err(KeyError::Script),
        BROKEN_OFF => Err(KeyError::BrokenOff),
        answer => Ok(answer),
    }
}

/// The name that keys are bound to: the host of the portal's own address. An address in figures has none (WebAuthn § 5.1.3).
pub fn relying_party(base_url: &str) -> Option<(String, Url)> {
    let url = Url::parse(base_url).ok()?;
    match url.host()? {
        Host::Domain(host) if url.scheme() == "https" || host == "localhost" => Some((host.to_owned(), url.clone())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_bound_to_a_name_that_browsers_allow() {
        let party = |url| relying_party(url).map(|(id, _)| id);
        assert_eq!(party("https://portal.bra.example").as_deref(), Some("portal.bra.example"));
        assert_eq!(party("http://localhost:4104").as_deref(), Some("localhost"));
        for url in ["http://127.0.0.1:4104", "https://[::1]", "http://portal.bra.example", "portal"] {
            assert_eq!(party(url), None, "{url}");
        }
    }

    #[test]
    fn a_key_has_a_name() {
        let form = |name: &str| Form(vec![(field::NAME.to_owned(), name.to_owned())]);
        assert_eq!(name(&form("  Min  dator ")), Ok("Min dator".to_owned()));
        assert_eq!(name(&form(" ")), Err(KeyError::NameMissing));
        assert_eq!(name(&form(&"x".repeat(51))), Err(KeyError::NameLong));
    }
}
