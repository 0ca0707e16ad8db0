//! The design system's components: govuk-frontend's markup, one file each, beside the test that compares it with the
//! package's own fixtures.
//!
//! What belongs here: pieces that any page may use and that know nothing of the agency's work. Pieces of one area
//! (a publication in a list, a basket) belong to that area's pages.
//!
//! To add one more: write `name.rs` with a `#[component]` that emits exactly the package's HTML, test it with
//! [`fixtures`], add it to the list below, show it in each of its states in `gallery.rs`, and see that its style is in
//! `style/`. Words that it says by itself go into [`words`].
//!
//! Every field follows the same rules: a label that stays visible, `aria-describedby` that joins hint and error,
//! `aria-invalid` when there is an error, and never `required`, `pattern`, `disabled`, a placeholder or a number field.

mod button;
mod checkboxes;
mod choices;
mod error_message;
mod fieldset;
mod hint;
mod input;
mod label;
mod parts;
mod radios;
mod select;
mod textarea;
mod words;

#[cfg(test)]
mod fixtures;

pub use self::{
    button::{Button, ButtonKind},
    checkboxes::Checkboxes,
    choices::Choice,
    error_message::ErrorMessage,
    fieldset::Fieldset,
    hint::Hint,
    input::{Affix, Input, InputKind},
    label::Label,
    parts::{Attrs, Content},
    radios::Radios,
    select::{Select, SelectItem},
    textarea::Textarea,
    words::{Words, words},
};
