//! How pages look: the design system's components, the layout, error pages. Knows `kit` and `text`, no database and
//! no request. To add a component: one file in `components/`, beside its fixture test.

pub mod chart;
pub mod components;
pub mod error_page;
pub mod gallery;
pub mod hints;
pub mod page;
pub mod prose;
