//! Swedish postal code.
//!
//! What belongs here: reading and writing the five digits (SS 613401). Codes of other countries are free text.

use super::check::{is_separator, strip_ascii_prefix};

/// A Swedish postal code, kept as it is written: `123 45`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PostalCode(String);

/// Why a text is not a Swedish postal code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PostalCodeError {
    /// Nothing but space.
    Empty,
    /// Something else than digits, spaces, dashes and `SE` or `S` in front.
    Character,
    /// Not five digits.
    Length,
    /// Begins with 0, as no Swedish code does.
    Zero,
}

impl PostalCode {
    /// Reads `12345`, `123 45`, `SE-123 45`, `S-12345`.
    ///
    /// # Errors
    /// A [`PostalCodeError`] for the first thing that is wrong.
    pub fn parse(text: &str) -> Result<PostalCode, PostalCodeError> {
        let compact: String = text.chars().filter(|&c| !is_separator(c)).collect();
        let code = ["SE", "S"].iter().find_map(|name| strip_ascii_prefix(&compact, name)).unwrap_or(&compact);
        if code.is_empty() {
            return Err(PostalCodeError::Empty);
        }
        if !code.bytes().all(|b| b.is_ascii_digit()) {
            return Err(PostalCodeError::Character);
        }
        if code.len() != 5 {
            return Err(PostalCodeError::Length);
        }
        if code.starts_with('0') {
            return Err(PostalCodeError::Zero);
        }
        let (area, rest) = code.split_at(3);
        Ok(PostalCode(format!("{area} {rest}")))
    }

    /// The canonical text, `123 45`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

text_value!(PostalCode, PostalCodeError, as_str, as_str);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_people_type() {
        for text in ["12345", "123 45", "SE-123 45", "S-12345", "se 12345", " 123\u{a0}45 "] {
            assert_eq!(PostalCode::parse(text).unwrap().as_str(), "123 45", "{text}");
        }
    }

    #[test]
    fn refuses_with_a_reason() {
        use PostalCodeError::*;
        for (text, error) in [
            ("", Empty),
            ("SE-", Empty),
            ("1234", Length),
            ("123456", Length),
            ("02345", Zero),
            ("DK-1234", Character),
            ("Umeå", Character),
        ] {
            assert_eq!(PostalCode::parse(text), Err(error), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn every_code_reads_back(code in 10_000u32..100_000) {
            let code = PostalCode::parse(&code.to_string()).unwrap();
            prop_assert_eq!(PostalCode::parse(code.as_str()), Ok(code));
        }
    }
}
