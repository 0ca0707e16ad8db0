//! Organisations: what applies for grants, sends in evaluations and is paid; who may act for it; and how someone becomes one
//! of them, by invitation or by asking.
//!
//! Nobody learns here who belongs to an organisation unless they belong to it themselves. [`member`] is the one gate: every
//! handler of a route with `{organisation}` in it takes [`member::Reader`], [`member::Editor`] or [`member::Signatory`].
//! To add such a page in another area: the same extractor there. To add a field: a column in both migrations, `rules::facts`,
//! `model`, `store`, and its sentences.

pub mod actions;
pub mod demo;
mod letters;
pub mod member;
pub mod model;
mod pages;
mod posts;
mod routes;
pub mod rules;
pub mod store;
mod tie;

pub use pages::staff::SHEET as ORGANISATIONS;
pub use routes::routes;
pub use tie::Memberships;
