//! The back room's pages: the list of orders, one order and what is done with it, the stock, what is printed. They are in Swedish only and kept in no cache.

pub mod change;
pub mod freight;
pub mod letter;
pub mod order;
pub mod orders;
pub mod print;
pub mod sales;
pub mod stock;
pub mod templates;

use leptos::prelude::*;

use crate::platform::db::StoreError;
use crate::shop::lifecycle::{Headline, State};
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;

/// The staff's pages are in one language.
const LANG: crate::kit::Lang = crate::kit::Lang::Sv;

fn head(title: impl Into<String>) -> Head {
    Head { private: true, staff: true, ..Head::new(title) }
}

/// The way back to the list of orders.
fn trail() -> Vec<(String, String)> {
    vec![("/handlaggare/bestallningar".to_owned(), text::staff().orders.title.to_owned())]
}

/// The headline as a tag. The word says it; what needs no more work has a calmer colour.
fn headline_tag(state: State) -> AnyView {
    let headline = state.headline();
    let classes = match headline {
        Headline::Received | Headline::Confirmed | Headline::Packed => "",
        Headline::Backordered | Headline::PartShipped => "govuk-tag--yellow",
        Headline::Shipped | Headline::Delivered => "govuk-tag--green",
        Headline::Returned | Headline::Cancelled | Headline::Withdrawn => "govuk-tag--grey",
    };
    view! { <Tag text=(text::shop(LANG).headline)(headline) classes=classes /> }.into_any()
}

/// As [`headline_tag`], for a row whose state must be read first.
fn headline_of(state: Result<State, StoreError>) -> AnyView {
    state.map_or_else(|_| ().into_any(), headline_tag)
}

/// A cell with its column's name, for narrow screens.
fn cell(label: &'static str, content: impl Into<Content>) -> Cell {
    Cell::new(content).attributes([("data-label", label)])
}

/// As [`cell`], for figures.
fn figure(label: &'static str, content: impl Into<Content>) -> Cell {
    cell(label, content).numeric().classes("app-nowrap")
}
