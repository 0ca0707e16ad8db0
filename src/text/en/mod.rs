//! English.

pub mod about;
pub mod site;
