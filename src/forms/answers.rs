//! A checked answer as a reader sees it: the one rendering from which page, paper, mail and files are made.

use super::model::{Both, Choosable, Column, Kind, Question};
use super::rules::{Person, Value};
use crate::kit::money::number_text;
use crate::kit::{Lang, civil};
use crate::text;

/// An answer in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// Text, with empty lines between its paragraphs.
    Text(String),
    List(Vec<String>),
    Table {
        head: Vec<String>,
        rows: Vec<Vec<String>>,
    },
}

impl Shown {
    /// Plain text, for a mail and for the cell of a file.
    pub fn plain(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::List(items) => items.join("\n"),
            Self::Table { head, rows } => {
                let line = |row: &Vec<String>| {
                    let cells = head.iter().zip(row).filter(|(_, cell)| !cell.is_empty());
                    cells.map(|(head, cell)| format!("{head}: {cell}")).collect::<Vec<_>>().join("; ")
                };
                rows.iter().map(line).collect::<Vec<_>>().join("\n")
            }
        }
    }
}

/// An answer in words, in a language: labels of options as the form has them.
pub fn shown(lang: Lang, question: &Question, value: &Value) -> Shown {
    match (&question.kind, value) {
        (Kind::Several { options }, Value::Chosen(codes)) => Shown::List(labels(lang, options, codes)),
        (Kind::Municipality { several: true }, Value::Municipalities(all)) => {
            Shown::List(all.iter().map(|one| one.name().to_owned()).collect())
        }
        (Kind::Table { columns, .. }, Value::Table(rows)) => {
            let head = columns.iter().map(|column| column.label.text(lang).to_owned()).collect();
            let rows = rows.iter().map(|row| cells(lang, columns, row)).collect();
            Shown::Table { head, rows }
        }
        (Kind::Consent { statement }, Value::Confirmed) => Shown::Text(statement.text(lang).to_owned()),
        (kind, value) => Shown::Text(one(lang, kind, value)),
    }
}

fn cells(lang: Lang, columns: &[Column], row: &[Option<Value>]) -> Vec<String> {
    let cell = |(column, value): (&Column, &Option<Value>)| value.as_ref().map(|value| one(lang, &column.kind, value)).unwrap_or_default();
    columns.iter().zip(row).map(cell).collect()
}

fn labels(lang: Lang, options: &[Choosable], codes: &[String]) -> Vec<String> {
    let label = |code: &String| options.iter().find(|one| one.key.as_str() == code).map(|one| one.label.text(lang).to_owned());
    codes.iter().filter_map(label).collect()
}

/// What is said in one breath.
fn one(lang: Lang, kind: &Kind, value: &Value) -> String {
    let words = text::forms(lang);
    match value {
        Value::Text(text) => text.clone(),
        Value::Chosen(codes) => match kind {
            Kind::Choice { options } => labels(lang, options, codes).join(", "),
            _ => codes.join(", "),
        },
        Value::Day(day) => day.long(lang),
        Value::Moment { day, hour, minute } => match civil::to_instant(*day, *hour, *minute) {
            Ok(instant) => civil::weekday_text(instant, lang),
            Err(_) => day.long(lang),
        },
        Value::Period { from, to } => (words.period)(&from.long(lang), &to.long(lang)),
        Value::Amount(amount) => amount.text(lang),
        Value::Number(number) => match kind {
            Kind::Number { unit, .. } if !unit.is_empty() => format!("{} {}", number_text(*number, lang), unit.text(lang)),
            _ => number_text(*number, lang),
        },
        Value::Percent(rate) => rate.text(lang),
        Value::Organisation { number, name } => format!("{name} ({number})"),
        Value::Person(Person { name, position, email, phone }) => {
            let phone = phone.as_ref().map(ToString::to_string);
            [Some(name.clone()), Some(position.clone()), Some(email.to_string()), phone]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join("\n")
        }
        Value::Email(email) => email.to_string(),
        Value::Municipalities(all) => all.iter().map(|one| one.name()).collect::<Vec<_>>().join(", "),
        Value::Table(_) => String::new(),
        Value::Confirmed => words.confirmed.to_owned(),
    }
}

/// A text with the language that it is in, where that is another than the page's.
pub fn foreign(both: &Both, lang: Lang) -> Option<&'static str> {
    (both.of(lang).1 != lang).then(|| both.of(lang).1.code())
}
