//! The shop: basket, checkout, orders. What may be sold, and how many copies there are, belongs to `catalogue`.
//!
//! Reading: `pages` load through `store` and render. Writing: `posts` read a form, `rules` judge it, `actions` do it in one
//! transaction. `lifecycle` says which changes an order allows. To add a step to the checkout: its answers in `rules`,
//! its page in `pages::checkout`, its sentences in `text::shop`, and a line in [`routes`].

pub mod lifecycle;
pub mod model;
pub mod rules;

#[cfg(feature = "ssr")]
pub mod store;
