//! Postings, facets and orders of all documents.
//!
//! Documents are numbered as they come. Each term has a bitmap of the documents that have it, and smaller ones of those
//! that have it in the title or in the short texts; each facet value has a bitmap too. A document that changes gets a new
//! number and its old one is struck off, so nothing is ever rewritten; when a fifth is struck off the index is built anew.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::OnceLock;

use roaring::RoaringBitmap;

use super::analyser::{self, Analyser, Word};
use super::postings::{Postings, TIERS, WEAKEST};
use super::vocabulary::{Stretch, Vocabulary};
use super::{Answer, Counted, Document, Order, Question, similar};
use crate::kit::swedish;

/// Words of a question beyond these are not read.
const MOST_WORDS: usize = 12;
const MOST_LETTERS: usize = 300;
/// How many terms may stand in for one that nothing has.
const MOST_SIMILAR: usize = 64;

/// Points for a term in the title, in the short texts and in the long ones.
const POINTS: [u32; TIERS] = [8, 3, 1];

/// A facet's value and its documents.
struct Value {
    facet: usize,
    value: String,
    label_sv: String,
    label_en: String,
    documents: RoaringBitmap,
}

/// The index. See the head of this file.
#[derive(Default)]
pub struct Index {
    /// Documents that can be found.
    alive: RoaringBitmap,
    ids: Vec<u128>,
    /// The latest number of each id, in the order of ids. Ids grow with time, so new ones mostly come at the end.
    by_id: Vec<u32>,

    vocabulary: Vocabulary,
    /// By the numbers of terms.
    postings: Vec<Postings>,

    values: Vec<Value>,
    value_places: HashMap<(usize, String), u32>,
    /// Where each document's values begin in `value_lists`.
    value_starts: Vec<u32>,
    value_lists: Vec<u32>,
    facet_count: usize,
    /// How many of all documents have each value, once somebody asked.
    totals: OnceLock<Vec<u64>>,

    dates: Vec<u32>,
    /// Hash of the tie-breaking text.
    ties: Vec<u64>,
    /// What titles are ordered by, one after the other.
    title_keys: String,
    title_stretches: Vec<Stretch>,
    by_title: Vec<u32>,
    by_date: Vec<u32>,
    title_rank: Vec<u32>,
    date_rank: Vec<u32>,
}

impl Index {
    /// How many documents can be found.
    pub fn len(&self) -> u64 {
        self.alive.len()
    }

    pub fn is_empty(&self) -> bool {
        self.alive.is_empty()
    }

    /// Whether a fifth of the documents is struck off.
    pub fn is_worn(&self) -> bool {
        let all = self.ids.len() as u64;
        all > 1000 && self.alive.len() * 5 < all * 4
    }

    /// Adds a document, in place of an earlier one with its id. Call [`Index::put_in_order`] afterwards.
    pub fn add(&mut self, analyser: &mut Analyser, document: &Document) {
        let Ok(number) = u32::try_from(self.ids.len()) else { return };
        self.totals = OnceLock::new();
        self.ids.push(document.id);
        match self.place_of(document.id) {
            Ok(place) => {
                if let Some(latest) = self.by_id.get_mut(place) {
                    self.alive.remove(*latest);
                    *latest = number;
                }
            }
            Err(place) => self.by_id.insert(place, number),
        }
        self.alive.insert(number);
        self.add_text(analyser, &document.title, number, 0);
        for text in &document.about {
            self.add_text(analyser, text, number, 1);
        }
        for text in &document.body {
            self.add_text(analyser, text, number, 2);
        }
        for term in &document.identifiers {
            self.post(term, number, 1);
        }
        if self.value_starts.is_empty() {
            self.value_starts.push(0);
        }
        for value in &document.facets {
            self.facet_count = self.facet_count.max(value.facet + 1);
            let next = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
            let place = *self.value_places.entry((value.facet, value.value.clone())).or_insert(next);
            if place == next {
                self.values.push(Value {
                    facet: value.facet,
                    value: value.value.clone(),
                    label_sv: value.label_sv.clone(),
                    label_en: value.label_en.clone(),
                    documents: RoaringBitmap::new(),
                });
            }
            // A value given twice counts once.
            if let Some(stored) = self.values.get_mut(place as usize)
                && stored.documents.insert(number)
            {
                stored.label_sv.clone_from(&value.label_sv);
                stored.label_en.clone_from(&value.label_en);
                self.value_lists.push(place);
            }
        }
        self.value_starts.push(u32::try_from(self.value_lists.len()).unwrap_or(u32::MAX));
        self.dates.push(document.date);
        let mut tie = DefaultHasher::new();
        document.tie.hash(&mut tie);
        self.ties.push(tie.finish());
        let key = swedish::sort_key(&document.title);
        self.title_stretches.push(Stretch::add(&mut self.title_keys, &key));
    }

    /// Strikes a document off.
    pub fn remove(&mut self, id: u128) {
        if let Ok(place) = self.place_of(id) {
            self.totals = OnceLock::new();
            self.alive.remove(self.by_id.remove(place));
        }
    }

    /// Where an id is in `by_id`, or belongs.
    fn place_of(&self, id: u128) -> Result<usize, usize> {
        self.by_id.binary_search_by_key(&Some(&id), |&number| self.ids.get(number as usize))
    }

    fn add_text(&mut self, analyser: &mut Analyser, text: &str, number: u32, tier: u32) {
        analyser.document(text, |terms, word| {
            let term = self.post(&terms.own, number, tier);
            self.vocabulary.note(term, word);
            for part in &terms.parts {
                // A part says a little less than the word itself.
                self.post(part, number, (tier + 1).min(WEAKEST));
            }
        });
    }

    /// Notes that a document has a term.
    fn post(&mut self, term: &str, document: u32, tier: u32) -> u32 {
        let number = self.vocabulary.number(term);
        match self.postings.get_mut(number as usize) {
            Some(postings) => postings.add(document, tier),
            None => self.postings.push(Postings::new(document, tier)),
        }
        number
    }

    /// Orders what was added since the last time.
    pub fn put_in_order(&mut self) {
        let ordered = self.by_title.len();
        let new: Vec<u32> = (ordered..self.ids.len()).filter_map(|number| u32::try_from(number).ok()).collect();
        if new.is_empty() {
            return;
        }
        let (mut by_title, mut by_date) = (std::mem::take(&mut self.by_title), std::mem::take(&mut self.by_date));
        if new.len() < 200 && ordered > 0 {
            for &number in &new {
                let at = by_title.partition_point(|&other| self.title_order(other, number).is_lt());
                by_title.insert(at, number);
                let at = by_date.partition_point(|&other| self.date_order(other, number).is_lt());
                by_date.insert(at, number);
            }
        } else {
            by_title.extend(&new);
            by_title.sort_unstable_by(|&one, &other| self.title_order(one, other));
            by_date.extend(&new);
            by_date.sort_unstable_by(|&one, &other| self.date_order(one, other));
        }
        self.title_rank = ranks(&by_title);
        self.date_rank = ranks(&by_date);
        (self.by_title, self.by_date) = (by_title, by_date);
    }

    /// By title, then the newest first.
    fn title_order(&self, one: u32, other: u32) -> std::cmp::Ordering {
        let date = |number: u32| self.dates.get(number as usize).copied().unwrap_or_default();
        (self.title_key(one).cmp(self.title_key(other)))
            .then_with(|| date(other).cmp(&date(one)))
            .then_with(|| self.tie(one).cmp(&self.tie(other)))
    }

    /// The newest first, then by title.
    fn date_order(&self, one: u32, other: u32) -> std::cmp::Ordering {
        let date = |number: u32| self.dates.get(number as usize).copied().unwrap_or_default();
        date(other).cmp(&date(one)).then_with(|| self.title_order(one, other))
    }

    fn title_key(&self, number: u32) -> &str {
        self.title_stretches.get(number as usize).map(|stretch| stretch.of(&self.title_keys)).unwrap_or_default()
    }

    fn tie(&self, number: u32) -> u64 {
        self.ties.get(number as usize).copied().unwrap_or_default()
    }

    /// Gives back memory that growing took, once a whole index was built.
    pub fn settle(&mut self) {
        self.vocabulary.settle();
        self.postings.iter_mut().for_each(Postings::settle);
        self.postings.shrink_to_fit();
        for value in &mut self.values {
            // A clone has the room that it needs and no more.
            value.documents = value.documents.clone();
        }
        self.ids.shrink_to_fit();
        self.by_id.shrink_to_fit();
        self.value_starts.shrink_to_fit();
        self.value_lists.shrink_to_fit();
        self.dates.shrink_to_fit();
        self.ties.shrink_to_fit();
        self.title_keys.shrink_to_fit();
        self.title_stretches.shrink_to_fit();
    }

    /// Answers a question.
    pub fn ask(&self, question: &Question<'_>) -> Answer {
        let typed: String = question.words.chars().take(MOST_LETTERS).collect();
        let mut words = analyser::question(&typed, |term| self.vocabulary.find(term).is_some());
        words.truncate(MOST_WORDS);
        let resolved: Vec<Resolved> = words.iter().map(|word| self.resolve(word)).collect();
        let matching = self.matching(&resolved);
        let chosen: Vec<Option<RoaringBitmap>> = (0..self.facet_count.max(question.chosen.len()))
            .map(|facet| self.chosen(facet, question.chosen.get(facet).map_or(&[][..], Vec::as_slice)))
            .collect();
        let hits = narrowed(&matching, &chosen, None);
        let mut answer = Answer {
            total: hits.len(),
            ids: self.page(&hits, &resolved, question),
            facets: self.facets(&matching, &hits, &chosen, question.chosen),
            ..Answer::default()
        };
        if answer.total > 0 {
            answer.instead =
                words.iter().zip(&resolved).filter_map(|(word, found)| Some((word.typed.clone(), found.instead.clone()?))).collect();
        } else {
            self.help(&words, &resolved, &matching, &chosen, &mut answer);
        }
        answer
    }

    /// What a word stands for in this index.
    fn resolve(&self, word: &Word) -> Resolved {
        if let Some(term) = self.vocabulary.find(&word.term).filter(|&place| self.is_used(place)) {
            return Resolved::terms(vec![term]);
        }
        if !word.is_word {
            return Resolved::default();
        }
        let parts = analyser::parts(&word.typed);
        let places: Vec<u32> = parts.iter().filter_map(|part| self.vocabulary.find(part)).filter(|&place| self.is_used(place)).collect();
        if parts.len() > 1 && places.len() == parts.len() {
            return Resolved { all_of: places, ..Resolved::default() };
        }
        let holding = self.holding(&word.term);
        if !holding.is_empty() {
            return Resolved::terms(holding);
        }
        match self.closest(&word.term, false) {
            Some(place) => Resolved { instead: Some(self.vocabulary.shown(place).to_owned()), ..Resolved::terms(vec![place]) },
            None => Resolved::default(),
        }
    }

    fn is_used(&self, term: u32) -> bool {
        self.postings.get(term as usize).is_some_and(|postings| postings.meets(&self.alive))
    }

    /// In how many documents a term stands.
    fn count(&self, term: u32) -> u64 {
        self.postings.get(term as usize).map_or(0, |postings| postings.count(&self.alive))
    }

    /// Terms that hold the word, those with most documents first.
    fn holding(&self, word: &str) -> Vec<u32> {
        if word.chars().count() < 3 {
            return Vec::new();
        }
        let wanted = similar::signature(word);
        let mut found: Vec<(u64, &str, u32)> = self
            .vocabulary
            .words(|signature| signature & wanted == wanted)
            .filter(|(_, text)| text.contains(word))
            .map(|(term, text)| (self.count(term), text, term))
            .filter(|(count, ..)| *count > 0)
            .collect();
        found.sort_unstable_by_key(|&(count, text, _)| (std::cmp::Reverse(count), text));
        found.truncate(MOST_SIMILAR);
        found.into_iter().map(|(.., term)| term).collect()
    }

    /// The term that a slip or two would make of the word; among equally close ones that with most documents. Unless
    /// `any_letters`, å, ä and ö are not taken for a and o: those are other words, which may only be suggested.
    fn closest(&self, word: &str, any_letters: bool) -> Option<u32> {
        let letters: Vec<char> = word.chars().collect();
        let slips = similar::slips(letters.len());
        let wanted = similar::signature(word);
        // A slip touches three trigrams at most, a swap four.
        let missing = u32::try_from(slips * 4).unwrap_or(0);
        let mut best: Option<(usize, std::cmp::Reverse<u64>, &str, u32)> = None;
        for (term, text) in self.vocabulary.words(|signature| any_letters || (wanted & !signature).count_ones() <= missing) {
            // No letter takes more than four bytes, and those of Swedish words two.
            if text.len().abs_diff(word.len()) > letters.len() {
                continue;
            }
            let cost = if similar::same_but_for_rings(text, word) {
                any_letters.then_some(0)
            } else if (wanted & !similar::signature(text)).count_ones() <= missing && slips > 0 {
                similar::distance(&letters, &text.chars().collect::<Vec<_>>(), slips)
            } else {
                None
            };
            let Some(cost) = cost else { continue };
            let count = self.count(term);
            let candidate = (cost, std::cmp::Reverse(count), text, term);
            if count > 0 && best.as_ref().is_none_or(|best| candidate < *best) {
                best = Some(candidate);
            }
        }
        best.map(|(.., term)| term)
    }

    /// Documents with all words.
    fn matching(&self, words: &[Resolved]) -> RoaringBitmap {
        let mut matching = self.alive.clone();
        for word in words {
            matching &= self.documents(word);
        }
        matching
    }

    fn documents(&self, word: &Resolved) -> RoaringBitmap {
        let postings = |term: &u32| self.postings.get(*term as usize);
        if !word.all_of.is_empty() {
            let mut all = self.alive.clone();
            word.all_of.iter().filter_map(postings).for_each(|postings| postings.narrow(&mut all));
            return all;
        }
        let mut any = RoaringBitmap::new();
        word.any_of.iter().filter_map(postings).for_each(|postings| postings.add_to(&mut any));
        any
    }

    /// The documents of a facet's chosen values; `None` when none is chosen.
    fn chosen(&self, facet: usize, values: &[String]) -> Option<RoaringBitmap> {
        if values.is_empty() {
            return None;
        }
        let mut any = RoaringBitmap::new();
        for value in values {
            if let Some(value) = self.value_places.get(&(facet, value.clone())).and_then(|&place| self.values.get(place as usize)) {
                any |= &value.documents;
            }
        }
        Some(any)
    }

    /// Each value's documents under the words and the choices of the other facets.
    fn facets(
        &self,
        matching: &RoaringBitmap,
        hits: &RoaringBitmap,
        chosen: &[Option<RoaringBitmap>],
        chosen_values: &[Vec<String>],
    ) -> Vec<Vec<Counted>> {
        let mut counts = self.count_values(hits);
        for facet in chosen.iter().enumerate().filter(|(_, chosen)| chosen.is_some()).map(|(facet, _)| facet) {
            let without = self.count_values(&narrowed(matching, chosen, Some(facet)));
            for ((value, count), fresh) in self.values.iter().zip(&mut counts).zip(without) {
                if value.facet == facet {
                    *count = fresh;
                }
            }
        }
        let mut facets = vec![Vec::new(); chosen.len()];
        for (value, count) in self.values.iter().zip(counts) {
            let chosen = chosen_values.get(value.facet).is_some_and(|values| values.contains(&value.value));
            if (count > 0 || chosen)
                && let Some(facet) = facets.get_mut(value.facet)
            {
                facet.push(Counted {
                    value: value.value.clone(),
                    label_sv: value.label_sv.clone(),
                    label_en: value.label_en.clone(),
                    count,
                    chosen,
                });
            }
        }
        facets
    }

    /// How many of the documents have each value.
    fn count_values(&self, documents: &RoaringBitmap) -> Vec<u64> {
        if documents.len() == self.alive.len() {
            return self.totals.get_or_init(|| self.count_each(documents)).clone();
        }
        self.count_each(documents)
    }

    fn count_each(&self, documents: &RoaringBitmap) -> Vec<u64> {
        let mut counts = vec![0_u64; self.values.len()];
        for number in documents {
            let number = number as usize;
            let (Some(&start), Some(&end)) = (self.value_starts.get(number), self.value_starts.get(number + 1)) else { continue };
            for &place in self.value_lists.get(start as usize..end as usize).unwrap_or_default() {
                if let Some(count) = counts.get_mut(place as usize) {
                    *count += 1;
                }
            }
        }
        counts
    }

    /// The ids of one page.
    fn page(&self, hits: &RoaringBitmap, words: &[Resolved], question: &Question<'_>) -> Vec<u128> {
        let (offset, end) = (question.offset, question.offset.saturating_add(question.limit));
        if hits.is_empty() || offset as u64 >= hits.len() || question.limit == 0 {
            return Vec::new();
        }
        let numbers: Vec<u32> = match question.order {
            Order::Relevance if !words.is_empty() => {
                let scores = self.scores(hits, words);
                let keys = hits.iter().map(|number| {
                    let score = scores.get(number as usize).copied().unwrap_or_default();
                    (u32::MAX - score, self.date_rank.get(number as usize).copied().unwrap_or(u32::MAX))
                });
                let keys = smallest(keys.collect(), end);
                keys.into_iter().skip(offset).filter_map(|(_, rank)| self.by_date.get(rank as usize).copied()).collect()
            }
            Order::Relevance | Order::Newest => self.ranked(hits, &self.by_date, &self.date_rank, offset, end),
            Order::Title => self.ranked(hits, &self.by_title, &self.title_rank, offset, end),
        };
        numbers.into_iter().filter_map(|number| self.ids.get(number as usize).copied()).collect()
    }

    /// The documents of a page in a fixed order: by walking the order where most documents are hits, else by the ranks
    /// of the hits.
    fn ranked(&self, hits: &RoaringBitmap, order: &[u32], rank: &[u32], offset: usize, end: usize) -> Vec<u32> {
        if hits.len().saturating_mul(20) >= order.len() as u64 && end < 2000 {
            return order.iter().copied().filter(|&number| hits.contains(number)).take(end).skip(offset).collect();
        }
        let ranks = smallest(hits.iter().filter_map(|number| rank.get(number as usize).copied()).collect(), end);
        ranks.into_iter().skip(offset).filter_map(|rank| order.get(rank as usize).copied()).collect()
    }

    /// Points of each hit: rarer words count more, and a word in the title more than one in the text.
    fn scores(&self, hits: &RoaringBitmap, words: &[Resolved]) -> Vec<u32> {
        let mut scores = vec![0_u32; self.ids.len()];
        for word in words {
            for postings in word.any_of.iter().chain(&word.all_of).filter_map(|&term| self.postings.get(term as usize)) {
                let rarity = (1.0 + self.alive.len() as f64 / (1.0 + postings.count(&self.alive) as f64)).ln();
                // Rounded to sixteenths; the same on every machine, since it is an integer from here on.
                let rarity = ((rarity * 16.0) as u32).max(1);
                postings.score(hits, POINTS.map(|points| points * rarity), |document, points| {
                    if let Some(score) = scores.get_mut(document as usize) {
                        *score = score.saturating_add(points);
                    }
                });
            }
        }
        scores
    }

    /// Finds something to try when nothing was found.
    fn help(&self, words: &[Word], resolved: &[Resolved], matching: &RoaringBitmap, chosen: &[Option<RoaringBitmap>], answer: &mut Answer) {
        if chosen.iter().any(Option::is_some) && !matching.is_empty() {
            answer.without_choices = Some(matching.len());
        }
        let mut spelled = Vec::new();
        let mut other = false;
        let mut places = Vec::new();
        for (word, found) in words.iter().zip(resolved) {
            if found.is_nothing() && word.is_word {
                match self.closest(&word.term, true) {
                    Some(place) => {
                        other = true;
                        spelled.push(self.vocabulary.shown(place).to_owned());
                        places.push(Resolved::terms(vec![place]));
                        continue;
                    }
                    None => return self.help_alone(words, resolved, answer),
                }
            }
            spelled.push(found.instead.clone().unwrap_or_else(|| word.typed.clone()));
            places.push(found.clone());
        }
        if other {
            let count = self.matching(&places).len();
            if count > 0 {
                answer.spelling = Some((spelled.join(" "), count));
            }
        }
        self.help_alone(words, resolved, answer);
    }

    fn help_alone(&self, words: &[Word], resolved: &[Resolved], answer: &mut Answer) {
        if words.len() < 2 {
            return;
        }
        for (word, found) in words.iter().zip(resolved) {
            let count = self.documents(found).intersection_len(&self.alive);
            if count > 0 {
                answer.alone.push((word.typed.clone(), count));
            }
        }
    }
}

/// The terms that a word stands for: any of some, or all of some.
#[derive(Debug, Clone, Default)]
struct Resolved {
    any_of: Vec<u32>,
    all_of: Vec<u32>,
    /// What was taken instead of a word that nothing has.
    instead: Option<String>,
}

impl Resolved {
    fn terms(any_of: Vec<u32>) -> Self {
        Self { any_of, ..Self::default() }
    }

    fn is_nothing(&self) -> bool {
        self.any_of.is_empty() && self.all_of.is_empty()
    }
}

/// Under all choices but those of one facet.
fn narrowed(matching: &RoaringBitmap, chosen: &[Option<RoaringBitmap>], but: Option<usize>) -> RoaringBitmap {
    let mut hits = matching.clone();
    for (facet, documents) in chosen.iter().enumerate() {
        if let Some(documents) = documents
            && Some(facet) != but
        {
            hits &= documents;
        }
    }
    hits
}

/// The smallest keys in order, at most `count`, without sorting the rest.
fn smallest<K: Ord>(mut keys: Vec<K>, count: usize) -> Vec<K> {
    if count < keys.len() {
        keys.select_nth_unstable(count);
        keys.truncate(count);
    }
    keys.sort_unstable();
    keys
}

/// The place of each document in an order.
fn ranks(order: &[u32]) -> Vec<u32> {
    let mut ranks = vec![0; order.len()];
    for (rank, &number) in (0..).zip(order) {
        if let Some(place) = ranks.get_mut(number as usize) {
            *place = rank;
        }
    }
    ranks
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::FacetValue;
    use super::*;

    fn document(id: u128, title: &str, about: &str, body: &str, date: u32, facets: &[(usize, &str)]) -> Document {
        Document {
            id,
            tie: format!("{id}"),
            title: title.into(),
            about: vec![about.into()],
            body: vec![body.into()],
            identifiers: vec![],
            date,
            facets: facets
                .iter()
                .map(|(facet, value)| FacetValue {
                    facet: *facet,
                    value: (*value).into(),
                    label_sv: String::new(),
                    label_en: String::new(),
                })
                .collect(),
        }
    }

    fn index(documents: &[Document]) -> Index {
        let (mut index, mut analyser) = (Index::default(), Analyser::default());
        for document in documents {
            index.add(&mut analyser, document);
        }
        index.put_in_order();
        index
    }

    fn ask(index: &Index, words: &str, chosen: &[Vec<String>], order: Order) -> Answer {
        index.ask(&Question { words, chosen, order, offset: 0, limit: 10 })
    }

    fn small() -> Index {
        index(&[
            document(1, "Gängvåldet i Malmö", "unga", "Om brottsoffren i staden.", 20200000, &[(0, "report"), (1, "2020")]),
            document(2, "Stöd till brottsoffer", "stöd", "Våld nämns här.", 20210300, &[(0, "report"), (1, "2021")]),
            document(3, "Åtal", "rättskedjan", "Om kommunerna.", 20190000, &[(0, "study"), (1, "2019")]),
            document(4, "Ätlig musik", "", "", 0, &[(0, "study")]),
        ])
    }

    #[test]
    fn words_find_inflections_compounds_and_rank_titles_first() {
        let index = small();
        let ids = |words: &str| ask(&index, words, &[], Order::Relevance).ids;
        assert_eq!(ids("brottsoffer"), [2, 1]);
        assert_eq!(ids("brottsoffren"), [2, 1]);
        assert_eq!(ids("våld"), [1, 2]);
        assert_eq!(ids("gängvåld malmö"), [1]);
        assert_eq!(ids("kommun"), [3]);
        assert_eq!(ids("vald"), Vec::<u128>::new());
        assert_eq!(ids(""), [2, 1, 3, 4]);
    }

    #[test]
    fn orders_are_swedish_and_by_date() {
        let index = small();
        assert_eq!(ask(&index, "", &[], Order::Title).ids, [1, 2, 3, 4]);
        assert_eq!(ask(&index, "", &[], Order::Newest).ids, [2, 1, 3, 4]);
        let page = index.ask(&Question { words: "", chosen: &[], order: Order::Title, offset: 1, limit: 2 });
        assert_eq!((page.total, page.ids), (4, vec![2, 3]));
        let beyond = index.ask(&Question { words: "", chosen: &[], order: Order::Title, offset: 9, limit: 2 });
        assert_eq!((beyond.total, beyond.ids.len()), (4, 0));
    }

    #[test]
    fn parts_and_slips_help_and_nothing_gives_advice() {
        let index = small();
        let answer = ask(&index, "kedja", &[], Order::Relevance);
        assert_eq!(answer.ids, [3]);
        let answer = ask(&index, "ommun", &[], Order::Relevance);
        assert_eq!(answer.ids, [3]);
        let answer = ask(&index, "komun", &[], Order::Relevance);
        assert_eq!((answer.ids, answer.instead), (vec![3], vec![("komun".into(), "kommunerna".into())]));
        let answer = ask(&index, "vald", &[], Order::Relevance);
        assert_eq!((answer.total, answer.spelling), (0, Some(("våld".into(), 2))));
        let answer = ask(&index, "malmö åtal", &[], Order::Relevance);
        assert_eq!(answer.alone, [("malmö".into(), 1), ("åtal".into(), 1)]);
        let answer = ask(&index, "malmö", &[vec!["study".into()]], Order::Relevance);
        assert_eq!((answer.total, answer.without_choices), (0, Some(1)));
    }

    #[test]
    fn facets_count_under_the_other_choices() {
        let index = small();
        let counts = |answer: &Answer, facet: usize| {
            let mut counts: Vec<_> = answer.facets[facet].iter().map(|value| (value.value.clone(), value.count, value.chosen)).collect();
            counts.sort();
            counts
        };
        let all = ask(&index, "", &[], Order::Newest);
        assert_eq!(counts(&all, 0), [("report".into(), 2, false), ("study".into(), 2, false)]);
        let reports = ask(&index, "", &[vec!["report".into()]], Order::Newest);
        assert_eq!(reports.total, 2);
        assert_eq!(counts(&reports, 0), [("report".into(), 2, true), ("study".into(), 2, false)]);
        assert_eq!(counts(&reports, 1), [("2020".into(), 1, false), ("2021".into(), 1, false)]);
        let none = ask(&index, "", &[vec!["report".into()], vec!["2019".into()]], Order::Newest);
        assert_eq!((none.total, counts(&none, 1).contains(&("2019".into(), 0, true))), (0, true));
    }

    #[test]
    fn changed_and_removed_documents_are_found_as_they_are() {
        let mut index = small();
        index.add(&mut Analyser::default(), &document(3, "Nytt namn", "", "", 20220000, &[(0, "report")]));
        index.remove(4);
        index.put_in_order();
        assert_eq!(index.len(), 3);
        assert!(ask(&index, "kommun", &[], Order::Relevance).ids.is_empty());
        assert_eq!(ask(&index, "", &[], Order::Newest).ids, [3, 2, 1]);
        assert_eq!(ask(&index, "", &[], Order::Title).ids, [1, 3, 2]);
    }

    proptest! {
        /// Adding one by one gives the same answers as building at once, in whatever order they come.
        #[test]
        fn the_way_does_not_matter(seed in any::<u64>(), ask_for in 0usize..6) {
            let words = ["brott", "våld", "skola", "polis", "gängvåld", "unga"];
            let mut documents: Vec<Document> = (0..40_u64)
                .map(|n| {
                    let mix = seed.wrapping_mul(n + 1).rotate_left(17);
                    let word = |shift: u32| words[(mix >> shift) as usize % words.len()];
                    let year = format!("{}", 2000 + mix % 7);
                    document(u128::from(n), word(3), word(9), word(20), (2000 + (mix % 7) as u32) * 10000, &[(0, word(30)), (1, &year)])
                })
                .collect();
            let built = index(&documents);
            documents.reverse();
            let mut grown = Index::default();
            for document in &documents {
                grown.add(&mut Analyser::default(), document);
                grown.put_in_order();
            }
            for order in [Order::Relevance, Order::Newest, Order::Title] {
                for chosen in [vec![], vec![vec!["polis".to_owned()]], vec![vec![], vec!["2003".to_owned(), "2004".to_owned()]]] {
                    let (one, other) = (ask(&built, words[ask_for], &chosen, order), ask(&grown, words[ask_for], &chosen, order));
                    prop_assert_eq!(one.ids, other.ids);
                    prop_assert_eq!(one.total, other.total);
                }
            }
        }
    }
}
