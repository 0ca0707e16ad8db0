//! What the forms of accounts must hold.

use crate::kit::field::{clean_line, count};
use crate::kit::{CivilDate, Email, EmailError, Errors, Form, Lang, Phone, PhoneError, StaffRole};

/// Longest name, in characters.
pub const LONGEST_NAME: usize = 100;

/// The names of the fields.
pub mod field {
    pub const EMAIL: &str = "epost";
    pub const CODE: &str = "kod";
    pub const NAME: &str = "namn";
    pub const PHONE: &str = "telefon";
    pub const LANGUAGE: &str = "sprak";
    pub const NOTICES: &str = "aviseringar";
    pub const VERSION: &str = "version";
    pub const CONFIRM: &str = "bekrafta";
    pub const ROLE: &str = "roll";
    pub const FROM: &str = "fran";
    pub const UNTIL: &str = "till";
}

/// What can be wrong with a code out of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeError {
    Empty,
    /// Not six digits.
    Shape,
    /// Six digits, but others.
    Wrong,
    /// Too old, used, or guessed at too often.
    Dead,
}

/// What can be wrong with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameError {
    Missing,
    Long,
}

/// What can be wrong when a passkey is added or shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyError {
    NameMissing,
    NameLong,
    /// Nothing came: without script the browser cannot be asked.
    Script,
    BrokenOff,
    /// It was asked for in another session, too long ago, or was answered already.
    Dead,
    /// The signature, the address, or that the person was there: something did not hold.
    Refused,
    /// Its counter did not rise: there may be a copy of it.
    Copied,
    /// The key is registered already.
    Known,
}

/// How often someone wants mail about what happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notices {
    Each,
    Daily,
    None,
}

impl Notices {
    pub const ALL: [Self; 3] = [Self::Each, Self::Daily, Self::None];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Each => "each",
            Self::Daily => "daily",
            Self::None => "none",
        }
    }

    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|notices| notices.code() == code)
    }
}

/// Reads an address as an account's: letters large and small are the same.
pub fn email(form: &Form) -> Result<Email, EmailError> {
    Email::parse(&clean_line(form.get(field::EMAIL)).to_lowercase())
}

/// Reads a code: six digits, with whatever spaces and dashes between them.
pub fn code(text: &str) -> Result<String, CodeError> {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    if text.is_empty() {
        return Err(CodeError::Empty);
    }
    if text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit()) { Ok(text) } else { Err(CodeError::Shape) }
}

/// What someone says of themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    pub name: String,
    pub phone: Option<Phone>,
    pub lang: Lang,
}

/// What can be wrong in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProfileError {
    Name(NameError),
    Phone(PhoneError),
    Language,
}

/// Checks the page of one's own details.
pub fn profile(form: &Form) -> Result<Profile, Errors<ProfileError>> {
    let mut errors = Errors::new();
    let name = errors.keep(field::NAME, name(form).map_err(ProfileError::Name));
    let phone = match Phone::parse(form.get(field::PHONE)) {
        Err(PhoneError::Empty) => None,
        phone => errors.keep(field::PHONE, phone.map_err(ProfileError::Phone)),
    };
    let lang = errors.keep(field::LANGUAGE, Lang::parse(form.get(field::LANGUAGE)).map_err(|_| ProfileError::Language));
    match (name, lang) {
        (Some(name), Some(lang)) if errors.is_empty() => Ok(Profile { name, phone, lang }),
        _ => Err(errors),
    }
}

/// Reads a person's name.
pub fn name(form: &Form) -> Result<String, NameError> {
    let name = clean_line(form.get(field::NAME));
    match count(&name) {
        0 => Err(NameError::Missing),
        long if long > LONGEST_NAME => Err(NameError::Long),
        _ => Ok(name),
    }
}

/// A colleague to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    pub name: String,
    pub email: Email,
}

/// What can be wrong with a colleague.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColleagueError {
    Name(NameError),
    Email,
}

/// Checks the form that adds someone.
pub fn colleague(form: &Form) -> Result<Colleague, Errors<ColleagueError>> {
    let mut errors = Errors::new();
    let name = errors.keep(field::NAME, name(form).map_err(ColleagueError::Name));
    let email = errors.keep(field::EMAIL, email(form).map_err(|_| ColleagueError::Email));
    match (name, email) {
        (Some(name), Some(email)) => Ok(Colleague { name, email }),
        _ => Err(errors),
    }
}

/// A role and its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleGiven {
    pub role: StaffRole,
    pub from: CivilDate,
    /// The last day; none while it goes on.
    pub until: Option<CivilDate>,
}

/// What can be wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoleError {
    Role,
    From,
    Until,
    /// The last day lies before the first.
    Backwards,
}

/// Checks the form that gives a role; an empty first day is today.
pub fn role(form: &Form, today: CivilDate) -> Result<RoleGiven, Errors<RoleError>> {
    let mut errors = Errors::new();
    let role = errors.keep(field::ROLE, StaffRole::parse(form.get(field::ROLE)).map_err(|_| RoleError::Role));
    let from = match clean_line(form.get(field::FROM)) {
        text if text.is_empty() => Some(today),
        text => errors.keep(field::FROM, CivilDate::read(&text).map_err(|_| RoleError::From)),
    };
    let until = match clean_line(form.get(field::UNTIL)) {
        text if text.is_empty() => None,
        text => errors.keep(field::UNTIL, CivilDate::read(&text).map_err(|_| RoleError::Until)),
    };
    if let (Some(from), Some(until)) = (from, until)
        && until < from
    {
        errors.push(field::UNTIL, RoleError::Backwards);
    }
    match (role, from) {
        (Some(role), Some(from)) if errors.is_empty() => Ok(RoleGiven { role, from, until }),
        _ => Err(errors),
    }
}

/// Where someone goes after signing in: a path of this portal, or the first of their own pages.
pub fn leads_to(asked: &str) -> &str {
    // A browser reads `\` as `/`, and `//host` as another site.
    let own = asked.starts_with('/') && !asked.starts_with("//") && !asked.contains(['\\', '\r', '\n', '\t', '\0']) && asked.len() <= 500;
    let loop_back = ["/logga-in", "/logga-ut", "/bekrafta"].iter().any(|path| asked.starts_with(path));
    if own && !loop_back { asked } else { "/mina-sidor" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &[(&str, &str)]) -> Form {
        Form(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn a_code_is_read_however_it_is_written() {
        for text in ["123456", " 123 456 ", "123-456", "1 2 3 4 5 6"] {
            assert_eq!(code(text), Ok("123456".to_owned()));
        }
        assert_eq!(code("  "), Err(CodeError::Empty));
        for text in ["12345", "1234567", "12345a", "１２３４５６"] {
            assert_eq!(code(text), Err(CodeError::Shape), "{text}");
        }
    }

    #[test]
    fn one_only_comes_back_to_this_portal() {
        assert_eq!(leads_to("/mina-sidor/uppgifter?a=b"), "/mina-sidor/uppgifter?a=b");
        for elsewhere in
            ["", "https://evil.example", "//evil.example", "/\\evil.example", "mina-sidor", "/a\r\nb", "/logga-in", "/logga-ut"]
        {
            assert_eq!(leads_to(elsewhere), "/mina-sidor", "{elsewhere}");
        }
    }

    #[test]
    fn an_address_is_one_account_however_it_is_spelled() {
        assert_eq!(email(&form(&[("epost", " Anna.Ek@Example.SE ")])).unwrap().as_str(), "anna.ek@example.se");
        assert_eq!(email(&form(&[])), Err(EmailError::Empty));
    }

    #[test]
    fn a_profile_needs_a_name_and_choices() {
        let good = [("namn", " Anna  Ek "), ("telefon", ""), ("sprak", "sv")];
        let profile_of = profile(&form(&good)).unwrap();
        assert_eq!((profile_of.name.as_str(), profile_of.phone), ("Anna Ek", None));
        let errors = profile(&form(&[("telefon", "x")])).unwrap_err();
        assert_eq!(errors.of("namn"), Some(&ProfileError::Name(NameError::Missing)));
        assert!(matches!(errors.of("telefon"), Some(ProfileError::Phone(_))));
        assert_eq!(errors.len(), 3);
    }

    #[test]
    fn a_role_has_days_in_order() {
        let today = CivilDate::parse("2026-11-23").unwrap();
        let given = role(&form(&[("roll", "editor")]), today).unwrap();
        assert_eq!((given.role, given.from, given.until), (StaffRole::Editor, today, None));
        let errors = role(&form(&[("roll", "boss"), ("fran", "2027-02-01"), ("till", "2027-01-31")]), today).unwrap_err();
        assert_eq!(errors.of("roll"), Some(&RoleError::Role));
        assert_eq!(errors.of("till"), Some(&RoleError::Backwards));
        assert_eq!(role(&form(&[("roll", "editor"), ("fran", "snart")]), today).unwrap_err().of("fran"), Some(&RoleError::From));
    }
}
