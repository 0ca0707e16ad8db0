//! Finding documents of the register. One list for everybody: it gives what everybody may see and is searched by nothing else
//! (`register_words`), so that neither a row nor a count tells what is masked.

use super::number_words;
use crate::kit::{CaseNumber, Id, swedish};
use crate::platform::db::{StoreError, Tx};
use crate::register::model::{Direction, Facts, Listed};

/// Rows of a page.
pub const PAGE: i64 = 50;

/// Further than this nothing is counted: who finds more narrows the search.
pub const MOST_FOUND: i64 = 10_000;

/// How many words of a search count.
const MOST_WORDS: usize = 4;

/// What the list is narrowed by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Narrow {
    /// Folded words, each the beginning of a word of number, subject or counterpart.
    pub words: Vec<String>,
    /// Words of the counterpart alone.
    pub counterpart: Vec<String>,
    pub direction: Option<Direction>,
    pub year: Option<u16>,
    /// Only those that are marked as secret.
    pub secret: bool,
    /// The oldest first.
    pub rising: bool,
}

impl Narrow {
    /// Words and where they must stand, at most [`MOST_WORDS`].
    fn terms(&self) -> Vec<(&str, &'static str)> {
        let words = self.words.iter().map(|word| (word.as_str(), ""));
        // The field for the counterpart narrows more, so its words come first.
        self.counterpart.iter().map(|word| (word.as_str(), "who")).chain(words).take(MOST_WORDS).collect()
    }

    /// What is bound to the words' places, empty where there are fewer.
    fn bound(&self) -> Vec<String> {
        let terms = self.terms();
        (0..MOST_WORDS)
            .flat_map(|place| match terms.get(place) {
                // No letter comes after the last one of Unicode.
                Some((word, part)) => [(*word).to_owned(), format!("{word}\u{10FFFF}"), (*part).to_owned()],
                None => Default::default(),
            })
            .collect()
    }
}

macro_rules! listed {
    ($condition:expr) => {
        concat!(
            "SELECT d.id, d.seq, c.number, d.running, d.registered_at, d.version, e.direction, e.day, e.party,
                CASE WHEN e.masks_counterpart = 1 THEN NULL ELSE e.counterpart END AS counterpart,
                CASE WHEN e.masks_subject = 1 THEN NULL ELSE e.subject END AS subject,
                CAST(CASE WHEN e.secrecy IS NULL THEN 0 ELSE 1 END AS BIGINT) AS secret,
                (SELECT CAST(COUNT(*) AS BIGINT) FROM register_files f WHERE f.document_id = d.id) AS files
             FROM register_documents d JOIN register_entries e ON e.document_id = d.id AND e.version = d.version
                  JOIN register_cases c ON c.id = d.case_id
             WHERE ",
            $condition
        )
    };
}

macro_rules! counted {
    ($condition:expr) => {
        concat!(
            "SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT 1 AS one
             FROM register_documents d JOIN register_entries e ON e.document_id = d.id AND e.version = d.version
             WHERE ",
            $condition,
            " LIMIT $4) found"
        )
    };
}

/// Filters without words.
macro_rules! narrowed {
    () => {
        "($1 = '' OR e.direction = $1) AND ($2 = 0 OR d.year = $2) AND ($3 = 0 OR e.secrecy IS NOT NULL)"
    };
}

/// Documents with a word that lies between two bounds.
macro_rules! with_word {
    ($from:literal, $to:literal, $part:literal) => {
        concat!(
            "d.id IN (SELECT w.document_id FROM register_words w WHERE w.word >= $",
            $from,
            " AND w.word < $",
            $to,
            " AND ($",
            $part,
            " = '' OR w.part = $",
            $part,
            "))"
        )
    };
}

/// The same for the words' places from a number on; the first is always there.
macro_rules! worded {
    ($a:literal $b:literal $c:literal, $d:literal $e:literal $f:literal, $g:literal $h:literal $i:literal, $j:literal $k:literal $l:literal) => {
        concat!(
            narrowed!(),
            " AND ",
            with_word!($a, $b, $c),
            " AND ($",
            $d,
            " = '' OR ",
            with_word!($d, $e, $f),
            ") AND ($",
            $g,
            " = '' OR ",
            with_word!($g, $h, $i),
            ") AND ($",
            $j,
            " = '' OR ",
            with_word!($j, $k, $l),
            ")"
        )
    };
}

/// Some of them in order, after a row.
macro_rules! page {
    ($condition:expr, rising) => {
        concat!(listed!($condition), " AND d.seq > $6 ORDER BY d.seq LIMIT $4 OFFSET $5")
    };
    ($condition:expr, falling) => {
        concat!(listed!($condition), " AND d.seq < $6 ORDER BY d.seq DESC LIMIT $4 OFFSET $5")
    };
}

/// How many documents there are within `narrow`, counted to `most`.
pub async fn count(tx: &mut Tx, narrow: &Narrow, most: i64) -> Result<i64, StoreError> {
    let words = !narrow.terms().is_empty();
    let statement =
        if words { counted!(worded!("5" "6" "7", "8" "9" "10", "11" "12" "13", "14" "15" "16")) } else { counted!(narrowed!()) };
    let mut query = sqlx::query_scalar(statement)
        .bind(narrow.direction.map_or("", Direction::code))
        .bind(i64::from(narrow.year.unwrap_or_default()))
        .bind(i64::from(narrow.secret))
        .bind(most);
    if words {
        query = narrow.bound().into_iter().fold(query, |query, word| query.bind(word));
    }
    Ok(query.fetch_one(tx).await?)
}

/// Some of them: those after `last`, without the first `offset` of these.
pub async fn list(tx: &mut Tx, narrow: &Narrow, last: Option<&Listed>, limit: i64, offset: i64) -> Result<Vec<Listed>, StoreError> {
    let words = !narrow.terms().is_empty();
    let statement = match (words, narrow.rising) {
        (false, false) => page!(narrowed!(), falling),
        (false, true) => page!(narrowed!(), rising),
        (true, false) => page!(worded!("7" "8" "9", "10" "11" "12", "13" "14" "15", "16" "17" "18"), falling),
        (true, true) => page!(worded!("7" "8" "9", "10" "11" "12", "13" "14" "15", "16" "17" "18"), rising),
    };
    let beyond = if narrow.rising { 0 } else { i64::MAX };
    let mut query = sqlx::query_as(statement)
        .bind(narrow.direction.map_or("", Direction::code))
        .bind(i64::from(narrow.year.unwrap_or_default()))
        .bind(i64::from(narrow.secret))
        .bind(limit)
        .bind(offset)
        .bind(last.map_or(beyond, |last| last.seq));
    if words {
        query = narrow.bound().into_iter().fold(query, |query, word| query.bind(word));
    }
    Ok(query.fetch_all(tx).await?)
}

/// The documents of a case in their order.
pub async fn of_case(tx: &mut Tx, number: &CaseNumber) -> Result<Vec<Listed>, StoreError> {
    Ok(sqlx::query_as(listed!("c.number = $1 ORDER BY d.running")).bind(number.clone()).fetch_all(tx).await?)
}

pub async fn one(tx: &mut Tx, id: &Id) -> Result<Option<Listed>, StoreError> {
    Ok(sqlx::query_as(listed!("d.id = $1")).bind(id.clone()).fetch_optional(tx).await?)
}

/// The documents that a request names.
pub async fn of_disclosure(tx: &mut Tx, disclosure: &Id) -> Result<Vec<Listed>, StoreError> {
    let documents =
        sqlx::query_as(listed!("d.id IN (SELECT document_id FROM disclosure_documents WHERE disclosure_id = $1) ORDER BY d.seq"));
    Ok(documents.bind(disclosure.clone()).fetch_all(tx).await?)
}

/// The years that have a series, the latest first: of the counters, which are few.
pub async fn years(tx: &mut Tx) -> Result<Vec<i64>, StoreError> {
    let years = "SELECT CAST(SUBSTR(name, 10) AS BIGINT) FROM counters WHERE name LIKE 'register:%' ORDER BY name DESC";
    Ok(sqlx::query_scalar(years).fetch_all(tx).await?)
}

/// How many words one statement writes; fewer are filled up with the last one.
const WORDS_AT_ONCE: usize = 20;

/// Writes the words that a document is found by: of its number, and of what everybody may see.
pub async fn insert_words(tx: &mut Tx, document: &Id, number: &CaseNumber, running: i64, facts: &Facts) -> Result<(), StoreError> {
    let (subject, counterpart) = facts.open();
    let mut what = swedish::words(subject);
    what.extend(number_words(number, running));
    what.sort();
    what.dedup();
    let statement = "INSERT INTO register_words (word, document_id, part) VALUES ($1, $21, $22), ($2, $21, $22), ($3, $21, $22),
         ($4, $21, $22), ($5, $21, $22), ($6, $21, $22), ($7, $21, $22), ($8, $21, $22), ($9, $21, $22), ($10, $21, $22), ($11, $21, $22),
         ($12, $21, $22), ($13, $21, $22), ($14, $21, $22), ($15, $21, $22), ($16, $21, $22), ($17, $21, $22), ($18, $21, $22),
         ($19, $21, $22), ($20, $21, $22)
         ON CONFLICT (word, document_id, part) DO NOTHING";
    for (part, words) in [("what", what), ("who", swedish::words(counterpart))] {
        for some in words.chunks(WORDS_AT_ONCE) {
            let last = some.last().cloned().unwrap_or_default();
            let filled = some.iter().cloned().chain(std::iter::repeat(last)).take(WORDS_AT_ONCE);
            let query = filled.fold(sqlx::query(statement), |query, word| query.bind(word));
            query.bind(document.clone()).bind(part).execute(&mut *tx).await?;
        }
    }
    Ok(())
}
