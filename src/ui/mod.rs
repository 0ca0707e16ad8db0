//! What a page is built of: components and layout.

pub mod components;
