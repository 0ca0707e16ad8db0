//! How pages look: the design system's components, the layout, error pages. Knows `kit` and `text`, no database and
//! no request. To add a component: one file in `components/`, beside its fixture test.

pub mod components;
pub mod error_page;
pub mod gallery;
pub mod page;
pub mod prose;

use leptos::prelude::{AnyView, Owner, provide_context};

use crate::kit::Lang;

/// Builds a view whose components speak `lang`: those that say words of their own ask for the page's language.
pub fn speak(lang: Lang, build: impl FnOnce() -> AnyView) -> AnyView {
    Owner::new().with(|| {
        provide_context(lang);
        build()
    })
}
