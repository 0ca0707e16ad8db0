//! English.

pub mod components;
pub mod shop;
pub mod site;
