//! Search: an index in the memory of each process. It knows documents with words, dates and facets, and nothing of what
//! they are; the area that owns them fills it from the database and asks it.
//!
//! `words` Swedish word lists · `analyser` text to terms · `vocabulary` the terms · `postings` who has them · `similar`
//! words that look alike · `index` all of it, with facets and orders. Why not the databases' own full text: their stemmers differ, so the same question would give different
//! answers on SQLite and on PostgreSQL.

pub mod analyser;
mod index;
mod postings;
mod similar;
mod vocabulary;
mod words;

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{PoisonError, RwLock};

use tokio::sync::{Mutex, MutexGuard};

pub use self::index::Index;
use crate::kit::Id;

/// Something that can be found.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// The 16 bytes of its id as a number.
    pub id: u128,
    /// A text of its own that is the same in every database; decides between documents that are alike otherwise.
    pub tie: String,
    pub title: String,
    /// Short texts about it: subtitle, subjects, names.
    pub about: Vec<String>,
    /// Long texts.
    pub body: Vec<String>,
    /// Terms of its identifiers, from [`analyser`].
    pub identifiers: Vec<String>,
    /// `20210315`, with zeros for what is not known.
    pub date: u32,
    pub facets: Vec<FacetValue>,
}

/// A value that documents can be chosen by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetValue {
    /// Which facet, counted from 0 by the area.
    pub facet: usize,
    pub value: String,
    /// How readers know it, where the value is not enough.
    pub label_sv: String,
    pub label_en: String,
}

/// The order of what is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Best first; without words as [`Order::Newest`].
    Relevance,
    Newest,
    Title,
}

/// What is asked.
#[derive(Debug, Clone)]
pub struct Question<'a> {
    pub words: &'a str,
    /// The values chosen in each facet: any of one facet, all facets together.
    pub chosen: &'a [Vec<String>],
    pub order: Order,
    pub offset: usize,
    pub limit: usize,
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    pub total: u64,
    pub ids: Vec<u128>,
    /// For each facet its values with at least one document under the other choices, and the chosen ones.
    pub facets: Vec<Vec<Counted>>,
    /// Words that nothing has, and what was taken instead.
    pub instead: Vec<(String, String)>,
    /// When nothing was found: words that would find so many.
    pub spelling: Option<(String, u64)>,
    /// When nothing was found: how many without the choices.
    pub without_choices: Option<u64>,
    /// When nothing was found: how many each word would find alone.
    pub alone: Vec<(String, u64)>,
}

/// A facet's value with how many documents it would give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    pub value: String,
    pub label_sv: String,
    pub label_en: String,
    pub count: u64,
    pub chosen: bool,
}

/// An id as the index keeps it.
pub fn bits_of(id: &Id) -> u128 {
    u128::from_str_radix(&id.as_str().replace('-', ""), 16).unwrap_or_default()
}

/// An id as the database keeps it.
pub fn id_of(bits: u128) -> Id {
    Id::from_bytes(bits.to_be_bytes())
}

/// The index that all handlers share, and how far it has followed the database.
#[derive(Default)]
pub struct SharedIndex {
    index: RwLock<Index>,
    /// The revision up to which the index has everything; -1 before it was filled.
    revision: AtomicI64,
    /// Held by the one who brings it up to date.
    turn: Mutex<()>,
}

impl SharedIndex {
    pub fn new() -> Self {
        Self { revision: AtomicI64::new(-1), ..Self::default() }
    }

    /// Up to which revision of the database the index is complete; `None` before it was filled.
    pub fn revision(&self) -> Option<i64> {
        Some(self.revision.load(Ordering::Acquire)).filter(|revision| *revision >= 0)
    }

    pub fn set_revision(&self, revision: i64) {
        self.revision.store(revision, Ordering::Release);
    }

    /// Whoever brings the index up to date holds this. While it is empty everybody waits for it; afterwards nobody does.
    pub async fn turn(&self) -> Option<MutexGuard<'_, ()>> {
        match self.revision() {
            None => Some(self.turn.lock().await),
            Some(_) => self.turn.try_lock().ok(),
        }
    }

    /// Answers from the index as it is.
    pub fn ask(&self, question: &Question<'_>) -> Answer {
        self.index.read().unwrap_or_else(PoisonError::into_inner).ask(question)
    }

    /// Puts a newly built index in place of the old one.
    pub fn replace(&self, index: Index) {
        *self.index.write().unwrap_or_else(PoisonError::into_inner) = index;
    }

    /// Takes in a few changes: documents that are new or changed, and ids of those that are gone. Readers wait for a few
    /// documents at most.
    pub fn change(&self, documents: Vec<Document>, gone: &[u128]) {
        let mut analyser = analyser::Analyser::default();
        for documents in documents.chunks(20) {
            let mut index = self.index.write().unwrap_or_else(PoisonError::into_inner);
            for document in documents {
                index.add(&mut analyser, document);
            }
            index.put_in_order();
        }
        let mut index = self.index.write().unwrap_or_else(PoisonError::into_inner);
        for id in gone {
            index.remove(*id);
        }
    }

    /// Whether so much was changed that the index should be built anew.
    pub fn is_worn(&self) -> bool {
        self.index.read().unwrap_or_else(PoisonError::into_inner).is_worn()
    }

    /// How many documents can be found.
    pub fn len(&self) -> u64 {
        self.index.read().unwrap_or_else(PoisonError::into_inner).len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
