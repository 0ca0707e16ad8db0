//! Quantity: how many copies of one thing.
//!
//! What belongs here: reading the number in a basket row. The limit keeps a slip of the hand from becoming an order;
//! larger ones are agreed with a person.

use serde::{Deserialize, Deserializer, Serialize};

use super::check::{is_dash, is_space, strip_ascii_suffix};

/// From 1 to 999 pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Quantity(u16);

/// Why a typed quantity was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuantityError {
    /// Nothing but space.
    Empty,
    /// Words, decimals or signs: `två`, `2,5`.
    NotANumber,
    /// Zero: a row is removed by its own button.
    Zero,
    /// A minus sign in front.
    Negative,
    /// More than 999.
    TooMany,
}

impl Quantity {
    /// One piece.
    pub const ONE: Quantity = Quantity(1);
    /// The most that one row can have.
    pub const MOST: Quantity = Quantity(999);

    /// A number of pieces from code or a column.
    ///
    /// # Errors
    /// `Negative`, `Zero` or `TooMany`.
    pub fn new(pieces: i64) -> Result<Quantity, QuantityError> {
        match u16::try_from(pieces) {
            Ok(0) => Err(QuantityError::Zero),
            Ok(pieces) if pieces <= Self::MOST.0 => Ok(Quantity(pieces)),
            _ if pieces < 0 => Err(QuantityError::Negative),
            _ => Err(QuantityError::TooMany),
        }
    }

    /// Reads `2`, ` 2 `, `2 st`, `2 ex`, `1 000` (which is too many).
    ///
    /// # Errors
    /// A [`QuantityError`] that says what is wrong.
    pub fn parse(text: &str) -> Result<Quantity, QuantityError> {
        let text = text.trim_matches(is_space);
        if text.is_empty() {
            return Err(QuantityError::Empty);
        }
        let number = ["st.", "st", "ex.", "ex"].iter().find_map(|unit| strip_ascii_suffix(text, unit)).unwrap_or(text);
        let (negative, number) = match number.strip_prefix(is_dash) {
            Some(rest) => (true, rest),
            None => (false, number),
        };
        let digits: String = number.chars().filter(|&c| !is_space(c)).collect();
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(QuantityError::NotANumber);
        }
        let digits = digits.trim_start_matches('0');
        if digits.is_empty() {
            return Err(QuantityError::Zero);
        }
        if negative {
            return Err(QuantityError::Negative);
        }
        // Only digits are left, so what does not fit is too many.
        Self::new(digits.parse().map_err(|_| QuantityError::TooMany)?)
    }

    /// The number of pieces, 1 to 999.
    pub const fn get(self) -> i64 {
        self.0 as i64
    }
}

impl std::fmt::Display for Quantity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Quantity::new(i64::deserialize(deserializer)?).map_err(|error| serde::de::Error::custom(format_args!("{error:?}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_people_type() {
        for (text, pieces) in [("2", 2), (" 2 ", 2), ("2 st", 2), ("2st.", 2), ("12 EX", 12), ("007", 7), ("999", 999)] {
            assert_eq!(Quantity::parse(text).map(Quantity::get), Ok(pieces), "{text}");
        }
    }

    #[test]
    fn refuses_with_a_reason() {
        use QuantityError::*;
        for (text, error) in [
            ("", Empty),
            ("\u{a0}", Empty),
            ("två", NotANumber),
            ("st", NotANumber),
            ("2,5", NotANumber),
            ("2x", NotANumber),
            ("-", NotANumber),
            ("\u{0662}", NotANumber),
            ("0", Zero),
            ("000", Zero),
            ("-0", Zero),
            ("-1", Negative),
            ("\u{2212}1", Negative),
            ("- 1 st", Negative),
            ("1000", TooMany),
            ("1 000", TooMany),
            ("99999999999999999999999999", TooMany),
        ] {
            assert_eq!(Quantity::parse(text), Err(error), "{text:?}");
        }
        assert_eq!(Quantity::new(-1), Err(Negative));
        assert_eq!(Quantity::new(0), Err(Zero));
        assert_eq!(Quantity::new(i64::MAX), Err(TooMany));
        assert_eq!(Quantity::new(i64::MIN), Err(Negative));
    }

    #[test]
    fn json_is_a_number() {
        assert_eq!(serde_json::to_string(&Quantity::MOST).unwrap(), "999");
        assert!(serde_json::from_str::<Quantity>("1000").is_err());
    }

    proptest! {
        #[test]
        fn typed_and_counted_agree(pieces in -2000i64..2000) {
            prop_assert_eq!(Quantity::parse(&pieces.to_string()), Quantity::new(pieces));
        }
    }
}
