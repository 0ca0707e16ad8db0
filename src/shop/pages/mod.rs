//! The shop's pages, and the pieces that several of them show: sums, addresses, the steps of the checkout, errors.

pub mod basket;
pub mod checkout;
pub mod order;

use leptos::prelude::*;

use super::letters::address_lines;
use super::model::Address;
use super::rules::Wrong;
use crate::kit::{Errors, Lang, Ore, RateSum};
use crate::text;
use crate::ui::components::*;

/// The summary of everything that is wrong with a form, each entry a link to its field.
fn error_summary(errors: &Errors<Wrong>, lang: Lang) -> AnyView {
    let shop = text::shop(lang);
    let entries: Vec<(String, String)> =
        errors.iter().map(|error| (format!("#{}", error.field), (shop.wrong)(error.field, &error.error))).collect();
    summary(entries, lang)
}

/// The summary of sentences that are already made.
fn summary(entries: Vec<(String, String)>, lang: Lang) -> AnyView {
    if entries.is_empty() {
        return ().into_any();
    }
    let title = (text::shop(lang).checkout.errors)(entries.len());
    view! { <ErrorSummary title=title errors=entries /> }.into_any()
}

/// What is wrong with one field, if anything is.
fn error_of(errors: &Errors<Wrong>, field: &'static str, lang: Lang) -> Option<String> {
    errors.of(field).map(|wrong| (text::shop(lang).wrong)(field, wrong))
}

/// Goods, freight, total and VAT per rate.
fn sums(lang: Lang, goods: Ore, freight: Ore, total: Ore, by_rate: &[RateSum]) -> AnyView {
    let words = &text::shop(lang).basket;
    let vat = by_rate
        .iter()
        .map(|sum| {
            view! {
                <div class="app-totals__row app-totals__row--note">
                    <dt>{(words.of_which_vat)(&sum.rate.text(lang))}</dt>
                    <dd>{sum.vat.text(lang)}</dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <dl class="app-totals">
            <div class="app-totals__row">
                <dt>{words.goods}</dt>
                <dd>{goods.text(lang)}</dd>
            </div>
            <div class="app-totals__row">
                <dt>{words.freight}</dt>
                <dd>{freight.text(lang)}</dd>
            </div>
            <div class="app-totals__row app-totals__row--sum">
                <dt>{words.total}</dt>
                <dd>{total.text(lang)}</dd>
            </div>
            {vat}
        </dl>
    }
    .into_any()
}

/// An address, line by line.
fn address_view(address: &Address, lang: Lang) -> AnyView {
    let lines = address_lines(address, lang);
    let last = lines.len() - 1;
    lines.into_iter().enumerate().map(|(index, line)| view! { {line} {(index < last).then(|| view! { <br /> })} }).collect_view().into_any()
}

/// A title with a word above it that says where one is.
fn captioned(caption: &str, title: &str) -> AnyView {
    let (caption, title) = (caption.to_owned(), title.to_owned());
    view! {
        <span class="govuk-caption-l">{caption}</span>
        <h1 class="govuk-heading-l">{title}</h1>
    }
    .into_any()
}
