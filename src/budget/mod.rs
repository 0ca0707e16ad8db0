//! Budgets: what a project costs per calendar year, who pays, and what is applied for. One engine for browser, server, PDF and
//! spreadsheet; whoever needs a budget (an application, a grant, an evaluation) asks this area and reckons nothing itself.
//!
//! `draft` keeps what was typed, as fields of a form below a prefix; `rules` judges it by the limits of the call; `reckon` sums
//! it up. These run in the browser too (`islands`). `pages` shows fields and tables, `spreadsheet` writes the template that one
//! fills in at one's desk and reads it back. The area stores nothing: whoever asks keeps the fields.
//!
//! To add a line: a variant of [`model::Line`], its sum in `reckon`, its name in `text::budget`. To add a limit: a field of
//! [`model::Limits`], a variant of [`model::Rule`], its comparison in `rules`, its sentence.

pub mod draft;
pub mod islands;
pub mod model;
pub mod reckon;
pub mod rules;

#[cfg(feature = "ssr")]
mod gallery;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod spreadsheet;

#[cfg(feature = "ssr")]
pub use gallery::routes;
