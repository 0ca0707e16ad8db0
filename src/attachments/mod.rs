//! Files that people attach to what they write: judged by what is in them, looked through for harm, kept until what they belong to goes.
//!
//! The area knows no applications and no evaluations: whoever uses it names an owner and a slot, asks who may, and shows [`pages`] on
//! pages of its own. `rules` judges a file, `lifecycle` says what may become of it, `actions` takes it in and has it scanned. To take
//! another kind of file: a variant of [`model::Kind`], its arm in `rules::judge`, its word in `text::attachments`.

pub mod actions;
pub mod lifecycle;
pub mod model;
pub mod pages;
pub mod rules;
pub mod store;
