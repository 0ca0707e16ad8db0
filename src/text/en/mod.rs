//! English.

pub mod components;
pub mod site;
