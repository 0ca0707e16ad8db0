//! The pages that readers see: home, search, one publication, series and subjects.
//!
//! `address` what stands in the address of a search · `parts` a work in a list, a cover ·
//! then one file a page. To add a page: a file here, a handler in it, a line in the area's `routes`.

mod address;
mod browse;
mod home;
mod parts;
mod publication;
mod search;
pub mod staff;

#[cfg(test)]
pub mod example;

pub use browse::{all_series, all_subjects, one_series, one_subject};
pub use home::home;
pub use publication::show as publication;
pub use search::show as search;

use crate::kit::Lang;
use crate::text;

/// Breadcrumbs from the home page by these pages, as path without language prefix and text.
fn trail(lang: Lang, steps: &[(&str, &str)]) -> Vec<(String, String)> {
    let site = text::site(lang);
    [("/", site.home)].iter().chain(steps).map(|(path, label)| (format!("{}{path}", lang.prefix()), (*label).to_owned())).collect()
}
