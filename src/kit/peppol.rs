//! Peppol-ID: where a buyer receives e-invoices.
//!
//! What belongs here: the electronic address of Peppol BIS Billing 3.0 (BT-49: scheme and identifier) and the checks
//! that its rules make per scheme. Schemes are those of the EAS code list; the ones checked here are
//! 0007 organisationsnummer, 0088 GLN and 0192 the Norwegian organisation number. To add a check, add a match arm.

use super::check::{self, is_separator, is_space};
use super::{OrgNr, OrgNrError};

/// A scheme of four digits and an identifier under it, `0007:2021000068`. Kept in capitals, since Peppol compares
/// identifiers without regard to case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PeppolId(String);

/// Why a text is not a Peppol-ID.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeppolError {
    /// Nothing but space.
    Empty,
    /// Does not begin with four digits and a colon.
    Scheme,
    /// Nothing after the colon, more than 50 characters, or not as many digits as the scheme has.
    Length,
    /// A character that the scheme or Peppol does not let an identifier hold.
    Character,
    /// The last digit does not fit the others.
    CheckDigit,
    /// A personnummer under 0007, where an organisation is asked for.
    NotOrganisation,
}

impl PeppolId {
    /// Reads `0007:2021000068`, with spaces and dashes in a number, and with the network's own
    /// `iso6523-actorid-upis::` in front.
    ///
    /// # Errors
    /// A [`PeppolError`] for the first thing that is wrong.
    pub fn parse(text: &str) -> Result<PeppolId, PeppolError> {
        let text: String = text.chars().filter(|&c| !is_space(c)).collect();
        if text.is_empty() {
            return Err(PeppolError::Empty);
        }
        let address = check::strip_ascii_prefix(&text, "iso6523-actorid-upis::").unwrap_or(&text);
        let (scheme, identifier) = address.split_once(':').ok_or(PeppolError::Scheme)?;
        if scheme.len() != 4 || !scheme.bytes().all(|b| b.is_ascii_digit()) {
            return Err(PeppolError::Scheme);
        }
        if identifier.is_empty() {
            return Err(PeppolError::Length);
        }
        let identifier = match scheme {
            "0007" => OrgNr::parse(identifier).map_err(PeppolError::from)?.compact(),
            "0088" => number(identifier, 13, |body| char::from(b'0' + check::gs1(body)))?,
            "0192" => number(identifier, 9, norwegian)?,
            _ => generic(identifier)?,
        };
        Ok(PeppolId(format!("{scheme}:{identifier}")))
    }

    /// The address that a Swedish organisation has by its number.
    pub(super) fn of_orgnr(number: &OrgNr) -> PeppolId {
        PeppolId(format!("0007:{}", number.compact()))
    }

    /// The canonical text, `0007:2021000068`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The scheme, four digits: `schemeID` in UBL.
    pub fn scheme(&self) -> &str {
        self.0.split_once(':').map_or("", |(scheme, _)| scheme)
    }

    /// What follows the scheme: the content of `cbc:EndpointID` in UBL.
    pub fn identifier(&self) -> &str {
        self.0.split_once(':').map_or("", |(_, identifier)| identifier)
    }
}

impl From<OrgNrError> for PeppolError {
    fn from(error: OrgNrError) -> PeppolError {
        match error {
            OrgNrError::Empty | OrgNrError::Length => PeppolError::Length,
            OrgNrError::Character => PeppolError::Character,
            OrgNrError::NotOrganisation => PeppolError::NotOrganisation,
            OrgNrError::CheckDigit => PeppolError::CheckDigit,
        }
    }
}

fn number(identifier: &str, length: usize, check_digit: impl Fn(&[u8]) -> char) -> Result<String, PeppolError> {
    let number: String = identifier.chars().filter(|&c| !is_separator(c)).collect();
    let digits = check::digits(&number).ok_or(PeppolError::Character)?;
    match digits.as_slice() {
        [body @ .., last] if digits.len() == length => {
            if check_digit(body) == char::from(b'0' + last) {
                Ok(number)
            } else {
                Err(PeppolError::CheckDigit)
            }
        }
        _ => Err(PeppolError::Length),
    }
}

/// Modulus 11 with weights 2 to 7 from the right, then from 2 again (PEPPOL-COMMON-R041); numbers whose digit would be
/// ten are never given out, and `X` matches no digit.
fn norwegian(body: &[u8]) -> char {
    let sum: u32 = body.iter().rev().zip((2u32..=7).cycle()).map(|(&d, weight)| u32::from(d) * weight).sum();
    char::from_digit((11 - sum % 11) % 11, 10).unwrap_or('X')
}

fn generic(identifier: &str) -> Result<String, PeppolError> {
    if identifier.len() > 50 {
        return Err(PeppolError::Length);
    }
    if !identifier.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~:+".contains(&b)) {
        return Err(PeppolError::Character);
    }
    Ok(identifier.to_ascii_uppercase())
}

text_value!(PeppolId, PeppolError, as_str, as_str);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_people_type() {
        for (text, canonical) in [
            ("0007:2021000068", "0007:2021000068"),
            (" 0007 : 202100-0068", "0007:2021000068"),
            ("iso6523-actorid-upis::0007:2021000068", "0007:2021000068"),
            ("0088:7350000000009", "0088:7350000000009"),
            ("0088: 73 50000 00000 9", "0088:7350000000009"),
            ("0192:974760673", "0192:974760673"),
            ("9955:se202100006801", "9955:SE202100006801"),
        ] {
            assert_eq!(PeppolId::parse(text).unwrap().as_str(), canonical, "{text}");
        }
        let id = PeppolId::parse("9955:SE202100006801").unwrap();
        assert_eq!((id.scheme(), id.identifier()), ("9955", "SE202100006801"));
    }

    #[test]
    fn refuses_with_a_reason() {
        use PeppolError::*;
        let long = format!("0204:{}", "1".repeat(51));
        for (text, error) in [
            ("", Empty),
            ("2021000068", Scheme),
            ("7:2021000068", Scheme),
            ("SE07:2021000068", Scheme),
            ("0007:", Length),
            ("0007:20210000", Length),
            ("0007:2021000069", CheckDigit),
            ("0007:1212121212", NotOrganisation),
            ("0007:abc", Character),
            ("0088:7350000000003", CheckDigit),
            ("0088:735000000000", Length),
            ("0192:974760674", CheckDigit),
            ("9955:SE<>", Character),
            ("9955:åäö", Character),
            (long.as_str(), Length),
        ] {
            assert_eq!(PeppolId::parse(text), Err(error), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in "[0-9]{4}:\\PC{0,24}") {
            if let Ok(id) = PeppolId::parse(&text) {
                prop_assert_eq!(PeppolId::parse(id.as_str()), Ok(id.clone()));
            }
        }
    }
}
