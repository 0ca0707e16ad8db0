//! The form handlers of the register: read what was typed, let `rules` judge it, let `actions` do it, and lead on with 303.

pub mod ask;
pub mod request;
pub mod staff;
