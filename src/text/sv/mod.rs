//! Swedish.

pub mod about;
pub mod components;
pub mod site;
