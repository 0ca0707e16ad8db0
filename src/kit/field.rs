//! Forms: raw answers, coded errors, and tidying of free text.
//!
//! What belongs here: what every form shares. A form's own rules live in its area's `rules.rs`: they take a [`Form`]
//! and give a value or [`Errors`] of that form's own codes; the sentences live in `text`. Raw answers are kept even
//! when wrong, so that a page can show them again.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A coded error at a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldError<E> {
    /// The field's name in the form, which is also the id that the summary links to.
    pub field: &'static str,
    /// What is wrong, as a code of that form.
    pub error: E,
}

/// The errors of one form, in the order of its fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Errors<E>(pub Vec<FieldError<E>>);

impl<E> Errors<E> {
    /// No errors.
    pub const fn new() -> Self {
        Errors(Vec::new())
    }

    /// Adds an error at a field.
    pub fn push(&mut self, field: &'static str, error: E) {
        self.0.push(FieldError { field, error });
    }

    /// Keeps a good answer, or notes the error at its field and gives nothing.
    pub fn keep<T>(&mut self, field: &'static str, answer: Result<T, E>) -> Option<T> {
        answer.map_err(|error| self.push(field, error)).ok()
    }

    /// The first error at a field: a field shows one at a time.
    pub fn of(&self, field: &str) -> Option<&E> {
        self.0.iter().find(|e| e.field == field).map(|e| &e.error)
    }

    /// Whether the form is free of errors.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many errors there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The errors in order, for the summary.
    pub fn iter(&self) -> std::slice::Iter<'_, FieldError<E>> {
        self.0.iter()
    }
}

impl<E> Default for Errors<E> {
    fn default() -> Self {
        Errors::new()
    }
}

impl<'a, E> IntoIterator for &'a Errors<E> {
    type Item = &'a FieldError<E>;
    type IntoIter = std::slice::Iter<'a, FieldError<E>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// The raw answers of a posted form: names and values as they came, in order.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Form(pub Vec<(String, String)>);

impl Form {
    /// The first value of a name, or nothing: an absent field and an empty one mean the same.
    pub fn get(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    /// Every value of a name, for check boxes and rows.
    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// Whether a check box was ticked: browsers send a box only when it is.
    pub fn checked(&self, name: &str) -> bool {
        self.all(name).any(|value| !value.is_empty())
    }

    /// Puts one value in place of all values of a name.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.0.retain(|(n, _)| n != name);
        self.0.push((name.to_owned(), value.into()));
    }
}

/// Names only: the values are people's own words and must not reach a log.
impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Form")?;
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

/// One line of text: no control characters, one space between words, none at the ends.
pub fn clean_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split(char::is_whitespace) {
        let word: String = word.chars().filter(|&c| is_kept(c)).collect();
        if !word.is_empty() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&word);
        }
    }
    line
}

/// Several lines of text: every line break as `\n`, no control characters, nothing blank at the ends. Spaces inside
/// are kept, since in Markdown they mean something.
pub fn clean_text(text: &str) -> String {
    let mut lines = text.replace("\r\n", "\n");
    lines = lines.chars().map(|c| if matches!(c, '\r' | '\u{2028}' | '\u{2029}' | '\u{85}') { '\n' } else { c }).collect();
    lines.retain(|c| c == '\n' || c == '\t' || is_kept(c));
    lines.trim().to_owned()
}

/// The length that limits count: Unicode scalar values, the same in browser, server and database (SQL's `length`).
pub fn count(text: &str) -> usize {
    text.chars().count()
}

/// Whether a character may be stored: not a control character, not invisible filling, and not one that turns the
/// reading direction, with which a text can show other than it says (Unicode TR 36, bidirectional text spoofing).
fn is_kept(c: char) -> bool {
    let turns = matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    !(c.is_control() || turns || matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn errors_keep_order_and_answer_by_field() {
        let mut errors = Errors::new();
        assert!(errors.is_empty());
        assert_eq!(errors.keep("name", Ok(1)), Some(1));
        assert_eq!(errors.keep::<i32>("name", Err('a')), None);
        errors.push("mail", 'b');
        errors.push("name", 'c');
        assert_eq!(errors.of("name"), Some(&'a'));
        assert_eq!(errors.of("city"), None);
        assert_eq!(errors.iter().map(|e| e.field).collect::<Vec<_>>(), ["name", "mail", "name"]);
        assert_eq!((errors.len(), Errors::<char>::default().len()), (3, 0));
    }

    #[test]
    fn forms_answer_by_name() {
        let pair = |n: &str, v: &str| (n.to_owned(), v.to_owned());
        let mut form = Form(vec![pair("a", "1"), pair("b", ""), pair("a", "2"), pair("box", "ja")]);
        assert_eq!((form.get("a"), form.get("none")), ("1", ""));
        assert_eq!(form.all("a").collect::<Vec<_>>(), ["1", "2"]);
        assert!(form.checked("box") && !form.checked("b") && !form.checked("none"));
        form.set("a", "3");
        assert_eq!(form.all("a").collect::<Vec<_>>(), ["3"]);
        assert_eq!(format!("{form:?}"), r#"Form["b", "box", "a"]"#);
    }

    #[test]
    fn text_is_tidied() {
        assert_eq!(clean_line("  Anna\t\u{a0} Ek\r\n\u{0} "), "Anna Ek");
        assert_eq!(clean_line("a\u{202e}b\u{200b}c"), "abc");
        assert_eq!(clean_line("\u{0}"), "");
        assert_eq!(clean_text("\r\n ett\r\ntvå\rtre  \n\n\tfyra\u{7} \n"), "ett\ntvå\ntre  \n\n\tfyra");
        assert_eq!(count("åäö😀"), 4);
    }

    proptest! {
        #[test]
        fn tidying_twice_changes_nothing(text in any::<String>()) {
            let line = clean_line(&text);
            prop_assert_eq!(clean_line(&line), line.clone());
            prop_assert!(!line.contains(['\r', '\n', '\0']));
            let lines = clean_text(&text);
            prop_assert_eq!(clean_text(&lines), lines.clone());
            prop_assert!(!lines.contains(['\r', '\0']));
        }
    }
}
