//! An answer as it was given.

use leptos::prelude::*;

use crate::forms::answers::Shown;
use crate::ui::components::*;

/// An answer in a row of a summary, on a page or on paper.
pub fn answer(shown: Shown, caption: &str) -> AnyView {
    match shown {
        Shown::Text(text) => view! { <span class="app-lines">{text}</span> }.into_any(),
        Shown::List(items) => {
            let items = items.into_iter().map(|item| view! { <li>{item}</li> }).collect_view();
            view! { <ul class="govuk-list">{items}</ul> }.into_any()
        }
        Shown::Table { head, rows } => {
            let cells = |row: Vec<String>| {
                let cell = |(head, text): (&String, String)| Cell::new(text).attributes([("data-label", head.as_str())]);
                head.iter().zip(row).map(cell).collect::<Vec<Cell>>()
            };
            let rows: Vec<Vec<Cell>> = rows.into_iter().map(cells).collect();
            let head: Vec<Cell> = head.iter().map(|text| Cell::new(text.clone())).collect();
            let caption = caption.to_owned();
            view! { <Table caption=caption caption_classes="govuk-visually-hidden" classes="app-reflow" head=head rows=rows /> }.into_any()
        }
    }
}
