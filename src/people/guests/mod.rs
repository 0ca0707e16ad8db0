//! Reviewers from outside: an administrator asks one in by mail, for days from and to; the person signs in at that address, says
//! yes, and holds the role on those days and no other (docs/decisions/0028).
//!
//! What a guest sees and must show is what the role says, as for everybody who holds it. Rooms: `model`, `rules`, `store` (SQL),
//! `actions` (one transaction each), `letters`, `pages`, `posts`.

pub mod actions;
mod letters;
pub mod model;
pub mod pages;
pub mod posts;
pub mod rules;
pub mod store;
