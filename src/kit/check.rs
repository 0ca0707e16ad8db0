//! Characters and check digits that several identifiers share.
//!
//! What belongs here: arithmetic used by more than one kind of number, and what people put between digits. A rule of
//! one number alone belongs in that number's file.

/// Whether a character is one of the many dashes that keyboards and word processors produce.
pub const fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{00AD}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}')
}

/// Whether a character is space or invisible: every Unicode white space, and the zero-width ones that pasting brings.
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

/// Whether a character only separates groups of digits.
pub fn is_separator(c: char) -> bool {
    is_dash(c) || is_space(c)
}

/// Removes an ASCII beginning without regard to case.
pub(crate) fn strip_ascii_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    if head.eq_ignore_ascii_case(prefix) { text.get(prefix.len()..) } else { None }
}

/// Removes an ASCII ending without regard to case.
pub(crate) fn strip_ascii_suffix<'a>(text: &'a str, suffix: &str) -> Option<&'a str> {
    let at = text.len().checked_sub(suffix.len())?;
    let tail = text.get(at..)?;
    if tail.eq_ignore_ascii_case(suffix) { text.get(..at) } else { None }
}

/// The digits of a text, or `None` if it holds anything else than ASCII digits.
pub fn digits(text: &str) -> Option<Vec<u8>> {
    text.bytes().map(|b| b.is_ascii_digit().then(|| b - b'0')).collect()
}

/// Check digit by the Luhn rule (ISO/IEC 7812-1 annex B) for the digits before it: organisationsnummer, OCR reference.
pub fn luhn(body: &[u8]) -> u8 {
    let sum: u32 = body
        .iter()
        .rev()
        .enumerate()
        .map(|(i, &d)| {
            let d = u32::from(d);
            if i % 2 == 0 { d * 2 / 10 + d * 2 % 10 } else { d }
        })
        .sum();
    remainder(10 - sum % 10, 10)
}

/// Check digit of GS1 numbers (weights 3 and 1 from the right) for the digits before it: ISBN-13, GLN.
pub fn gs1(body: &[u8]) -> u8 {
    let sum: u32 = body.iter().rev().enumerate().map(|(i, &d)| u32::from(d) * if i % 2 == 0 { 3 } else { 1 }).sum();
    remainder(10 - sum % 10, 10)
}

/// Check character by modulus 11 with weights 2, 3, 4 … from the right, as ISBN-10 and ISSN use it; ten is `X`.
pub fn modulus11(body: &[u8]) -> char {
    let sum: u32 = body.iter().rev().zip(2u32..).map(|(&d, weight)| u32::from(d) * weight).sum();
    match remainder(11 - sum % 11, 11) {
        10 => 'X',
        digit => char::from(b'0' + digit),
    }
}

fn remainder(value: u32, modulus: u32) -> u8 {
    u8::try_from(value % modulus).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_numbers() {
        assert_eq!(luhn(&digits("202100006").unwrap()), 8);
        assert_eq!(luhn(&digits("556036079").unwrap()), 3);
        assert_eq!(luhn(&[]), 0);
        assert_eq!(gs1(&digits("978918566485").unwrap()), 6);
        assert_eq!(gs1(&digits("735000000000").unwrap()), 9);
        assert_eq!(modulus11(&digits("913832220").unwrap()), 'X');
        assert_eq!(modulus11(&digits("1100667").unwrap()), '6');
        assert_eq!(digits("12a"), None);
    }

    #[test]
    fn dashes_and_spaces() {
        assert!("-\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}\u{ad}".chars().all(is_dash));
        assert!(" \t\u{a0}\u{2009}\u{202f}\u{200b}\u{feff}".chars().all(is_space));
        assert!(!is_separator('+') && !is_separator('.'));
        assert_eq!(strip_ascii_prefix("isbn 1", "ISBN"), Some(" 1"));
        assert_eq!(strip_ascii_prefix("å", "ISBN"), None);
        assert_eq!(strip_ascii_suffix("95 KR", "kr"), Some("95 "));
        assert_eq!(strip_ascii_suffix("å", "r"), None);
    }

    proptest! {
        /// One wrong digit is always noticed by all three rules.
        #[test]
        fn one_wrong_digit_shows(body in prop::collection::vec(0u8..10, 7..=9), at in 0usize..7, add in 1u8..10) {
            let mut wrong = body.clone();
            wrong[at] = (wrong[at] + add) % 10;
            prop_assert_ne!(luhn(&body), luhn(&wrong));
            prop_assert_ne!(gs1(&body), gs1(&wrong));
            prop_assert_ne!(modulus11(&body), modulus11(&wrong));
        }
    }
}
