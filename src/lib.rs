//! placeholder
#[cfg(feature = "ssr")]
pub mod ui;
