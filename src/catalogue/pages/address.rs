//! The address of a search: everything that a reader asked for stands in it, so that it can be kept, sent and gone back to.
//! Names are short Swedish words. What is not understood is passed over; order and repetition do not matter.

use crate::catalogue::model::{Kind, LanguageCode};
use crate::catalogue::search::{Query, Sort};
use crate::kit::Lang;
use crate::kit::field::clean_line;

/// How many works a page shows.
pub const PER_PAGE: usize = 20;

/// Longest search that is read; the rest is cut off.
const LONGEST_WORDS: usize = 200;

/// Most choices of one kind, and the last page that can be asked for: more are typed by no reader.
const MOST_CHOICES: usize = 20;
const LAST_PAGE: usize = 100_000;

/// The parts of the address.
pub const WORDS: &str = "q";
const KIND: &str = "typ";
const SUBJECT: &str = "amne";
const YEAR: &str = "ar";
const SERIES: &str = "serie";
const LANGUAGE: &str = "sprak";
const ORDERABLE: &str = "kop";
const SORT: &str = "sortera";
const PAGE: &str = "sida";

/// One choice among the filters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filter<'a> {
    Kind(&'a str),
    Subject(&'a str),
    Year(&'a str),
    Series(&'a str),
    Language(&'a str),
    Orderable,
}

/// A search and the page of it that is shown, counted from one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    pub query: Query,
    pub page: usize,
}

impl Address {
    /// Reads the part after the question mark.
    pub fn parse(text: &str) -> Self {
        let mut query = Query::default();
        let mut page = 1;
        for (name, value) in url::form_urlencoded::parse(text.as_bytes()) {
            match name.as_ref() {
                WORDS => query.words = clean_line(&value).chars().take(LONGEST_WORDS).collect(),
                KIND => add(&mut query.kinds, Kind::of_code(&value)),
                SUBJECT => add(&mut query.subjects, slug(&value)),
                YEAR => add(&mut query.years, value.parse().ok()),
                SERIES => add(&mut query.series, slug(&value)),
                LANGUAGE => add(&mut query.languages, LanguageCode::parse(&value)),
                ORDERABLE => query.orderable = value == "ja",
                SORT => {
                    query.sort = match value.as_ref() {
                        "nyast" => Sort::Newest,
                        "titel" => Sort::Title,
                        _ => Sort::Relevance,
                    }
                }
                PAGE => page = value.parse().unwrap_or(1).clamp(1, LAST_PAGE),
                _ => {}
            }
        }
        Self { query, page }.paged()
    }

    fn paged(mut self) -> Self {
        self.query.limit = PER_PAGE;
        self.query.offset = (self.page - 1) * PER_PAGE;
        self
    }

    /// Name and value of every part that is not as in an empty search, the page left out.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        let query = &self.query;
        let mut fields = Vec::new();
        if !query.words.is_empty() {
            fields.push((WORDS, query.words.clone()));
        }
        fields.extend(query.kinds.iter().map(|kind| (KIND, kind.code().to_owned())));
        fields.extend(query.subjects.iter().map(|slug| (SUBJECT, slug.clone())));
        fields.extend(query.years.iter().map(|year| (YEAR, year.to_string())));
        fields.extend(query.series.iter().map(|slug| (SERIES, slug.clone())));
        fields.extend(query.languages.iter().map(|code| (LANGUAGE, code.as_str().to_owned())));
        if query.orderable {
            fields.push((ORDERABLE, "ja".to_owned()));
        }
        match query.sort {
            Sort::Relevance => {}
            Sort::Newest => fields.push((SORT, "nyast".to_owned())),
            Sort::Title => fields.push((SORT, "titel".to_owned())),
        }
        fields
    }

    /// Path and search, without language prefix; `path` is the page that shows it.
    pub fn path(&self, path: &str) -> String {
        let mut fields = self.fields();
        if self.page > 1 {
            fields.push((PAGE, self.page.to_string()));
        }
        if fields.is_empty() {
            return path.to_owned();
        }
        let search = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        format!("{path}?{search}")
    }

    /// The address on the search page, in a language.
    pub fn href(&self, lang: Lang) -> String {
        format!("{}{}", lang.prefix(), self.path("/publikationer"))
    }

    /// The same search at another page.
    pub fn at(&self, page: usize) -> Self {
        Self { page: page.max(1), ..self.clone() }.paged()
    }

    /// The same search in another order, from its first page.
    pub fn sorted(&self, sort: Sort) -> Self {
        let mut other = self.at(1);
        other.query.sort = sort;
        other
    }

    /// The same search with other words, from its first page.
    pub fn worded(&self, words: &str) -> Self {
        let mut other = self.at(1);
        words.clone_into(&mut other.query.words);
        other
    }

    /// The same search with this choice made, or taken back if it was made; from the first page.
    pub fn toggled(&self, filter: Filter<'_>) -> Self {
        let mut other = self.at(1);
        let query = &mut other.query;
        match filter {
            Filter::Kind(code) => toggle(&mut query.kinds, Kind::of_code(code)),
            Filter::Subject(slug) => toggle(&mut query.subjects, Some(slug.to_owned())),
            Filter::Year(year) => toggle(&mut query.years, year.parse().ok()),
            Filter::Series(slug) => toggle(&mut query.series, Some(slug.to_owned())),
            Filter::Language(code) => toggle(&mut query.languages, LanguageCode::parse(code)),
            Filter::Orderable => query.orderable = !query.orderable,
        }
        other
    }

    /// The words and the order alone.
    pub fn without_filters(&self) -> Self {
        let query = Query { words: self.query.words.clone(), sort: self.query.sort, ..Query::default() };
        Self { query, page: 1 }.paged()
    }

    /// Whether any filter is on.
    pub fn filtered(&self) -> bool {
        let query = &self.query;
        query.orderable
            || !(query.kinds.is_empty()
                && query.subjects.is_empty()
                && query.years.is_empty()
                && query.series.is_empty()
                && query.languages.is_empty())
    }
}

fn add<T: PartialEq>(list: &mut Vec<T>, value: Option<T>) {
    if let Some(value) = value
        && list.len() < MOST_CHOICES
        && !list.contains(&value)
    {
        list.push(value);
    }
}

fn toggle<T: PartialEq>(list: &mut Vec<T>, value: Option<T>) {
    let Some(value) = value else { return };
    match list.iter().position(|one| *one == value) {
        Some(at) => drop(list.remove(at)),
        None => list.push(value),
    }
}

fn slug(text: &str) -> Option<String> {
    crate::kit::Slug::parse(text).ok().map(|slug| slug.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_was_asked_stands_in_the_address() {
        let text = "q=hat+brott&typ=report&typ=evaluation&amne=unga&ar=2020&serie=rapport&sprak=sv&kop=ja&sortera=titel&sida=3";
        let address = Address::parse(text);
        assert_eq!(address.path("/publikationer"), format!("/publikationer?{text}"));
        assert_eq!((address.query.offset, address.query.limit), (40, 20));
        assert_eq!(Address::parse("").href(Lang::En), "/en/publikationer");
    }

    #[test]
    fn nonsense_is_passed_over() {
        let address = Address::parse("sida=0&typ=x&ar=tjugo&amne=%2F..&kop=1&sortera=1&okand=1&q=%00%0a");
        assert_eq!(address, Address::parse(""));
        assert_eq!(Address::parse("sida=99999999999999999999").page, 1);
        assert_eq!(Address::parse("ar=2020&ar=2020").query.years, [2020]);
    }

    #[test]
    fn choices_turn_on_and_off_from_the_first_page() {
        let address = Address::parse("q=a&sida=4");
        let chosen = address.toggled(Filter::Kind("report")).toggled(Filter::Year("2020")).toggled(Filter::Orderable);
        assert_eq!(chosen.path(""), "?q=a&typ=report&ar=2020&kop=ja");
        assert!(chosen.filtered());
        assert_eq!(chosen.toggled(Filter::Kind("report")).path(""), "?q=a&ar=2020&kop=ja");
        assert_eq!(chosen.without_filters().path(""), "?q=a");
    }

    proptest! {
        #[test]
        fn reading_an_address_back_gives_the_same(text in ".{0,200}") {
            let address = Address::parse(&text);
            let path = address.path("/p");
            prop_assert_eq!(Address::parse(path.split_once('?').map_or("", |(_, search)| search)), address);
        }
    }
}
