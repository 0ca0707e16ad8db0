//! The pages of accounts: signing in and out, my pages, and the staff's list of people.

pub mod mine;
pub mod second_factor;
pub mod sign_in;
pub mod staff;

use leptos::prelude::*;

use crate::kit::Errors;
use crate::ui::components::ErrorSummary;

/// The summary of everything that is wrong with a form, each entry a link to its field.
pub(super) fn summary<E: Copy>(errors: &Errors<E>, sentence: impl Fn(E) -> String) -> AnyView {
    if errors.is_empty() {
        return ().into_any();
    }
    let entries: Vec<(String, String)> = errors.iter().map(|entry| (format!("#{}", entry.field), sentence(entry.error))).collect();
    view! { <ErrorSummary errors=entries /> }.into_any()
}
