//! URN:NBN: the lasting name of a work, which Kungliga biblioteket's resolver leads to its present address.
//!
//! What belongs here: reading and writing such names (RFC 8458). Records hold both `URN: NBN: SE: BRA-528` and
//! `urn:nbn:se:bra-754`; they are kept in lower case so that one work has one name.

use super::check::{is_dash, is_space};

/// A URN in the namespace NBN, in lower case: `urn:nbn:se:bra-528`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UrnNbn(String);

/// Why a text is not a URN:NBN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UrnError {
    /// Nothing but space.
    Empty,
    /// Does not begin with `urn:nbn:` and the two letters of a country.
    Prefix,
    /// No dash with a name after it, as in `bra-528`.
    Name,
    /// A character that RFC 8458 does not let a name hold.
    Character,
}

impl UrnNbn {
    /// Reads a URN:NBN with any spaces, dashes and case.
    ///
    /// # Errors
    /// A [`UrnError`] for the first thing that is wrong.
    pub fn parse(text: &str) -> Result<UrnNbn, UrnError> {
        let urn: String = text.chars().filter(|&c| !is_space(c)).map(|c| if is_dash(c) { '-' } else { c.to_ascii_lowercase() }).collect();
        if urn.is_empty() {
            return Err(UrnError::Empty);
        }
        let rest = urn.strip_prefix("urn:nbn:").ok_or(UrnError::Prefix)?;
        let (prefix, name) = rest.split_once('-').ok_or(UrnError::Name)?;
        let mut parts = prefix.split(':');
        let country = parts.next().unwrap_or_default();
        if country.len() != 2 || !country.bytes().all(|b| b.is_ascii_lowercase()) {
            return Err(UrnError::Prefix);
        }
        if !parts.all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric())) {
            return Err(UrnError::Prefix);
        }
        if name.is_empty() {
            return Err(UrnError::Name);
        }
        if !name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~:/".contains(&b)) {
            return Err(UrnError::Character);
        }
        Ok(UrnNbn(urn))
    }

    /// The canonical text, `urn:nbn:se:bra-528`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

text_value!(UrnNbn, UrnError, as_str, as_str);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_work_has_one_name() {
        for text in ["URN: NBN: SE: BRA-528", "urn:nbn:se:bra-528", " URN:NBN:SE:BRA\u{2013}528 "] {
            assert_eq!(UrnNbn::parse(text).unwrap().as_str(), "urn:nbn:se:bra-528", "{text}");
        }
        assert_eq!(UrnNbn::parse("urn:nbn:se:uu:diva-3475").unwrap().to_string(), "urn:nbn:se:uu:diva-3475");
    }

    #[test]
    fn refuses_with_a_reason() {
        use UrnError::*;
        for (text, error) in [
            ("", Empty),
            ("bra-528", Prefix),
            ("urn:isbn:978", Prefix),
            ("urn:nbn:swe:bra-528", Prefix),
            ("urn:nbn:se::bra-528", Prefix),
            ("urn:nbn:se:bra", Name),
            ("urn:nbn:se:bra-", Name),
            ("urn:nbn:se:bra-5\"8", Character),
            ("urn:nbn:se:bra-å", Character),
        ] {
            assert_eq!(UrnNbn::parse(text), Err(error), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_read_reads_back(text in "(urn:nbn|URN:NBN):[a-zA-Z]{2}(:[a-zA-Z0-9]{1,4})?-[a-zA-Z0-9.:-]{1,9}") {
            let urn = UrnNbn::parse(&text).unwrap();
            prop_assert_eq!(UrnNbn::parse(urn.as_str()), Ok(urn));
        }
    }
}
