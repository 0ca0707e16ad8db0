//! The agency's register (diarium) and requests for public documents.
//!
//! Every document that is received, drawn up or sent is registered at once, with a number from a yearly series without gaps
//! (offentlighets- och sekretesslagen 2009:400, 5 kap.). Rows are never changed: a correction is another entry. Anyone searches the
//! register and asks to see a document, without saying who they are (tryckfrihetsförordningen 1949:105, 2 kap.).
//!
//! Another area registers what it receives and sends by [`actions::open_case`] and [`actions::enter`] in its own transaction. What is
//! masked leaves the database for the staff alone (`store::entries`), and whoever reads it stands in the audit chain.
//! To add something that is said of a document: a column of `register_entries` in both migrations, `model::Facts`, `rules::facts`,
//! `store`, and its sentences.

pub mod actions;
pub mod demo;
mod letters;
pub mod lifecycle;
pub mod model;
mod pages;
mod posts;
mod routes;
pub mod rules;
pub mod store;

pub use pages::staff::documents::SHEET as DOCUMENTS;
pub use pages::staff::requests::SHEET as DISCLOSURES;
pub use routes::routes;
