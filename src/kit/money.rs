//! Money: whole öre, and how it is written and read.
//!
//! What belongs here: amounts, their text for people and for machines, and reading what people type. Tax belongs in
//! `vat`. The rule (shop): money is öre in integers, shown including VAT in Swedish kronor; there are no floats.

use std::iter::Sum;
use std::ops::{Add, Mul, Sub};

use serde::{Deserialize, Serialize};

use super::Lang;
use super::check::{is_dash, is_space, strip_ascii_prefix, strip_ascii_suffix};

const NBSP: char = '\u{00A0}';

/// An amount in öre (1/100 krona). Negative for credits.
///
/// The operators saturate at the ends of `i64` (92 quadrillion kronor) instead of wrapping or stopping the process;
/// where the difference matters, use the checked ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ore(pub i64);

/// Why a typed amount was not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoneyError {
    /// Nothing but space.
    Empty,
    /// Letters, several decimal marks, or spaces that do not group thousands.
    NotANumber,
    /// A minus sign in front.
    Negative,
    /// More than two decimals: there is nothing smaller than an öre.
    TooManyDecimals,
    /// More than `i64` öre.
    TooLarge,
}

impl Ore {
    /// Nothing.
    pub const ZERO: Ore = Ore(0);

    /// Whole kronor.
    pub const fn kr(kronor: i64) -> Ore {
        Ore(kronor.saturating_mul(100))
    }

    /// The sum, unless it overflows.
    pub const fn checked_add(self, other: Ore) -> Option<Ore> {
        match self.0.checked_add(other.0) {
            Some(sum) => Some(Ore(sum)),
            None => None,
        }
    }

    /// The difference, unless it overflows.
    pub const fn checked_sub(self, other: Ore) -> Option<Ore> {
        match self.0.checked_sub(other.0) {
            Some(difference) => Some(Ore(difference)),
            None => None,
        }
    }

    /// The amount so many times, unless it overflows.
    pub const fn checked_mul(self, times: i64) -> Option<Ore> {
        match self.0.checked_mul(times) {
            Some(product) => Some(Ore(product)),
            None => None,
        }
    }

    /// The sum, stopped at the ends of the range.
    pub const fn saturating_add(self, other: Ore) -> Ore {
        Ore(self.0.saturating_add(other.0))
    }

    /// Whether the amount is nothing.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// For readers: `1 250 kr`, `95,50 kr`; in English `SEK 1,250`, `SEK 95.50`. Öre only when there are any.
    /// All spaces are non-breaking and a minus is U+2212 (Språkrådet, Svenska skrivregler).
    pub fn text(self, lang: Lang) -> String {
        let minus = if self.0 < 0 { "\u{2212}" } else { "" };
        let (kronor, ore) = self.parts();
        let (group, mark) = match lang {
            Lang::Sv => (NBSP, ','),
            Lang::En => (',', '.'),
        };
        let mut number = grouped(kronor, group);
        if ore > 0 {
            number.push(mark);
            number.push_str(&format!("{ore:02}"));
        }
        match lang {
            Lang::Sv => format!("{minus}{number}{NBSP}kr"),
            Lang::En => format!("{minus}SEK{NBSP}{number}"),
        }
    }

    /// For machines (JSON-LD, ONIX, UBL): kronor with a point and always two decimals, `95.50`, `-12.00`.
    pub fn decimal(self) -> String {
        let minus = if self.0 < 0 { "-" } else { "" };
        let (kronor, ore) = self.parts();
        format!("{minus}{kronor}.{ore:02}")
    }

    /// For a form field: as people type it, `1250` or `95,50`, with the decimal mark of the language.
    pub fn input(self, lang: Lang) -> String {
        let text = self.decimal();
        match (text.strip_suffix(".00"), lang) {
            (Some(whole), _) => whole.to_owned(),
            (None, Lang::Sv) => text.replace('.', ","),
            (None, Lang::En) => text,
        }
    }

    /// Reads what a person typed: `480 000`, `480000`, `95,50`, `95.50`, `95:-`, `95 kr`, `SEK 95`, any kind of space.
    /// Spaces must group thousands, so that `95 50` is never taken for 9 550 kronor.
    ///
    /// # Errors
    /// A [`MoneyError`] that says what is wrong; amounts are never negative.
    pub fn parse(text: &str) -> Result<Ore, MoneyError> {
        let text = text.trim_matches(is_space);
        match hundredths(without_currency(text)) {
            // A currency without an amount is something typed.
            Err(MoneyError::Empty) if !text.is_empty() => Err(MoneyError::NotANumber),
            read => read.map(Ore),
        }
    }

    /// Kronor and öre without the sign.
    const fn parts(self) -> (u64, u64) {
        let amount = self.0.unsigned_abs();
        (amount / 100, amount % 100)
    }
}

/// A whole number for readers, its digits in groups of three: `1 250`; in English `1,250`.
pub fn number_text(number: i64, lang: Lang) -> String {
    let minus = if number < 0 { "\u{2212}" } else { "" };
    let group = match lang {
        Lang::Sv => NBSP,
        Lang::En => ',',
    };
    format!("{minus}{}", grouped(number.unsigned_abs(), group))
}

/// Reads a number with at most two decimals as whole hundredths, as written in amounts, percentages and months.
///
/// # Errors
/// A [`MoneyError`] that says what is wrong; numbers are never negative.
pub fn hundredths(text: &str) -> Result<i64, MoneyError> {
    let number = text.trim_matches(is_space);
    if number.is_empty() {
        return Err(MoneyError::Empty);
    }
    if let Some(rest) = number.strip_prefix(is_dash) {
        let digits = rest.contains(|c: char| c.is_ascii_digit());
        return Err(if digits { MoneyError::Negative } else { MoneyError::NotANumber });
    }
    let (whole, decimals) = match number.split_once([',', '.', ':']) {
        // "95:-" and "95,-": a dash in place of the öre.
        Some((whole, tail)) if !tail.is_empty() && tail.chars().all(is_dash) => (whole, ""),
        Some((_, "")) => return Err(MoneyError::NotANumber),
        Some((whole, decimals)) => (whole, decimals),
        None => (number, ""),
    };
    let units = whole_number(whole)?;
    let parts = match decimals.as_bytes() {
        [] => 0,
        digits if !digits.iter().all(u8::is_ascii_digit) => return Err(MoneyError::NotANumber),
        [tens] => i64::from(tens - b'0') * 10,
        [tens, ones] => i64::from(tens - b'0') * 10 + i64::from(ones - b'0'),
        _ => return Err(MoneyError::TooManyDecimals),
    };
    units.checked_mul(100).and_then(|whole| whole.checked_add(parts)).ok_or(MoneyError::TooLarge)
}

/// The digits in groups of three.
fn grouped(number: u64, separator: char) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 2);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(c);
    }
    text
}

fn without_currency(text: &str) -> &str {
    let text = ["SEK", "kr"].iter().find_map(|name| strip_ascii_prefix(text, name)).unwrap_or(text);
    let text = ["kronor", "kr.", "kr", "SEK"].iter().find_map(|name| strip_ascii_suffix(text, name)).unwrap_or(text);
    text.trim_matches(is_space)
}

/// Digits, either without space or with thousands grouped by space.
fn whole_number(text: &str) -> Result<i64, MoneyError> {
    let groups: Vec<&str> = text.split(is_space).collect();
    let in_thousands = match groups.as_slice() {
        [first, rest @ ..] if !rest.is_empty() => (1..=3).contains(&first.len()) && rest.iter().all(|g| g.len() == 3),
        _ => true,
    };
    let digits: String = groups.concat();
    if digits.is_empty() || !in_thousands || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(MoneyError::NotANumber);
    }
    digits.parse().map_err(|_| MoneyError::TooLarge)
}

impl Add for Ore {
    type Output = Ore;

    fn add(self, other: Ore) -> Ore {
        self.saturating_add(other)
    }
}

impl Sub for Ore {
    type Output = Ore;

    fn sub(self, other: Ore) -> Ore {
        Ore(self.0.saturating_sub(other.0))
    }
}

impl Mul<i64> for Ore {
    type Output = Ore;

    fn mul(self, times: i64) -> Ore {
        Ore(self.0.saturating_mul(times))
    }
}

impl Sum for Ore {
    fn sum<I: Iterator<Item = Ore>>(amounts: I) -> Ore {
        amounts.fold(Ore::ZERO, Ore::saturating_add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn written_for_people_and_machines() {
        assert_eq!(Ore::kr(95).text(Lang::Sv), "95\u{a0}kr");
        assert_eq!(Ore::kr(1250).text(Lang::Sv), "1\u{a0}250\u{a0}kr");
        assert_eq!(Ore(9550).text(Lang::Sv), "95,50\u{a0}kr");
        assert_eq!(Ore(5).text(Lang::Sv), "0,05\u{a0}kr");
        assert_eq!(Ore::ZERO.text(Lang::Sv), "0\u{a0}kr");
        assert_eq!(Ore::kr(1250).text(Lang::En), "SEK\u{a0}1,250");
        assert_eq!(Ore(9550).text(Lang::En), "SEK\u{a0}95.50");
        assert_eq!(Ore(-100_000_005).text(Lang::Sv), "\u{2212}1\u{a0}000\u{a0}000,05\u{a0}kr");
        assert_eq!(Ore(9550).decimal(), "95.50");
        assert_eq!(Ore(-5).decimal(), "-0.05");
        assert_eq!(Ore(i64::MIN).decimal(), "-92233720368547758.08");
        assert_eq!((Ore(9550).input(Lang::Sv).as_str(), Ore(9550).input(Lang::En).as_str()), ("95,50", "95.50"));
        assert_eq!(Ore::kr(1250).input(Lang::Sv), "1250");
    }

    #[test]
    fn reads_what_people_type() {
        for text in ["480 000", "480000", "480\u{a0}000", "480\u{2009}000", "480 000 kr", "480000:-", "480 000,00", "SEK 480 000"] {
            assert_eq!(Ore::parse(text), Ok(Ore::kr(480_000)), "{text}");
        }
        for text in ["95,50", "95.50", "95:50", "95,5", " 95,50 kr ", "95,50 kronor", "95.50SEK", "kr 95,50"] {
            assert_eq!(Ore::parse(text), Ok(Ore(9550)), "{text}");
        }
        for text in ["95", "95:-", "95,-", "95:\u{2013}", "95 kr", "95kr", "95 Kr.", "0095"] {
            assert_eq!(Ore::parse(text), Ok(Ore::kr(95)), "{text}");
        }
    }

    #[test]
    fn refuses_with_a_reason() {
        use MoneyError::*;
        for (text, error) in [
            ("", Empty),
            (" \u{a0}", Empty),
            ("kr", NotANumber),
            ("gratis", NotANumber),
            ("95 50", NotANumber),
            ("9 5", NotANumber),
            ("4800 000", NotANumber),
            ("95,", NotANumber),
            (",50", NotANumber),
            ("1,2,3", NotANumber),
            ("95,5x", NotANumber),
            ("\u{0661}", NotANumber),
            ("-", NotANumber),
            ("-95", Negative),
            ("\u{2212}95 kr", Negative),
            ("kr -95", Negative),
            ("95,505", TooManyDecimals),
            ("1.250", TooManyDecimals),
            ("92233720368547758,08", TooLarge),
            ("99999999999999999999999", TooLarge),
        ] {
            assert_eq!(Ore::parse(text), Err(error), "{text:?}");
        }
        assert_eq!(Ore::parse("92233720368547758,07"), Ok(Ore(i64::MAX)));
    }

    #[test]
    fn arithmetic_never_wraps() {
        assert_eq!(Ore::kr(2) * 3 + Ore(5) - Ore(1), Ore(604));
        assert_eq!([Ore(1), Ore(2)].into_iter().sum::<Ore>(), Ore(3));
        assert_eq!(Ore(i64::MAX) + Ore(1), Ore(i64::MAX));
        assert_eq!(Ore(i64::MIN) - Ore(1), Ore(i64::MIN));
        assert_eq!(Ore(i64::MAX).checked_add(Ore(1)), None);
        assert_eq!(Ore(i64::MIN).checked_sub(Ore(1)), None);
        assert_eq!(Ore(i64::MAX).checked_mul(2), None);
        assert_eq!(serde_json::to_string(&Ore(9550)).unwrap(), "9550");
    }

    proptest! {
        #[test]
        fn what_is_shown_can_be_typed(ore in 0..=i64::MAX) {
            let amount = Ore(ore);
            prop_assert_eq!(Ore::parse(&amount.text(Lang::Sv)), Ok(amount));
            prop_assert_eq!(Ore::parse(&amount.decimal()), Ok(amount));
            prop_assert_eq!(Ore::parse(&amount.input(Lang::Sv)), Ok(amount));
            prop_assert_eq!(Ore::parse(&amount.input(Lang::En)), Ok(amount));
        }

        #[test]
        fn reading_never_panics(text in "\\PC{0,24}") {
            let _ = Ore::parse(&text);
        }
    }
}
