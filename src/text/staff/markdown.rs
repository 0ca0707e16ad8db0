//! Sentences of the help about Markdown, and of the hints about a text.

use crate::kit::hint::Code;

pub struct MarkdownTexts {
    pub title: &'static str,
    pub lead: &'static str,
    pub caption: &'static str,
    pub you_write: &'static str,
    pub it_becomes: &'static str,
    /// What is written, and what it is for.
    pub examples: &'static [(&'static str, &'static str)],
    pub not_taken: &'static str,
    pub try_it: &'static str,
    pub text: &'static str,
    pub text_hint: &'static str,
    pub lang: &'static str,
    pub swedish: &'static str,
    pub english: &'static str,
    pub preview: &'static str,
    pub shown: &'static str,
    pub nothing: &'static str,
    pub hints: &'static str,
    pub no_hints: &'static str,
    pub hints_lead: &'static str,
    pub at: fn(line: usize, quote: &str) -> String,
    pub hint: fn(&Code) -> String,
}
