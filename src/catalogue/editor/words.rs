//! A draft's parts and problems in words, and where each is mended.

use serde_json::Value;

use super::actions::Refusal;
use super::attached;
use super::fields::{self, Topic};
use super::record::{self, Record};
use crate::catalogue::import::report;
use crate::catalogue::labels;
use crate::catalogue::model::{EditionForm, Kind};
use crate::catalogue::rules::{Code, Problem};
use crate::kit::Lang;
use crate::text;

/// The staff's pages are in one language.
pub const LANG: Lang = Lang::Sv;

/// The path of a publication's page.
pub fn path_of(work: impl std::fmt::Display) -> String {
    format!("/handlaggare/publikationer/{work}")
}

/// What is wrong, in words that name the field.
pub fn sentence(problem: &Problem) -> String {
    let words = &text::staff().editor.form;
    match &problem.code {
        Code::FileKind if problem.field.ends_with(".file") => words.file_other_form.to_owned(),
        Code::Repeated { .. } if problem.field.ends_with(".file") => (words.file_repeated)(&problem.value),
        Code::Missing => (words.missing)((words.label)(last(&problem.field))),
        Code::Repeated { .. } => words.repeated.to_owned(),
        Code::Taken { title, .. } => (words.taken)(title),
        code => report::sentence(code, text::import(LANG)),
    }
}

/// Why a scheduled draft was not published.
pub fn not_published(refusal: &Refusal) -> String {
    let words = &text::staff().editor;
    let why = match refusal {
        Refusal::Invalid(problems) => problems.iter().map(sentence).collect::<Vec<_>>().join(" "),
        Refusal::Moved(_) => words.moved.notice.to_owned(),
        Refusal::NotYou => words.one.two_needed.to_owned(),
        _ => words.one.not_now.to_owned(),
    };
    (words.schedule.failed)(&why)
}

/// The field at the end of a problem's place: `isbn` of `editions[2].isbn`.
fn last(field: &str) -> &str {
    field.rsplit('.').next().unwrap_or(field)
}

/// Where a problem is mended: the end of the page's path, the field's id there, and the topic's name by its path.
pub struct Place {
    pub page: String,
    pub id: String,
    pub topic: &'static str,
}

pub fn place(problem: &Problem, record: &Record) -> Place {
    let field = problem.field.as_str();
    let Some((list, rest)) = field.split_once('[') else {
        let topic = fields::named(field).map_or(Topic::Facts, |field| field.topic).path();
        return Place { page: format!("/{topic}"), id: field.to_owned(), topic };
    };
    let row = rest.split(']').next().and_then(|row| row.parse::<usize>().ok()).unwrap_or(1);
    if list == record::EDITIONS {
        let edition = record::objects(record, record::EDITIONS).into_iter().nth(row - 1);
        let id = edition.map_or("", |edition| record::text(edition, "id"));
        if last(field) == attached::FILE {
            return Place { page: "/filer".to_owned(), id: format!("utgava-{id}"), topic: "filer" };
        }
        return Place { page: format!("/utgavor/{id}"), id: last(field).to_owned(), topic: "utgavor" };
    }
    let topic = fields::named(list).map_or(Topic::Facts, |field| field.topic).path();
    Place { page: format!("/{topic}"), id: fields::row_name(list, row, last(field)), topic }
}

/// What a part is called: `Ingress på engelska`, `Tryckt bok: pris`.
pub fn label(part: &str, record: &Record) -> String {
    let words = &text::staff().editor;
    if let Some((id, field)) = record::of_edition(part) {
        let edition = record::edition(record, id).map_or_else(|| words.history.edition_gone.to_owned(), form_name);
        return (words.history.edition_part)(&edition, (words.form.label)(field));
    }
    let label = (words.form.label)(part);
    match part {
        "summary" | "body" => (words.form.in_swedish)(label),
        "summary_en" | "body_en" => (words.form.in_english)(label),
        _ => label.to_owned(),
    }
}

/// The form of an edition in words.
pub fn form_name(edition: &Record) -> String {
    form_label(record::text(edition, "form"))
}

/// As [`form_name`], by its code: `Tryckt`.
pub fn form_label(code: &str) -> String {
    let name = EditionForm::of_code(code).map_or(code, |form| labels::form(form, LANG));
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The kind of a publication in words.
pub fn kind_name(code: &str) -> String {
    Kind::of_code(code).map_or_else(|| code.to_owned(), |kind| labels::kind(kind, LANG).to_owned())
}

/// What stands in a part, as a text to read.
pub fn shown(part: &str, value: Option<&Value>) -> String {
    let words = &text::staff().editor;
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) if part == "publication_type" => kind_name(text),
        Some(Value::String(text)) if part.ends_with(".form") => form_label(text),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Bool(true)) => words.edition.yes.to_owned(),
        Some(Value::Bool(false)) => words.one.not_ordered.to_owned(),
        Some(Value::Object(_)) => value.and_then(|value| attached::in_words(part, value)).unwrap_or_default(),
        Some(Value::Array(items)) => items.iter().map(item).collect::<Vec<_>>().join("\n"),
        Some(other) => other.to_string(),
    }
}

fn item(item: &Value) -> String {
    match item {
        Value::String(text) => text.clone(),
        Value::Object(object) => {
            let mut parts =
                fields::QUESTION.iter().chain(&fields::GRANT).map(|part| record::text(object, part)).filter(|text| !text.is_empty());
            let first = parts.next().unwrap_or_default().to_owned();
            parts.fold(first, |all, part| format!("{all}\n{part}")) + "\n"
        }
        other => other.to_string(),
    }
}
