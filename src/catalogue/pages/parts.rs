//! Pieces that several pages of the catalogue share: a work in a list, its cover, the search box, pages of a list.

use leptos::prelude::*;

use super::address::{Address, PER_PAGE, WORDS};
use crate::catalogue::citation::{is_agency, series_text};
use crate::catalogue::labels;
use crate::catalogue::model::{self, Kind, LanguageCode, Listed, StockStatus};
use crate::kit::{Lang, PartialDate};
use crate::text;
use crate::ui::components::{PageLinks, Pagination};

/// What the cover of a work says.
pub struct Cover<'a> {
    pub kind: Kind,
    pub number: Option<&'a str>,
    /// Left out on a small cover.
    pub title: Option<&'a str>,
    pub sender: Option<&'a str>,
}

/// Letters of the longest word that fits on a small cover.
const SMALL_WORD: usize = 11;

/// A typographic cover: decoration, so hidden from those who listen.
pub fn cover(cover: &Cover<'_>, lang: Lang) -> AnyView {
    let colour = match cover.kind {
        Kind::Report | Kind::EnglishSummary | Kind::Other => "",
        Kind::Evaluation | Kind::Handbook | Kind::Booklet => " app-cover--teal",
        Kind::ShortAnalysis => " app-cover--rust",
        Kind::ResearchReview | Kind::KnowledgeReview => " app-cover--violet",
        Kind::Statistics | Kind::TechnicalReport | Kind::Appendix | Kind::AnnualReport => " app-cover--ochre",
    };
    let small = cover.title.is_none();
    let kind = labels::kind(cover.kind, lang);
    let fits = !small || kind.split(' ').all(|word| word.chars().count() <= SMALL_WORD);
    let small = if small { " app-cover--small" } else { "" };
    view! {
        <div class=format!("app-cover{small}{colour}") aria-hidden="true">
            {fits.then(|| view! { <span class="app-cover__kind">{kind}</span> })}
            {cover.number.map(|number| view! { <span class="app-cover__number">{number.to_owned()}</span> })}
            {cover.title.map(|title| view! { <span class="app-cover__title">{title.to_owned()}</span> })}
            {cover.sender.map(|sender| view! { <span class="app-cover__sender">{sender.to_owned()}</span> })}
        </div>
    }
    .into_any()
}

/// The picture of a work's front, where there is one, in a width and for screens of twice as many dots. Its place is kept
/// while it is on its way.
pub fn picture(cover: &model::Cover, width: i64, alt: &str, late: bool) -> AnyView {
    let (wide, high) = cover.size(width);
    let twice = cover.size(width * 2).0;
    let sources = (twice > wide).then(|| format!("{} {wide}w, {} {twice}w", cover.src(width), cover.src(width * 2)));
    let sizes = sources.is_some().then(|| format!("{wide}px"));
    view! {
        <img
            class="app-cover-picture"
            src=cover.src(width)
            srcset=sources
            sizes=sizes
            width=wide.to_string()
            height=high.to_string()
            alt=alt.to_owned()
            loading=late.then_some("lazy")
            decoding="async"
        />
    }
    .into_any()
}

/// `Inkom 2021` or `Publicerad mars 2020`.
pub fn dated(published: Option<PartialDate>, received: Option<PartialDate>, year: Option<u16>, lang: Lang) -> Option<String> {
    let texts = &text::catalogue(lang).publication;
    match (published, received) {
        (Some(date), _) => Some((texts.published)(&date.long(lang))),
        (None, Some(date)) => Some((texts.received)(&date.long(lang))),
        (None, None) => year.map(|year| year.to_string()),
    }
}

/// Works as a list of results. `heading` is the level of their titles.
pub fn results(works: &[Listed], lang: Lang, heading: Heading) -> AnyView {
    let items = works.iter().map(|work| result(work, lang, heading)).collect_view();
    view! { <ol class="app-results">{items}</ol> }.into_any()
}

/// The level of headings in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heading {
    Two,
    Three,
}

fn result(work: &Listed, lang: Lang, heading: Heading) -> impl IntoView + use<> {
    let own = work.organisation.as_ref().is_none_or(|name| is_agency(name.as_str()));
    let sender = own.then_some(text::site(lang).agency);
    let number = work.number.as_ref().map(|number| number.as_str());
    // A series that is named as its kind is not said twice: "Kortanalys 6/2019".
    let name = work.series.as_ref().map(|name| name.as_str()).filter(|name| *name != labels::kind(work.kind, lang));
    let series = series_text(name, number);
    let title = view! {
        <a class="govuk-link" href=format!("{}{}", lang.prefix(), work.href()) lang=labels::foreign(&work.languages, lang)>
            {work.full_title()}
        </a>
    };
    let title = match heading {
        Heading::Two => view! { <h2 class="app-result__title">{title}</h2> }.into_any(),
        Heading::Three => view! { <h3 class="app-result__title">{title}</h3> }.into_any(),
    };
    let ingress = work.ingress.best(lang).map(|(ingress, of)| {
        view! {
            <p class="app-result__ingress" lang=labels::other(of, lang)>
                {shortened(ingress.as_str())}
            </p>
        }
    });
    // Beside its title in a list a picture says nothing more.
    let face = match &work.cover {
        Some(cover) => picture(cover, 120, "", true),
        None => cover(&Cover { kind: work.kind, number, title: None, sender }, lang),
    };
    view! {
        <li class="app-result">
            <div class="app-result__cover">
                {face}
            </div>
            <div class="app-result__body">
                {title}
                <p class="app-result__meta">
                    <span class="govuk-tag govuk-tag--grey">{labels::kind(work.kind, lang)}</span>
                    {series.map(|series| view! { <span>{series}</span> })}
                    {dated(work.published, work.received, work.year, lang)
                        .map(|date| view! { <span class="app-nowrap">{date}</span> })}
                </p>
                {ingress}
                {offer(work, lang)}
            </div>
        </li>
    }
}

/// What it costs, and what is free.
fn offer(work: &Listed, lang: Lang) -> Option<AnyView> {
    let texts = &text::catalogue(lang).search;
    let print = work.orderable().map(|orderable| match orderable.stock().status() {
        StockStatus::Out => view! { <span>{texts.out_of_stock}</span> }.into_any(),
        _ => view! {
            <span>
                <span class="app-nowrap">{orderable.price().text(lang)}</span>
                " "
                {texts.in_print}
            </span>
        }
        .into_any(),
    });
    let file = work.download().map(|(edition, _)| view! { <span>{(texts.free)(labels::form(edition.form, lang))}</span> });
    (print.is_some() || file.is_some()).then(|| view! { <p class="app-result__price">{print} {file}</p> }.into_any())
}

/// The first sentences of a text, about two lines of them; cut at a word when the first is longer.
fn shortened(text: &str) -> String {
    const ROOM: usize = 240;
    if text.chars().count() <= ROOM {
        return text.to_owned();
    }
    let room: String = text.chars().take(ROOM).collect();
    match room.rfind(". ") {
        Some(end) => room[..=end].to_owned(),
        None => format!("{} …", room.rsplit_once(' ').map_or(room.as_str(), |(words, _)| words)),
    }
}

/// The search box. The other choices of the address go along as hidden fields; the page does not.
pub fn search_box(address: &Address, lang: Lang) -> AnyView {
    let texts = &text::catalogue(lang).search;
    let hidden = address
        .fields()
        .into_iter()
        .filter(|(name, _)| *name != WORDS)
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view();
    view! {
        <search>
            <form class="app-search" action=format!("{}/publikationer", lang.prefix()) method="get">
                <label class="govuk-label govuk-label--s" for="q">
                    {texts.label}
                </label>
                <div class="govuk-hint" id="q-hint">
                    {texts.hint}
                </div>
                <div class="app-search__row">
                    <input
                        class="govuk-input app-search__input"
                        id="q"
                        name=WORDS
                        type="search"
                        autocomplete="off"
                        aria-describedby="q-hint"
                        value=address.query.words.clone()
                    />
                    <button class="govuk-button app-search__button" type="submit">
                        {texts.button}
                    </button>
                </div>
                {hidden}
            </form>
        </search>
    }
    .into_any()
}

/// How many pages a list has; at least one.
pub fn page_count(total: u64) -> usize {
    usize::try_from(total).unwrap_or(usize::MAX).div_ceil(PER_PAGE).max(1)
}

/// "Visar 1–20 av 743".
pub fn shown(total: u64, page: usize, lang: Lang) -> String {
    let first = (page - 1) * PER_PAGE + 1;
    let last = (page * PER_PAGE).min(usize::try_from(total).unwrap_or(usize::MAX));
    let number = |n: usize| labels::number(n as u64, lang);
    (text::catalogue(lang).search.shown)(&number(first), &number(last), &labels::number(total, lang))
}

/// Links to the pages of a list.
pub fn pagination(page: usize, total: u64, href: impl Fn(usize) -> String) -> AnyView {
    view! { <Pagination links=PageLinks::numbered(page, page_count(total), href) /> }.into_any()
}

/// Titles of works are in their own language.
pub fn title_lang(languages: &[LanguageCode], lang: Lang) -> Option<String> {
    labels::foreign(languages, lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_end_at_a_sentence_or_a_word() {
        assert_eq!(shortened("Kort."), "Kort.");
        let long = format!("Första meningen. {}", "ord ".repeat(100));
        assert_eq!(shortened(&long), "Första meningen.");
        let words = "ord ".repeat(100);
        assert!(shortened(&words).ends_with("ord …") && shortened(&words).chars().count() <= 242);
    }

    #[test]
    fn pages_are_counted_from_one() {
        assert_eq!((page_count(0), page_count(20), page_count(21)), (1, 1, 2));
        assert_eq!(shown(743, 38, Lang::Sv), "Visar 741–743 av 743");
    }
}
