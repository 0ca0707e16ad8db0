//! The editors' form handlers: what was typed, judged by `rules`, done by `actions`.

pub mod covers;
pub mod files;
pub mod imports;
pub mod markdown;
pub mod prices;
