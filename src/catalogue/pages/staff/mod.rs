//! The editors' pages about files, pictures, prices and imports. They are in Swedish only and kept in no cache.

pub mod covers;
pub mod files;
pub mod imports;
pub mod markdown;
pub mod prices;

use crate::kit::Id;
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;

/// The staff's pages are in one language.
const LANG: crate::kit::Lang = crate::kit::Lang::Sv;

const LIST: &str = "/handlaggare/publikationer";

fn head(title: impl Into<String>) -> Head {
    Head { private: true, staff: true, ..Head::new(title) }
}

/// The page of one publication; those of this room hang below it.
pub fn work_path(work: &Id) -> String {
    format!("{LIST}/{work}")
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
