//! From a reader's words and choices to works: the questions that pages ask, and how the index is kept up to date.

use std::cmp::Reverse;

use super::model::{Kind, LanguageCode, Listed};
use super::store;
use super::store::changes::{self as store_changes, Indexed, Place};
use crate::kit::swedish::sort_key;
use crate::kit::{Id, PartialDate, civil};
use crate::platform::db::StoreError;
use crate::platform::search::analyser::{self, Analyser};
use crate::platform::search::{self as index, Document, FacetValue, Index, Order};
use crate::web::App;

/// What a reader asks for; everything in it stands in the page's address.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    pub words: String,
    /// Any of these kinds; empty for all. So for the other lists.
    pub kinds: Vec<Kind>,
    /// Slugs.
    pub subjects: Vec<String>,
    pub years: Vec<u16>,
    /// Slugs.
    pub series: Vec<String>,
    pub languages: Vec<LanguageCode>,
    /// Only what can be ordered in print.
    pub orderable: bool,
    pub sort: Sort,
    /// How many works to pass over, and how many to give (at most 50).
    pub offset: usize,
    pub limit: usize,
}

/// The order of the works found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Best match first; without words the newest.
    #[default]
    Relevance,
    Newest,
    /// Swedish letters.
    Title,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// How many works in all.
    pub total: u64,
    /// The ids of this page of them.
    pub ids: Vec<Id>,
    /// How many works each choice would give, under the other choices.
    pub facets: Facets,
    /// What to try when nothing, or only something similar, was found.
    pub hints: Vec<Hint>,
}

/// Choices with counts; those without works are left out, but a chosen one always stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facets {
    /// In the order of [`Kind::ALL`].
    pub kinds: Vec<Choice>,
    /// Most works first.
    pub subjects: Vec<Choice>,
    /// Latest first.
    pub years: Vec<Choice>,
    /// By name.
    pub series: Vec<Choice>,
    /// Most works first.
    pub languages: Vec<Choice>,
    /// Works to order in print.
    pub orderable: u64,
}

/// One choice of a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What stands in the address: a kind's code, a slug, a year, a language code.
    pub value: String,
    /// The name of a subject or series; empty where `text` names the value.
    pub label_sv: String,
    /// Empty where there is no English name.
    pub label_en: String,
    pub count: u64,
    pub chosen: bool,
}

/// What helps a reader on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hint {
    /// Nothing has the word `typed`; what was found has `shown` instead.
    Instead { typed: String, shown: String },
    /// Nothing was found; the words so spelled would give `count` works.
    Spelling { words: String, count: u64 },
    /// Nothing was found with the choices; the words alone would give `count` works.
    WithoutChoices { count: u64 },
    /// Nothing has all the words; this one alone is in `count` works.
    Word { word: String, count: u64 },
}

/// The facets, by their places in the index.
const KIND: usize = 0;
const SUBJECT: usize = 1;
const YEAR: usize = 2;
const SERIES: usize = 3;
const LANGUAGE: usize = 4;
const ORDERABLE: usize = 5;

/// The one value of [`ORDERABLE`].
const YES: &str = "1";

/// No page is longer.
const LONGEST_PAGE: usize = 50;

/// So many changes at once are quicker to take in by building the index anew.
const MANY: i64 = 2000;

/// Searches. The index first takes in what changed since it was last asked; the first search waits until it is built.
pub async fn find(app: &App, query: &Query) -> Result<Found, StoreError> {
    refresh(app).await?;
    Ok(ask(app, query))
}

/// Searches and reads the works of the page.
pub async fn find_listed(app: &App, query: &Query) -> Result<(Found, Vec<Listed>), StoreError> {
    let found = find(app, query).await?;
    let today = civil::stockholm(app.now()).date;
    let works = app.db.read(async |tx| store::listed(tx, &found.ids, today).await).await?;
    Ok((found, works))
}

/// The newest works, for the start page and feeds (at most 50).
pub async fn latest(app: &App, limit: usize) -> Result<Vec<Listed>, StoreError> {
    let query = Query { sort: Sort::Newest, limit, ..Query::default() };
    Ok(find_listed(app, &query).await?.1)
}

fn ask(app: &App, query: &Query) -> Found {
    let years: Vec<String> = query.years.iter().map(u16::to_string).collect();
    let mut chosen = vec![Vec::new(); 6];
    chosen[KIND] = query.kinds.iter().map(|kind| kind.code().to_owned()).collect();
    chosen[SUBJECT].clone_from(&query.subjects);
    chosen[YEAR] = years;
    chosen[SERIES].clone_from(&query.series);
    chosen[LANGUAGE] = query.languages.iter().map(|code| code.as_str().to_owned()).collect();
    if query.orderable {
        chosen[ORDERABLE].push(YES.to_owned());
    }
    let answer = app.search.ask(&index::Question {
        words: &query.words,
        chosen: &chosen,
        order: match query.sort {
            Sort::Relevance => Order::Relevance,
            Sort::Newest => Order::Newest,
            Sort::Title => Order::Title,
        },
        offset: query.offset,
        limit: query.limit.min(LONGEST_PAGE),
    });
    let mut hints: Vec<Hint> = answer.instead.into_iter().map(|(typed, shown)| Hint::Instead { typed, shown }).collect();
    hints.extend(answer.spelling.map(|(words, count)| Hint::Spelling { words, count }));
    hints.extend(answer.without_choices.map(|count| Hint::WithoutChoices { count }));
    hints.extend(answer.alone.into_iter().map(|(word, count)| Hint::Word { word, count }));
    Found { total: answer.total, ids: answer.ids.into_iter().map(index::id_of).collect(), facets: facets(answer.facets), hints }
}

fn facets(mut answered: Vec<Vec<index::Counted>>) -> Facets {
    let mut take = |facet: usize| -> Vec<Choice> {
        let values = answered.get_mut(facet).map(std::mem::take).unwrap_or_default();
        let choice = |counted: index::Counted| Choice {
            value: counted.value,
            label_sv: counted.label_sv,
            label_en: counted.label_en,
            count: counted.count,
            chosen: counted.chosen,
        };
        values.into_iter().map(choice).collect()
    };
    let most_first = |mut choices: Vec<Choice>| {
        choices.sort_by_cached_key(|choice| (Reverse(choice.count), sort_key(&choice.label_sv), choice.value.clone()));
        choices
    };
    let (mut kinds, subjects, mut years, mut series) = (take(KIND), most_first(take(SUBJECT)), take(YEAR), take(SERIES));
    kinds.sort_by_key(|choice| Kind::of_code(&choice.value));
    years.sort_by(|one, other| other.value.cmp(&one.value));
    series.sort_by_cached_key(|choice| (sort_key(&choice.label_sv), choice.value.clone()));
    let languages = most_first(take(LANGUAGE));
    let orderable = take(ORDERABLE).first().map_or(0, |choice| choice.count);
    Facets { kinds, subjects, years, series, languages, orderable }
}

/// Fills the index in the background when the portal starts, so that the first search need not wait.
pub async fn warm_up(app: App) {
    if let Err(error) = refresh(&app).await {
        tracing::warn!(%error, "the search index is not filled yet; the first search will try again");
    }
}

/// Brings the index up to the database's revision.
pub async fn refresh(app: &App) -> Result<(), StoreError> {
    let shared = &app.search;
    let revision = app.db.read(async |tx| store::write::revision(tx).await).await?;
    if shared.revision() == Some(revision) {
        return Ok(());
    }
    // Someone else is at it already: what there is answers meanwhile.
    let Some(_turn) = shared.turn().await else { return Ok(()) };
    let seen = match shared.revision() {
        Some(seen) if seen >= revision => return Ok(()),
        seen => seen,
    };
    let changed = match seen {
        Some(seen) => app.db.read(async |tx| store_changes::count_since(tx, seen).await).await?,
        None => i64::MAX,
    };
    if changed > MANY || shared.is_worn() {
        let started = std::time::Instant::now();
        let index = build(app).await?;
        tracing::info!(works = index.len(), milliseconds = started.elapsed().as_millis(), "built the search index");
        shared.replace(index);
    } else if let Some(seen) = seen {
        let mut from = Place::after(seen);
        loop {
            let page = app.db.read(async |tx| store_changes::since(tx, &from).await).await?;
            let Some(last) = page.last else { break };
            from = last;
            let app = app.clone();
            let changed = move || app.search.change(page.works.into_iter().map(document).collect(), &ids(&page.gone));
            tokio::task::spawn_blocking(changed).await.map_err(|_| StoreError::Stale("the index broke off"))?;
        }
    }
    shared.set_revision(revision);
    Ok(())
}

fn ids(ids: &[Id]) -> Vec<u128> {
    ids.iter().map(index::bits_of).collect()
}

/// Builds the index anew: while one page of works is read, the one before is analysed.
async fn build(app: &App) -> Result<Index, StoreError> {
    let broke_off = |_| StoreError::Stale("building the index broke off");
    let mut built = (Index::default(), Analyser::default());
    let mut from = Place::default();
    let mut waiting = Vec::new();
    loop {
        let page = async { app.db.read(async |tx| store_changes::since(tx, &from).await).await };
        let analysing = tokio::task::spawn_blocking(move || {
            let (mut index, mut analyser) = built;
            for work in waiting {
                index.add(&mut analyser, &document(work));
            }
            (index, analyser)
        });
        let (page, analysed) = tokio::join!(page, analysing);
        built = analysed.map_err(broke_off)?;
        let page = page?;
        waiting = page.works;
        match page.last {
            Some(last) => from = last,
            None => break,
        }
    }
    let (mut index, _) = built;
    let ordered = tokio::task::spawn_blocking(move || {
        index.put_in_order();
        index.settle();
        index
    });
    ordered.await.map_err(broke_off)
}

/// What the index keeps of a work.
fn document(work: Indexed) -> Document {
    let mut facets = Vec::with_capacity(8);
    let mut facet = |facet: usize, value: &str, label_sv: &str, label_en: &str| {
        let (value, label_sv, label_en) = (value.to_owned(), label_sv.to_owned(), label_en.to_owned());
        facets.push(FacetValue { facet, value, label_sv, label_en });
    };
    facet(KIND, work.kind.code(), "", "");
    for subject in &work.subjects {
        facet(SUBJECT, &subject.slug, &subject.name_sv, subject.name_en.as_deref().unwrap_or_default());
    }
    if let Some(year) = work.year {
        facet(YEAR, &year.to_string(), "", "");
    }
    if let Some((slug, name)) = &work.series {
        facet(SERIES, slug, name, "");
    }
    for language in &work.languages {
        facet(LANGUAGE, language, "", "");
    }
    if work.orderable {
        facet(ORDERABLE, YES, "", "");
    }
    let mut identifiers: Vec<String> = work.isbns.iter().map(analyser::isbn_term).collect();
    identifiers.extend(work.urn.as_ref().map(analyser::urn_term));
    identifiers.extend(work.issn.as_ref().map(analyser::issn_term));
    let mut about: Vec<String> = work.authors;
    about.extend(work.subtitle);
    about.extend(work.number);
    about.extend(work.organisation);
    about.extend(work.series.map(|(_, name)| name));
    about.extend(work.year.map(|year| year.to_string()));
    about.extend(work.subjects.into_iter().flat_map(|subject| [Some(subject.name_sv), subject.name_en]).flatten());
    Document {
        id: index::bits_of(&work.id),
        date: date_number(work.published.or(work.received), work.year),
        tie: work.path,
        title: work.title,
        about,
        body: work.texts,
        identifiers,
        facets,
    }
}

/// `20210315`, with zeros for what is not known.
fn date_number(date: Option<PartialDate>, year: Option<u16>) -> u32 {
    let (year, month, day) = match date {
        Some(PartialDate::Day(date)) => (date.year(), date.month(), date.day()),
        Some(PartialDate::Month(year, month)) => (year, month, 0),
        Some(PartialDate::Year(year)) => (year, 0, 0),
        None => (year.unwrap_or(0), 0, 0),
    };
    u32::from(year) * 10_000 + u32::from(month) * 100 + u32::from(day)
}
