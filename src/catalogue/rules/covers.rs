//! The form of a cover: what it is to those who do not see it. The picture itself is judged by `platform::pictures`.

use crate::kit::field::{clean_line, count};
use crate::kit::{Errors, Form};

/// Names of the form's fields.
pub mod field {
    pub const FILE: &str = "fil";
    pub const ALT_SV: &str = "alt_sv";
    pub const ALT_EN: &str = "alt_en";
    pub const DECORATIVE: &str = "dekorativ";
    pub const VERSION: &str = "version";
    pub const WHAT: &str = "vad";
}

/// A picture is described in a sentence or two.
pub const MOST: usize = 250;

/// How large the file of a picture may be.
pub const MOST_MEGABYTES: u64 = 15;

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CoverError {
    Missing,
    Empty,
    TooLarge,
    BrokenOff,
    Kind,
    Damaged,
    TooManyDots,
    TooSmall,
    Stretched,
    NoSwedish,
    NoEnglish,
    LongSwedish,
    LongEnglish,
    /// Described, and called decoration.
    Both,
}

/// The words in Swedish and English; `None` for decoration.
pub fn alt(form: &Form) -> Result<Option<(String, String)>, Errors<CoverError>> {
    let mut errors = Errors::new();
    let (sv, en) = (clean_line(form.get(field::ALT_SV)), clean_line(form.get(field::ALT_EN)));
    if form.checked(field::DECORATIVE) {
        if sv.is_empty() && en.is_empty() {
            return Ok(None);
        }
        errors.push(field::DECORATIVE, CoverError::Both);
        return Err(errors);
    }
    match count(&sv) {
        0 => errors.push(field::ALT_SV, CoverError::NoSwedish),
        long if long > MOST => errors.push(field::ALT_SV, CoverError::LongSwedish),
        _ => {}
    }
    match count(&en) {
        0 => errors.push(field::ALT_EN, CoverError::NoEnglish),
        long if long > MOST => errors.push(field::ALT_EN, CoverError::LongEnglish),
        _ => {}
    }
    if errors.is_empty() { Ok(Some((sv, en))) } else { Err(errors) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cover_is_described_in_both_languages_or_not_at_all() {
        let read = |sv: &str, en: &str, decorative: &str| {
            let fields = [(field::ALT_SV, sv), (field::ALT_EN, en), (field::DECORATIVE, decorative)];
            alt(&Form(fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()))
                .map_err(|errors| errors.iter().map(|entry| entry.error).collect::<Vec<_>>())
        };
        assert_eq!(read(" Ett torg ", "A square", ""), Ok(Some(("Ett torg".into(), "A square".into()))));
        assert_eq!(read("", "", "ja"), Ok(None));
        assert_eq!(read("", "", ""), Err(vec![CoverError::NoSwedish, CoverError::NoEnglish]));
        assert_eq!(read("Ett torg", "", "ja"), Err(vec![CoverError::Both]));
        assert_eq!(read(&"å".repeat(251), "A", ""), Err(vec![CoverError::LongSwedish]));
    }
}
