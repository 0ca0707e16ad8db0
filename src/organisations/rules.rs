//! What the forms of organisations must hold.

use crate::kit::field::{clean_line, clean_text, count};
use crate::kit::{
    Bankgiro, Email, EmailError, Errors, Form, GiroError, Municipality, OrgNr, OrgNrError, OrgRole, PeppolError, PeppolId, Plusgiro,
    PostalCode, PostalCodeError,
};

use super::model::{Kind, Organisation};

/// Longest name, street and town, in characters: what an e-invoice and a label carry.
pub const LONGEST_LINE: usize = 100;

/// Longest message of someone who asks to be let in.
pub const LONGEST_MESSAGE: usize = 1000;

/// The names of the fields.
pub mod field {
    pub const ORGNR: &str = "organisationsnummer";
    pub const NAME: &str = "namn";
    pub const KIND: &str = "slag";
    pub const MUNICIPALITY: &str = "kommun";
    pub const STREET: &str = "gata";
    pub const POSTAL_CODE: &str = "postnummer";
    pub const CITY: &str = "ort";
    pub const EMAIL: &str = "epost";
    pub const BANKGIRO: &str = "bankgiro";
    pub const PLUSGIRO: &str = "plusgiro";
    pub const PEPPOL: &str = "peppol";
    pub const VERSION: &str = "version";
    pub const ROLE: &str = "roll";
    pub const MESSAGE: &str = "meddelande";
    pub const REASON: &str = "skal";
    pub const CONFIRM: &str = "bekrafta";
}

/// What can be wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    Missing,
    /// Longer than it may be; so many characters there may be.
    Long(usize),
    Choose,
    Orgnr(OrgNrError),
    Email(EmailError),
    PostalCode(PostalCodeError),
    Giro(GiroError),
    Peppol(PeppolError),
}

/// What an organisation says of itself; its number it cannot change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    pub name: String,
    pub kind: Kind,
    pub municipality: Municipality,
    pub street: String,
    pub postal_code: PostalCode,
    pub city: String,
    pub email: Email,
    pub bankgiro: Option<Bankgiro>,
    pub plusgiro: Option<Plusgiro>,
    pub peppol_id: Option<PeppolId>,
}

/// Reads the number with which everything begins.
pub fn orgnr(form: &Form) -> Result<OrgNr, Errors<Wrong>> {
    OrgNr::parse(form.get(field::ORGNR)).map_err(|error| one(field::ORGNR, Wrong::Orgnr(error)))
}

/// Checks the page of an organisation's facts.
pub fn facts(form: &Form) -> Result<Facts, Errors<Wrong>> {
    let mut errors = Errors::new();
    let name = line(form, field::NAME, &mut errors);
    let kind = errors.keep(field::KIND, Kind::of_code(form.get(field::KIND)).ok_or(Wrong::Choose));
    let municipality = errors.keep(field::MUNICIPALITY, Municipality::parse(form.get(field::MUNICIPALITY)).map_err(|_| Wrong::Choose));
    let street = line(form, field::STREET, &mut errors);
    let postal_code = errors.keep(field::POSTAL_CODE, PostalCode::parse(form.get(field::POSTAL_CODE)).map_err(Wrong::PostalCode));
    let city = line(form, field::CITY, &mut errors);
    let email = errors.keep(field::EMAIL, email(form));
    let bankgiro = optional(form, field::BANKGIRO, &mut errors, |text| Bankgiro::parse(text).map_err(Wrong::Giro));
    let plusgiro = optional(form, field::PLUSGIRO, &mut errors, |text| Plusgiro::parse(text).map_err(Wrong::Giro));
    let peppol_id = optional(form, field::PEPPOL, &mut errors, |text| PeppolId::parse(text).map_err(Wrong::Peppol));
    match (name, kind, municipality, street, postal_code, city, email) {
        (Some(name), Some(kind), Some(municipality), Some(street), Some(postal_code), Some(city), Some(email)) if errors.is_empty() => {
            Ok(Facts { name, kind, municipality, street, postal_code, city, email, bankgiro, plusgiro, peppol_id })
        }
        _ => Err(errors),
    }
}

/// What is stored, as the form shows it.
pub fn stored(organisation: &Organisation) -> Form {
    fn text<T: ToString>(value: Option<&T>) -> String {
        value.map(ToString::to_string).unwrap_or_default()
    }
    let mut form = Form::default();
    form.set(field::NAME, organisation.name.clone());
    form.set(field::KIND, organisation.kind.code());
    form.set(field::MUNICIPALITY, organisation.municipality.code());
    form.set(field::STREET, organisation.street.clone());
    form.set(field::POSTAL_CODE, organisation.postal_code.to_string());
    form.set(field::CITY, organisation.city.clone());
    form.set(field::EMAIL, organisation.email.to_string());
    form.set(field::BANKGIRO, text(organisation.bankgiro.as_ref()));
    form.set(field::PLUSGIRO, text(organisation.plusgiro.as_ref()));
    form.set(field::PEPPOL, text(organisation.peppol_id.as_ref()));
    form.set(field::VERSION, organisation.version.to_string());
    form
}

/// Checks whom a signatory asks in, and as what.
pub fn invitation(form: &Form) -> Result<(Email, OrgRole), Errors<Wrong>> {
    let mut errors = Errors::new();
    let email = errors.keep(field::EMAIL, email(form));
    let role = errors.keep(field::ROLE, chosen_role(form));
    match (email, role) {
        (Some(email), Some(role)) => Ok((email, role)),
        _ => Err(errors),
    }
}

/// The role that was chosen for someone.
pub fn role(form: &Form) -> Result<OrgRole, Errors<Wrong>> {
    chosen_role(form).map_err(|error| one(field::ROLE, error))
}

/// What someone writes who asks to be let in.
pub fn message(form: &Form) -> Result<String, Errors<Wrong>> {
    text(form, field::MESSAGE)
}

/// Why staff end a membership.
pub fn reason(form: &Form) -> Result<String, Errors<Wrong>> {
    text(form, field::REASON)
}

fn text(form: &Form, name: &'static str) -> Result<String, Errors<Wrong>> {
    let text = clean_text(form.get(name));
    match count(&text) {
        0 => Err(one(name, Wrong::Missing)),
        long if long > LONGEST_MESSAGE => Err(one(name, Wrong::Long(LONGEST_MESSAGE))),
        _ => Ok(text),
    }
}

fn chosen_role(form: &Form) -> Result<OrgRole, Wrong> {
    OrgRole::parse(form.get(field::ROLE)).map_err(|_| Wrong::Choose)
}

/// Addresses are compared with those of accounts, which are in small letters.
fn email(form: &Form) -> Result<Email, Wrong> {
    Email::parse(&clean_line(form.get(field::EMAIL)).to_lowercase()).map_err(Wrong::Email)
}

fn line(form: &Form, name: &'static str, errors: &mut Errors<Wrong>) -> Option<String> {
    let text = clean_line(form.get(name));
    let checked = match count(&text) {
        0 => Err(Wrong::Missing),
        long if long > LONGEST_LINE => Err(Wrong::Long(LONGEST_LINE)),
        _ => Ok(text),
    };
    errors.keep(name, checked)
}

fn optional<T>(form: &Form, name: &'static str, errors: &mut Errors<Wrong>, parse: impl FnOnce(&str) -> Result<T, Wrong>) -> Option<T> {
    let text = clean_line(form.get(name));
    if text.is_empty() { None } else { errors.keep(name, parse(&text)) }
}

fn one(name: &'static str, wrong: Wrong) -> Errors<Wrong> {
    let mut errors = Errors::new();
    errors.push(name, wrong);
    errors
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &[(&str, &str)]) -> Form {
        Form(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    const GOOD: &[(&str, &str)] = &[
        ("namn", " Exempelby  kommun "),
        ("slag", "municipality"),
        ("kommun", "2480"),
        ("gata", "Torget 1"),
        ("postnummer", "90325"),
        ("ort", "Umeå"),
        ("epost", "Kommunen@Exempelby.example"),
        ("bankgiro", "50501055"),
        ("plusgiro", ""),
        ("peppol", ""),
    ];

    #[test]
    fn facts_are_read_and_tidied() {
        let facts = facts(&form(GOOD)).unwrap();
        assert_eq!((facts.name.as_str(), facts.kind, facts.municipality.name()), ("Exempelby kommun", Kind::Municipality, "Umeå"));
        assert_eq!((facts.postal_code.as_str(), facts.email.as_str()), ("903 25", "kommunen@exempelby.example"));
        assert_eq!((facts.bankgiro.unwrap().to_string().as_str(), facts.plusgiro, facts.peppol_id), ("5050-1055", None, None));
    }

    #[test]
    fn each_field_says_what_is_wrong() {
        let errors = facts(&Form::default()).unwrap_err();
        let fields: Vec<_> = errors.iter().map(|error| error.field).collect();
        assert_eq!(fields, ["namn", "slag", "kommun", "gata", "postnummer", "ort", "epost"]);
        let mut wrong = form(GOOD);
        wrong.set("bankgiro", "5050-1056");
        wrong.set("plusgiro", "x");
        wrong.set("peppol", "0007:1");
        wrong.set("namn", "a".repeat(101));
        let errors = facts(&wrong).unwrap_err();
        assert_eq!(errors.of("bankgiro"), Some(&Wrong::Giro(GiroError::CheckDigit)));
        assert_eq!(errors.of("plusgiro"), Some(&Wrong::Giro(GiroError::Character)));
        assert_eq!(errors.of("namn"), Some(&Wrong::Long(100)));
        assert!(matches!(errors.of("peppol"), Some(Wrong::Peppol(_))));
    }

    #[test]
    fn invitations_and_messages_are_read() {
        let (email, role) = invitation(&form(&[("epost", " Bo@Exempelby.example "), ("roll", "editor")])).unwrap();
        assert_eq!((email.as_str(), role), ("bo@exempelby.example", OrgRole::Editor));
        assert_eq!(invitation(&form(&[("roll", "boss")])).unwrap_err().len(), 2);
        assert_eq!(message(&form(&[("meddelande", " Hej\r\n")])).unwrap(), "Hej");
        assert_eq!(message(&form(&[])).unwrap_err().of("meddelande"), Some(&Wrong::Missing));
        assert!(message(&form(&[("meddelande", &"a".repeat(1001))])).is_err());
    }
}
