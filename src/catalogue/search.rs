//! From a reader's words and choices to works: the questions that pages ask, and how the index is kept up to date.

use super::model::{Kind, LanguageCode, Listed};
use crate::kit::Id;
use crate::platform::db::StoreError;
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

/// Searches. The index first takes in what changed since it was last asked; the first search waits until it is built.
pub async fn find(app: &App, query: &Query) -> Result<Found, StoreError> {
    let _ = (app, query);
    Ok(Found::default())
}

/// Searches and reads the works of the page.
pub async fn find_listed(app: &App, query: &Query) -> Result<(Found, Vec<Listed>), StoreError> {
    let found = find(app, query).await?;
    let works = app.db.read(async |tx| super::store::listed(tx, &found.ids).await).await?;
    Ok((found, works))
}

/// The newest works, for the start page and feeds (at most 50).
pub async fn latest(app: &App, limit: usize) -> Result<Vec<Listed>, StoreError> {
    let query = Query { sort: Sort::Newest, limit, ..Query::default() };
    Ok(find_listed(app, &query).await?.1)
}
