//! What the form that asks a reviewer in must hold.

use crate::kit::field::clean_line;
use crate::kit::{CivilDate, Email, Errors, Form};
use crate::people::rules::{self, NameError, field};

/// Someone to be asked in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guest {
    pub name: String,
    pub email: Email,
    pub from: CivilDate,
    /// The last day: a guest's role always ends.
    pub until: CivilDate,
}

/// For so many days at most a guest is asked in at a time; a year typed wrong must not last for decades.
const LONGEST_DAYS: i64 = 366;

/// What can be wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GuestError {
    Name(NameError),
    Email,
    From,
    /// The first day lies in the past.
    FromPast,
    UntilMissing,
    Until,
    /// The last day lies before the first.
    Backwards,
    /// The last day lies more than a year after the first.
    Far,
}

/// Checks the form; an empty first day is today.
pub fn guest(form: &Form, today: CivilDate) -> Result<Guest, Errors<GuestError>> {
    let mut errors = Errors::new();
    let name = errors.keep(field::NAME, rules::name(form).map_err(GuestError::Name));
    let email = errors.keep(field::EMAIL, rules::email(form).map_err(|_| GuestError::Email));
    let from = match clean_line(form.get(field::FROM)) {
        text if text.is_empty() => Some(today),
        text => errors.keep(field::FROM, CivilDate::read(&text).map_err(|_| GuestError::From)),
    };
    if from.is_some_and(|from| from < today) {
        errors.push(field::FROM, GuestError::FromPast);
    }
    let until = match clean_line(form.get(field::UNTIL)) {
        text if text.is_empty() => errors.keep(field::UNTIL, Err(GuestError::UntilMissing)),
        text => errors.keep(field::UNTIL, CivilDate::read(&text).map_err(|_| GuestError::Until)),
    };
    if let (Some(from), Some(until)) = (from, until) {
        if until < from {
            errors.push(field::UNTIL, GuestError::Backwards);
        } else if until.since(from) > LONGEST_DAYS {
            errors.push(field::UNTIL, GuestError::Far);
        }
    }
    match (name, email, from, until) {
        (Some(name), Some(email), Some(from), Some(until)) if errors.is_empty() => Ok(Guest { name, email, from, until }),
        _ => Err(errors),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &[(&str, &str)]) -> Form {
        Form(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn a_guest_has_a_last_day() {
        let today = CivilDate::parse("2026-11-23").unwrap();
        let good = [("namn", "Gun Ek"), ("epost", "Gun@Example.se"), ("till", "31 december 2026")];
        let read = guest(&form(&good), today).unwrap();
        assert_eq!((read.email.as_str(), read.from, read.until.text().as_str()), ("gun@example.se", today, "2026-12-31"));
        let errors = guest(&form(&[]), today).unwrap_err();
        assert_eq!(errors.len(), 3);
        assert_eq!(errors.of("till"), Some(&GuestError::UntilMissing));
        let days = |from, until| guest(&form(&[good[0], good[1], ("fran", from), ("till", until)]), today).unwrap_err();
        assert_eq!(days("2026-11-22", "2026-12-01").of("fran"), Some(&GuestError::FromPast));
        assert_eq!(days("2026-12-02", "2026-12-01").of("till"), Some(&GuestError::Backwards));
        assert_eq!(days("2026-12-02", "2062-12-01").of("till"), Some(&GuestError::Far));
        assert_eq!(days("snart", "sen").of("till"), Some(&GuestError::Until));
    }
}
