//! The shop: basket, checkout, orders. What may be sold, and how many copies there are, belongs to `catalogue`.
//!
//! Reading: `pages` load through `store` and render. Writing: `posts` read a form, `rules` judge it, `actions` do it in one
//! transaction, with `reckon` for what a basket comes to. `lifecycle` says which changes an order allows. To add a step to
//! the checkout: its answers in `rules`, its page in `pages::checkout`, its sentences in `text::shop`, a line in [`routes`].

pub mod islands;
pub mod lifecycle;
pub mod model;
pub mod rules;

#[cfg(feature = "ssr")]
pub mod actions;
#[cfg(feature = "ssr")]
pub mod demo;
#[cfg(feature = "ssr")]
pub mod doctor;
#[cfg(feature = "ssr")]
mod letters;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod posts;
#[cfg(feature = "ssr")]
pub mod reckon;
#[cfg(feature = "ssr")]
mod routes;
#[cfg(feature = "ssr")]
pub mod sample;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
mod tie;

#[cfg(feature = "ssr")]
pub use pages::staff::orders::SHEET as ORDERS;
#[cfg(feature = "ssr")]
pub use pages::staff::stock::SHEET as STOCK;
#[cfg(feature = "ssr")]
use routes::{PACKERS, WRITERS};
#[cfg(feature = "ssr")]
pub use routes::{badge, routes};
#[cfg(feature = "ssr")]
pub use tie::Purchases;
