//! Sign-in by OpenID Connect: a button leads to the provider, the provider leads back, and who comes back is an account
//! here by issuer and subject. What a provider says is checked in `platform::openid`; whose account it is, in `actions`.
//!
//! Rooms: `model`, `store` (SQL), `actions` (one transaction each), `pages`, `posts`. The callback is a GET that changes
//! something, since the protocol has it so: it needs a state that this browser was sent away with, and works once.
//! Where the second factor is asked for, [`posts::prove`] sends someone to the provider they came from.

pub mod actions;
pub mod model;
pub mod pages;
pub mod posts;
pub mod store;
