//! The editors' pages about files, pictures, prices and imports. They are in Swedish only and kept in no cache.

pub mod covers;
pub mod files;
pub mod imports;
pub mod markdown;
pub mod prices;

use leptos::prelude::*;

use crate::catalogue::editor::{LIST, path_of};
use crate::kit::Id;
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;

/// The staff's pages are in one language.
const LANG: crate::kit::Lang = crate::kit::Lang::Sv;

/// The head of a page below the editor's list.
fn head(title: impl Into<String>) -> Head {
    let trail = vec![(LIST.to_owned(), text::staff().menu.publications.to_owned())];
    Head { private: true, staff: true, trail, ..Head::new(title) }
}

/// The head of a page below one publication.
fn below(title: impl Into<String>, work: &Id, name: &str) -> Head {
    let mut head = head(title);
    head.trail.push((path_of(work), name.to_owned()));
    head
}

/// A page's heading, with the publication that it is about.
fn heading(name: &str, title: &'static str) -> AnyView {
    view! {
        <h1 class="govuk-heading-l">
            <span class="govuk-caption-l">{name.to_owned()}</span>
            {title}
        </h1>
    }
    .into_any()
}

/// A cell with its column's name, for narrow screens.
fn cell(label: &'static str, content: impl Into<Content>) -> Cell {
    Cell::new(content).attributes([("data-label", label)])
}

/// Who did something, as the chain writes it.
fn who(names: &[(Id, String)], actor: &str) -> String {
    let words = &text::staff().prices;
    match actor.strip_prefix("account:") {
        Some(account) => {
            names.iter().find(|(id, _)| id.as_str() == account).map_or_else(|| words.someone.to_owned(), |(_, name)| name.clone())
        }
        None if actor == "import" => words.by_import.to_owned(),
        None => words.by_portal.to_owned(),
    }
}
