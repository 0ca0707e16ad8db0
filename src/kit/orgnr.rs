//! Organisationsnummer: the identity of a Swedish legal person.
//!
//! What belongs here: reading, checking and writing it (lagen 1974:174 om identitetsbeteckning för juridiska personer
//! m.fl.) and what follows from it, the VAT number and the Peppol-ID. A sole trader's number is a personnummer; the
//! portal does not ask for those, so they are refused with a code of their own and never repeated in an error.

use super::PeppolId;
use super::check::{self, is_separator};

/// A valid organisationsnummer, kept as it is written: `202100-0068`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrgNr(String);

/// Why a text is not an organisationsnummer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrgNrError {
    /// Nothing but space and dashes.
    Empty,
    /// Something else than digits, dashes and spaces.
    Character,
    /// Not ten digits (or twelve that begin with 16).
    Length,
    /// Has the shape of a personnummer: the third digit is below 2, or it begins with a century of birth.
    NotOrganisation,
    /// The last digit does not fit the others.
    CheckDigit,
}

impl OrgNr {
    /// Reads `2021000068`, `202100-0068`, `16202100-0068`, with any dashes and spaces.
    ///
    /// # Errors
    /// An [`OrgNrError`] for the first thing that is wrong.
    pub fn parse(text: &str) -> Result<OrgNr, OrgNrError> {
        // A plus sign is the dash of people past a hundred (folkbokföringslagen 1991:481 § 18).
        let number: String = text.chars().filter(|&c| !is_separator(c) && c != '+').collect();
        if number.is_empty() {
            return Err(OrgNrError::Empty);
        }
        if check::digits(&number).is_none() {
            return Err(OrgNrError::Character);
        }
        let ten = match number.len() {
            10 => number.as_str(),
            12 => match number.split_at(2) {
                ("16", ten) => ten,
                ("18" | "19" | "20", _) => return Err(OrgNrError::NotOrganisation),
                _ => return Err(OrgNrError::Length),
            },
            _ => return Err(OrgNrError::Length),
        };
        let digits = check::digits(ten).unwrap_or_default();
        let [body @ .., last] = digits.as_slice() else { return Err(OrgNrError::Length) };
        if text.contains('+') || body.get(2).is_none_or(|&third| third < 2) {
            return Err(OrgNrError::NotOrganisation);
        }
        if check::luhn(body) != *last {
            return Err(OrgNrError::CheckDigit);
        }
        let (group, serial) = ten.split_at(6);
        Ok(OrgNr(format!("{group}-{serial}")))
    }

    /// The canonical text, `202100-0068`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Ten digits without the dash, as e-invoices want it.
    pub fn compact(&self) -> String {
        self.0.replace('-', "")
    }

    /// The Swedish VAT number of this organisation if it is registered for VAT: `SE202100006801`.
    pub fn vat_number(&self) -> String {
        format!("SE{}01", self.compact())
    }

    /// The Peppol-ID built on this number, `0007:2021000068`. Whether anyone receives there only the network knows.
    pub fn peppol(&self) -> PeppolId {
        PeppolId::of_orgnr(self)
    }
}

text_value!(OrgNr, OrgNrError, as_str, as_str);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_people_type() {
        for text in ["2021000068", "202100-0068", "16202100-0068", "162021000068", " 20 21 00 \u{2013} 0068 "] {
            assert_eq!(OrgNr::parse(text).unwrap().as_str(), "202100-0068", "{text}");
        }
        for text in ["212000-0142", "232100-0016", "802490-7845", "212000-2627"] {
            assert_eq!(OrgNr::parse(text).unwrap().to_string(), text);
        }
        let bra = OrgNr::parse("202100-0068").unwrap();
        assert_eq!(bra.vat_number(), "SE202100006801");
        assert_eq!(bra.peppol().as_str(), "0007:2021000068");
    }

    #[test]
    fn refuses_with_a_reason() {
        use OrgNrError::*;
        for (text, error) in [
            ("", Empty),
            (" - ", Empty),
            ("SE202100006801", Character),
            ("202100", Length),
            ("172021000068", Length),
            ("20210000681", Length),
            ("2021000069", CheckDigit),
            ("2012000068", NotOrganisation),
            ("121212-1212", NotOrganisation),
            ("19121212-1212", NotOrganisation),
            ("121212+1212", NotOrganisation),
            ("202100+0068", NotOrganisation),
        ] {
            assert_eq!(OrgNr::parse(text), Err(error), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn every_way_of_writing_is_one(head in 10u8..100, third in 2u8..10, tail in prop::array::uniform6(0u8..10)) {
            let mut body = vec![head / 10, head % 10, third];
            body.extend(tail);
            body.push(check::luhn(&body));
            let ten: String = body.iter().map(|d| char::from(b'0' + d)).collect();
            let number = OrgNr::parse(&ten).unwrap();
            prop_assert_eq!(number.compact(), ten.clone());
            prop_assert_eq!(OrgNr::parse(number.as_str()), Ok(number.clone()));
            prop_assert_eq!(OrgNr::parse(&format!("16{number}")), Ok(number));
        }
    }
}
