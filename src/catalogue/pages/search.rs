//! The search among all publications: words, filters with counts, order, pages. Everything stands in the address.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::address::{Address, Filter};
use super::parts::{Heading, page_count, pagination, results, search_box, shown};
use super::trail;
use crate::catalogue::labels;
use crate::catalogue::model::{Kind, Listed};
use crate::catalogue::search::{self, Choice, Found, Hint, Sort};
use crate::kit::Lang;
use crate::text;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

/// Choices of a group that stand open; the rest lie behind "Visa fler".
const OPEN_CHOICES: usize = 8;

/// Most choices of a group in all; the pages of subjects and series have them all.
const MOST_CHOICES: usize = 60;

pub async fn show(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    let address = Address::parse(&visit.query);
    let (found, works) = search::find_listed(&app, &address.query).await?;
    let pages = page_count(found.total);
    if address.page > pages {
        // The list has become shorter, or the number was typed: the last page is what was meant.
        return Ok(visit.see_other(&address.at(pages).path("/publikationer")));
    }
    let lang = visit.lang;
    let texts = &text::catalogue(lang).search;
    let what = what(&address, &found, lang);
    let mut title = if what.is_empty() { texts.heading.to_owned() } else { (texts.title)(&what) };
    if address.page > 1 {
        title.push_str(&(texts.title_page)(address.page, pages));
    }
    let own_page = !address.filtered() && address.query.words.is_empty() && address.query.sort == Sort::Relevance;
    let head = Head {
        description: Some(texts.description.to_owned()),
        canonical: Some(address.path("/publikationer")),
        noindex: !own_page,
        trail: trail(lang, &[]),
        ..Head::new(title)
    };
    let main = || page(&address, &found, &works, lang);
    Ok(visit.page(&app, StatusCode::OK, head, main))
}

fn page(address: &Address, found: &Found, works: &[Listed], lang: Lang) -> AnyView {
    let texts = &text::catalogue(lang).search;
    let list = if found.total == 0 { nothing(address, found, lang) } else { listed(address, found, works, lang) };
    view! {
        <h1 class="govuk-heading-l">{texts.heading}</h1>
        {search_box(address, lang)}
        <div class="app-split">
            <div class="app-split__side">{filters(address, found, lang)}</div>
            <div class="app-split__main">
                {chips(address, found, lang)}
                {list}
            </div>
        </div>
    }
    .into_any()
}

fn listed(address: &Address, found: &Found, works: &[Listed], lang: Lang) -> AnyView {
    let texts = &text::catalogue(lang).search;
    let sorts = [(Sort::Relevance, texts.sort_relevance), (Sort::Newest, texts.sort_newest), (Sort::Title, texts.sort_title)];
    // Without words nothing matches better than anything else: the newest come first.
    let wordless = address.query.words.is_empty();
    let current = if wordless && address.query.sort == Sort::Relevance { Sort::Newest } else { address.query.sort };
    let order = sorts
        .into_iter()
        .filter(|(sort, _)| !(wordless && *sort == Sort::Relevance))
        .map(|(sort, label)| {
            let on = sort == current;
            let target = address.sorted(if wordless && sort == Sort::Newest { Sort::Relevance } else { sort });
            view! {
                " "
                <a class="govuk-link" class=("govuk-!-font-weight-bold", on) href=target.href(lang) aria-current=on.then_some("true") rel="nofollow">
                    {label}
                </a>
            }
        })
        .collect_view();
    let instead = found
        .hints
        .iter()
        .filter_map(|hint| match hint {
            Hint::Instead { typed, shown } => Some(view! { <p class="govuk-inset-text">{(texts.instead)(typed, shown)}</p> }),
            _ => None,
        })
        .collect_view();
    view! {
        <h2 class="govuk-visually-hidden">{texts.results}</h2>
        <div class="app-results-bar">
            <p class="app-results-bar__count">{shown(found.total, address.page, lang)}</p>
            <p class="app-results-bar__sort">{format!("{}:", texts.sort)} {order}</p>
        </div>
        {instead}
        {results(works, lang, Heading::Three)}
        {pagination(address.page, found.total, |page| address.at(page).href(lang))}
    }
    .into_any()
}

/// Helps on when nothing was found.
fn nothing(address: &Address, found: &Found, lang: Lang) -> AnyView {
    let texts = &text::catalogue(lang).search;
    let counted = |href: String, label: String, count: u64| {
        view! {
            <li>
                <a class="govuk-link" href=href>
                    {label}
                </a>
                " "
                <span class="app-muted app-nowrap">{format!("({})", labels::number(count, lang))}</span>
            </li>
        }
        .into_any()
    };
    let mut ways: Vec<AnyView> = found
        .hints
        .iter()
        .filter_map(|hint| match hint {
            Hint::Instead { .. } => None,
            Hint::Spelling { words, count } => Some(counted(address.worded(words).href(lang), (texts.spelling)(words), *count)),
            Hint::WithoutChoices { count } => Some(counted(address.without_filters().href(lang), texts.without_choices.to_owned(), *count)),
            Hint::Word { word, count } => Some(counted(address.worded(word).href(lang), (texts.one_word)(word), *count)),
        })
        .collect();
    for (path, label) in [("/amnen", texts.nothing_browse), ("/publikationer", texts.nothing_clear)] {
        ways.push(
            view! {
                <li>
                    <a class="govuk-link" href=format!("{}{path}", lang.prefix())>
                        {label}
                    </a>
                </li>
            }
            .into_any(),
        );
    }
    view! {
        <div class="app-empty">
            <h2 class="govuk-heading-m">{texts.nothing_heading}</h2>
            <p class="govuk-body">{texts.nothing_help}</p>
            <ul class="govuk-list govuk-list--bullet">{ways}</ul>
        </div>
    }
    .into_any()
}

/// A kind of filter: its heading, its choices, and how one of them becomes part of the address.
type Group<'a> = (&'static str, &'static str, &'a [Choice], fn(&'a str) -> Filter<'a>);

fn groups<'a>(found: &'a Found, lang: Lang) -> [Group<'a>; 5] {
    let texts = &text::catalogue(lang).search;
    let facets = &found.facets;
    [
        (texts.kind, "typ", &facets.kinds, Filter::Kind),
        (texts.subject, "amne", &facets.subjects, Filter::Subject),
        (texts.year, "ar", &facets.years, Filter::Year),
        (texts.series, "serie", &facets.series, Filter::Series),
        (texts.language, "sprak", &facets.languages, Filter::Language),
    ]
}

fn filters(address: &Address, found: &Found, lang: Lang) -> AnyView {
    let texts = &text::catalogue(lang).search;
    let link = |href: String, label: String, label_lang: Option<&'static str>, count: u64, on: bool| {
        view! {
            <li class="app-filter__item" class=("app-filter__item--on", on)>
                <a class="govuk-link app-filter__link" href=href rel="nofollow">
                    <span lang=label_lang>{label}</span>
                    {on.then(|| view! { <span class="govuk-visually-hidden">{texts.chosen_remove}</span> })}
                </a>
                " "
                <span class="app-filter__count">{labels::number(count, lang)}</span>
            </li>
        }
        .into_any()
    };
    let mut sections: Vec<AnyView> = Vec::new();
    if found.facets.orderable > 0 || address.query.orderable {
        let item = link(
            address.toggled(Filter::Orderable).href(lang),
            texts.orderable.to_owned(),
            None,
            found.facets.orderable,
            address.query.orderable,
        );
        sections.push(section(texts.order, vec![item], None));
    }
    for (heading, part, choices, filter) in groups(found, lang) {
        if choices.is_empty() {
            continue;
        }
        let mut items: Vec<AnyView> = choices
            .iter()
            .take(MOST_CHOICES)
            .map(|choice| {
                let (label, label_lang) = choice_label(choice, part, lang);
                link(address.toggled(filter(&choice.value)).href(lang), label, label_lang, choice.count, choice.chosen)
            })
            .collect();
        // A handful more is not worth a handle.
        let rest = if items.len() > OPEN_CHOICES + 2 { items.split_off(OPEN_CHOICES) } else { Vec::new() };
        let more = (!rest.is_empty()).then(|| {
            let chosen = choices.iter().skip(OPEN_CHOICES).any(|choice| choice.chosen);
            view! {
                <details class="govuk-details govuk-!-margin-bottom-0" open=chosen>
                    <summary class="govuk-details__summary">
                        <span class="govuk-details__summary-text">
                            {texts.more} <span class="govuk-visually-hidden">{format!(": {heading}")}</span>
                        </span>
                    </summary>
                    <ul class="app-filter__list">{rest}</ul>
                </details>
            }
            .into_any()
        });
        sections.push(section(heading, items, more));
    }
    if sections.is_empty() {
        return ().into_any();
    }
    let clear = address.filtered().then(|| {
        view! {
            <p class="app-filter__clear">
                <a class="govuk-link" href=address.without_filters().href(lang)>
                    {texts.clear}
                </a>
            </p>
        }
    });
    view! {
        <h2 class="govuk-visually-hidden">{texts.filter}</h2>
        <details class="app-filter">
            <summary class="app-filter__summary">{texts.filter}</summary>
            <div class="app-filter__body">{sections} {clear}</div>
        </details>
    }
    .into_any()
}

fn section(heading: &'static str, items: Vec<AnyView>, more: Option<AnyView>) -> AnyView {
    view! {
        <section class="app-filter__group">
            <h3 class="app-filter__heading">{heading}</h3>
            <ul class="app-filter__list">{items}</ul>
            {more}
        </section>
    }
    .into_any()
}

/// The name of a choice, and its language when that is not the page's.
pub fn choice_label(choice: &Choice, part: &str, lang: Lang) -> (String, Option<&'static str>) {
    match part {
        "typ" => (labels::kind(Kind::of_code(&choice.value).unwrap_or(Kind::Other), lang).to_owned(), None),
        "sprak" => (labels::language(&choice.value, lang), None),
        "ar" => (choice.value.clone(), None),
        _ if lang == Lang::En && !choice.label_en.is_empty() => (first_upper(&choice.label_en), None),
        _ => (first_upper(&choice.label_sv), labels::other(Lang::Sv, lang)),
    }
}

/// Subjects are stored in lower case; as an entry of a list they begin with a capital.
pub fn first_upper(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Every choice that is on, as a name and the address without it.
fn chosen(address: &Address, found: &Found, lang: Lang) -> Vec<(String, Option<&'static str>, String)> {
    let mut all = Vec::new();
    for (_, part, choices, filter) in groups(found, lang) {
        for choice in choices.iter().filter(|choice| choice.chosen) {
            let (label, label_lang) = choice_label(choice, part, lang);
            all.push((label, label_lang, address.toggled(filter(&choice.value)).href(lang)));
        }
    }
    if address.query.orderable {
        let label = text::catalogue(lang).search.orderable.to_owned();
        all.push((label, None, address.toggled(Filter::Orderable).href(lang)));
    }
    all
}

fn chips(address: &Address, found: &Found, lang: Lang) -> AnyView {
    let texts = &text::catalogue(lang).search;
    let chosen = chosen(address, found, lang);
    if chosen.is_empty() {
        return ().into_any();
    }
    let items = chosen
        .into_iter()
        .map(|(label, label_lang, href)| {
            view! {
                <li class="app-chip">
                    <a class="govuk-link app-chip__link" href=href>
                        <span lang=label_lang>{label}</span>
                        " "
                        <span aria-hidden="true">"×"</span>
                        <span class="govuk-visually-hidden">{texts.remove}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <ul class="app-chips" aria-label=texts.chosen>
            {items}
        </ul>
    }
    .into_any()
}

/// What the page shows, for its title: the words and the choices.
fn what(address: &Address, found: &Found, lang: Lang) -> String {
    let words = &address.query.words;
    let words = (!words.is_empty()).then(|| (text::catalogue(lang).search.words)(words));
    words.into_iter().chain(chosen(address, found, lang).into_iter().map(|(label, ..)| label)).collect::<Vec<_>>().join(", ")
}
