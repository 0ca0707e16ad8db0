//! Text that readers may see.
//!
//! What belongs here: the one type for words that come from data and go out on a page, in a feed or in a mail. It cannot
//! hold a field that nobody filled in: the page this portal replaces showed its readers `$isbn` and `$price`.

/// A text that is not empty and holds no unresolved placeholder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublishedText(String);

/// Why a text must not be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublishedTextError {
    /// Nothing but space.
    Empty,
    /// Holds a field that was never filled in; [`placeholder`] says which.
    Placeholder,
}

impl PublishedText {
    /// Takes a text as it is, or not at all.
    ///
    /// # Errors
    /// [`PublishedTextError`]: empty, or not finished.
    pub fn parse(text: &str) -> Result<PublishedText, PublishedTextError> {
        if text.trim().is_empty() {
            return Err(PublishedTextError::Empty);
        }
        match placeholder(text) {
            Some(_) => Err(PublishedTextError::Placeholder),
            None => Ok(PublishedText(text.to_owned())),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, taken out.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl AsRef<str> for PublishedText {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

text_value!(PublishedText, PublishedTextError, as_str, as_str);

/// The first unresolved placeholder of a text: a template's field (`$isbn`, `${price}`, `{{ isbn }}`, `%ISBN%`,
/// `[ISBN]`, `<%= isbn %>`), filler (`lorem ipsum`), a note to oneself (`TODO`), or what a program writes when it has
/// nothing (`undefined`, `null`, `NaN`, `[object Object]`).
pub fn placeholder(text: &str) -> Option<&str> {
    field(text).or_else(|| filler(text)).or_else(|| word(text))
}

/// Fields of template languages, told by their brackets and marks.
fn field(text: &str) -> Option<&str> {
    let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    for (at, c) in text.char_indices() {
        let rest = &text[at..];
        let after = &rest[c.len_utf8()..];
        let end = match c {
            '$' if after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') => name_end(after, name).map(|end| end + 1),
            '$' | '#' if after.starts_with('{') => Some(closed(rest, '}')),
            '{' if after.starts_with(['{', '%', '#']) => Some(closed(rest, '}')),
            // One pair of braces with a single name in it; braces around anything else are somebody's prose.
            '{' => name_end(after, name).filter(|&end| after[end..].starts_with('}')).map(|end| end + 2),
            '}' if after.starts_with('}') => Some(2),
            '<' if after.starts_with(['%', '?']) => Some(closed(rest, '>')),
            '%' => name_end(after, |c| c.is_ascii_alphabetic() || c == '_')
                .filter(|&end| end > 1 && after[end..].starts_with('%'))
                .map(|end| end + 2),
            '[' if after.starts_with("object Object]") => Some("[object Object]".len()),
            // `[ISBN]`, but not Markdown's `[NTU](address)` or `[NTU]: address`.
            '[' => name_end(after, |c| c.is_ascii_uppercase() || c == '_')
                .filter(|&end| end > 1 && after[end..].starts_with(']') && !after[end + 1..].starts_with(['(', ':', '[']))
                .map(|end| end + 2),
            _ => None,
        };
        if let Some(end) = end {
            return rest.get(..end).or(Some(rest));
        }
    }
    None
}

/// How long the name at the beginning is; `None` if there is none.
fn name_end(text: &str, part: impl Fn(char) -> bool) -> Option<usize> {
    let end = text.find(|c: char| !part(c)).unwrap_or(text.len());
    (end > 0).then_some(end)
}

/// Up to and including the closing character, or a few characters where it is missing.
fn closed(text: &str, close: char) -> usize {
    match text.find(close) {
        Some(at) if text[at..].starts_with("}}") => at + 2,
        Some(at) => at + 1,
        None => text.char_indices().nth(12).map_or(text.len(), |(at, _)| at),
    }
}

fn filler(text: &str) -> Option<&str> {
    let filler = "lorem ipsum";
    (0..text.len()).filter_map(|at| text.get(at..at + filler.len())).find(|part| part.eq_ignore_ascii_case(filler))
}

/// Words that programs and hurried writers leave behind, as whole words only.
fn word(text: &str) -> Option<&str> {
    let mut from = 0;
    while let Some(start) = text[from..].find(|c: char| c.is_alphanumeric()).map(|at| from + at) {
        let end = text[start..].find(|c: char| !c.is_alphanumeric() && c != '_').map_or(text.len(), |at| start + at);
        let found = &text[start..end];
        match found {
            "TODO" | "FIXME" | "TBD" | "NaN" => return Some(found),
            "null" | "undefined" | "NULL" if !reads_on(&text[end..]) => return Some(found),
            _ => {}
        }
        from = end;
    }
    None
}

/// Whether a word of prose follows: a *null hypothesis* and *undefined terms* may be written about; a price of
/// `null kr` may not.
fn reads_on(rest: &str) -> bool {
    let Some(next) = rest.strip_prefix(' ') else { return false };
    let next: String = next.chars().take_while(|c| c.is_alphabetic()).collect();
    next.chars().next().is_some_and(char::is_lowercase) && !matches!(next.as_str(), "kr" | "kronor" | "sidor" | "st" | "pages" | "inkl")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn placeholders_are_refused() {
        for (text, what) in [
            ("ISBN: $isbn", "$isbn"),
            ("Pris: ${price} kr", "${price}"),
            ("ISBN {{ isbn }}.", "{{ isbn }}"),
            ("{{isbn", "{{isbn"),
            ("isbn }} kvar", "}}"),
            ("{% if isbn %}", "{% if isbn %}"),
            ("Till {name}!", "{name}"),
            ("#{titel}", "#{titel}"),
            ("<%= price %>", "<%= price %>"),
            ("<?php echo $x; ?>", "<?php echo $x; ?>"),
            ("ISBN %ISBN% finns", "%ISBN%"),
            ("ISBN [ISBN]", "[ISBN]"),
            ("Lorem Ipsum dolor", "Lorem Ipsum"),
            ("TODO: skriv", "TODO"),
            ("Pris undefined kr", "undefined"),
            ("undefined", "undefined"),
            ("null", "null"),
            ("ISBN null.", "null"),
            ("null kr", "null"),
            ("NaN sidor", "NaN"),
            ("[object Object]", "[object Object]"),
        ] {
            assert_eq!(placeholder(text), Some(what), "{text}");
            assert_eq!(PublishedText::parse(text), Err(PublishedTextError::Placeholder), "{text}");
            assert!(serde_json::from_value::<PublishedText>(text.into()).is_err());
        }
        for empty in ["", "  ", "\n\u{a0}"] {
            assert_eq!(PublishedText::parse(empty), Err(PublishedTextError::Empty));
        }
    }

    #[test]
    fn prose_is_taken() {
        for text in [
            "Umeå växer tryggt och säkert",
            "Stödet var 100 % av 20 % för 5 %.",
            "US$ 100, $100 och 5$",
            "Se [NTU](https://www.bra.se) och [NTU][1].\n\n[NTU]: https://bra.se",
            "[Brå] och [a]",
            "The null hypothesis was kept; undefined terms are listed.",
            "En nolla, nullifiera, Nan, todo, null och intet.",
            "{ett, två} och {1, 2}",
            "Ränta < 5 % > 2",
            "Anna [sic] sade #brott",
        ] {
            assert_eq!(placeholder(text), None, "{text}");
            assert_eq!(PublishedText::parse(text).unwrap().as_str(), text);
        }
    }

    proptest! {
        /// No text around a field hides it.
        #[test]
        fn nothing_hides_a_field(before in "[a-zåäö .,:\\n]{0,20}", after in "[ .,:\\n]{0,1}[a-zåäö .,:\\n]{0,20}", which in 0usize..6) {
            let field = ["$isbn", "${price}", "{{ isbn }}", "%ISBN%", "<%= x %>", "{isbn}"][which];
            let text = format!("{before}{field}{after}");
            prop_assert!(placeholder(&text).is_some());
        }

        #[test]
        fn any_text_is_judged(text in any::<String>()) {
            if let Some(found) = placeholder(&text) {
                prop_assert!(!found.is_empty() && text.contains(found));
            }
        }
    }
}
