//! From what a buyer typed to what an order needs. The same rules run in the browser and on the server; each error is a
//! code whose sentence stands in `text::shop`, so an error without a sentence does not compile.
//!
//! To add a field: its name below, its rule in the page's function, its error in the enum, and the sentence.

pub mod freight;
pub mod letter;
pub mod staff;

use crate::kit::field::{clean_line, count};
use crate::kit::{Email, Errors, Form, OrgNr, PeppolId, Phone, PostalCode};

use super::model::{Address, COUNTRIES, Delivery, InvoiceBy, Payer};

/// Names of the form fields, which are also the ids of the inputs.
pub mod field {
    pub const CONTACT: &str = "namn";
    pub const EMAIL: &str = "epost";
    pub const PHONE: &str = "telefon";
    pub const RECIPIENT: &str = "mottagare";
    pub const CARE_OF: &str = "co";
    pub const STREET: &str = "gata";
    pub const POSTAL_CODE: &str = "postnummer";
    pub const CITY: &str = "ort";
    pub const COUNTRY: &str = "land";
    pub const PAYER: &str = "betalare";
    pub const ORGANISATION: &str = "organisation";
    pub const ORGNR: &str = "organisationsnummer";
    pub const REFERENCE: &str = "referens";
    pub const COST_CENTRE: &str = "kostnadsstalle";
    pub const INVOICE_BY: &str = "faktura";
    pub const PEPPOL: &str = "peppol";
    pub const OTHER_ADDRESS: &str = "annan-adress";
    pub const INVOICE_NAME: &str = "faktura-namn";
    pub const INVOICE_CARE_OF: &str = "faktura-co";
    pub const INVOICE_STREET: &str = "faktura-gata";
    pub const INVOICE_POSTAL_CODE: &str = "faktura-postnummer";
    pub const INVOICE_CITY: &str = "faktura-ort";
    pub const INVOICE_COUNTRY: &str = "faktura-land";
    pub const TERMS: &str = "villkor";
}

/// Longest name, street or reference that an address label and an e-invoice carry.
pub const MAX_LINE: usize = 100;

/// What was wrong with an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// Nothing was typed.
    Missing,
    /// More than [`MAX_LINE`] characters; how many there were.
    TooLong(usize),
    Email(crate::kit::EmailError),
    Phone(crate::kit::PhoneError),
    PostalCode(crate::kit::PostalCodeError),
    /// A foreign postal code of more than 12 characters.
    ForeignPostalCode,
    Orgnr(crate::kit::OrgNrError),
    Peppol(crate::kit::PeppolError),
    /// No choice was made, or one that we do not offer.
    Choose,
}

/// The names of an address's fields: the delivery and the invoice address are the same question twice.
struct AddressFields {
    name: &'static str,
    care_of: &'static str,
    street: &'static str,
    postal_code: &'static str,
    city: &'static str,
    country: &'static str,
}

const DELIVERY_ADDRESS: AddressFields = AddressFields {
    name: field::RECIPIENT,
    care_of: field::CARE_OF,
    street: field::STREET,
    postal_code: field::POSTAL_CODE,
    city: field::CITY,
    country: field::COUNTRY,
};

const INVOICE_ADDRESS: AddressFields = AddressFields {
    name: field::INVOICE_NAME,
    care_of: field::INVOICE_CARE_OF,
    street: field::INVOICE_STREET,
    postal_code: field::INVOICE_POSTAL_CODE,
    city: field::INVOICE_CITY,
    country: field::INVOICE_COUNTRY,
};

/// Checks the page about delivery.
pub fn delivery(form: &Form) -> Result<Delivery, Errors<Wrong>> {
    let mut errors = Errors::new();
    let contact = line(form, field::CONTACT, &mut errors);
    let email = errors.keep(field::EMAIL, Email::parse(form.get(field::EMAIL)).map_err(Wrong::Email));
    let phone = match clean_line(form.get(field::PHONE)) {
        text if text.is_empty() => Some(None),
        text => errors.keep(field::PHONE, Phone::parse(&text).map_err(Wrong::Phone)).map(Some),
    };
    // Without a name on the parcel of its own, the parcel goes to the person who orders.
    let address = address(form, &DELIVERY_ADDRESS, Named::OrElse(contact.as_deref()), &mut errors);
    match (contact, email, phone, address) {
        (Some(contact), Some(email), Some(phone), Some(address)) => Ok(Delivery { contact, email, phone, address }),
        _ => Err(errors),
    }
}

/// Whether an organisation pays: the question that decides what the next page asks.
pub fn is_organisation(form: &Form) -> Result<bool, Errors<Wrong>> {
    match form.get(field::PAYER) {
        "privat" => Ok(false),
        "organisation" => Ok(true),
        _ => Err(one(field::PAYER, Wrong::Choose)),
    }
}

/// Who pays and how the invoice is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Billing {
    pub payer: Payer,
    pub invoice_by: InvoiceBy,
    pub invoice_address: Option<Address>,
}

/// Checks the page about the invoice.
pub fn billing(form: &Form, organisation: bool) -> Result<Billing, Errors<Wrong>> {
    let mut errors = Errors::new();
    let payer = if organisation { organisation_payer(form, &mut errors) } else { Some(Payer::Private) };
    let invoice_by = match form.get(field::INVOICE_BY) {
        "epost" => Some(InvoiceBy::Email),
        "post" => Some(InvoiceBy::Post),
        "peppol" if organisation => Some(InvoiceBy::Peppol),
        _ => {
            errors.push(field::INVOICE_BY, Wrong::Choose);
            None
        }
    };
    let lacks_peppol = matches!(&payer, Some(Payer::Organisation { peppol: None, .. }));
    if invoice_by == Some(InvoiceBy::Peppol) && lacks_peppol {
        errors.push(field::PEPPOL, Wrong::Peppol(crate::kit::PeppolError::Empty));
    }
    let invoice_address = form.checked(field::OTHER_ADDRESS).then(|| address(form, &INVOICE_ADDRESS, Named::Asked, &mut errors));
    match (payer, invoice_by) {
        (Some(payer), Some(invoice_by)) if errors.is_empty() => {
            Ok(Billing { payer, invoice_by, invoice_address: invoice_address.flatten() })
        }
        _ => Err(errors),
    }
}

fn organisation_payer(form: &Form, errors: &mut Errors<Wrong>) -> Option<Payer> {
    let name = line(form, field::ORGANISATION, errors);
    let orgnr = errors.keep(field::ORGNR, OrgNr::parse(form.get(field::ORGNR)).map_err(Wrong::Orgnr));
    let reference = line(form, field::REFERENCE, errors);
    let cost_centre = optional_line(form, field::COST_CENTRE, errors);
    let peppol = match clean_line(form.get(field::PEPPOL)) {
        text if text.is_empty() => Some(None),
        text => errors.keep(field::PEPPOL, PeppolId::parse(&text).map_err(Wrong::Peppol)).map(Some),
    };
    Some(Payer::Organisation { name: name?, orgnr: orgnr?, reference: reference?, cost_centre: cost_centre?, peppol: peppol? })
}

/// Checks a delivery address on its own, when the buyer changes it after ordering.
pub fn delivery_address(form: &Form) -> Result<Address, Errors<Wrong>> {
    let mut errors = Errors::new();
    address(form, &DELIVERY_ADDRESS, Named::Asked, &mut errors).ok_or(errors)
}

/// Whose name stands first on an address.
enum Named<'a> {
    /// A name is asked for.
    Asked,
    /// A name may be given; otherwise it is the person who orders, whose own field has its own error.
    OrElse(Option<&'a str>),
}

fn address(form: &Form, fields: &AddressFields, named: Named<'_>, errors: &mut Errors<Wrong>) -> Option<Address> {
    let name = match named {
        Named::OrElse(contact) if clean_line(form.get(fields.name)).is_empty() => contact.map(str::to_owned),
        _ => line(form, fields.name, errors),
    };
    let care_of = optional_line(form, fields.care_of, errors);
    let street = line(form, fields.street, errors);
    let country = match form.get(fields.country) {
        code if COUNTRIES.iter().any(|(known, ..)| *known == code) => Some(code.to_owned()),
        _ => {
            errors.push(fields.country, Wrong::Choose);
            None
        }
    };
    let raw_code = form.get(fields.postal_code);
    let postal_code = match country.as_deref() {
        Some("SE") | None => {
            errors.keep(fields.postal_code, PostalCode::parse(raw_code).map(|code| code.to_string()).map_err(Wrong::PostalCode))
        }
        Some(_) => match clean_line(raw_code) {
            text if text.is_empty() => {
                errors.push(fields.postal_code, Wrong::Missing);
                None
            }
            text if count(&text) > 12 => {
                errors.push(fields.postal_code, Wrong::ForeignPostalCode);
                None
            }
            text => Some(text.to_uppercase()),
        },
    };
    let city = line(form, fields.city, errors);
    Some(Address { name: name?, care_of: care_of?, street: street?, postal_code: postal_code?, city: city?, country: country? })
}

fn line(form: &Form, name: &'static str, errors: &mut Errors<Wrong>) -> Option<String> {
    match optional_line(form, name, errors)? {
        Some(text) => Some(text),
        None => {
            errors.push(name, Wrong::Missing);
            None
        }
    }
}

/// `Some(None)`: nothing was typed, and that is fine. `None`: what was typed is wrong.
fn optional_line(form: &Form, name: &'static str, errors: &mut Errors<Wrong>) -> Option<Option<String>> {
    let text = clean_line(form.get(name));
    match count(&text) {
        0 => Some(None),
        long if long > MAX_LINE => {
            errors.push(name, Wrong::TooLong(long));
            None
        }
        _ => Some(Some(text)),
    }
}

fn one(name: &'static str, wrong: Wrong) -> Errors<Wrong> {
    let mut errors = Errors::new();
    errors.push(name, wrong);
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::{OrgNrError, PostalCodeError};

    fn form(fields: &[(&str, &str)]) -> Form {
        Form(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    fn good_delivery() -> Form {
        form(&[
            ("namn", "  Åsa   Öberg "),
            ("epost", "asa.oberg@example.se"),
            ("telefon", ""),
            ("mottagare", ""),
            ("co", ""),
            ("gata", "Storgatan 1"),
            ("postnummer", "90325"),
            ("ort", "Umeå"),
            ("land", "SE"),
        ])
    }

    #[test]
    fn a_delivery_is_cleaned_and_kept() {
        let delivery = delivery(&good_delivery()).unwrap();
        assert_eq!(delivery.contact, "Åsa Öberg");
        assert_eq!(delivery.address.name, "Åsa Öberg");
        assert_eq!(delivery.address.postal_code, "903 25");
        assert_eq!(delivery.phone, None);
    }

    #[test]
    fn an_empty_page_asks_for_each_thing_once() {
        let errors = delivery(&form(&[("namn", "")])).unwrap_err();
        let fields: Vec<_> = errors.iter().map(|error| error.field).collect();
        assert_eq!(fields, ["namn", "epost", "gata", "land", "postnummer", "ort"]);
    }

    #[test]
    fn ten_thousand_characters_are_too_many() {
        let mut long = good_delivery();
        long.set("namn", "å".repeat(10_000));
        assert_eq!(delivery(&long).unwrap_err().of("namn"), Some(&Wrong::TooLong(10_000)));
    }

    #[test]
    fn an_emoji_is_a_name_like_any_other() {
        let mut emoji = good_delivery();
        emoji.set("namn", "Åsa 🙂");
        assert_eq!(delivery(&emoji).unwrap().contact, "Åsa 🙂");
    }

    #[test]
    fn postal_codes_follow_the_country() {
        let mut german = good_delivery();
        german.set("land", "DE");
        german.set("postnummer", "10115");
        assert_eq!(delivery(&german).unwrap().address.postal_code, "10115");
        let mut swedish = good_delivery();
        swedish.set("postnummer", "1011");
        assert_eq!(delivery(&swedish).unwrap_err().of("postnummer"), Some(&Wrong::PostalCode(PostalCodeError::Length)));
        let mut elsewhere = good_delivery();
        elsewhere.set("land", "US");
        assert_eq!(delivery(&elsewhere).unwrap_err().of("land"), Some(&Wrong::Choose));
    }

    #[test]
    fn an_organisation_is_checked_and_a_person_is_not_asked() {
        let bill =
            form(&[("organisation", "Umeå kommun"), ("organisationsnummer", "2120002627"), ("referens", "1234"), ("faktura", "epost")]);
        let billing_of = |form: &Form| billing(form, true);
        assert!(matches!(billing_of(&bill).unwrap().payer, Payer::Organisation { .. }));
        let mut wrong = bill.clone();
        wrong.set("organisationsnummer", "2120002628");
        assert_eq!(billing_of(&wrong).unwrap_err().of("organisationsnummer"), Some(&Wrong::Orgnr(OrgNrError::CheckDigit)));
        assert_eq!(billing(&form(&[("faktura", "post")]), false).unwrap().payer, Payer::Private);
        assert_eq!(billing(&form(&[("faktura", "peppol")]), false).unwrap_err().of("faktura"), Some(&Wrong::Choose));
    }

    #[test]
    fn an_electronic_invoice_needs_somewhere_to_go() {
        let mut bill =
            form(&[("organisation", "Umeå kommun"), ("organisationsnummer", "2120002627"), ("referens", "1"), ("faktura", "peppol")]);
        assert!(billing(&bill, true).unwrap_err().of("peppol").is_some());
        bill.set("peppol", "0007:2120002627");
        assert_eq!(billing(&bill, true).unwrap().invoice_by, InvoiceBy::Peppol);
    }

    #[test]
    fn another_invoice_address_is_asked_for_only_when_wished() {
        let mut bill = form(&[("faktura", "post")]);
        assert_eq!(billing(&bill, false).unwrap().invoice_address, None);
        bill.set("annan-adress", "ja");
        let errors = billing(&bill, false).unwrap_err();
        assert!(errors.of("faktura-gata").is_some() && errors.of("faktura-namn").is_some());
    }
}
