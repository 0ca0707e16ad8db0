//! Notices: what someone is told on their own pages, and by mail at once, once a day or not at all, as they have chosen.
//!
//! Another area tells by [`tell`] within its own transaction. Mail of notices says what sort of thing has happened and where to
//! read it, and never about whom: mailboxes are read by others. Rooms: `rules`, `store` (SQL), `actions`, `letters`, `pages`,
//! `posts`; the kinds stand in `people::model::NoticeKind`.
//!
//! To add a kind: a variant there with its code, its sentences in `text/notices.rs` (the compiler asks for them), and [`tell`]
//! where it happens.

pub mod actions;
mod letters;
pub mod pages;
pub mod posts;
pub mod rules;
pub mod store;

pub use actions::{Notice, To, tell};
