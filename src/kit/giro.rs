//! Bankgiro and plusgiro: where an organisation is paid.
//!
//! What belongs here: reading, checking and writing the two kinds of number. Both end in a check digit by the Luhn rule
//! over the digits before it. Whether the account exists, and whose it is, only the bank knows.

use super::check::{self, is_separator, is_space, strip_ascii_prefix};

/// A bankgiro number of 7 or 8 digits, kept as it is written: `991-2346`, `5402-9681`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bankgiro(String);

/// A plusgiro number of 2 to 8 digits, kept as it is written: `198 68 78-5` becomes `1986878-5`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Plusgiro(String);

/// Why a text is not such a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GiroError {
    /// Nothing but space.
    Empty,
    /// Something else than digits, dashes, spaces, and the kind's own name or short name in front.
    Character,
    /// Too few digits or too many.
    Length,
    /// Begins with 0, as no such number does.
    Zero,
    /// The last digit does not fit the others.
    CheckDigit,
}

impl Bankgiro {
    /// Reads `54029681`, `5402-9681`, `bg 5402-9681`.
    ///
    /// # Errors
    /// A [`GiroError`] for the first thing that is wrong.
    pub fn parse(text: &str) -> Result<Bankgiro, GiroError> {
        let number = number(text, &["bankgiro", "bg"], 7, 8)?;
        let (front, back) = number.split_at(number.len() - 4);
        Ok(Bankgiro(format!("{front}-{back}")))
    }

    /// The canonical text, `5402-9681`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Plusgiro {
    /// Reads `1986878-5`, `198 68 78-5`, `pg 19868785`.
    ///
    /// # Errors
    /// A [`GiroError`] for the first thing that is wrong.
    pub fn parse(text: &str) -> Result<Plusgiro, GiroError> {
        let number = number(text, &["plusgiro", "postgiro", "pg"], 2, 8)?;
        let (front, back) = number.split_at(number.len() - 1);
        Ok(Plusgiro(format!("{front}-{back}")))
    }

    /// The canonical text, `1986878-5`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn number(text: &str, names: &[&str], shortest: usize, longest: usize) -> Result<String, GiroError> {
    let text = text.trim_matches(is_space);
    let bare = names.iter().find_map(|name| strip_ascii_prefix(text, name)).unwrap_or(text);
    let bare = bare.strip_prefix(':').unwrap_or(bare);
    let number: String = bare.chars().filter(|&c| !is_separator(c)).collect();
    if number.is_empty() {
        return Err(GiroError::Empty);
    }
    let digits = check::digits(&number).ok_or(GiroError::Character)?;
    match digits.as_slice() {
        _ if digits.len() < shortest || digits.len() > longest => Err(GiroError::Length),
        [0, ..] => Err(GiroError::Zero),
        [body @ .., last] if check::luhn(body) == *last => Ok(number),
        _ => Err(GiroError::CheckDigit),
    }
}

text_value!(Bankgiro, GiroError, as_str, as_str);
text_value!(Plusgiro, GiroError, as_str, as_str);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_people_type() {
        for text in ["54029681", "5402-9681", " bg 5402\u{2013}9681 ", "Bankgiro: 5402 9681"] {
            assert_eq!(Bankgiro::parse(text).unwrap().as_str(), "5402-9681", "{text}");
        }
        for text in ["5050-1055", "991-2346"] {
            assert_eq!(Bankgiro::parse(text).unwrap().to_string(), text);
        }
        for text in ["19868785", "198 68 78-5", "pg 198 68 78-5", "Plusgiro 1986878-5"] {
            assert_eq!(Plusgiro::parse(text).unwrap().as_str(), "1986878-5", "{text}");
        }
    }

    #[test]
    fn refuses_with_a_reason() {
        use GiroError::*;
        for (text, error) in [
            ("", Empty),
            ("bg -", Empty),
            ("5402-968x", Character),
            ("pg 5402-9681", Character),
            ("540296", Length),
            ("540296811", Length),
            ("0402-9681", Zero),
            ("5402-9682", CheckDigit),
        ] {
            assert_eq!(Bankgiro::parse(text), Err(error), "{text:?}");
        }
        assert_eq!(Plusgiro::parse("1"), Err(Length));
        assert_eq!(Plusgiro::parse("123456789"), Err(Length));
    }

    proptest! {
        #[test]
        fn every_way_of_writing_is_one(first in 1u8..10, rest in prop::collection::vec(0u8..10, 0..=6), wrong in 1u8..10) {
            let mut body = vec![first];
            body.extend(rest);
            let last = check::luhn(&body);
            let text = |last: u8| body.iter().chain([&last]).map(|digit| char::from(b'0' + digit)).collect::<String>();
            let number = Plusgiro::parse(&text(last)).unwrap();
            prop_assert_eq!(Plusgiro::parse(number.as_str()), Ok(number));
            prop_assert_eq!(Plusgiro::parse(&text((last + wrong) % 10)), Err(GiroError::CheckDigit));
            let bankgiro = Bankgiro::parse(&text(last));
            match body.len() + 1 {
                7 | 8 => {
                    let number = bankgiro.unwrap();
                    prop_assert_eq!(Bankgiro::parse(&format!("BG {number}")), Ok(number));
                }
                _ => prop_assert_eq!(bankgiro, Err(GiroError::Length)),
            }
        }
    }
}
