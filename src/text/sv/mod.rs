//! Swedish.

pub mod components;
pub mod site;
