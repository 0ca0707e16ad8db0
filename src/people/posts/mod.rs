//! The form handlers of accounts: read what was typed, let `rules` judge it, let `actions` do it, and lead on with 303.

pub mod mine;
pub mod second_factor;
pub mod sign_in;
pub mod staff;
