//! Questions and answers, in English.

use crate::forms::model::Kind;
use crate::forms::rules::{Missing, Problem};
use crate::kit::money::number_text;
use crate::kit::{DateError, EmailError, Lang, MoneyError, OrgNrError, PhoneError};
use crate::text::forms::{FieldTexts, Forms};

const EN: Lang = Lang::En;

fn problem(label: &str, problem: Problem) -> String {
    let about = |says: &str| format!("“{label}” {says}");
    match problem {
        Problem::Missing => format!("Answer “{label}”"),
        Problem::Choose => format!("Select an answer to “{label}”"),
        Problem::Confirm => format!("Confirm “{label}”"),
        Problem::Long { most, has } => about(&format!(
            "must be {} characters or fewer. It is {} now.",
            number_text(i64::from(most), EN),
            number_text(i64::try_from(has).unwrap_or(i64::MAX), EN)
        )),
        Problem::Day(DateError::Empty) => format!("Enter a date for “{label}”"),
        Problem::Day(DateError::Day | DateError::Month) => about("must be a date that is in the calendar"),
        Problem::Day(DateError::Form | DateError::Year | DateError::Clock) => about("must be a date, for example 15 March 2027"),
        Problem::Clock => about("must have a time of day, for example 23:59"),
        Problem::TooEarly(day) => about(&format!("must be {} or later", day.long(EN))),
        Problem::TooLate(day) => about(&format!("must be {} or earlier", day.long(EN))),
        Problem::Turned => about("must end on the day it begins or later"),
        Problem::Amount(MoneyError::Empty) => format!("Enter an amount for “{label}”"),
        Problem::Amount(MoneyError::NotANumber) => about("must be an amount in kronor, for example 480,000"),
        Problem::Amount(MoneyError::Negative) => about("must be zero kronor or more"),
        Problem::Amount(MoneyError::TooManyDecimals) => about("can have two decimals at most"),
        Problem::Amount(MoneyError::TooLarge) => about("is more than the portal can reckon with"),
        Problem::LeastAmount(least) => about(&format!("must be at least {}", least.text(EN))),
        Problem::MostAmount(most) => about(&format!("must be {} or less", most.text(EN))),
        Problem::NotANumber => about("must be a whole number, for example 120"),
        Problem::LeastNumber(least) => about(&format!("must be at least {}", number_text(least, EN))),
        Problem::MostNumber(most) => about(&format!("must be {} or less", number_text(most, EN))),
        Problem::NotPercent => about("must be a share in percent, for example 40.66"),
        Problem::MostPercent(most) => about(&format!("must be {} or less", most.text(EN))),
        Problem::Number(error) => match error {
            OrgNrError::Empty => format!("Enter the organisation number for “{label}”"),
            OrgNrError::Character | OrgNrError::Length => "The organisation number must have 10 digits, for example 202100-0068".to_owned(),
            OrgNrError::NotOrganisation => "The organisation number must belong to an organisation and not to a person".to_owned(),
            OrgNrError::CheckDigit => "Check the organisation number: the last digit does not fit the others".to_owned(),
        },
        Problem::Email(EmailError::Empty) => format!("Enter an e-mail address for “{label}”"),
        Problem::Email(EmailError::SeveralAts) => "Enter one e-mail address only".to_owned(),
        Problem::Email(_) => "The e-mail address must look like this: name@example.com".to_owned(),
        Problem::Phone(PhoneError::Empty) => format!("Enter a telephone number for “{label}”"),
        Problem::Phone(_) => "The telephone number must look like this: 08-123 45 67".to_owned(),
        Problem::Rows(most) => about(&format!("can have {most} rows at most")),
        Problem::Part(missing) => match missing {
            Missing::First => format!("Enter the first day of “{label}”"),
            Missing::Last => format!("Enter the last day of “{label}”"),
            Missing::Day => format!("Enter the day of “{label}”"),
            Missing::Clock => format!("Enter the time of “{label}”"),
            Missing::Name => format!("Enter the name for “{label}”"),
            Missing::Number => format!("Enter the organisation number for “{label}”"),
            Missing::Position => format!("Enter the position for “{label}”"),
            Missing::Email => format!("Enter the e-mail address for “{label}”"),
            Missing::Cell => format!("Fill in the whole row in “{label}”"),
        },
    }
}

fn takes(kind: &Kind) -> String {
    let bounds = |least: Option<String>, most: Option<String>| match (least, most) {
        (Some(least), Some(most)) => format!(", from {least} to {most}"),
        (Some(least), None) => format!(", at least {least}"),
        (None, Some(most)) => format!(", {most} at most"),
        (None, None) => String::new(),
    };
    let days = |earliest: &Option<crate::kit::CivilDate>, latest: &Option<crate::kit::CivilDate>| match (earliest, latest) {
        (Some(earliest), Some(latest)) => format!(", from {} to {}", earliest.long(EN), latest.long(EN)),
        (Some(earliest), None) => format!(", {} at the earliest", earliest.long(EN)),
        (None, Some(latest)) => format!(", {} at the latest", latest.long(EN)),
        (None, None) => String::new(),
    };
    match kind {
        Kind::Short { most } | Kind::Long { most } => format!("Text, {} characters at most", number_text(i64::from(*most), EN)),
        Kind::Choice { .. } => "One of the answers".to_owned(),
        Kind::Several { .. } => "One or more of the answers".to_owned(),
        Kind::Day { earliest, latest } => format!("A date{}", days(earliest, latest)),
        Kind::Moment => "A date and a time, Swedish time".to_owned(),
        Kind::Period { earliest, latest } => format!("The first day and the last{}", days(earliest, latest)),
        Kind::Amount { least, most } => {
            format!("An amount in Swedish kronor{}", bounds(least.map(|sum| sum.text(EN)), most.map(|sum| sum.text(EN))))
        }
        Kind::Number { least, most, unit } => {
            let number = |number: i64| number_text(number, EN);
            let of = if unit.is_empty() { String::new() } else { format!(" ({})", unit.text(EN)) };
            format!("A whole number{of}{}", bounds(least.map(number), most.map(number)))
        }
        Kind::Percent { most } => format!("A share in percent, {} at most", crate::kit::Rate(*most).text(EN)),
        Kind::Organisation => "An organisation’s name and organisation number".to_owned(),
        Kind::Person => "Name, position, e-mail address and preferably telephone number".to_owned(),
        Kind::Email => "An e-mail address".to_owned(),
        Kind::Municipality { several: false } => "A municipality".to_owned(),
        Kind::Municipality { several: true } => "One or more municipalities".to_owned(),
        Kind::File { most: 1 } => "An attached file".to_owned(),
        Kind::File { most } => format!("{most} attached files at most"),
        Kind::Table { most, .. } => format!("A table of {most} rows at most"),
        Kind::Budget => "A budget for each year: wages, on-costs, overhead, services bought, other costs and co-funding. \
                         The portal works out the sums."
            .to_owned(),
        Kind::Consent { .. } => "Something to confirm".to_owned(),
    }
}

pub const FORMS: Forms = Forms {
    optional: "(optional)",
    problem,
    takes,
    asked_when: |answers, question| match answers {
        [one] => format!("Asked of those who answered “{one}” to “{question}”."),
        several => format!("Asked of those who answered any of “{}” to “{question}”.", several.join("”, “")),
    },
    options: "The answers are:",
    columns: "The columns are:",
    period: |from, to| format!("{from} – {to}"),
    confirmed: "Confirmed",
    choose: "Select",
    choose_municipality: "Select a municipality",
    row: |number| format!("Row {number}"),
    fields: FieldTexts {
        day_hint: "For example 15 March 2027 or 2027-03-15",
        amount_hint: "In Swedish kronor, for example 480 000",
        percent_hint: "In percent, for example 40.66",
        from: "First day",
        to: "Last day",
        day: "Day",
        clock: "Time",
        clock_hint: "Swedish time, for example 23:59",
        organisation: "Name of the organisation",
        number: "Organisation number",
        number_hint: "10 digits, for example 202100-0068",
        name: "Name",
        position: "Position",
        email: "E-mail address",
        phone: "Telephone number (optional)",
        municipalities_hint: "Select all that it concerns.",
        rows_hint: "Rows that are left empty do not count.",
        add_row: "Add a row",
        remove_row: |number| format!("Remove row {number}"),
    },
};
