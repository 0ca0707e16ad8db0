//! The staff's list of orders. Filters may be left out, so there is a statement for each set of them and each order, made
//! when it is first asked for: a statement that says "or nothing was asked" would read every order. Each order of rows has
//! its index, and words are looked up in `order_words`, so a page costs the same among a million orders. Of several words the
//! one that fewest orders have is looked up, and when they are few only those orders are asked for the others ([`rarest_first`]):
//! most orders of organisations have the word *kommun*.
//!
//! To add a filter: a field of [`Narrow`], its bit in `Shape`, its condition in `conditions`, and an index that holds it.

use std::sync::OnceLock;

use sqlx::FromRow;

use crate::kit::{Email, Id, Instant, Isbn, Ore, swedish};
use crate::platform::db::{StoreError, Tx, exactly_one};
use crate::shop::lifecycle::{Fulfilment, Order as OrderState, State};
use crate::shop::model::order_number;

/// Rows of a page.
pub const PAGE: i64 = 50;

/// How many orders a list is paged through: who finds more narrows the search, and nothing counts a million rows.
pub const MOST_FOUND: i64 = 10_000;

/// How many words of a search count.
pub const MOST_WORDS: usize = 4;

/// How many orders with a word are counted to see which word is rare, and how many when none of them is.
const RARE: i64 = 2_000;
const COMMON: i64 = 100_000;

/// How many times rarer than the next a common word must be to count as rare beside it.
const RARER: i64 = 3;

/// What the list is put in order by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum By {
    /// When it came in, which is the order of the numbers too.
    #[default]
    Number,
    Buyer,
    Sum,
}

/// What the list is narrowed by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Narrow {
    /// Folded words, each the beginning of a word of the order.
    pub words: Vec<String>,
    /// Few orders have the first word, or few beside those that have the others ([`rarest_first`]).
    pub rare: bool,
    pub state: Option<OrderState>,
    pub fulfilment: Option<Fulfilment>,
    pub private: Option<bool>,
    /// From the first instant to before the second.
    pub from: Option<Instant>,
    pub until: Option<Instant>,
    pub by: By,
    pub rising: bool,
}

/// An order in the list.
#[derive(Debug, Clone, FromRow)]
pub struct Listed {
    pub id: Id,
    pub number: i64,
    pub placed_at: Instant,
    pub buyer: String,
    pub organisation: Option<String>,
    pub name: String,
    pub email: String,
    /// What the buyer is put in order by.
    pub buyer_key: String,
    pub gross: Ore,
    pub state: String,
    pub fulfilment: String,
    pub payment: String,
    pub invoice: String,
    pub parcels: i64,
    /// Different publications, and copies of them.
    pub titles: i64,
    pub copies: i64,
}

impl Listed {
    pub fn state(&self) -> Result<State, StoreError> {
        super::state_of(&self.state, &self.fulfilment, &self.payment, &self.invoice, self.parcels)
    }
}

/// Which filters are on: what makes one statement differ from another.
struct Shape {
    words: usize,
    rare: bool,
    state: bool,
    fulfilment: bool,
    private: bool,
    dates: bool,
}

/// What a statement is for: two counts, and the six orders, each from the top, from so many rows on, or from a row on.
const PURPOSES: usize = 2 + 6 * 3;

/// All that can be asked: words from none to the most, whether the first is rare, four filters, and what for.
const STATEMENTS: usize = (MOST_WORDS + 1) * 32 * PURPOSES;

/// The statement of each shape, by its place.
static MADE: [OnceLock<String>; STATEMENTS] = [const { OnceLock::new() }; STATEMENTS];

impl Narrow {
    /// Narrowed by what somebody typed: an ISBN as one word however it is hyphenated, an e-mail address as one word too, and
    /// otherwise the words.
    pub fn of_words(typed: &str) -> Self {
        let mut words = match (Isbn::parse(typed), Email::parse(typed)) {
            (Ok(isbn), _) => vec![isbn.compact()],
            (_, Ok(email)) => vec![address_word(&email)],
            _ => swedish::words(typed),
        };
        words.truncate(MOST_WORDS);
        Self { words, ..Self::default() }
    }

    fn shape(&self) -> Shape {
        Shape {
            words: self.words.len().min(MOST_WORDS),
            rare: self.rare,
            state: self.state.is_some(),
            fulfilment: self.fulfilment.is_some(),
            private: self.private.is_some(),
            dates: self.from.is_some() || self.until.is_some(),
        }
    }

    fn statement(&self, purpose: usize, text: impl FnOnce(&Shape) -> String) -> &'static str {
        let shape = self.shape();
        let flags = [shape.rare, shape.state, shape.fulfilment, shape.private, shape.dates];
        let place = flags.iter().fold(shape.words, |place, flag| place * 2 + usize::from(*flag)) * PURPOSES + purpose;
        // The place is always within; were it not, the statement of the first place is as good an answer as any.
        let slot = MADE.get(place).unwrap_or(&MADE[0]);
        slot.get_or_init(|| text(&shape))
    }

    /// What is bound, in the order of [`conditions`].
    fn values(&self) -> Vec<String> {
        let mut values = Vec::new();
        for word in self.words.iter().take(MOST_WORDS) {
            values.push(word.clone());
            values.push(after_all(word));
        }
        values.extend(self.state.map(|state| state.code().to_owned()));
        values.extend(self.fulfilment.map(|fulfilment| fulfilment.code().to_owned()));
        values.extend(self.private.map(|private| if private { "private" } else { "organisation" }.to_owned()));
        if self.from.is_some() || self.until.is_some() {
            values.push(self.from.map_or_else(String::new, Instant::text));
            values.push(self.until.map_or_else(|| "~".to_owned(), Instant::text));
        }
        values
    }
}

/// What sorts after everything that begins with a word: no letter comes after the last one of Unicode.
fn after_all(word: &str) -> String {
    format!("{word}\u{10FFFF}")
}

/// The conditions of a shape, from `$1` on, and how many values they take.
fn conditions(shape: &Shape) -> (String, usize) {
    let mut text = String::from("1 = 1");
    let mut next = 0;
    let mut place = || {
        next += 1;
        next
    };
    for number in 0..shape.words {
        let (from, to) = (place(), place());
        let word = format!("w.word >= ${from} AND w.word < ${to}");
        if number == 0 || !shape.rare {
            text.push_str(&format!(" AND o.number IN (SELECT w.number FROM order_words w WHERE {word})"));
        } else {
            // Not EXISTS, which PostgreSQL may turn into a join with every order that has the word.
            text.push_str(&format!(" AND (SELECT 1 FROM order_words w WHERE w.number = o.number AND {word} LIMIT 1) IS NOT NULL"));
        }
    }
    for (on, column) in [(shape.state, "state"), (shape.fulfilment, "fulfilment"), (shape.private, "buyer")] {
        if on {
            text.push_str(&format!(" AND o.{column} = ${}", place()));
        }
    }
    if shape.dates {
        let (from, to) = (place(), place());
        text.push_str(&format!(" AND o.placed_at >= ${from} AND o.placed_at < ${to}"));
    }
    (text, next)
}

/// The same search with the word first that fewest orders have. It asks nothing for a single word, and once more when every word
/// is common.
pub async fn rarest_first(tx: &mut Tx, narrow: &Narrow) -> Result<Narrow, StoreError> {
    let mut narrow = narrow.clone();
    narrow.words.truncate(MOST_WORDS);
    if narrow.words.len() < 2 {
        return Ok(narrow);
    }
    let mut counts = count_words(tx, &narrow.words, RARE).await?;
    narrow.rare = counts.iter().take(narrow.words.len()).any(|count| *count < RARE);
    if !narrow.rare {
        counts = count_words(tx, &narrow.words, COMMON).await?;
    }
    let mut words: Vec<(i64, String)> = counts.into_iter().zip(narrow.words).collect();
    words.sort_by_key(|(count, _)| *count);
    // Where the first is as common as the next, looking up both is quicker than asking order by order (docs/performance.md).
    narrow.rare |= matches!(words.as_slice(), [(first, _), (next, _), ..] if first * RARER <= *next);
    narrow.words = words.into_iter().map(|(_, word)| word).collect();
    Ok(narrow)
}

/// How many entries begin with each of the words, at most so many; none for a word that is not there.
async fn count_words(tx: &mut Tx, words: &[String], most: i64) -> Result<[i64; MOST_WORDS], StoreError> {
    macro_rules! count {
        ($from:literal, $to:literal) => {
            concat!(
                "CAST((SELECT COUNT(*) FROM (SELECT 1 AS one FROM order_words w WHERE w.word >= ",
                $from,
                " AND w.word < ",
                $to,
                " LIMIT $9) found) AS BIGINT)"
            )
        };
    }
    let statement = concat!("SELECT ", count!("$1", "$2"), ", ", count!("$3", "$4"), ", ", count!("$5", "$6"), ", ", count!("$7", "$8"));
    let mut query = sqlx::query_as(statement);
    for place in 0..MOST_WORDS {
        let (from, to) = words.get(place).map_or_else(Default::default, |word| (word.clone(), after_all(word)));
        query = query.bind(from).bind(to);
    }
    let (one, two, three, four) = query.bind(most).fetch_one(tx).await?;
    Ok([one, two, three, four])
}

/// Counts the orders within conditions, at most one more than [`MOST_FOUND`].
fn counted(conditions: &str) -> String {
    let most = MOST_FOUND + 1;
    format!("SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT 1 AS one FROM orders o WHERE {conditions} LIMIT {most}) found")
}

/// How many orders there are within `narrow`, at most one more than [`MOST_FOUND`].
pub async fn count_orders(tx: &mut Tx, narrow: &Narrow) -> Result<i64, StoreError> {
    let statement = narrow.statement(0, |shape| counted(&conditions(shape).0));
    let query = narrow.values().into_iter().fold(sqlx::query_scalar(statement), |query, value| query.bind(value));
    Ok(query.fetch_one(tx).await?)
}

/// How many orders there are within `narrow`, all of them: for files, which take their time.
pub async fn total_orders(tx: &mut Tx, narrow: &Narrow) -> Result<i64, StoreError> {
    let statement = narrow.statement(1, |shape| {
        let (conditions, _) = conditions(shape);
        format!("SELECT CAST(COUNT(*) AS BIGINT) FROM orders o WHERE {conditions}")
    });
    let query = narrow.values().into_iter().fold(sqlx::query_scalar(statement), |query, value| query.bind(value));
    Ok(query.fetch_one(tx).await?)
}

/// A row of a page, and how many there are in all, at most one more than [`MOST_FOUND`].
#[derive(Debug, FromRow)]
struct Paged {
    #[sqlx(flatten)]
    listed: Listed,
    found: i64,
}

/// A page of them, the first being 1, and how many there are in all, at most one more than [`MOST_FOUND`].
pub async fn page_of_orders(tx: &mut Tx, narrow: &Narrow, page: i64) -> Result<(i64, Vec<Listed>), StoreError> {
    let rows: Vec<Paged> = list(tx, narrow, PAGE, From::Row((page - 1) * PAGE)).await?;
    let count = match rows.first() {
        Some(row) => row.found,
        None if page == 1 => 0,
        // Beyond the end, where no row says it.
        None => count_orders(tx, narrow).await?,
    };
    Ok((count, rows.into_iter().map(|row| row.listed).collect()))
}

/// The first of them, or those after one, in order.
pub async fn list_orders(tx: &mut Tx, narrow: &Narrow, limit: i64, after: Option<&Listed>) -> Result<Vec<Listed>, StoreError> {
    list(tx, narrow, limit, From::After(after)).await
}

/// From where some of the list begin.
#[derive(Debug, Clone, Copy)]
enum From<'a> {
    /// So many rows are passed over.
    Row(i64),
    /// From the top, or after a row: costs the same however many rows there are before it.
    After(Option<&'a Listed>),
}

/// Some of them, in order; by [`From::Row`] each with how many there are in all.
async fn list<T>(tx: &mut Tx, narrow: &Narrow, limit: i64, from: From<'_>) -> Result<Vec<T>, StoreError>
where
    T: Send + Unpin + for<'r> FromRow<'r, sqlx::any::AnyRow>,
{
    let column = match narrow.by {
        By::Number => "placed_at",
        By::Buyer => "buyer_key",
        By::Sum => "gross",
    };
    let (direction, beyond) = if narrow.rising { ("ASC", ">") } else { ("DESC", "<") };
    let way = match from {
        From::After(None) => 0,
        From::Row(_) => 1,
        From::After(Some(_)) => 2,
    };
    let order = 2 * narrow.by as usize + usize::from(narrow.rising);
    let statement = narrow.statement(2 + order * 3 + way, |shape| {
        let (conditions, taken) = conditions(shape);
        let limit = taken + 1;
        let (after, offset, found) = match from {
            From::After(None) => (String::new(), String::new(), String::new()),
            From::Row(_) => (String::new(), format!("OFFSET ${}", taken + 2), format!(", ({}) AS found", counted(&conditions))),
            From::After(Some(_)) => {
                (format!(" AND (o.{column}, o.number) {beyond} (${}, ${})", taken + 2, taken + 3), String::new(), String::new())
            }
        };
        // The lines of the page's orders only: they are counted after the page is cut out.
        format!(
            "SELECT p.*, CAST((SELECT COUNT(*) FROM order_lines l WHERE l.order_id = p.id AND l.kind = 'goods' AND l.quantity > 0) AS BIGINT) AS titles,
                    CAST((SELECT COALESCE(SUM(l.quantity), 0) FROM order_lines l WHERE l.order_id = p.id AND l.kind = 'goods') AS BIGINT) AS copies{found}
             FROM (SELECT o.id, o.number, o.placed_at, o.buyer, o.organisation, o.name, o.email, o.buyer_key, o.gross, o.state, o.fulfilment,
                          o.payment, o.invoice, o.parcels
                   FROM orders o WHERE {conditions}{after} ORDER BY o.{column} {direction}, o.number {direction} LIMIT ${limit} {offset}) p
             ORDER BY p.{column} {direction}, p.number {direction}"
        )
    });
    let query = narrow.values().into_iter().fold(sqlx::query_as(statement), |query, value| query.bind(value)).bind(limit);
    let query = match from {
        From::After(None) => query,
        From::Row(offset) => query.bind(offset),
        From::After(Some(last)) => match narrow.by {
            By::Number => query.bind(last.placed_at),
            By::Buyer => query.bind(last.buyer_key.clone()),
            By::Sum => query.bind(last.gross),
        }
        .bind(last.number),
    };
    Ok(query.fetch_all(tx).await?)
}

/// How many words one statement writes; fewer are filled up with the last one.
const WORDS_AT_ONCE: usize = 20;

/// An e-mail address as one word. No word of a text begins so: who looks for the name Asa does not find asa@example.se.
fn address_word(email: &Email) -> String {
    format!("@{}", email.as_str().to_lowercase())
}

/// Writes the words that a new order is found by; its number and the buyer's address are one word each.
pub async fn insert_words(tx: &mut Tx, number: i64, email: &Email, texts: &[String]) -> Result<(), StoreError> {
    let mut words = swedish::words(&texts.join(" "));
    words.extend([order_number(number).to_lowercase(), number.to_string(), address_word(email)]);
    words.sort();
    words.dedup();
    for words in words.chunks(WORDS_AT_ONCE) {
        let statement =
            "INSERT INTO order_words (word, number) VALUES ($1, $21), ($2, $21), ($3, $21), ($4, $21), ($5, $21), ($6, $21), ($7, $21), ($8, $21),
             ($9, $21), ($10, $21), ($11, $21), ($12, $21), ($13, $21), ($14, $21), ($15, $21), ($16, $21), ($17, $21),
             ($18, $21), ($19, $21), ($20, $21)
             ON CONFLICT (word, number) DO NOTHING";
        let last = words.last().cloned().unwrap_or_default();
        let filled = words.iter().cloned().chain(std::iter::repeat(last)).take(WORDS_AT_ONCE);
        filled.fold(sqlx::query(statement), |query, word| query.bind(word)).bind(number).execute(&mut *tx).await?;
    }
    Ok(())
}

/// Something that staff wrote about an order, for each other.
#[derive(Debug, Clone, FromRow)]
pub struct Note {
    pub text: String,
    pub written_by: Id,
    pub at: Instant,
}

/// The notes of an order, the oldest first.
pub async fn notes(tx: &mut Tx, order: &Id) -> Result<Vec<Note>, StoreError> {
    let notes = sqlx::query_as("SELECT text, written_by, at FROM order_notes WHERE order_id = $1 ORDER BY at, id");
    Ok(notes.bind(order.clone()).fetch_all(tx).await?)
}

pub async fn insert_note(tx: &mut Tx, id: &Id, order: &Id, note: &Note) -> Result<(), StoreError> {
    let done = sqlx::query("INSERT INTO order_notes (id, order_id, text, written_by, at) VALUES ($1, $2, $3, $4, $5)")
        .bind(id.clone())
        .bind(order.clone())
        .bind(note.text.clone())
        .bind(note.written_by.clone())
        .bind(note.at)
        .execute(tx)
        .await?;
    exactly_one(done.rows_affected(), "order_notes")
}
