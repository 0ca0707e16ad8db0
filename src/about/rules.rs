//! What a report on accessibility must hold.

use crate::kit::field::{clean_line, clean_text, count};
use crate::kit::{Email, Errors, Form};

/// Longest description and page, in characters.
pub const LONGEST_PROBLEM: usize = 4000;
pub const LONGEST_PAGE: usize = 300;

/// The names of the fields.
pub const PAGE: &str = "sida";
pub const PROBLEM: &str = "problem";
pub const EMAIL: &str = "epost";

/// What can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportError {
    ProblemMissing,
    ProblemLong,
    PageLong,
    EmailWrong,
}

/// A report that can be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub page: Option<String>,
    pub problem: String,
    pub email: Option<Email>,
}

/// Reads the raw answers.
pub fn validate(form: &Form) -> Result<Report, Errors<ReportError>> {
    let mut errors = Errors::new();
    let page = clean_line(form.get(PAGE));
    if count(&page) > LONGEST_PAGE {
        errors.push(PAGE, ReportError::PageLong);
    }
    let problem = clean_text(form.get(PROBLEM));
    if problem.is_empty() {
        errors.push(PROBLEM, ReportError::ProblemMissing);
    } else if count(&problem) > LONGEST_PROBLEM {
        errors.push(PROBLEM, ReportError::ProblemLong);
    }
    let email = match clean_line(form.get(EMAIL)) {
        text if text.is_empty() => None,
        text => errors.keep(EMAIL, Email::parse(&text).map_err(|_| ReportError::EmailWrong)),
    };
    if errors.is_empty() { Ok(Report { page: Some(page).filter(|page| !page.is_empty()), problem, email }) } else { Err(errors) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(page: &str, problem: &str, email: &str) -> Form {
        Form([(PAGE, page), (PROBLEM, problem), (EMAIL, email)].map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec())
    }

    #[test]
    fn only_the_problem_is_needed() {
        let report = validate(&form("", "Knappen\r\nsyns inte", "")).unwrap();
        assert_eq!(report, Report { page: None, problem: "Knappen\nsyns inte".to_owned(), email: None });
        let report = validate(&form(" /om ", "x", "a@b.se")).unwrap();
        assert_eq!((report.page.as_deref(), report.email.unwrap().as_str()), (Some("/om"), "a@b.se"));
    }

    #[test]
    fn each_error_stands_at_its_field() {
        let errors = validate(&form(&"s".repeat(301), " \n", "a")).unwrap_err();
        assert_eq!(errors.of(PAGE), Some(&ReportError::PageLong));
        assert_eq!(errors.of(PROBLEM), Some(&ReportError::ProblemMissing));
        assert_eq!(errors.of(EMAIL), Some(&ReportError::EmailWrong));
        let errors = validate(&form("", &"å".repeat(4001), "")).unwrap_err();
        assert_eq!(errors.of(PROBLEM), Some(&ReportError::ProblemLong));
        assert!(validate(&form("", &"å".repeat(4000), "")).is_ok());
    }
}
