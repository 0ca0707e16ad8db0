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

mod back_link;
mod breadcrumbs;
mod button;
mod checkboxes;
mod choices;
mod details;
mod error_message;
mod error_summary;
mod fieldset;
mod hint;
mod input;
mod inset_text;
mod label;
mod notification_banner;
mod pagination;
mod panel;
mod parts;
mod radios;
mod select;
mod summary_list;
mod tag;
mod textarea;
mod warning_text;
mod words;

#[cfg(test)]
mod fixtures;

pub use self::{
    back_link::BackLink,
    breadcrumbs::{Breadcrumbs, Crumb},
    button::{Button, ButtonKind},
    checkboxes::Checkboxes,
    choices::Choice,
    details::Details,
    error_message::ErrorMessage,
    error_summary::{ErrorEntry, ErrorList, ErrorSummary},
    fieldset::Fieldset,
    hint::Hint,
    input::{Affix, Input, InputKind},
    inset_text::InsetText,
    label::Label,
    notification_banner::NotificationBanner,
    pagination::{PageLink, PageLinks, PageNumber, Pagination, pages},
    panel::Panel,
    parts::{Attrs, Content},
    radios::Radios,
    select::{Select, SelectItem},
    summary_list::{SummaryAction, SummaryList, SummaryRow},
    tag::Tag,
    textarea::Textarea,
    warning_text::WarningText,
    words::{Words, speak, words},
};
