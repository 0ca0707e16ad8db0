//! People: accounts, how someone signs in, sessions, and the roles of the staff.
//!
//! An account is an e-mail address that someone has shown to be theirs. A session is a row; its secret lies in a cookie and
//! only the secret's hash in the row. [`recognise`] reads it once per request, and `web` guards the routes by it.
//! To add a way to sign in: its handlers here, ending in `actions::Session::begin`; [`openid`] is one in a room of its own.

pub mod rules;

#[cfg(feature = "ssr")]
pub mod actions;
#[cfg(feature = "ssr")]
pub mod address;
#[cfg(feature = "ssr")]
pub mod demo;
#[cfg(feature = "ssr")]
pub mod guests;
#[cfg(feature = "ssr")]
pub mod keys;
#[cfg(feature = "ssr")]
mod letters;
#[cfg(feature = "ssr")]
pub mod model;
#[cfg(feature = "ssr")]
pub mod notices;
#[cfg(feature = "ssr")]
pub mod openid;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod posts;
#[cfg(feature = "ssr")]
mod routes;
#[cfg(feature = "ssr")]
mod session;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
pub use pages::staff::SHEET as ACCOUNTS;
#[cfg(feature = "ssr")]
pub use routes::routes;
#[cfg(feature = "ssr")]
pub use session::recognise;
