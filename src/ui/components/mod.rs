//! The design system's components: govuk-frontend's markup, one file each, beside the test that compares it with the
//! package's own fixtures.
//!
//! What belongs here: pieces that any page may use and that know nothing of the agency's work. Pieces of one area
//! (a publication in a list, a basket) belong to that area's pages.
//!
//! To add one more: write `name.rs` with a `#[component]` that emits exactly the package's HTML, test it with
//! [`fixtures`], add it to the list below, show it in each of its states in `gallery.rs`, and see that its style is in
//! `style/`. Words that it says by itself go into `text::components`; the layout provides the page's [`Lang`](crate::kit::Lang) as
//! context, so build a page's view inside the layout's owner.
//!
//! Every field follows the same rules: a label that stays visible, `aria-describedby` that joins hint and error,
//! `aria-invalid` when there is an error, and never `required`, `pattern`, `disabled`, a placeholder or a number field.
//! Radios and checkboxes have no `aria-invalid`: what is wrong is the answer to the question, not a choice, so the group is
//! described by the error (docs/decisions/0016).

mod back_link;
mod breadcrumbs;
mod button;
mod character_count;
mod checkboxes;
mod choices;
mod date_input;
mod details;
mod error_message;
mod error_summary;
mod fieldset;
mod file_upload;
mod hint;
mod input;
mod inset_text;
mod label;
mod notification_banner;
mod pagination;
mod panel;
mod parts;
mod phase_banner;
mod radios;
mod select;
mod service_navigation;
mod skip_link;
mod summary_list;
mod table;
mod tag;
mod task_list;
mod textarea;
mod warning_text;

#[cfg(test)]
mod fixtures;

pub use self::{
    back_link::BackLink,
    breadcrumbs::{Breadcrumbs, Crumb},
    button::{Button, ButtonKind},
    character_count::CharacterCount,
    checkboxes::Checkboxes,
    choices::Choice,
    date_input::{DateInput, DatePart},
    details::Details,
    error_message::ErrorMessage,
    error_summary::{ErrorEntry, ErrorList, ErrorSummary},
    fieldset::Fieldset,
    file_upload::FileUpload,
    hint::Hint,
    input::{Affix, Input, InputKind},
    inset_text::InsetText,
    label::Label,
    notification_banner::NotificationBanner,
    pagination::{PageLink, PageLinks, PageNumber, Pagination, pages},
    panel::Panel,
    parts::{Attrs, Content},
    phase_banner::PhaseBanner,
    radios::Radios,
    select::{Select, SelectItem},
    service_navigation::{NavItem, ServiceNavigation},
    skip_link::SkipLink,
    summary_list::{SummaryAction, SummaryList, SummaryRow},
    table::{Cell, Table},
    tag::Tag,
    task_list::{Task, TaskList, TaskStatus},
    textarea::Textarea,
    warning_text::WarningText,
};
