//! The pages of the register: the search among all documents, one case, asking to see documents and following what came of it, and
//! the staff's own.

pub mod ask;
pub mod case;
pub mod request;
pub mod search;
pub mod staff;

use leptos::prelude::*;

use super::model::{Listed, Party};
use super::rules::Wrong;
use crate::kit::{Errors, Lang};
use crate::text;
use crate::ui::components::*;
use crate::web::Visit;

/// The register's own page.
const PATH: &str = "/diarium";

/// The public page of a case.
fn path_of(number: &str) -> String {
    format!("{PATH}/{number}")
}

/// The way here, below the register.
fn trail(visit: &Visit, further: &[(String, String)]) -> Vec<(String, String)> {
    let first =
        [(visit.href("/"), text::site(visit.lang).home.to_owned()), (visit.href(PATH), text::register(visit.lang).title.to_owned())];
    first.into_iter().chain(further.iter().cloned()).collect()
}

/// The summary of everything that is wrong: fields first, then what a rule says of the whole.
fn summary(lang: Lang, errors: &Errors<Wrong>, problem: Option<&str>) -> AnyView {
    let texts = text::register(lang);
    let fields = errors.iter().map(|entry| (format!("#{}", entry.field), (texts.wrong)(entry.field, entry.error)));
    let entries: Vec<(String, String)> = fields.chain(problem.map(|problem| ("#innehall".to_owned(), problem.to_owned()))).collect();
    if entries.is_empty() { ().into_any() } else { view! { <ErrorSummary errors=entries /> }.into_any() }
}

fn success(text: Option<&'static str>) -> AnyView {
    text.map(|text| view! { <NotificationBanner success=true text=text /> }).into_any()
}

/// The other side of a document, as everybody may read it.
fn counterpart(row: &Listed, lang: Lang) -> String {
    let texts = text::register(lang);
    match &row.counterpart {
        None => texts.masked.to_owned(),
        Some(name) if name.is_empty() && row.party == Party::Person => texts.somebody.to_owned(),
        Some(name) => name.clone(),
    }
}

/// What a document is about, as everybody may read it.
fn subject(row: &Listed, lang: Lang) -> String {
    row.subject.clone().unwrap_or_else(|| text::register(lang).masked.to_owned())
}

/// The language of what stands in the register, where the page has another.
fn swedish(lang: Lang, masked: bool) -> Option<&'static str> {
    (lang == Lang::En && !masked).then_some(Lang::Sv.code())
}

/// The mark of a document that is secret.
fn mark(row: &Listed, lang: Lang) -> AnyView {
    row.is_secret().then(|| view! { " " <Tag text=text::register(lang).secret classes="govuk-tag--grey" /> }).into_any()
}

/// The table of documents; `asks` adds what leads to asking for each.
fn table(rows: &[Listed], caption: String, lang: Lang, in_case: bool) -> AnyView {
    let texts = text::register(lang);
    let words = &texts.search;
    let head: Vec<Cell> = [texts.number, texts.day, texts.way, texts.counterpart, texts.subject, words.doing].map(Cell::new).into();
    let cell = |label: &'static str, content: AnyView| Cell::new(content).attributes([("data-label", label)]);
    let rows: Vec<Vec<Cell>> = rows
        .iter()
        .map(|row| {
            let number = row.number_of_document();
            let shown = if in_case {
                view! { <span id=format!("handling-{}", row.running)>{number.clone()}</span> }.into_any()
            } else {
                let href = format!("{}{}#handling-{}", lang.prefix(), path_of(row.number.as_str()), row.running);
                view! {
                    <a class="govuk-link" href=href>
                        {number.clone()}
                    </a>
                }
                .into_any()
            };
            let ask = format!("{}{}/begar?handling={}", lang.prefix(), path_of(row.number.as_str()), row.running);
            let ask = view! {
                <a class="govuk-link" href=ask rel="nofollow" aria-label=(words.ask_which)(&number)>
                    {words.ask}
                </a>
            };
            let party = view! { <span lang=swedish(lang, row.counterpart.is_none())>{counterpart(row, lang)}</span> };
            let about = view! {
                <div>
                    <span lang=swedish(lang, row.subject.is_none())>{subject(row, lang)}</span>
                    {mark(row, lang)}
                </div>
            };
            vec![
                Cell::new(shown).classes("app-nowrap"),
                cell(texts.day, row.day.text().into_any()).classes("app-nowrap"),
                cell(texts.way, (texts.direction)(row.direction).into_any()),
                cell(texts.counterpart, party.into_any()).classes("app-break"),
                cell(texts.subject, about.into_any()).classes("app-break"),
                cell(words.doing, ask.into_any()),
            ]
        })
        .collect();
    view! {
        <Table
            caption=caption
            caption_classes="govuk-visually-hidden"
            classes="app-reflow"
            head=head
            rows=rows
            first_cell_is_header=true
        />
    }
    .into_any()
}
