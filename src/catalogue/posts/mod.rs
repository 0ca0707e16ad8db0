//! The editors' form handlers: what was typed, judged by `rules`, done by `actions`.

pub mod files;
pub mod prices;
