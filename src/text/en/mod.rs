//! English.

pub mod components;
pub mod post;
pub mod shop;
pub mod site;
