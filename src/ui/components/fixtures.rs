//! Compares each component with the package it follows: govuk-frontend carries, beside every component, the HTML
//! that given options must lead to.
//!
//! To test one more component: call [`check`] with its name in the package and a function from the fixture's options
//! to our props. Two pages of HTML are equal when they parse to the same elements with the same attributes, classes in
//! any order and the same words; white space counts only where a browser would show it.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::PathBuf};

use leptos::{prelude::*, tachys::html::InertElement};
use scraper::{ElementRef, Html, Node};
use serde_json::Value;

use super::parts::{Attrs, Content};
use crate::kit::Lang;

/// What of the package is left out on purpose.
struct Exception {
    /// Component, or `*` for all.
    component: &'static str,
    what: What,
    /// Why.
    reason: &'static str,
}

enum What {
    /// An option, at any depth.
    Option(&'static str),
    /// One value of an option.
    Value(&'static str, &'static str),
    /// A single fixture, by its name.
    Fixture(&'static str),
}

/// At most ten, each with its reason.
const EXCEPTIONS: &[Exception] = &[
    Exception { component: "*", what: What::Option("disabled"), reason: "what does not answer explains nothing: no control is disabled" },
    Exception {
        component: "*",
        what: What::Option("pattern"),
        reason: "the browser's own message says neither what is wrong nor how to put it right",
    },
    Exception {
        component: "input",
        what: What::Value("type", "number"),
        reason: "a number field loses what it cannot read and changes when one scrolls; use inputmode",
    },
    Exception { component: "summary-list", what: What::Option("card"), reason: "no page shows summary cards, so the style has none" },
    Exception {
        component: "panel",
        what: What::Option("actions"),
        reason: "a destructive step asks on a page of its own, so no panel interrupts",
    },
    Exception {
        component: "task-list",
        what: What::Fixture("with empty values"),
        reason: "the package numbers tasks that are not there; a list of tasks in Rust has no holes",
    },
];

impl Exception {
    fn concerns(&self, component: &str, fixture: &Value) -> bool {
        let here = self.component == "*" || self.component == component;
        here && match self.what {
            What::Fixture(name) => fixture["name"] == name,
            What::Option(option) => has(&fixture["options"], option, &truthy),
            What::Value(option, value) => has(&fixture["options"], option, &|inner| inner == value),
        }
    }
}

/// Whether `options` hold, at any depth, an option of that name with such a value.
fn has(options: &Value, name: &str, such: &impl Fn(&Value) -> bool) -> bool {
    match options {
        Value::Object(map) => map.iter().any(|(key, inner)| (key == name && such(inner)) || has(inner, name, such)),
        Value::Array(list) => list.iter().any(|inner| has(inner, name, such)),
        _ => false,
    }
}

fn load(component: &str) -> Vec<Value> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("node_modules/govuk-frontend/dist/govuk/components")
        .join(component)
        .join("fixtures.json");
    let text = fs::read_to_string(&path).unwrap_or_default();
    assert!(!text.is_empty(), "{} is missing: run `npm ci` to get the package's fixtures", path.display());
    let all: Value = serde_json::from_str(&text).expect("fixtures are JSON");
    all["fixtures"].as_array().expect("a list of fixtures").clone()
}

/// Renders every fixture of `component` and compares. At least so many must have been compared: what a new edition of the
/// package leaves uncompared does not go unseen.
pub fn check(component: &str, at_least: usize, render: impl Fn(&Options) -> AnyView) {
    let (mut passed, mut skipped, mut failures) = (0, 0, Vec::new());
    for fixture in load(component) {
        let options = Options(fixture["options"].clone());
        if EXCEPTIONS.iter().any(|exception| exception.concerns(component, &fixture)) {
            skipped += 1;
            continue;
        }
        let owner = Owner::new();
        let ours = owner.with(|| {
            provide_context(Lang::En);
            render(&options).to_html()
        });
        let (ours, theirs) = (normalised(&ours), normalised(fixture["html"].as_str().unwrap_or_default()));
        if ours == theirs {
            passed += 1;
        } else {
            let name = fixture["name"].as_str().unwrap_or_default();
            failures.push(format!("— {component}: {name}\nours:\n{ours}\ntheirs:\n{theirs}"));
        }
    }
    assert!(failures.is_empty(), "{} differ\n{}", failures.len(), failures.join("\n"));
    assert!(passed >= at_least, "{passed} fixtures of {component} were compared and {skipped} left out: too few");
}

/// A view of HTML that a fixture gives.
pub fn raw(html: impl Into<String>) -> AnyView {
    InertElement::new(html.into().trim().to_owned()).into_any()
}

fn truthy(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(yes) => *yes,
        Value::String(text) => !text.is_empty(),
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::Array(_) | Value::Object(_) => true,
    }
}

/// The options of a fixture, read as the package's templates read them.
#[derive(Clone)]
pub struct Options(pub Value);

impl Options {
    /// A part of the options; nothing when it is missing.
    pub fn part(&self, name: &str) -> Options {
        Options(self.0.get(name).cloned().unwrap_or(Value::Null))
    }

    /// Whether the options hold something under `name` that counts as true.
    pub fn flag(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(truthy)
    }

    /// Text under `name`, as given; numbers and flags become text.
    pub fn given(&self, name: &str) -> Option<String> {
        match self.0.get(name)? {
            Value::Null => None,
            Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        }
    }

    /// Text under `name`, empty when missing.
    pub fn text(&self, name: &str) -> String {
        self.given(name).unwrap_or_default()
    }

    /// Attributes under `name`.
    pub fn attrs(&self, name: &str) -> Attrs {
        let part = self.part(name);
        let names: Vec<String> = part.0.as_object().map(|map| map.keys().cloned().collect()).unwrap_or_default();
        names.into_iter().map(|name| (name.clone(), part.text(&name))).collect()
    }

    /// The items of a list that count as true, each with its place counted from one.
    pub fn list(&self, name: &str) -> Vec<(usize, Options)> {
        let items = self.0.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
        items.into_iter().enumerate().filter(|(_, item)| truthy(item)).map(|(i, item)| (i + 1, Options(item))).collect()
    }

    /// `html`, or else `text`, of these options.
    pub fn content(&self) -> Content {
        self.words("html", "text")
    }

    /// HTML under one name or else text under another.
    pub fn words(&self, html: &str, text: &str) -> Content {
        if self.flag(html) { raw(self.text(html)).into() } else { self.text(text).into() }
    }
}

/// Elements whose surrounding white space a reader sees.
const INLINE: &[&str] = &["a", "b", "em", "i", "small", "span", "strong"];

fn normalised(html: &str) -> String {
    let parsed = Html::parse_fragment(html);
    let mut page = Page { text: String::new(), depth: 0, space: false, start: true, in_text: false };
    page.children(parsed.root_element());
    page.text
}

struct Page {
    text: String,
    depth: usize,
    /// White space was met that has not been written.
    space: bool,
    /// Nothing visible has been written since the block began.
    start: bool,
    /// The last thing written was text.
    in_text: bool,
}

impl Page {
    fn line(&mut self, line: &str) {
        let _ = writeln!(self.text, "{}{line}", "  ".repeat(self.depth));
    }

    fn children(&mut self, element: ElementRef) {
        for child in element.children() {
            match child.value() {
                Node::Text(text) => self.words(text),
                Node::Element(_) => {
                    if let Some(inner) = ElementRef::wrap(child) {
                        self.element(inner);
                    }
                }
                _ => {}
            }
        }
    }

    fn words(&mut self, text: &str) {
        if text.starts_with(char::is_whitespace) {
            self.space = true;
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        if words.is_empty() {
            return;
        }
        let before = if self.space && !self.start { "␣" } else { "" };
        let words = format!("{before}{}", words.join("␣"));
        // Text in two pieces, with only a comment between, is one text.
        if self.in_text {
            self.text.truncate(self.text.trim_end().len());
            let _ = writeln!(self.text, "{words}");
        } else {
            self.line(&words);
        }
        (self.start, self.in_text, self.space) = (false, true, text.ends_with(char::is_whitespace));
    }

    fn element(&mut self, element: ElementRef) {
        let name = element.value().name();
        let inline = INLINE.contains(&name);
        let choice = name == "fieldset" || matches!(element.attr("type"), Some("radio" | "checkbox"));
        let attributes: BTreeMap<&str, String> = element
            .value()
            .attrs()
            // The house rule asks for aria-invalid, but not of choices; the package leaves it out.
            .filter(|(name, _)| choice || *name != "aria-invalid")
            .map(|(name, value)| {
                if name == "class" {
                    let mut classes: Vec<&str> = value.split_whitespace().collect();
                    classes.sort_unstable();
                    classes.dedup();
                    (name, classes.join(" "))
                } else {
                    (name, value.to_owned())
                }
            })
            .collect();
        let mut open = format!("<{name}");
        for (name, value) in attributes {
            let _ = write!(open, " {name}=\"{value}\"");
        }
        open.push('>');
        if !inline {
            (self.space, self.start) = (false, true);
        }
        self.line(&open);
        self.in_text = false;
        self.depth += 1;
        if name == "textarea" {
            self.line(&format!("{:?}", element.text().collect::<String>()));
        } else {
            self.children(element);
        }
        self.depth -= 1;
        self.in_text = false;
        if !inline {
            (self.space, self.start) = (false, true);
        }
    }
}

#[test]
fn every_exception_is_needed_and_there_are_few() {
    assert!(EXCEPTIONS.len() <= 10);
    let components = ["button", "input", "panel", "summary-list", "task-list"];
    for exception in EXCEPTIONS {
        let met = components.iter().any(|component| load(component).iter().any(|fixture| exception.concerns(component, fixture)));
        assert!(met, "no fixture of {} needs the exception: {}", exception.component, exception.reason);
    }
}

#[test]
fn what_a_reader_sees_tells_pages_apart() {
    assert_eq!(normalised("<p>\n a <!-- x --> b\n</p>"), normalised("<p>a b</p>"));
    assert_eq!(normalised(r#"<p class="b a">x</p>"#), normalised(r#"<p class="a  b"> x </p>"#));
    assert_ne!(normalised("<p><span>a</span> b</p>"), normalised("<p><span>a</span>b</p>"));
    assert_ne!(normalised("<p hidden>a</p>"), normalised("<p>a</p>"));
}
