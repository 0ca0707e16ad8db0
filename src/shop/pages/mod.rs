//! The shop's pages, and the pieces that several of them show: sums, addresses, the steps of the checkout, errors.

pub mod basket;
pub mod checkout;
pub mod mine;
pub mod order;
pub mod staff;

use leptos::prelude::*;

use super::letters::address_lines;
use super::model::{Address, InvoiceBy};
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

/// One row of a table of ordered publications.
fn line_row(title: AnyView, unit: Option<String>, quantity: i64, sum: Option<String>, lang: Lang) -> AnyView {
    let words = &text::shop(lang).basket;
    view! {
        <tr class="govuk-table__row">
            <th scope="row" class="govuk-table__header app-basket__title">{title}</th>
            <td class="govuk-table__cell app-number" data-label=words.price>{unit}</td>
            <td class="govuk-table__cell app-number" data-label=words.quantity>{quantity}</td>
            <td class="govuk-table__cell app-number" data-label=words.sum>{sum}</td>
        </tr>
    }
    .into_any()
}

/// A table of ordered publications.
fn lines_table(rows: AnyView, lang: Lang) -> AnyView {
    let shop = text::shop(lang);
    let words = &shop.basket;
    view! {
        <table class="govuk-table app-basket">
            <caption class="govuk-table__caption govuk-visually-hidden">{shop.checkout.review_goods}</caption>
            <thead class="govuk-table__head">
                <tr class="govuk-table__row">
                    <th scope="col" class="govuk-table__header">{words.publication}</th>
                    <th scope="col" class="govuk-table__header app-number">{words.price}</th>
                    <th scope="col" class="govuk-table__header app-number">{words.quantity}</th>
                    <th scope="col" class="govuk-table__header app-number">{words.sum}</th>
                </tr>
            </thead>
            <tbody class="govuk-table__body">{rows}</tbody>
        </table>
    }
    .into_any()
}

/// How an invoice is sent, in words.
fn way_of(by: InvoiceBy, lang: Lang) -> &'static str {
    let words = &text::shop(lang).checkout;
    match by {
        InvoiceBy::Email => words.invoice_email,
        InvoiceBy::Post => words.invoice_post,
        InvoiceBy::Peppol => words.invoice_peppol,
    }
}
