//! ISSN: the number of a series.
//!
//! What belongs here: reading and checking ISSNs (ISO 3297). Many works have one and no ISBN.

use super::check::{self, is_separator, strip_ascii_prefix};

/// A valid ISSN, kept as it is written: `1100-6676`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Issn(String);

/// Why a text is not an ISSN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IssnError {
    /// Nothing, or only the word ISSN.
    Empty,
    /// Something else than digits, dashes, spaces and a last X.
    Character,
    /// Not eight characters.
    Length,
    /// The last character does not fit the others.
    CheckDigit {
        /// What it would be if the others are right.
        expected: char,
    },
}

impl Issn {
    /// Reads eight characters with any dashes and spaces, and with `ISSN` in front.
    ///
    /// # Errors
    /// An [`IssnError`] for the first thing that is wrong.
    pub fn parse(text: &str) -> Result<Issn, IssnError> {
        let compact: String = text.chars().filter(|&c| !is_separator(c)).collect();
        let number = strip_ascii_prefix(&compact, "ISSN").unwrap_or(&compact).trim_start_matches(':');
        if number.is_empty() {
            return Err(IssnError::Empty);
        }
        let (body, last) = match number.char_indices().next_back() {
            Some((at, last)) => (&number[..at], last.to_ascii_uppercase()),
            None => return Err(IssnError::Empty),
        };
        let digits = check::digits(body).ok_or(IssnError::Character)?;
        if !last.is_ascii_digit() && last != 'X' {
            return Err(IssnError::Character);
        }
        if digits.len() != 7 {
            return Err(IssnError::Length);
        }
        let expected = check::modulus11(&digits);
        if last != expected {
            return Err(IssnError::CheckDigit { expected });
        }
        Ok(Issn(format!("{}-{}{last}", &body[..4], &body[4..])))
    }

    /// The canonical text, `1100-6676`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

text_value!(Issn, IssnError, as_str, as_str);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_records_hold() {
        for text in ["1100-6676", "11006676", "ISSN 1100\u{2013}6676", "issn: 1100 6676"] {
            assert_eq!(Issn::parse(text).unwrap().as_str(), "1100-6676", "{text}");
        }
        assert_eq!(Issn::parse("1403-8358").unwrap().to_string(), "1403-8358");
        assert_eq!(Issn::parse("2434561x").unwrap().as_str(), "2434-561X");
    }

    #[test]
    fn refuses_with_a_reason() {
        use IssnError::*;
        for (text, error) in [
            ("", Empty),
            ("ISSN:", Empty),
            ("1100-667", Length),
            ("1100-66766", Length),
            ("1x00-6676", Character),
            ("1100-667å", Character),
            ("1100-6677", CheckDigit { expected: '6' }),
            ("2434-5611", CheckDigit { expected: 'X' }),
        ] {
            assert_eq!(Issn::parse(text), Err(error), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in "\\PC{0,16}") {
            let _ = Issn::parse(&text);
        }
    }
}
