//! The fields of a publication as forms ask for them: which page asks for which, and how an answer becomes a raw value.
//!
//! Names are those of an import's row (`catalogue::rules::FIELDS`), so that what the rules say about a field finds its place.
//! Nothing is judged here. To add a field: a line in [`FIELDS`], its label in `text::staff`, and what `rules` says of it.

use serde_json::{Map, Value};

use super::attached;
use super::record::{self, Record};
use crate::catalogue::model::EditionForm;
use crate::catalogue::rules::files::Kind;
use crate::kit::Form;
use crate::kit::field::{clean_line, clean_text};

/// One page of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    Facts,
    Texts,
    Interview,
    Grants,
    Subjects,
    Related,
}

impl Topic {
    pub const ALL: [Self; 6] = [Self::Facts, Self::Texts, Self::Interview, Self::Grants, Self::Subjects, Self::Related];

    /// The end of its address.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Facts => "uppgifter",
            Self::Texts => "texter",
            Self::Interview => "intervju",
            Self::Grants => "bidrag",
            Self::Subjects => "amnen",
            Self::Related => "relaterade",
        }
    }

    pub fn of_path(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.path() == path)
    }

    /// Its fields, in the order of the page.
    pub fn fields(self) -> impl Iterator<Item = &'static Field> {
        FIELDS.iter().filter(move |field| field.topic == self)
    }
}

/// How a field is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Line,
    /// Short: a date, a number.
    Short,
    Text,
    /// One item a line.
    Lines,
    /// Codes with spaces or commas between.
    Codes,
    Flag,
    Kind,
    /// Questions with answers.
    Questions,
    Grants,
    /// One address or key a line.
    Related,
}

/// A field of the form and of the record.
#[derive(Debug)]
pub struct Field {
    pub name: &'static str,
    pub topic: Topic,
    pub shape: Shape,
}

const fn field(name: &'static str, topic: Topic, shape: Shape) -> Field {
    Field { name, topic, shape }
}

/// Every field but those of the editions.
pub const FIELDS: &[Field] = &[
    field("title", Topic::Facts, Shape::Line),
    field("subtitle", Topic::Facts, Shape::Line),
    field("publication_type", Topic::Facts, Shape::Kind),
    field("language", Topic::Facts, Shape::Codes),
    field("authors", Topic::Facts, Shape::Lines),
    field("organisation", Topic::Facts, Shape::Line),
    field("date_published", Topic::Facts, Shape::Short),
    field("year", Topic::Facts, Shape::Short),
    field("received", Topic::Facts, Shape::Short),
    field("decided", Topic::Facts, Shape::Short),
    field("revised", Topic::Facts, Shape::Short),
    field("urn_nbn", Topic::Facts, Shape::Line),
    field("issn", Topic::Facts, Shape::Short),
    field("source_url", Topic::Facts, Shape::Line),
    field("summary", Topic::Texts, Shape::Text),
    field("summary_en", Topic::Texts, Shape::Text),
    field("body", Topic::Texts, Shape::Text),
    field("body_en", Topic::Texts, Shape::Text),
    field("interviewee", Topic::Interview, Shape::Line),
    field("interview", Topic::Interview, Shape::Questions),
    field("interview_en", Topic::Interview, Shape::Questions),
    field("is_funded_evaluation", Topic::Grants, Shape::Flag),
    field("grants", Topic::Grants, Shape::Grants),
    field("series", Topic::Subjects, Shape::Line),
    field("number", Topic::Subjects, Shape::Short),
    field("subjects", Topic::Subjects, Shape::Lines),
    field("related", Topic::Related, Shape::Related),
];

/// The field with this name.
pub fn named(name: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.name == name)
}

/// What stands in each object of a list: the names of its parts, and those with several lines.
pub const QUESTION: [&str; 2] = ["question", "answer"];
pub const GRANT: [&str; 4] = ["year", "amount_sek", "text", "text_en"];
const LONG: [&str; 3] = ["answer", "text", "text_en"];

/// Rows that a form may have of one list.
const MOST_ROWS: usize = 60;

/// The name of an answer in a row of a list: `interview-1-question`.
pub fn row_name(field: &str, row: usize, part: &str) -> String {
    format!("{field}-{row}-{part}")
}

/// The fields of an edition's form.
pub const EDITION: [(&str, Shape); 7] = [
    ("form", Shape::Line),
    ("isbn", Shape::Line),
    ("pages", Shape::Short),
    ("orderable_in_print", Shape::Flag),
    ("price_sek_incl_vat", Shape::Short),
    ("vat_rate", Shape::Short),
    ("backorder", Shape::Flag),
];

/// What a form answers to a field; `None` is no answer.
pub fn answer(form: &Form, name: &str, shape: Shape) -> Option<Value> {
    let strings = |items: Vec<String>| (!items.is_empty()).then(|| Value::from(items));
    match shape {
        Shape::Line | Shape::Short | Shape::Kind => some_text(clean_line(form.get(name))),
        Shape::Text => some_text(clean_text(form.get(name))),
        Shape::Lines | Shape::Related => strings(lines(form.get(name))),
        Shape::Codes => strings(
            form.get(name)
                .split(|c: char| c == ',' || c == ';' || c.is_whitespace())
                .map(clean_line)
                .filter(|code| !code.is_empty())
                .collect(),
        ),
        Shape::Flag => form.checked(name).then_some(Value::Bool(true)),
        Shape::Questions => rows(form, name, &QUESTION),
        Shape::Grants => rows(form, name, &GRANT),
    }
}

fn some_text(text: String) -> Option<Value> {
    (!text.is_empty()).then_some(Value::String(text))
}

/// The lines of a text that are not empty.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(clean_line).filter(|line| !line.is_empty()).collect()
}

fn rows(form: &Form, name: &str, parts: &[&str]) -> Option<Value> {
    let mut list = Vec::new();
    for row in 1..=MOST_ROWS {
        let mut object = Map::new();
        for part in parts {
            let typed = form.get(&row_name(name, row, part));
            let text = if LONG.contains(part) { clean_text(typed) } else { clean_line(typed) };
            object.extend(some_text(text).map(|text| ((*part).to_owned(), text)));
        }
        if !object.is_empty() {
            list.push(Value::Object(object));
        }
    }
    (!list.is_empty()).then_some(Value::Array(list))
}

/// What a form of a topic answers, as parts of a record.
pub fn answers(topic: Topic, form: &Form) -> Vec<(String, Option<Value>)> {
    topic.fields().map(|field| (field.name.to_owned(), answer(form, field.name, field.shape))).collect()
}

/// As [`answers`], for one edition. A digital edition is neither printed nor sold. A price that somebody typed is no example
/// any more, and neither is an ISBN.
pub fn edition_answers(id: &str, before: Option<&Record>, form: &Form) -> Vec<(String, Option<Value>)> {
    let printed = form.get("form") == "print";
    let mut given: Vec<(String, Option<Value>)> = Vec::new();
    for (name, shape) in EDITION {
        let value = match name {
            "form" | "isbn" | "pages" => answer(form, name, shape),
            _ if !printed => None,
            "orderable_in_print" => Some(Value::Bool(form.checked(name))),
            _ => answer(form, name, shape),
        };
        for (example, about) in [("isbn_is_example", "isbn"), ("price_is_example", "price_sek_incl_vat")] {
            let kept = before.is_some_and(|before| before.get(about) == value.as_ref() && record::flag(before, example));
            if name == about {
                given.push((record::edition_part(id, example), kept.then_some(Value::Bool(true))));
            }
        }
        given.push((record::edition_part(id, name), value));
    }
    // A file of another type than the new form offers does not stay.
    if let Some(before) = before
        && let Some(file) = attached::file_of(before)
        && record::text(before, "form") != form.get("form")
        && (EditionForm::of_code(form.get("form")).and_then(Kind::for_form).is_none()
            || !attached::fits(form.get("form"), &file.media_type))
    {
        given.push((record::edition_part(id, attached::FILE), None));
    }
    given
}

/// What stands in a form's field for a value of the record.
pub fn typed(value: Option<&Value>, shape: Shape) -> String {
    match (value, shape) {
        (Some(Value::String(text)), _) => text.clone(),
        (Some(Value::Number(number)), _) => number.to_string(),
        (Some(Value::Bool(true)), _) => "ja".to_owned(),
        (Some(Value::Array(items)), Shape::Codes) => items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
        (Some(Value::Array(items)), Shape::Lines | Shape::Related) => items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n"),
        _ => String::new(),
    }
}

/// A form as it would be sent if nobody changed anything in it.
pub fn form_of(topic: Topic, record: &Record) -> Form {
    let mut form = Form::default();
    for field in topic.fields() {
        let parts: &[&str] = match field.shape {
            Shape::Questions => &QUESTION,
            Shape::Grants => &GRANT,
            shape => {
                form.0.push((field.name.to_owned(), typed(record.get(field.name), shape)));
                continue;
            }
        };
        for (row, object) in (1..).zip(record::objects(record, field.name)) {
            form.0.extend(parts.iter().map(|part| (row_name(field.name, row, part), record::text(object, part).to_owned())));
        }
    }
    form
}

/// As [`form_of`], for one edition.
pub fn form_of_edition(edition: &Record) -> Form {
    Form(EDITION.iter().map(|(name, shape)| ((*name).to_owned(), typed(edition.get(*name), *shape))).collect())
}

/// How many rows of a list a form has: those that are filled, and some to fill.
pub fn row_count(form: &Form, field: &str) -> usize {
    let filled = form.0.iter().filter(|(_, value)| !value.is_empty()).filter_map(|(name, _)| {
        name.strip_prefix(field)?.strip_prefix('-')?.split_once('-').and_then(|(row, _)| row.parse::<usize>().ok())
    });
    (filled.max().unwrap_or(0) + 2).min(MOST_ROWS)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::catalogue::rules;

    #[test]
    fn every_field_of_a_row_has_its_place() {
        // An edition's own, and what an import says about the only edition of a work.
        let elsewhere = [
            "id",
            "editions",
            "isbn",
            "isbn_is_example",
            "page_count",
            "orderable_in_print",
            "price_sek_incl_vat",
            "price_is_example",
            "vat_rate",
            "stock",
            "backorder",
            "pdf",
            "received_year",
        ];
        for name in rules::FIELDS {
            assert!(named(name).is_some() != elsewhere.contains(name), "{name}");
        }
        for field in FIELDS {
            assert!(rules::FIELDS.contains(&field.name), "{}", field.name);
        }
    }

    /// A form that nobody changes answers what the record holds.
    #[test]
    fn a_form_gives_back_what_it_shows() {
        let record = json!({
            "title": "Nio år", "language": ["sv", "en"], "authors": ["Anna Ek", "Bo Al"], "is_funded_evaluation": true,
            "body": "Ett\n\ntvå", "interview": [{ "question": "Varför?", "answer": "Därför.\n\nJa." }],
            "grants": [{ "year": "2020", "text": "Bidrag", "amount_sek": "1000" }], "related": ["bra-1"], "number": "2020:1"
        });
        let record = record.as_object().unwrap();
        let mut again = Record::new();
        for topic in Topic::ALL {
            let given = answers(topic, &form_of(topic, record));
            again.extend(given.into_iter().filter_map(|(name, value)| Some((name, value?))));
        }
        assert_eq!(&again, record);
        let edition = json!({ "id": "e", "form": "print", "isbn": "1", "pages": "9", "orderable_in_print": true, "price_sek_incl_vat": "95",
                              "price_is_example": true, "vat_rate": "6", "backorder": true });
        let edition = edition.as_object().unwrap();
        let mut again = Record::new();
        for (part, value) in edition_answers("e", Some(edition), &form_of_edition(edition)) {
            record::set(&mut again, &part, value);
        }
        assert_eq!(record::edition(&again, "e"), Some(edition));
    }

    #[test]
    fn another_price_is_no_example() {
        let edition = json!({ "id": "e", "form": "print", "price_sek_incl_vat": "95", "price_is_example": true });
        let edition = edition.as_object().unwrap();
        let mut form = form_of_edition(edition);
        form.set("price_sek_incl_vat", "96");
        let given = edition_answers("e", Some(edition), &form);
        assert!(given.contains(&("editions.e.price_is_example".to_owned(), None)));
    }
}
