//! What runs in the browser too: the sums follow what is typed, by the same functions as on the server, and the limits that
//! are broken are said below them. The page is right without it; the server reckons again when the form is sent.

use leptos::ev;
use leptos::prelude::*;
use leptos::web_sys;
use serde::{Deserialize, Serialize};

use super::draft::Draft;
use super::model::{Broken, Limits, Line, Rule};
use super::rules::so_far;
use crate::kit::{Form, Lang};

/// The sentences, in the page's language: the browser's half carries none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// Heading of the limits that are broken.
    pub title: String,
    /// In the order of [`Rule::all`], with `{1}`, `{2}` and `{3}` where the figures go.
    pub rules: Vec<String>,
    /// What is said when the sum applied for has changed, with `{}` where it goes.
    pub changed: String,
    pub overflow: String,
}

impl Words {
    fn said(&self, broken: &Broken, lang: Lang) -> String {
        let place = Rule::all().position(|rule| rule == broken.rule);
        broken.said(place.and_then(|place| self.rules.get(place)).map_or("", String::as_str), lang)
    }
}

/// The limits that the budget breaks. In the browser it also writes each sum into its cell of the table above, whose id is
/// [`Draft::sum_id`]: the page has the table whole, so it needs no second one here.
#[island]
pub fn BudgetLimits(prefix: String, fields: Vec<(String, String)>, limits: Limits, words: Words, lang: Lang) -> impl IntoView {
    let announcement = RwSignal::new(String::new());
    let title = words.title.clone();
    let reckon = move |form: &Form, write: bool| -> (String, Vec<String>) {
        let draft = Draft::read(form, &prefix);
        let Ok(so_far) = so_far(&draft, &limits) else { return (String::new(), vec![words.overflow.clone()]) };
        if write {
            for line in Line::ALL {
                for (place, amount) in so_far.reckoned.line(line).into_iter().enumerate() {
                    if let Some(cell) = document().get_element_by_id(&draft.sum_id(line, place)) {
                        cell.set_text_content(Some(&amount.text(lang)));
                    }
                }
            }
        }
        let applied = words.changed.replace("{}", &so_far.reckoned.total.of(Line::Applied).text(lang));
        (applied, so_far.broken.iter().map(|broken| words.said(broken, lang)).collect())
    };
    let mut form = Form(fields);
    let broken = RwSignal::new(reckon(&form, false).1);
    Effect::new(move |_| {
        let reckon = reckon.clone();
        let mut form = std::mem::take(&mut form);
        let typed = move |event: web_sys::Event| {
            let input = event_target::<web_sys::HtmlInputElement>(&event);
            form.set(&input.name(), input.value());
            let (changed, said) = reckon(&form, true);
            // Said when the field is left, not at each key.
            if event.type_() == "change" {
                announcement.set(format!("{changed} {}", said.join(" ")));
            }
            broken.set(said);
        };
        let typed = StoredValue::new_local(typed);
        let heard = move |event: web_sys::Event| typed.update_value(|typed| typed(event));
        let on_input = window_event_listener(ev::input, heard);
        let on_change = window_event_listener(ev::change, heard);
        on_cleanup(move || {
            on_input.remove();
            on_change.remove();
        });
    });
    view! {
        <div class="govuk-inset-text" hidden=move || broken.with(Vec::is_empty)>
            <p class="govuk-body govuk-!-font-weight-bold">{title}</p>
            <ul class="govuk-list govuk-list--bullet">
                {move || broken.get().into_iter().map(|sentence| view! { <li>{sentence}</li> }).collect_view()}
            </ul>
        </div>
        <p class="govuk-visually-hidden" aria-live="polite">
            {move || announcement.get()}
        </p>
    }
}
