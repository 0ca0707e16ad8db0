//! The pages of calls: what everybody reads and asks, and the staff's own.

pub mod compose;
pub mod eligibility;
pub mod inbox;
pub mod public;
pub mod question_box;
pub mod staff;

use leptos::prelude::*;

use super::lifecycle::{Phase, Public};
use crate::kit::Lang;
use crate::text;
use crate::ui::components::Tag;

fn link(href: String, label: impl Into<String>) -> AnyView {
    view! {
        <a class="govuk-link" href=href>
            {label.into()}
        </a>
    }
    .into_any()
}

/// Where a call stands, in a word.
fn tag(lang: Lang, (public, phase): (Public, Phase)) -> AnyView {
    let colour = match (public, phase) {
        (Public::Cancelled, _) => "govuk-tag--red",
        (Public::Published, Phase::Open) => "govuk-tag--green",
        (Public::Published, Phase::Coming) => "govuk-tag--yellow",
        _ => "govuk-tag--grey",
    };
    view! { <Tag text=(text::calls(lang).stage)(public, phase) classes=colour /> }.into_any()
}
