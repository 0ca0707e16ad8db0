//! The number of a case in the agency's register (diarienummer), and how an agency writes it.

/// The longest number: it stands in addresses and in subjects of mail.
const LONGEST: usize = 32;

/// The widest running part: a hundred million cases a year.
const WIDEST: usize = 8;

/// A number as it was given, `2026-00017`: letters A to Z, digits and hyphens, so that it can stand in an address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseNumber(String);

/// What is wrong with a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseNumberError {
    Empty,
    /// Something else than letters A to Z, digits and hyphens, or no digit at all.
    Character,
    TooLong,
}

impl CaseNumber {
    /// Reads a number, in small letters too, and with a document's number after a colon, which is left out.
    pub fn parse(text: &str) -> Result<Self, CaseNumberError> {
        let text = text.trim();
        let number = text.split_once(':').map_or(text, |(case, _)| case).to_ascii_uppercase();
        if number.is_empty() {
            return Err(CaseNumberError::Empty);
        }
        if !number.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') || !number.bytes().any(|byte| byte.is_ascii_digit()) {
            return Err(CaseNumberError::Character);
        }
        if number.len() > LONGEST {
            return Err(CaseNumberError::TooLong);
        }
        Ok(Self(number))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// With a document's running number in the case: `2026-00017:3`.
    pub fn of_document(&self, running: i64) -> String {
        format!("{}:{running}", self.0)
    }
}

text_value!(CaseNumber, CaseNumberError, as_str, as_str);

/// How numbers are written: `ÅÅÅÅ-NNNNN`, where ÅÅÅÅ is the year and the row of N the case's place in the year's series, with
/// zeros in front. What else stands in it is written as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFormat {
    before: String,
    between: String,
    after: String,
    width: usize,
}

/// The text is no format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotACaseFormat;

impl CaseFormat {
    /// What the agency uses unless it says otherwise.
    pub const USUAL: &str = "ÅÅÅÅ-NNNNN";

    /// Reads a format: the year, something that is no digit between, then from four N on.
    pub fn parse(text: &str) -> Result<Self, NotACaseFormat> {
        let (before, rest) = text.split_once("ÅÅÅÅ").ok_or(NotACaseFormat)?;
        let start = rest.find("NNNN").ok_or(NotACaseFormat)?;
        let (between, rest) = rest.split_at(start);
        let after = rest.trim_start_matches('N');
        let width = rest.len() - after.len();
        let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-');
        let fits = before.len() + 4 + between.len() + WIDEST + after.len() <= LONGEST;
        // Were nothing between them, the year and the series could run into each other.
        if between.is_empty() || width > WIDEST || !fits || ![before, between, after].into_iter().all(plain) {
            return Err(NotACaseFormat);
        }
        Ok(Self { before: before.to_owned(), between: between.to_owned(), after: after.to_owned(), width })
    }

    /// The number of a year's case in its place.
    pub fn number(&self, year: u16, serial: i64) -> CaseNumber {
        let Self { before, between, after, width } = self;
        CaseNumber(format!("{before}{year:04}{between}{serial:0width$}{after}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_read() {
        let read = |text| CaseNumber::parse(text).map(|number| number.as_str().to_owned());
        assert_eq!(read(" 2026-00017 ").as_deref(), Ok("2026-00017"));
        assert_eq!(read("bra-2026-00017:3").as_deref(), Ok("BRA-2026-00017"));
        assert_eq!(read(""), Err(CaseNumberError::Empty));
        assert_eq!(read("begar"), Err(CaseNumberError::Character));
        assert_eq!(read("2026/17"), Err(CaseNumberError::Character));
        assert_eq!(read(&"1".repeat(33)), Err(CaseNumberError::TooLong));
        assert_eq!(CaseNumber::parse("2026-00017").unwrap().of_document(3), "2026-00017:3");
    }

    #[test]
    fn formats_are_read() {
        let first = |format: &str| CaseFormat::parse(format).map(|format| format.number(2026, 17).to_string());
        assert_eq!(first(CaseFormat::USUAL).as_deref(), Ok("2026-00017"));
        assert_eq!(first("BRA-ÅÅÅÅ-NNNN-A").as_deref(), Ok("BRA-2026-0017-A"));
        for wrong in ["", "NNNNN-ÅÅÅÅ", "ÅÅÅÅNNNNN", "ÅÅÅÅ-NNN", "ÅÅÅÅ/NNNNN", "ÅÅÅÅ-NNNNNNNNN", "ÅÅÅÅ-NNNNN å", "ÅÅÅÅ-1NNNN"]
        {
            assert_eq!(first(wrong), Err(NotACaseFormat), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn what_is_given_is_read_back(year in 1_u16..9999, serial in 1_i64..100_000_000) {
            let number = CaseFormat::parse(CaseFormat::USUAL).unwrap().number(year, serial);
            prop_assert_eq!(CaseNumber::parse(number.as_str()), Ok(number));
        }
    }
}
