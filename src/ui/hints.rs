//! What makes a Markdown text hard to use, with the place: headings out of order, links that say nothing, pictures, tables
//! without a head, paragraphs and words in capitals that nobody reads. Hints never stand in the way of saving.
//!
//! [`of`] is pure: it gives codes and lines; the sentences are `text::staff().markdown`. To add a hint: a variant of [`Code`], the line
//! that finds it in [`of`], its sentence.

use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options};

use crate::kit::Lang;
use crate::kit::hint::Code;

/// Words of a paragraph that a reader gets through (Klarspråk: a thought a paragraph).
const LONG: usize = 120;

/// Words in capitals in a row that are no abbreviation any more.
const SHOUT: usize = 3;

/// How much of the text a hint quotes.
const QUOTE: usize = 60;

/// A hint with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    pub code: Code,
    /// 1 for the first.
    pub line: usize,
    /// The beginning of what it is about.
    pub quote: String,
}

/// Link texts that say nothing by themselves.
const VAGUE: &[&str] = &[
    "här",
    "klicka här",
    "läs mer",
    "läs mer här",
    "läs här",
    "mer",
    "länk",
    "länken",
    "denna länk",
    "den här länken",
    "denna sida",
    "här finns",
    "here",
    "click here",
    "read more",
    "more",
    "link",
    "this link",
    "this page",
    "this",
];

/// Words that nearly every Swedish sentence has one of, and no English one.
const SWEDISH: &[&str] = &["och", "att", "det", "som", "är", "på", "för", "av", "inte", "till", "ett", "har", "om", "de", "när"];

/// The same of English.
const ENGLISH: &[&str] = &["the", "and", "of", "to", "is", "that", "with", "as", "are", "was", "by", "this", "which", "from", "be"];

/// Every hint about a text in a language, in the order of the text.
pub fn of(markdown: &str, lang: Lang) -> Vec<Hint> {
    let arena = Arena::new();
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    let root = comrak::parse_document(&arena, markdown, &options);
    let mut hints = Vec::new();
    let mut level = 1;
    for node in root.descendants() {
        let line = node.data().sourcepos.start.line;
        let mut hint = |code: Code, about: &str| hints.push(Hint { code, line, quote: quoted(about) });
        // Bound first: what is found below reads the tree again.
        let value = node.data().value.clone();
        match value {
            NodeValue::Heading(heading) => {
                let words = words_in(node);
                if heading.level == 1 {
                    hint(Code::TopHeading, &words);
                }
                if heading.level > level + 1 {
                    hint(Code::SkippedLevel { from: level, to: heading.level }, &words);
                }
                if words.is_empty() {
                    hint(Code::EmptyHeading, &words);
                }
                level = heading.level;
            }
            NodeValue::Link(link) => {
                let words = words_in(node);
                let plain: String = words.to_lowercase().trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
                if is_address(&words) && !link.url.starts_with("mailto:") {
                    hint(Code::BareAddress, &words);
                } else if VAGUE.contains(&plain.as_str()) || plain.is_empty() {
                    hint(Code::VagueLink, if words.is_empty() { &link.url } else { &words });
                }
            }
            NodeValue::Image(link) => {
                let words = words_in(node);
                hint(Code::Picture { without_text: words.is_empty() }, if words.is_empty() { &link.url } else { &words });
            }
            NodeValue::Table(_) => {
                let head = node.children().next().map(words_in).unwrap_or_default();
                if head.is_empty() {
                    hint(Code::TableWithoutHead, &words_in(node));
                }
            }
            NodeValue::Paragraph => {
                let words = words_in(node);
                let each: Vec<&str> = words.split_whitespace().collect();
                if each.len() > LONG {
                    hint(Code::LongParagraph { words: each.len() }, &words);
                }
                if let Some(shout) = shouted(&each) {
                    hint(Code::Capitals, &shout);
                }
                if in_other_language(&each, lang) {
                    hint(Code::OtherLanguage, &words);
                }
            }
            _ => {}
        }
    }
    hints
}

/// The words of a node, single spaces.
fn words_in<'a>(node: &'a AstNode<'a>) -> String {
    let mut words = String::new();
    for inner in node.descendants() {
        match &inner.data().value {
            NodeValue::Text(text) => words.push_str(text),
            NodeValue::Code(code) => words.push_str(&code.literal),
            // Shown as it is written.
            NodeValue::HtmlInline(html) => words.push_str(html),
            NodeValue::SoftBreak | NodeValue::LineBreak | NodeValue::TableCell | NodeValue::TableRow(_) => words.push(' '),
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn quoted(text: &str) -> String {
    if text.chars().count() <= QUOTE {
        return text.to_owned();
    }
    let start: String = text.chars().take(QUOTE).collect();
    format!("{} …", start.rsplit_once(' ').map_or(start.as_str(), |(words, _)| words))
}

fn is_address(text: &str) -> bool {
    let lower = text.to_lowercase();
    !lower.contains(' ') && ["http://", "https://", "www."].iter().any(|start| lower.starts_with(start))
}

/// The first run of words in capitals that is long enough.
fn shouted(words: &[&str]) -> Option<String> {
    let loud = |word: &str| {
        let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
        letters.len() >= 2 && letters.iter().all(|c| c.is_uppercase())
    };
    words.chunk_by(|a, b| loud(a) == loud(b)).find(|run| run.len() >= SHOUT && loud(run[0])).map(|run| run.join(" "))
}

/// Whether a paragraph of some length is made of the other language's small words.
fn in_other_language(words: &[&str], lang: Lang) -> bool {
    let count = |small: &[&str]| {
        words.iter().filter(|word| small.contains(&word.to_lowercase().trim_matches(|c: char| !c.is_alphanumeric()))).count()
    };
    let (own, other) = match lang {
        Lang::Sv => (count(SWEDISH), count(ENGLISH)),
        Lang::En => (count(ENGLISH), count(SWEDISH)),
    };
    words.len() >= 15 && other >= 4 && other > 3 * own
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn codes(markdown: &str) -> Vec<(usize, Code)> {
        of(markdown, Lang::Sv).into_iter().map(|hint| (hint.line, hint.code)).collect()
    }

    #[test]
    fn headings_go_down_one_level_at_a_time() {
        assert_eq!(codes("## Ett\n\n### Två\n\n## Tre\n"), []);
        assert_eq!(codes("# Ett\n\n## Två\n"), [(1, Code::TopHeading)]);
        assert_eq!(codes("## Ett\n\n#### Två\n\n##\n"), [(3, Code::SkippedLevel { from: 2, to: 4 }), (5, Code::EmptyHeading)]);
        assert_eq!(codes("### Ett\n"), [(1, Code::SkippedLevel { from: 1, to: 3 })]);
    }

    #[test]
    fn links_say_where_they_lead() {
        assert_eq!(codes("Läs [rapporten om grannsamverkan](https://bra.se/)."), []);
        assert_eq!(codes("Rapporten finns [här](https://bra.se/)."), [(1, Code::VagueLink)]);
        assert_eq!(codes("\n\n[Klicka här!](/x) och [](/y)"), [(3, Code::VagueLink), (3, Code::VagueLink)]);
        assert_eq!(codes("Se https://bra.se/rapporter för mer."), [(1, Code::BareAddress)]);
        assert_eq!(codes("Se [https://bra.se](https://bra.se)."), [(1, Code::BareAddress)]);
        assert_eq!(codes("Skriv till info@bra.example."), []);
    }

    #[test]
    fn pictures_and_tables_say_what_they_are() {
        assert_eq!(codes("![](x.png)"), [(1, Code::Picture { without_text: true })]);
        assert_eq!(codes("![En stapel](x.png)"), [(1, Code::Picture { without_text: false })]);
        assert_eq!(codes("| År | Antal |\n| --- | --- |\n| 2020 | 3 |\n"), []);
        assert_eq!(codes("| | |\n| --- | --- |\n| 2020 | 3 |\n"), [(1, Code::TableWithoutHead)]);
    }

    #[test]
    fn paragraphs_are_read_to_their_end() {
        assert_eq!(codes(&"ord ".repeat(LONG)), []);
        assert_eq!(codes(&"ord ".repeat(LONG + 1)), [(1, Code::LongParagraph { words: LONG + 1 })]);
        assert_eq!(codes("Enligt BRÅ och SCB är det så."), []);
        let hints = of("Det är\nINTE ALLS BRA, sade hon.", Lang::Sv);
        assert_eq!((hints[0].code.clone(), hints[0].quote.as_str()), (Code::Capitals, "INTE ALLS BRA,"));
    }

    #[test]
    fn a_text_is_in_the_language_of_its_page() {
        let english = "The report shows that the number of reported crimes was lower than before, and that this is part of a trend.";
        let swedish = "Rapporten visar att det anmäls färre brott än förut och att det är en del av en utveckling som har pågått länge.";
        assert_eq!(codes(english), [(1, Code::OtherLanguage)]);
        assert_eq!(codes(swedish), []);
        assert_eq!(of(swedish, Lang::En)[0].code, Code::OtherLanguage);
        assert_eq!(of(english, Lang::En), []);
    }

    proptest! {
        /// Whatever is written, hints stand in the order of the text and within it.
        #[test]
        fn every_hint_has_its_place(text in "[#\\[\\]()!|\\- a-zA-ZåäöÅÄÖ\n]{0,200}") {
            let lines = text.lines().count().max(1);
            for hint in of(&text, Lang::Sv) {
                prop_assert!(hint.line >= 1 && hint.line <= lines, "{:?}", hint);
                prop_assert!(hint.quote.chars().count() <= QUOTE + 2);
            }
        }
    }
}
