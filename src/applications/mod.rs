//! Applications: what an organisation asks for under a call, written by several people over several evenings, signed by someone who
//! may, and sent in.
//!
//! A draft belongs to its people and to nobody else: whoever opens one comes by [`member`], whose query asks for a membership or a
//! place of their own, and the staff's queries know only what was sent in (domain, rule 1). Answers are kept raw, a version for each
//! change (`store::answers`), and what two people wrote at once is kept beside each other until somebody chooses (`rules::decide`).
//! What is sent in is a snapshot with a fingerprint, a case and a number in the register (`actions::submitting`).
//!
//! Rooms: `model`, `lifecycle` (what may happen), `rules` (what is missing; how a save meets what others saved), `store`, `actions`,
//! `pages`, `posts`, `letters`. To add a page: a handler with an extractor of `member`, its line in `routes`.

pub mod actions;
pub mod demo;
mod letters;
pub mod lifecycle;
pub mod member;
pub mod model;
mod pages;
mod posts;
mod routes;
pub mod rules;
pub mod snapshot;
pub mod store;
mod tie;

pub use routes::routes;
pub use tie::Writers;
