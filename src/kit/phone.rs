//! Telephone number.
//!
//! What belongs here: reading a number as people write it and making the address of a `tel:` link. It is shown back as
//! it was typed, tidied, since the groups that a person uses are the ones that person recognises. Whether a form asks
//! for it at all, and that it is optional, is the form's rule.

use super::check::{is_dash, is_space};

/// A telephone number, tidied: `08-123 456 78`, `+46 70 123 45 67`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(String);

/// Why a text is not a telephone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneError {
    /// Nothing but space.
    Empty,
    /// Something else than digits, spaces, dashes, dots, slashes, brackets and a first plus.
    Character,
    /// Fewer than 5 digits.
    TooShort,
    /// More than 15 digits, the most that ITU-T E.164 allows.
    TooLong,
}

impl Phone {
    /// Reads a Swedish or international number.
    ///
    /// # Errors
    /// A [`PhoneError`] for the first thing that is wrong.
    pub fn parse(text: &str) -> Result<Phone, PhoneError> {
        let words: Vec<&str> = text.split(is_space).filter(|word| !word.is_empty()).collect();
        let number: String = words.join(" ").chars().map(|c| if is_dash(c) { '-' } else { c }).collect();
        if number.is_empty() {
            return Err(PhoneError::Empty);
        }
        let allowed = |(at, c): (usize, char)| c.is_ascii_digit() || " -./()".contains(c) || (c == '+' && at == 0);
        if !number.char_indices().all(allowed) {
            return Err(PhoneError::Character);
        }
        match number.bytes().filter(u8::is_ascii_digit).count() {
            0..5 => Err(PhoneError::TooShort),
            // Sixteen to eighteen digits fit when they are a 00 in front or a (0) inside that is not dialled.
            _ if Phone(number.clone()).tel().len() > 16 => Err(PhoneError::TooLong),
            _ => Ok(Phone(number)),
        }
    }

    /// The number as it was typed, tidied.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number as E.164 wants it, `+46701234567`, for a `tel:` address (RFC 3966). Without a country it is Swedish.
    pub fn tel(&self) -> String {
        // "+46 (0)70": the zero is dialled inside the country only.
        let international = self.0.starts_with('+') || self.0.starts_with("00");
        let text = if international { self.0.replace("(0)", "") } else { self.0.clone() };
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        match (digits.strip_prefix("00"), digits.strip_prefix('0')) {
            _ if text.starts_with('+') => format!("+{digits}"),
            (Some(rest), _) => format!("+{rest}"),
            (None, Some(rest)) => format!("+46{rest}"),
            (None, None) => format!("+46{digits}"),
        }
    }
}

text_value!(Phone, PhoneError, as_str, as_str);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_people_type() {
        for (text, shown, tel) in [
            ("070-123 45 67", "070-123 45 67", "+46701234567"),
            (" 08\u{2013}123\u{a0}456  78", "08-123 456 78", "+46812345678"),
            ("+46 (0)70 123 45 67", "+46 (0)70 123 45 67", "+46701234567"),
            ("0046 70 1234567", "0046 70 1234567", "+46701234567"),
            ("+45 12 34 56 78", "+45 12 34 56 78", "+4512345678"),
            ("090/16 10 00", "090/16 10 00", "+4690161000"),
        ] {
            let phone = Phone::parse(text).unwrap();
            assert_eq!((phone.as_str(), phone.tel().as_str()), (shown, tel), "{text}");
        }
    }

    #[test]
    fn refuses_with_a_reason() {
        use PhoneError::*;
        for (text, error) in
            [("", Empty), ("070-12 ankn 3", Character), ("070+1234567", Character), ("112", TooShort), ("1234567890123456", TooLong)]
        {
            assert_eq!(Phone::parse(text), Err(error), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn links_hold_only_digits(text in "[+]?[0-9 ()/.-]{0,24}") {
            if let Ok(phone) = Phone::parse(&text) {
                let tel = phone.tel();
                prop_assert!(tel.starts_with('+') && tel[1..].bytes().all(|b| b.is_ascii_digit()));
                prop_assert!(tel.len() <= 16);
                prop_assert_eq!(Phone::parse(phone.as_str()), Ok(phone));
            }
        }
    }
}
