//! What differs between two texts, word by word, and between two records, field by field. What was taken away and what was
//! added is said in words too, not by looks alone.

use std::time::Duration;

use leptos::prelude::*;
use similar::{ChangeTag, TextDiff};

use crate::catalogue::editor::fields;
use crate::catalogue::editor::record::{self, Record};
use crate::catalogue::editor::words;
use crate::text;

/// Longer stretches of unchanged words are cut in the middle.
const LONG: usize = 400;
const KEPT: usize = 150;

/// How long words are compared; then what is left counts as changed.
const PATIENCE: Duration = Duration::from_millis(500);

/// The parts that differ, in the order of the forms.
pub fn parts_in_order(old: &Record, new: &Record) -> Vec<String> {
    let mut names = record::differing(&record::parts(old), &record::parts(new));
    let place = |name: &String| match record::of_edition(name) {
        Some((id, field)) => (1, id.to_owned(), fields::EDITION.iter().position(|(known, _)| *known == field).unwrap_or(usize::MAX)),
        None => (0, String::new(), fields::FIELDS.iter().position(|field| field.name == name).unwrap_or(usize::MAX)),
    };
    names.sort_by_key(place);
    names
}

/// Every field that differs, with its words. `level` is that of the headings.
pub fn records(old: &Record, new: &Record) -> AnyView {
    let texts = &text::staff().editor.history;
    let names = parts_in_order(old, new);
    if names.is_empty() {
        return view! { <p class="govuk-body">{texts.same}</p> }.into_any();
    }
    let (before, after) = (record::parts(old), record::parts(new));
    let fields: Vec<AnyView> = names
        .iter()
        .map(|name| {
            let label = words::label(name, if before.contains_key(name) && record::of_edition(name).is_some() { old } else { new });
            let (was, is) = (words::shown(name, before.get(name)), words::shown(name, after.get(name)));
            view! {
                <h3 class="govuk-heading-s govuk-!-margin-bottom-1">{label}</h3>
                {one(&was, &is)}
            }
            .into_any()
        })
        .collect();
    view! { <div class="app-diff">{fields}</div> }.into_any()
}

/// Two texts as one, with marks.
fn one(was: &str, is: &str) -> AnyView {
    let texts = &text::staff().editor.history;
    let note = if was.is_empty() {
        Some(texts.was_empty)
    } else if is.is_empty() {
        Some(texts.is_empty)
    } else {
        None
    };
    let diff = TextDiff::configure().timeout(PATIENCE).diff_words(was, is);
    let mut runs: Vec<(ChangeTag, String)> = Vec::new();
    for change in diff.iter_all_changes() {
        match runs.last_mut() {
            Some((tag, run)) if *tag == change.tag() => run.push_str(change.value()),
            _ => runs.push((change.tag(), change.value().to_owned())),
        }
    }
    let runs: Vec<AnyView> = runs
        .into_iter()
        .map(|(tag, run)| match tag {
            ChangeTag::Equal => shortened(&run).into_any(),
            ChangeTag::Delete => view! { <del>{hidden(texts.removed, true)} {run} {hidden(texts.end, false)}</del> }.into_any(),
            ChangeTag::Insert => view! { <ins>{hidden(texts.added, true)} {run} {hidden(texts.end, false)}</ins> }.into_any(),
        })
        .collect();
    view! {
        {note.map(|note| view! { <p class="govuk-hint govuk-!-margin-bottom-1">{note}</p> })}
        <p class="govuk-body app-diff__text">{runs}</p>
    }
    .into_any()
}

/// For who hears the page: where a mark begins and ends.
fn hidden(word: &str, before: bool) -> AnyView {
    let word = if before { format!("{word} ") } else { format!(" ({word})") };
    view! { <span class="govuk-visually-hidden">{word}</span> }.into_any()
}

fn shortened(run: &str) -> String {
    let letters: Vec<char> = run.chars().collect();
    if letters.len() <= LONG {
        return run.to_owned();
    }
    let first: String = letters.iter().take(KEPT).collect();
    let last: String = letters.iter().skip(letters.len() - KEPT).collect();
    format!("{first} … {last}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_marked_and_said() {
        let owner = Owner::new();
        let html = owner.with(|| one("Nio av tio är nöjda.", "Åtta av tio är nöjda.").to_html());
        let html = html.replace("<!>", "");
        assert!(html.contains("<del>") && html.contains("Nio") && html.contains("<ins>") && html.contains("Åtta"), "{html}");
        assert!(html.contains("borttaget:") && html.contains("tillagt:"), "{html}");
        assert!(html.contains("av tio är nöjda."), "{html}");
    }
}
