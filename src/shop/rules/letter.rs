//! Letters to buyers and the templates they are made from: texts with places in braces that an order fills. A place that no
//! order knows is refused when a template is saved, and one that is left in a letter is refused before it is sent.
//!
//! To add a place: a variant of [`Place`] with its code, its value in `letters::value`, its explanation in `text::staff`.

use crate::kit::field::{clean_line, clean_text, count};
use crate::kit::{Errors, Form};

/// Names of the form fields, which are also the ids of the inputs.
pub mod field {
    pub const NAME: &str = "namn";
    pub const SUBJECT: &str = "amne";
    pub const BODY: &str = "text";
    pub const SUBJECT_SV: &str = "amne-sv";
    pub const BODY_SV: &str = "text-sv";
    pub const SUBJECT_EN: &str = "amne-en";
    pub const BODY_EN: &str = "text-en";
    pub const ORDER: &str = "bestallning";
    pub const VERSION: &str = "version";
    /// What the button does.
    pub const STEP: &str = "steg";
    /// What makes a letter one, however often it is sent.
    pub const KEY: &str = "nyckel";
    pub const TEMPLATE: &str = "mall";
}

pub const MAX_NAME: usize = 100;
pub const MAX_SUBJECT: usize = 150;
pub const MAX_BODY: usize = 5000;

/// What an order fills in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// The person who ordered.
    Name,
    Number,
    /// The day of the order.
    Day,
    Sum,
    /// Titles and copies, a line each.
    Content,
    /// Titles and copies that wait for a new printing, a line each.
    Waits,
    /// The latest parcel's number with the carrier.
    Parcel,
}

impl Place {
    pub const ALL: [Self; 7] = [Self::Name, Self::Number, Self::Day, Self::Sum, Self::Content, Self::Waits, Self::Parcel];

    /// What stands between the braces.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Name => "namn",
            Self::Number => "nummer",
            Self::Day => "datum",
            Self::Sum => "summa",
            Self::Content => "innehåll",
            Self::Waits => "väntar",
            Self::Parcel => "kolli",
        }
    }

    fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.code() == code)
    }
}

/// A piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    Text(String),
    Place(Place),
}

/// What is wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LetterError {
    Missing,
    Long(usize),
    /// No order knows this.
    Unknown(String),
    /// A brace without its other half.
    Brace,
    /// This is still to be filled in.
    Open(String),
    /// There is no such order.
    NoOrder,
}

/// Reads a text into its parts.
pub fn parts(text: &str) -> Result<Vec<Part>, LetterError> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        let (code, after) = from.strip_prefix('{').and_then(|inside| inside.split_once('}')).ok_or(LetterError::Brace)?;
        if code.contains('{') {
            return Err(LetterError::Brace);
        }
        let place = Place::of_code(code.trim()).ok_or_else(|| LetterError::Unknown(code.trim().to_owned()))?;
        if !before.is_empty() {
            parts.push(Part::Text(before.to_owned()));
        }
        parts.push(Part::Place(place));
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest.to_owned()));
    }
    Ok(parts)
}

/// Fills a text in. A place without a value stays as it is, so that a person must write something else there.
pub fn fill(text: &str, value: impl Fn(Place) -> Option<String>) -> String {
    let Ok(parts) = parts(text) else { return text.to_owned() };
    let filled = parts.into_iter().map(|part| match part {
        Part::Text(text) => text,
        Part::Place(place) => value(place).unwrap_or_else(|| format!("{{{}}}", place.code())),
    });
    filled.collect()
}

fn bounded(text: String, most: usize) -> Result<String, LetterError> {
    match count(&text) {
        0 => Err(LetterError::Missing),
        length if length > most => Err(LetterError::Long(most)),
        _ => Ok(text),
    }
}

/// A template as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub name: String,
    pub subject_sv: String,
    pub body_sv: String,
    pub subject_en: String,
    pub body_en: String,
}

/// A template, in both languages: the buyer's is what is sent.
pub fn template(form: &Form) -> Result<Draft, Errors<LetterError>> {
    let mut errors = Errors::new();
    let line = |name: &str| bounded(clean_line(form.get(name)), MAX_SUBJECT).and_then(|text| parts(&text).map(|_| text));
    let body = |name: &str| bounded(clean_text(form.get(name)), MAX_BODY).and_then(|text| parts(&text).map(|_| text));
    let name = errors.keep(field::NAME, bounded(clean_line(form.get(field::NAME)), MAX_NAME));
    let subject_sv = errors.keep(field::SUBJECT_SV, line(field::SUBJECT_SV));
    let body_sv = errors.keep(field::BODY_SV, body(field::BODY_SV));
    let subject_en = errors.keep(field::SUBJECT_EN, line(field::SUBJECT_EN));
    let body_en = errors.keep(field::BODY_EN, body(field::BODY_EN));
    match (name, subject_sv, body_sv, subject_en, body_en) {
        (Some(name), Some(subject_sv), Some(body_sv), Some(subject_en), Some(body_en)) => {
            Ok(Draft { name, subject_sv, body_sv, subject_en, body_en })
        }
        _ => Err(errors),
    }
}

/// A letter that can be sent: subject and text with nothing left to fill in.
pub fn letter(form: &Form) -> Result<(String, String), Errors<LetterError>> {
    let mut errors = Errors::new();
    let whole = |text: String| match text.find(['{', '}']) {
        None => Ok(text),
        Some(at) => {
            let open = text[at..].split_inclusive('}').next().unwrap_or_default();
            Err(LetterError::Open(open.chars().take(40).collect()))
        }
    };
    let subject = errors.keep(field::SUBJECT, bounded(clean_line(form.get(field::SUBJECT)), MAX_SUBJECT).and_then(whole));
    let body = errors.keep(field::BODY, bounded(clean_text(form.get(field::BODY)), MAX_BODY).and_then(whole));
    match (subject, body) {
        (Some(subject), Some(body)) => Ok((subject, body)),
        _ => Err(errors),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_template_is_read_into_its_places() {
        assert_eq!(parts("Hej {namn}!").unwrap(), [Part::Text("Hej ".into()), Part::Place(Place::Name), Part::Text("!".into())]);
        assert_eq!(parts("{ nummer }{summa}").unwrap(), [Part::Place(Place::Number), Part::Place(Place::Sum)]);
        assert_eq!(parts("Hej {namnet}"), Err(LetterError::Unknown("namnet".into())));
        for wrong in ["{namn", "namn}", "{a{namn}}", "}{"] {
            assert_eq!(parts(wrong), Err(LetterError::Brace), "{wrong}");
        }
    }

    #[test]
    fn what_an_order_lacks_stays_to_be_written() {
        let value = |place| (place == Place::Name).then(|| "Åsa {Ö}".to_owned());
        assert_eq!(fill("Hej {namn}, kolli {kolli}", value), "Hej Åsa {Ö}, kolli {kolli}");
        let form = Form([("amne", "Hej"), ("text", "Kolli {kolli} kommer")].map(|(name, text)| (name.to_owned(), text.to_owned())).into());
        assert_eq!(letter(&form).unwrap_err().of(field::BODY), Some(&LetterError::Open("{kolli}".into())));
    }

    proptest! {
        /// Whatever is typed: what is accepted fills in without a brace left, and nothing panics.
        #[test]
        fn nothing_accepted_is_left_open(text in "[{}a-zö ]{0,20}") {
            if parts(&text).is_ok() {
                let left = fill(&text, |_| Some("x".to_owned())).contains(['{', '}']);
                prop_assert!(!left);
            }
        }
    }
}
