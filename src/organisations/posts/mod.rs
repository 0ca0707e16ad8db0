//! The form handlers of organisations: read what was typed, let `rules` judge it, let `actions` do it, and lead on with 303.

pub mod join;
pub mod members;
pub mod one;
pub mod staff;
