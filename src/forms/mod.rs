//! Questions and answers: a form as data, what its answers must hold, and how both look on a page, on paper and in a file.
//! Calls compose forms; what is sent in answers them.
//!
//! A kind of question owns everything about itself: `model` what it is, `rules` how an answer is read, `answers` how it is shown
//! as text, `pages` its fields and its description. To add a kind: a variant of [`model::Kind`], and each `match` asks for it.

pub mod model;
pub mod rules;

#[cfg(feature = "ssr")]
pub mod answers;
#[cfg(feature = "ssr")]
pub mod pages;
