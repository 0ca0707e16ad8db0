//! Finding documents of the register. One list for everybody: it gives what everybody may see and is searched by nothing else
//! (`register_words`), so that neither a row nor a count tells what is masked.

use sqlx::FromRow;

use super::number_words;
use crate::kit::{CaseNumber, Id, swedish};
use crate::platform::db::{StoreError, Tx};
use crate::register::model::{Direction, Facts, Listed};

/// Rows of a page.
pub const PAGE: i64 = 50;

/// Further than this nothing is counted: who finds more narrows the search. The statements below say one more.
pub const MOST_FOUND: i64 = 10_000;

/// How many words of a search count.
const MOST_WORDS: usize = 4;

/// A word that fewer documents have is looked up; one that more have is asked of each document, from the top of the list on.
const RARE: i64 = 2_000;

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

/// A word, and where it must stand; empty for anywhere.
type Term = (String, &'static str);

/// How documents with the words are found.
#[derive(Debug, Clone, Copy)]
enum Way {
    /// There are no words.
    All,
    /// Few documents have the first word.
    Rare,
    /// Each word is common.
    Common,
}

impl Narrow {
    /// At most [`MOST_WORDS`]; the field for the counterpart narrows more, so its words come first.
    fn terms(&self) -> Vec<Term> {
        let words = self.words.iter().map(|word| (word.clone(), ""));
        self.counterpart.iter().map(|word| (word.clone(), "who")).chain(words).take(MOST_WORDS).collect()
    }
}

/// What is bound to the words' places, empty where there are fewer.
fn bound(terms: &[Term]) -> Vec<String> {
    let places = 0..MOST_WORDS;
    places
        .flat_map(|place| match terms.get(place) {
            // No letter comes after the last one of Unicode.
            Some((word, part)) => [word.clone(), format!("{word}\u{10FFFF}"), (*part).to_owned()],
            None => Default::default(),
        })
        .collect()
}

macro_rules! with_word {
    ($from:literal, $to:literal, $part:literal) => {
        concat!(" w.word >= $", $from, " AND w.word < $", $to, " AND ($", $part, " = '' OR w.part = $", $part, ")")
    };
}

/// That a document has a word, asked of the document.
macro_rules! has_word {
    ($from:literal, $to:literal, $part:literal) => {
        concat!(
            " AND ($",
            $from,
            " = '' OR (SELECT 1 FROM register_words w WHERE w.document_id = d.id AND",
            with_word!($from, $to, $part),
            " LIMIT 1) IS NOT NULL)"
        )
    };
}

macro_rules! narrowed {
    (all) => {
        "($1 = '' OR e.direction = $1) AND ($2 = 0 OR d.year = $2) AND ($3 = 0 OR e.secrecy IS NOT NULL)"
    };
    (rare) => {
        concat!(
            narrowed!(all),
            " AND d.id IN (SELECT w.document_id FROM register_words w WHERE",
            with_word!("4", "5", "6"),
            ")",
            has_word!("7", "8", "9"),
            has_word!("10", "11", "12"),
            has_word!("13", "14", "15")
        )
    };
    (common) => {
        concat!(
            narrowed!(all),
            has_word!("4", "5", "6"),
            has_word!("7", "8", "9"),
            has_word!("10", "11", "12"),
            has_word!("13", "14", "15")
        )
    };
}

/// Documents with the entries that hold.
macro_rules! documents {
    () => {
        " FROM register_documents d JOIN register_entries e ON e.document_id = d.id AND e.version = d.version"
    };
}

macro_rules! listed {
    ($condition:expr) => {
        listed!("", $condition)
    };
    ($more:expr, $condition:expr) => {
        concat!(
            "SELECT d.id, d.seq, c.number, d.running, d.registered_at, d.version, e.direction, e.day, e.party,
                CASE WHEN e.masks_counterpart = 1 THEN NULL ELSE e.counterpart END AS counterpart,
                CASE WHEN e.masks_subject = 1 THEN NULL ELSE e.subject END AS subject,
                CAST(CASE WHEN e.secrecy IS NULL THEN 0 ELSE 1 END AS BIGINT) AS secret, d.content_hash,
                (SELECT CAST(COUNT(*) AS BIGINT) FROM register_files f WHERE f.document_id = d.id) AS files",
            $more,
            documents!(),
            " JOIN register_cases c ON c.id = d.case_id WHERE ",
            $condition
        )
    };
}

/// Some rows in order, after one, each with how many there are in all, counted to one more than [`MOST_FOUND`].
macro_rules! page {
    ($way:ident, $beyond:literal, $direction:literal, $seq:literal, $limit:literal, $offset:literal) => {
        listed!(
            concat!(
                ", (SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT 1 AS one",
                documents!(),
                " WHERE ",
                narrowed!($way),
                " LIMIT 10001) counted) AS found"
            ),
            concat!(
                narrowed!($way),
                " AND d.seq ",
                $beyond,
                " $",
                $seq,
                " ORDER BY d.seq ",
                $direction,
                " LIMIT $",
                $limit,
                " OFFSET $",
                $offset
            )
        )
    };
}

macro_rules! total {
    ($way:ident) => {
        concat!("SELECT CAST(COUNT(*) AS BIGINT)", documents!(), " WHERE ", narrowed!($way))
    };
}

/// The words with the rarest first, and how documents with them are found. One statement when there are words.
async fn way(tx: &mut Tx, narrow: &Narrow) -> Result<(Vec<Term>, Way), StoreError> {
    macro_rules! count {
        ($from:literal, $to:literal, $part:literal) => {
            concat!(
                "CAST((SELECT COUNT(*) FROM (SELECT 1 AS one FROM register_words w WHERE",
                with_word!($from, $to, $part),
                " LIMIT $13) counted) AS BIGINT)"
            )
        };
    }
    let terms = narrow.terms();
    if terms.is_empty() {
        return Ok((terms, Way::All));
    }
    let statement =
        concat!("SELECT ", count!("1", "2", "3"), ", ", count!("4", "5", "6"), ", ", count!("7", "8", "9"), ", ", count!("10", "11", "12"));
    let query = bound(&terms).into_iter().fold(sqlx::query_as(statement), |query, word| query.bind(word));
    let (one, two, three, four): (i64, i64, i64, i64) = query.bind(RARE).fetch_one(tx).await?;
    let mut counted: Vec<(i64, Term)> = [one, two, three, four].into_iter().zip(terms).collect();
    counted.sort_by_key(|(count, _)| *count);
    let rare = counted.first().is_some_and(|(count, _)| *count < RARE);
    Ok((counted.into_iter().map(|(_, term)| term).collect(), if rare { Way::Rare } else { Way::Common }))
}

/// A row, and how many there are in all.
#[derive(Debug, FromRow)]
struct Paged {
    #[sqlx(flatten)]
    listed: Listed,
    found: i64,
}

async fn rows(tx: &mut Tx, narrow: &Narrow, last: Option<&Listed>, limit: i64, offset: i64) -> Result<Vec<Paged>, StoreError> {
    let (terms, way) = way(tx, narrow).await?;
    let statement = match (way, narrow.rising) {
        (Way::All, false) => page!(all, "<", "DESC", "4", "5", "6"),
        (Way::All, true) => page!(all, ">", "ASC", "4", "5", "6"),
        (Way::Rare, false) => page!(rare, "<", "DESC", "16", "17", "18"),
        (Way::Rare, true) => page!(rare, ">", "ASC", "16", "17", "18"),
        (Way::Common, false) => page!(common, "<", "DESC", "16", "17", "18"),
        (Way::Common, true) => page!(common, ">", "ASC", "16", "17", "18"),
    };
    let beyond = if narrow.rising { 0 } else { i64::MAX };
    let mut query = sqlx::query_as(statement)
        .bind(narrow.direction.map_or("", Direction::code))
        .bind(i64::from(narrow.year.unwrap_or_default()))
        .bind(i64::from(narrow.secret));
    if !terms.is_empty() {
        query = bound(&terms).into_iter().fold(query, |query, word| query.bind(word));
    }
    Ok(query.bind(last.map_or(beyond, |last| last.seq)).bind(limit).bind(offset).fetch_all(tx).await?)
}

/// A page of them, the first being 1, and how many there are in all, at most one more than [`MOST_FOUND`].
pub async fn page(tx: &mut Tx, narrow: &Narrow, page: i64) -> Result<(i64, Vec<Listed>), StoreError> {
    let some = rows(tx, narrow, None, PAGE, (page - 1) * PAGE).await?;
    let found = match some.first() {
        Some(row) => row.found,
        None if page == 1 => 0,
        // Beyond the end, where no row says it.
        None => total(tx, narrow).await?.min(MOST_FOUND + 1),
    };
    Ok((found, some.into_iter().map(|row| row.listed).collect()))
}

/// How many documents there are within `narrow`, all of them: for files, which take their time.
pub async fn total(tx: &mut Tx, narrow: &Narrow) -> Result<i64, StoreError> {
    let (terms, way) = way(tx, narrow).await?;
    let statement = match way {
        Way::All => total!(all),
        Way::Rare => total!(rare),
        Way::Common => total!(common),
    };
    let mut query = sqlx::query_scalar(statement)
        .bind(narrow.direction.map_or("", Direction::code))
        .bind(i64::from(narrow.year.unwrap_or_default()))
        .bind(i64::from(narrow.secret));
    if !terms.is_empty() {
        query = bound(&terms).into_iter().fold(query, |query, word| query.bind(word));
    }
    Ok(query.fetch_one(tx).await?)
}

/// Some of them: those after `last`, or from the top.
pub async fn list(tx: &mut Tx, narrow: &Narrow, last: Option<&Listed>, limit: i64) -> Result<Vec<Listed>, StoreError> {
    Ok(rows(tx, narrow, last, limit, 0).await?.into_iter().map(|row| row.listed).collect())
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
