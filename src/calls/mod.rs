//! Calls: what the agency invites to, on which terms, and what is asked of those who apply.
//!
//! A call's text is written as raw answers to the editor's own form (`fields`), made into a call by `rules`, reviewed by a colleague
//! (`lifecycle`) and published as a version that never changes. Its questions are a form of `forms`, put together from the standard
//! form's parts (`standard`, `composing`). The public reads the newest version; what people ask about it is answered in the question
//! box. To add something that a call says: a question in `fields`, the value in `rules` and `model`, its row in `pages::public`.

pub mod actions;
mod composing;
pub mod demo;
mod feeds;
pub mod fields;
mod letters;
pub mod lifecycle;
pub mod model;
mod pages;
mod posts;
mod routes;
pub mod rules;
pub mod standard;
pub mod store;

pub use routes::{READERS, WRITERS, routes};
