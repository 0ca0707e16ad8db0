//! What a new address must be.

use crate::kit::{Email, EmailError, Form};
use crate::people::rules;

/// What can be wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressError {
    Email(EmailError),
    /// It is the one that the account has.
    Same,
}

/// Reads the new address of whoever has `old`.
pub fn address(form: &Form, old: &Email) -> Result<Email, AddressError> {
    let email = rules::email(form).map_err(AddressError::Email)?;
    if email == *old { Err(AddressError::Same) } else { Ok(email) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_address_is_another() {
        let old = Email::parse("anna@example.se").unwrap();
        let form = |text: &str| Form([("epost".to_owned(), text.to_owned())].into_iter().collect());
        assert_eq!(address(&form("Anna@Example.SE "), &old), Err(AddressError::Same));
        assert_eq!(address(&form(""), &old), Err(AddressError::Email(EmailError::Empty)));
        assert_eq!(address(&form("anna@ny.example"), &old).unwrap().as_str(), "anna@ny.example");
    }
}
