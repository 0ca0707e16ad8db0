//! Swedish.

pub mod components;
pub mod import;
pub mod shop;
pub mod site;
