//! What runs in the browser too: the basket's sums follow the quantities while they are typed. Everything works without
//! it; the server reckons again, with the same functions, when the form is sent.

use leptos::ev;
use leptos::prelude::*;
use leptos::web_sys;
use serde::{Deserialize, Serialize};

use super::model::{FreightTable, Priced, Quote, quote};
use crate::kit::{Lang, Ore, Quantity, Rate};

/// A line of the basket that is for sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveLine {
    /// The edition's id: the quantity field is `antal-<id>`, the cell with the line's sum is `summa-<id>`.
    pub edition: String,
    pub priced: Priced,
}

/// The labels, in the page's language: the browser's half carries no sentences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SumWords {
    pub goods: String,
    pub freight: String,
    pub total: String,
    /// A rate, and what its row is called.
    pub vat: Vec<(Rate, String)>,
    /// What is said when the sum has changed, with `{}` where the sum goes.
    pub changed: String,
}

/// Goods, freight, total and VAT per rate.
#[island]
pub fn BasketSums(lines: Vec<LiveLine>, freight: FreightTable, words: SumWords, lang: Lang) -> impl IntoView {
    let lines = RwSignal::new(lines);
    let announcement = RwSignal::new(String::new());
    let sums = Memo::new(move |_| {
        let priced: Vec<Priced> = lines.with(|lines| lines.iter().map(|line| line.priced).collect());
        quote(&priced, &freight)
    });
    let money = move |pick: fn(&Quote) -> Ore| move || sums.with(pick).text(lang);
    let changed = words.changed.clone();
    Effect::new(move |_| {
        let changed = changed.clone();
        let typed = move |event: web_sys::Event| {
            let input = event_target::<web_sys::HtmlInputElement>(&event);
            let name = input.name();
            let Some(edition) = name.strip_prefix("antal-") else { return };
            let Ok(quantity) = Quantity::parse(&input.value()) else { return };
            lines.update(|lines| {
                if let Some(line) = lines.iter_mut().find(|line| line.edition == edition) {
                    line.priced.quantity = quantity.get();
                    if let Some(cell) = document().get_element_by_id(&format!("summa-{edition}")) {
                        cell.set_text_content(Some(&line.priced.gross().text(lang)));
                    }
                }
            });
            // Said when the field is left, not at each key.
            if event.type_() == "change" {
                announcement.set(changed.replace("{}", &sums.with(|quote| quote.totals.gross).text(lang)));
            }
        };
        let on_input = window_event_listener(ev::input, {
            let typed = typed.clone();
            move |event| typed(event)
        });
        let on_change = window_event_listener(ev::change, typed);
        on_cleanup(move || {
            on_input.remove();
            on_change.remove();
        });
    });
    let vat = words
        .vat
        .into_iter()
        .map(|(rate, label)| {
            let vat = move |quote: &Quote| quote.totals.by_rate.iter().find(|sum| sum.rate == rate).map_or(Ore::ZERO, |sum| sum.vat);
            let amount = move || sums.with(vat).text(lang);
            view! {
                <div class="app-totals__row app-totals__row--note">
                    <dt>{label}</dt>
                    <dd>{amount}</dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <dl class="app-totals">
            <div class="app-totals__row">
                <dt>{words.goods}</dt>
                <dd>{money(|quote| quote.goods)}</dd>
            </div>
            <div class="app-totals__row">
                <dt>{words.freight}</dt>
                <dd>{money(|quote| quote.freight)}</dd>
            </div>
            <div class="app-totals__row app-totals__row--sum">
                <dt>{words.total}</dt>
                <dd>{money(|quote| quote.totals.gross)}</dd>
            </div>
            {vat}
        </dl>
        <p class="govuk-visually-hidden" aria-live="polite">
            {move || announcement.get()}
        </p>
    }
}
