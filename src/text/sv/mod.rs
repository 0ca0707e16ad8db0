//! Swedish.

pub mod about;
pub mod site;
