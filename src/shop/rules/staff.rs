//! From what staff typed in the shop's back room to checked values; each error is a code whose sentence stands in
//! `text::staff`.

use crate::kit::field::{clean_line, clean_text, count};
use crate::kit::{CivilDate, Errors, Form};

/// Names of the form fields, which are also the ids of the inputs.
pub mod field {
    pub const NOTE: &str = "anteckning";
    pub const VERSION: &str = "version";
    pub const TRACKING: &str = "kolli";
    pub const DAY: &str = "dag";
    pub const REASON: &str = "skal";
    pub const WHAT: &str = "vad";
    pub const ARRIVED: &str = "inkomna";
    pub const COUNTED: &str = "raknade";
    pub const SEEN: &str = "saldo";
    pub const LOW: &str = "grans";

    /// How many copies of a line go in the parcel.
    pub fn copies(position: i64) -> String {
        format!("antal-{position}")
    }

    /// How many copies of a line came back into stock.
    pub fn back(position: i64) -> String {
        format!("tillbaka-{position}")
    }

    /// How many copies of a line came back and are written off.
    pub fn off(position: i64) -> String {
        format!("kassera-{position}")
    }
}

/// Longest note about an order.
pub const MAX_NOTE: usize = 2000;

/// Longest reason, and longest number of a parcel.
pub const MAX_REASON: usize = 500;

/// Most copies that one form books: more is a slip of the finger.
pub const MOST_COPIES: i64 = 100_000;

/// What is wrong with a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextError {
    Missing,
    Long,
}

/// A note about an order.
pub fn note(form: &Form) -> Result<String, Errors<TextError>> {
    let text = clean_text(form.get(field::NOTE));
    let error = match count(&text) {
        0 => TextError::Missing,
        length if length > MAX_NOTE => TextError::Long,
        _ => return Ok(text),
    };
    let mut errors = Errors::new();
    errors.push(field::NOTE, error);
    Err(errors)
}

/// Why something is done.
pub fn reason(form: &Form) -> Result<String, TextError> {
    let text = clean_line(form.get(field::REASON));
    match count(&text) {
        0 => Err(TextError::Missing),
        length if length > MAX_REASON => Err(TextError::Long),
        _ => Ok(text),
    }
}

/// What is wrong with a number of copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopiesError {
    Missing,
    NotANumber,
    /// More than there are; how many there are.
    TooMany(i64),
    /// No line has any.
    Nothing,
}

/// A number of copies, none when nothing was typed.
fn copies(text: &str, most: i64) -> Result<i64, CopiesError> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.is_empty() {
        return Ok(0);
    }
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(CopiesError::NotANumber);
    }
    // More digits than an integer holds are more copies than there are.
    digits.parse().ok().filter(|copies| *copies <= most).ok_or(CopiesError::TooMany(most))
}

/// A number of copies that must be given.
pub fn some_copies(form: &Form, name: &str, least: i64) -> Result<i64, CopiesError> {
    let text = form.get(name);
    if text.trim().is_empty() {
        return Err(CopiesError::Missing);
    }
    copies(text, MOST_COPIES).and_then(|copies| if copies < least { Err(CopiesError::Nothing) } else { Ok(copies) })
}

/// A line of an order in a form: its position and the most copies that it can be about.
pub type Bound = (i64, i64);

/// Errors of a form with fields for each line.
pub type Marks = Vec<(String, CopiesError)>;

/// Which copies go in a parcel: position and copies, lines without any left out.
pub fn parcel(form: &Form, lines: &[Bound]) -> Result<Vec<(i64, i64)>, Marks> {
    let mut marks = Marks::new();
    let mut parcel = Vec::new();
    for (position, most) in lines {
        let name = field::copies(*position);
        match copies(form.get(&name), *most) {
            Ok(0) => {}
            Ok(copies) => parcel.push((*position, copies)),
            Err(error) => marks.push((name, error)),
        }
    }
    if marks.is_empty() && parcel.is_empty() {
        let first = lines.first().map_or(0, |(position, _)| *position);
        marks.push((field::copies(first), CopiesError::Nothing));
    }
    if marks.is_empty() { Ok(parcel) } else { Err(marks) }
}

/// Copies of a line that came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Back {
    pub position: i64,
    pub to_stock: i64,
    pub written_off: i64,
}

impl Back {
    pub fn copies(self) -> i64 {
        self.to_stock + self.written_off
    }
}

/// Which copies came back, and which of them can be sold again.
pub fn back(form: &Form, lines: &[Bound]) -> Result<Vec<Back>, Marks> {
    let mut marks = Marks::new();
    let mut backs = Vec::new();
    for (position, most) in lines {
        let (to_stock, written_off) = (field::back(*position), field::off(*position));
        match (copies(form.get(&to_stock), *most), copies(form.get(&written_off), *most)) {
            (Ok(0), Ok(0)) => {}
            (Ok(back), Ok(off)) if back + off <= *most => backs.push(Back { position: *position, to_stock: back, written_off: off }),
            (Ok(_), Ok(_)) => marks.push((written_off, CopiesError::TooMany(*most))),
            (back, off) => {
                marks.extend(back.err().map(|error| (to_stock, error)));
                marks.extend(off.err().map(|error| (written_off, error)));
            }
        }
    }
    if marks.is_empty() && backs.is_empty() {
        let first = lines.first().map_or(0, |(position, _)| *position);
        marks.push((field::back(first), CopiesError::Nothing));
    }
    if marks.is_empty() { Ok(backs) } else { Err(marks) }
}

/// What is wrong with the day of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayError {
    NotADate,
    /// It has not come yet.
    ToCome,
    /// The last parcel had not gone.
    BeforeSent,
}

/// The day on which the last parcel came; today if nothing was typed.
pub fn delivered_on(form: &Form, sent: CivilDate, today: CivilDate) -> Result<CivilDate, DayError> {
    let text = form.get(field::DAY).trim();
    let day = if text.is_empty() { today } else { CivilDate::read(text).map_err(|_| DayError::NotADate)? };
    match () {
        () if day > today => Err(DayError::ToCome),
        () if day < sent => Err(DayError::BeforeSent),
        () => Ok(day),
    }
}

/// The carrier's number of a parcel, if there is one.
pub fn tracking(form: &Form) -> Result<String, TextError> {
    let text = clean_line(form.get(field::TRACKING));
    if count(&text) > MAX_REASON { Err(TextError::Long) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn form(fields: &[(&str, &str)]) -> Form {
        Form(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn a_parcel_holds_no_more_than_lies_here() {
        let lines = [(1, 3), (2, 5)];
        assert_eq!(parcel(&form(&[("antal-1", "3"), ("antal-2", "")]), &lines), Ok(vec![(1, 3)]));
        assert_eq!(parcel(&form(&[("antal-1", "4"), ("antal-2", "x")]), &lines).unwrap_err().len(), 2);
        assert_eq!(parcel(&form(&[("antal-1", "0")]), &lines), Err(vec![("antal-1".to_owned(), CopiesError::Nothing)]));
        assert_eq!(parcel(&form(&[("antal-9", "1")]), &lines).unwrap_err()[0].1, CopiesError::Nothing, "no line of the order");
        let endless = "9".repeat(40);
        assert_eq!(parcel(&form(&[("antal-1", &endless)]), &lines).unwrap_err()[0].1, CopiesError::TooMany(3));
        assert_eq!(parcel(&form(&[("antal-1", "-1")]), &lines).unwrap_err()[0].1, CopiesError::NotANumber);
    }

    #[test]
    fn a_delivery_lies_between_the_parcel_and_today() {
        let day = |text: &str| CivilDate::parse(text).unwrap();
        let read = |text: &str| delivered_on(&form(&[("dag", text)]), day("2026-11-23"), day("2026-11-25"));
        assert_eq!(read(""), Ok(day("2026-11-25")));
        assert_eq!(read("24 november 2026"), Ok(day("2026-11-24")));
        assert_eq!(
            (read("i går"), read("2026-11-26"), read("2026-11-22")),
            (Err(DayError::NotADate), Err(DayError::ToCome), Err(DayError::BeforeSent))
        );
    }

    proptest! {
        /// Whatever is typed, no more comes back than is away.
        #[test]
        fn no_more_comes_back_than_is_away(most in 0_i64..9, to_stock in "[0-9a ]{0,3}", off in "[0-9-]{0,3}") {
            if let Ok(backs) = back(&form(&[("tillbaka-1", &to_stock), ("kassera-1", &off)]), &[(1, most)]) {
                prop_assert!(backs.iter().all(|back| back.copies() >= 1 && back.copies() <= most));
            }
        }
    }
}
