//! placeholder
pub mod kit;
