//! Swedish.

pub mod site;
