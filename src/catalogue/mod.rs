//! Catalogue: what Brå publishes, and how a reader finds it.
//!
//! `model` works and editions (shared with the browser) · `rules` a messy row of an import file becomes a valid work ·
//! `import` reads such files · `store` the SQL · `search` words and facets to works · `demo` the demonstration data ·
//! `sample` made-up works by the thousand, for measuring.
//! To add a field of a work: `model`, the column in a new migration, `rules`, `store` (read and write), and the page.

#[cfg(feature = "ssr")]
pub mod demo;
#[cfg(feature = "ssr")]
pub mod import;
pub mod model;
#[cfg(feature = "ssr")]
pub mod rules;
#[cfg(feature = "ssr")]
pub mod sample;
#[cfg(feature = "ssr")]
pub mod search;
#[cfg(feature = "ssr")]
pub mod store;

pub use model::*;
