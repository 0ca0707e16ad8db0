//! Questions on a page: as fields to fill in, as a list to read beforehand, and answers as they were given.

mod fields;
mod questions;
mod read;

pub use fields::{field, summary};
pub use questions::section;
pub use read::answer;

use leptos::prelude::*;

use super::answers::foreign;
use super::model::Both;
use crate::kit::Lang;

/// A text of the form, marked with its language where that is not the page's.
pub fn words(both: &Both, lang: Lang) -> AnyView {
    let text = both.text(lang).to_owned();
    match foreign(both, lang) {
        Some(code) => view! { <span lang=code>{text}</span> }.into_any(),
        None => text.into_any(),
    }
}

/// A text of several lines as paragraphs.
pub fn paragraphs(both: &Both, lang: Lang) -> AnyView {
    let code = foreign(both, lang);
    let of = |text: &str| {
        let text = text.to_owned();
        view! { <p class="govuk-body app-measure app-lines" lang=code>{text}</p> }
    };
    both.text(lang).split("\n\n").map(str::trim).filter(|text| !text.is_empty()).map(of).collect_view().into_any()
}
