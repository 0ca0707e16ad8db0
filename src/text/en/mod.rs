//! English.

pub mod site;
