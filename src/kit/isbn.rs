//! ISBN: the number of one edition of a book.
//!
//! What belongs here: reading, checking and writing ISBNs (ISO 2108:2017). The ranges that decide where the hyphens
//! stand come from the international agency's table in the `isbn` crate. Real records hold ISBN-10 that end in X; they
//! are kept as the ISBN-13 that replaced them.

use super::check::{self, is_separator, strip_ascii_prefix};

/// A valid ISBN, kept as the thirteen digits of an ISBN-13.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Isbn([u8; 13]);

/// Why a text is not an ISBN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IsbnError {
    /// Nothing, or only the word ISBN.
    Empty,
    /// Something else than digits, dashes, spaces and a last X.
    Character,
    /// Neither ten nor thirteen digits.
    Length,
    /// Thirteen digits that do not begin with 978 or 979 (979-0 is printed music, ISMN).
    Prefix,
    /// The last digit does not fit the others: a digit is wrong or two changed places.
    CheckDigit {
        /// What the last character would be if the others are right.
        expected: char,
    },
}

impl Isbn {
    /// Reads an ISBN-10 or ISBN-13 with any dashes and spaces, and with `ISBN`, `ISBN-13:` or the like in front.
    ///
    /// # Errors
    /// An [`IsbnError`] for the first thing that is wrong.
    pub fn parse(text: &str) -> Result<Isbn, IsbnError> {
        let compact: String = text.chars().filter(|&c| !is_separator(c)).collect();
        let number = without_label(&compact);
        if number.is_empty() {
            return Err(IsbnError::Empty);
        }
        let mut digits = Vec::with_capacity(13);
        let mut last_is_x = false;
        for c in number.chars() {
            match c {
                _ if last_is_x => return Err(IsbnError::Character),
                '0'..='9' => digits.extend(c.to_digit(10).and_then(|d| u8::try_from(d).ok())),
                'X' | 'x' if digits.len() == 9 => last_is_x = true,
                _ => return Err(IsbnError::Character),
            }
        }
        match (digits.as_slice(), last_is_x) {
            (body, true) => from_ten(body, 'X'),
            ([body @ .., last], false) if body.len() == 9 => from_ten(body, char::from(b'0' + last)),
            ([body @ .., last], false) if body.len() == 12 => from_thirteen(body, *last),
            _ => Err(IsbnError::Length),
        }
    }

    /// Thirteen digits without hyphens: for keys, columns, ONIX and addresses.
    pub fn compact(&self) -> String {
        text(&self.0)
    }

    /// With hyphens between the parts, as it is printed: `978-91-85664-85-6`. Plain digits where the agency has not
    /// given the range to anyone.
    pub fn hyphenated(&self) -> String {
        match ::isbn::Isbn13::new(self.0).and_then(|isbn| isbn.hyphenate().map(|text| text.to_string())) {
            Ok(hyphenated) => hyphenated,
            Err(_) => self.compact(),
        }
    }

    /// The ten characters that it had before 2007, without hyphens; only numbers under 978 have one.
    pub fn isbn10(&self) -> Option<String> {
        let body = self.0.strip_prefix(&[9, 7, 8])?.get(..9)?;
        let mut ten = text(body);
        ten.push(check::modulus11(body));
        Some(ten)
    }
}

fn text(digits: &[u8]) -> String {
    digits.iter().map(|&d| char::from(b'0' + d)).collect()
}

/// Removes `ISBN`, `ISBN:`, `ISBN-13:` and `ISBN 10`. Without a colon the 13 or 10 is a label only if a number of that
/// length follows, since an ISBN-10 may itself begin with those digits.
fn without_label(compact: &str) -> &str {
    let Some(rest) = strip_ascii_prefix(compact, "ISBN") else { return compact };
    if let Some((label, number)) = rest.split_once([':', '.'])
        && matches!(label, "" | "10" | "13")
    {
        return number;
    }
    match (rest.strip_prefix("13"), rest.strip_prefix("10")) {
        (Some(number), _) if number.len() == 13 => number,
        (_, Some(number)) if number.len() == 10 => number,
        _ => rest,
    }
}

fn from_ten(body: &[u8], last: char) -> Result<Isbn, IsbnError> {
    let expected = check::modulus11(body);
    if last != expected {
        return Err(IsbnError::CheckDigit { expected });
    }
    Ok(with_check_digit([9, 7, 8].iter().chain(body)))
}

fn from_thirteen(body: &[u8], last: u8) -> Result<Isbn, IsbnError> {
    if !matches!(body, [9, 7, 8, ..] | [9, 7, 9, 1..=9, ..]) {
        return Err(IsbnError::Prefix);
    }
    let isbn = with_check_digit(body.iter());
    let expected = isbn.0[12];
    if last == expected { Ok(isbn) } else { Err(IsbnError::CheckDigit { expected: char::from(b'0' + expected) }) }
}

fn with_check_digit<'a>(body: impl Iterator<Item = &'a u8>) -> Isbn {
    let mut digits = [0; 13];
    for (place, &digit) in digits.iter_mut().zip(body.take(12)) {
        *place = digit;
    }
    digits[12] = check::gs1(&digits[..12]);
    Isbn(digits)
}

text_value!(Isbn, IsbnError, compact, hyphenated);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn real_numbers_keep_their_hyphens() {
        for printed in ["978-91-85664-85-6", "978-91-86027-08-7", "978-91-87335-73-0", "978-91-88599-31-5"] {
            let isbn = Isbn::parse(printed).unwrap();
            assert_eq!(isbn.hyphenated(), printed);
            assert_eq!(isbn.to_string(), printed);
            assert_eq!(isbn.compact(), printed.replace('-', ""));
            assert_eq!(Isbn::parse(&isbn.compact()), Ok(isbn));
        }
    }

    #[test]
    fn ten_becomes_thirteen() {
        let isbn = Isbn::parse("91-38-32220-X").unwrap();
        assert_eq!(isbn.hyphenated(), "978-91-38-32220-8");
        assert_eq!(isbn.isbn10().as_deref(), Some("913832220X"));
        assert_eq!(Isbn::parse("913832220x"), Ok(isbn));
        assert_eq!(Isbn::parse("91-38-32252-8").unwrap().isbn10().as_deref(), Some("9138322528"));
    }

    #[test]
    fn accepts_labels_dashes_and_spaces() {
        let isbn = Isbn::parse("9789185664856").unwrap();
        for text in [
            "ISBN 978-91-85664-85-6",
            "isbn: 978 91 85664 85 6",
            "ISBN-13: 978\u{2013}91\u{2011}85664\u{2212}85\u{ad}6",
            "ISBN-13 9789185664856",
            "ISBN13:9789185664856",
            "\u{feff} 978\u{a0}91\u{2009}85664 85 6 ",
        ] {
            assert_eq!(Isbn::parse(text), Ok(isbn), "{text}");
        }
        assert_eq!(Isbn::parse("ISBN-10: 91-38-32220-X"), Isbn::parse("913832220X"));
        assert_eq!(Isbn::parse("ISBN 10 91-38-32220-X"), Isbn::parse("913832220X"));
    }

    #[test]
    fn refuses_with_a_reason() {
        use IsbnError::*;
        for (text, error) in [
            ("", Empty),
            (" - ", Empty),
            ("ISBN", Empty),
            ("ISBN-13:", Empty),
            ("$isbn", Character),
            ("97891856648x6", Character),
            ("913832220XX", Character),
            ("913832220X1", Character),
            ("978918566485\u{0666}", Character),
            ("978918566485", Length),
            ("97891856648566", Length),
            ("123", Length),
            ("9771100667001", Prefix),
            ("9790060115615", Prefix),
            ("9789185664857", CheckDigit { expected: '6' }),
            ("9138322201", CheckDigit { expected: 'X' }),
            ("913832252X", CheckDigit { expected: '8' }),
        ] {
            assert_eq!(Isbn::parse(text), Err(error), "{text:?}");
        }
    }

    #[test]
    fn unknown_range_falls_back_to_digits() {
        let isbn = with_check_digit([9, 7, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9].iter());
        assert_eq!(isbn.hyphenated(), isbn.compact());
        assert_eq!(isbn.isbn10(), None);
    }

    #[test]
    fn json_is_thirteen_digits() {
        let isbn: Isbn = serde_json::from_str("\"978-91-85664-85-6\"").unwrap();
        assert_eq!(serde_json::to_string(&isbn).unwrap(), "\"9789185664856\"");
        assert!(serde_json::from_str::<Isbn>("\"9789185664857\"").is_err());
    }

    proptest! {
        #[test]
        fn every_form_reads_back(body in prop::array::uniform9(0u8..10)) {
            let isbn = with_check_digit([9, 7, 8].iter().chain(&body));
            prop_assert_eq!(Isbn::parse(&isbn.compact()), Ok(isbn));
            prop_assert_eq!(Isbn::parse(&isbn.hyphenated()), Ok(isbn));
            prop_assert_eq!(Isbn::parse(&isbn.isbn10().unwrap()), Ok(isbn));
            prop_assert_eq!(Isbn::parse(&format!("ISBN {}", isbn.isbn10().unwrap())), Ok(isbn));
        }

        #[test]
        fn reading_never_panics(text in "\\PC{0,24}") {
            let _ = Isbn::parse(&text);
        }
    }
}
