//! E-mail address.
//!
//! What belongs here: the checks that catch slips of the hand and keep mail headers safe. Only a sent letter shows that
//! an address works, so the rule is short: one @, a domain with a dot, the lengths of RFC 5321 § 4.5.3.1, and nothing
//! that could break out of a header line.

use super::check::is_space;

/// An address such as `Anna.Ek@example.se`: the part before the @ as typed, the domain in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(String);

/// Why a text is not an e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmailError {
    /// Nothing but space.
    Empty,
    /// No @.
    NoAt,
    /// More than one @, as when two addresses were typed.
    SeveralAts,
    /// A space or a line break inside.
    Space,
    /// A letter outside a–z, which most mail systems do not take.
    NotAscii,
    /// A sign that an unquoted address cannot hold, such as a comma or a bracket.
    Character,
    /// Nothing before the @, or a dot first, last or twice in a row.
    Local,
    /// No dot after the @, or a part of the domain that is empty or begins or ends with a dash.
    Domain,
    /// More than 64 characters before the @, or more than 254 in all.
    TooLong,
}

impl Email {
    /// Reads an address with space around it.
    ///
    /// # Errors
    /// An [`EmailError`] for the first thing that is wrong.
    pub fn parse(text: &str) -> Result<Email, EmailError> {
        let text = text.trim_matches(is_space);
        if text.is_empty() {
            return Err(EmailError::Empty);
        }
        if text.contains(|c: char| is_space(c) || c.is_control()) {
            return Err(EmailError::Space);
        }
        let (local, domain) = text.split_once('@').ok_or(EmailError::NoAt)?;
        if domain.contains('@') {
            return Err(EmailError::SeveralAts);
        }
        if !text.is_ascii() {
            return Err(EmailError::NotAscii);
        }
        // The atoms of RFC 5322 § 3.2.3: quoted names are legal and nobody has one.
        if !local.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b)) {
            return Err(EmailError::Character);
        }
        if local.split('.').any(str::is_empty) {
            return Err(EmailError::Local);
        }
        if !domain.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.') {
            return Err(EmailError::Character);
        }
        let good = |label: &str| !label.is_empty() && label.len() <= 63 && !label.starts_with('-') && !label.ends_with('-');
        if !domain.contains('.') || !domain.split('.').all(good) {
            return Err(EmailError::Domain);
        }
        if local.len() > 64 || text.len() > 254 {
            return Err(EmailError::TooLong);
        }
        Ok(Email(format!("{local}@{}", domain.to_ascii_lowercase())))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The domain, in lower case.
    pub fn domain(&self) -> &str {
        self.0.split_once('@').map_or("", |(_, domain)| domain)
    }
}

text_value!(Email, EmailError, as_str, as_str);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_people_type() {
        for (text, canonical) in [
            ("anna@example.se", "anna@example.se"),
            (" Anna.Ek+bok@Example.SE\u{a0}", "Anna.Ek+bok@example.se"),
            ("o'brien@mail.example.org", "o'brien@mail.example.org"),
            ("a@xn--malm-8qa.se", "a@xn--malm-8qa.se"),
        ] {
            assert_eq!(Email::parse(text).unwrap().as_str(), canonical);
        }
        assert_eq!(Email::parse("a@Example.se").unwrap().domain(), "example.se");
    }

    #[test]
    fn refuses_with_a_reason() {
        use EmailError::*;
        let long_local = format!("{}@example.se", "a".repeat(65));
        let long = format!("a@{}se", "example.".repeat(32));
        for (text, error) in [
            ("", Empty),
            ("anna", NoAt),
            ("anna.example.se", NoAt),
            ("anna@example.se@x.se", SeveralAts),
            ("anna@example.se\r\nBcc: x@example.se", Space),
            ("anna ek@example.se", Space),
            ("anna\u{0}@example.se", Space),
            ("åsa@example.se", NotAscii),
            ("asa@malmö.se", NotAscii),
            ("<anna@example.se>", Character),
            ("anna,ek@example.se", Character),
            ("anna@exa_mple.se", Character),
            ("@example.se", Local),
            (".anna@example.se", Local),
            ("anna..ek@example.se", Local),
            ("anna@", Domain),
            ("anna@example", Domain),
            ("anna@example.", Domain),
            ("anna@-example.se", Domain),
            (long_local.as_str(), TooLong),
            (long.as_str(), TooLong),
        ] {
            assert_eq!(Email::parse(text), Err(error), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_breaks_a_header(text in "\\PC{0,12}@\\PC{0,12}[\r\n]?\\PC{0,4}") {
            if let Ok(email) = Email::parse(&text) {
                prop_assert!(email.as_str().bytes().all(|b| b.is_ascii_graphic()));
                prop_assert_eq!(Email::parse(email.as_str()), Ok(email.clone()));
            }
        }
    }
}
