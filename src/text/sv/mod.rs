//! Swedish.

pub mod about;
pub mod catalogue;
pub mod components;
pub mod shop;
pub mod post;
pub mod site;
