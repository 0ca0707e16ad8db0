//! Changing the address that one signs in with: whoever has just shown who they are asks for a mail to the new address, and its
//! link or code, in the same session, changes it (docs/decisions/0028).
//!
//! The mail is a row among those that let someone in, with the account that asked; `people::store` has its SQL and
//! `people::letters` its words. Rooms: `actions` (one transaction each), `pages`, `posts`, `rules`.

pub mod actions;
pub mod pages;
pub mod posts;
pub mod rules;

/// Where the change begins.
pub const PATH: &str = "/mina-sidor/uppgifter/e-post";

/// Where its code is typed.
pub const CODE_PATH: &str = "/mina-sidor/uppgifter/e-post/kod";
