//! The staff's tables as their areas declare them: the columns with name and value, the fields of the address that narrow
//! them, and who may see them and take them away as a file. An area declares a table once, as a [`Listing`]; list, choice of
//! columns, saved views and files all come from it (`tables`). `server` hands every table to [`App`](super::App).

use std::marker::PhantomData;

use leptos::prelude::AnyView;

use super::Tying;
use crate::kit::{CivilDate, Instant, Ore, StaffRole};
use crate::platform::db::Tx;

/// What stands in a cell, so that each file can write it in its own way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Empty,
    Text(String),
    Count(i64),
    Money(Ore),
    Day(CivilDate),
    Clock(Instant),
}

impl<T: Into<String>> From<T> for Value {
    fn from(text: T) -> Self {
        Self::Text(text.into())
    }
}

/// What a table is called, where it stands, and for whom.
#[derive(Debug)]
pub struct Facts {
    /// The stored code.
    pub code: &'static str,
    pub path: &'static str,
    pub title: fn() -> &'static str,
    /// The name of its files, without ending.
    pub file: &'static str,
    pub sees: &'static [StaffRole],
    /// Who may take it away as a file.
    pub takes: &'static [StaffRole],
    /// The fields of the address that narrow the table and put it in order.
    pub fields: &'static [Field],
}

/// A field of a table's address.
#[derive(Debug)]
pub struct Field {
    pub name: &'static str,
    /// What stands in it may be somebody's name, so it does not go into the audit chain.
    pub personal: bool,
}

impl Field {
    /// A field with codes, numbers or days.
    pub const fn plain(name: &'static str) -> Self {
        Self { name, personal: false }
    }

    /// A field with words that somebody typed.
    pub const fn words(name: &'static str) -> Self {
        Self { name, personal: true }
    }
}

/// A column: its name, what stands in it, and how it looks.
pub struct Column<Row: 'static> {
    pub code: &'static str,
    pub label: fn() -> &'static str,
    pub value: fn(&Row) -> Value,
    /// The cell on the page, where it is more than the value.
    pub show: Option<fn(&Row) -> AnyView>,
    /// Seen unless somebody chooses otherwise.
    pub usual: bool,
    pub figures: bool,
    /// Of a cell on the page.
    pub classes: &'static str,
}

impl<Row> Column<Row> {
    pub const fn new(code: &'static str, label: fn() -> &'static str, value: fn(&Row) -> Value) -> Self {
        Self { code, label, value, show: None, usual: true, figures: false, classes: "" }
    }

    pub const fn shown(mut self, show: fn(&Row) -> AnyView) -> Self {
        self.show = Some(show);
        self
    }

    /// Only for those who choose it, and for files.
    pub const fn extra(mut self) -> Self {
        self.usual = false;
        self
    }

    pub const fn figures(mut self) -> Self {
        self.figures = true;
        self.classes = "app-nowrap";
        self
    }

    pub const fn classes(mut self, classes: &'static str) -> Self {
        self.classes = classes;
        self
    }
}

/// A table as its area declares it; a value of it is what an address narrows the table to.
pub trait Listing: Send + Sync + Sized + 'static {
    type Row: Send + Sync + 'static;
    const FACTS: &'static Facts;
    /// The first is the row's header and always seen.
    const COLUMNS: &'static [Column<Self::Row>];

    fn read(query: &str, now: Instant) -> Self;

    /// How many rows there are, all of them.
    fn total<'a>(&'a self, tx: &'a mut Tx) -> Tying<'a, i64>;

    /// At most `limit` rows after `last`, in the order of the list: from where the last page ended, not from so many rows on,
    /// so that the last page of a million costs no more than the first.
    fn after<'a>(&'a self, tx: &'a mut Tx, last: Option<&'a Self::Row>, limit: i64) -> Tying<'a, Vec<Self::Row>>;
}

/// A column as those see it who do not know the rows.
#[derive(Debug, Clone, Copy)]
pub struct Heading {
    pub code: &'static str,
    pub label: fn() -> &'static str,
    pub usual: bool,
}

/// A table as those see it who do not know its rows.
pub trait Sheet: Send + Sync + 'static {
    fn facts(&self) -> &'static Facts;
    fn headings(&self) -> Vec<Heading>;
    /// Its rows from the first on.
    fn open(&self, query: &str, now: Instant) -> Box<dyn Rows>;
}

/// The rows of a table, a page at a time, each with all its columns.
pub trait Rows: Send + Sync {
    fn total<'a>(&'a self, tx: &'a mut Tx) -> Tying<'a, i64>;
    fn next<'a>(&'a mut self, tx: &'a mut Tx, limit: i64) -> Tying<'a, Vec<Vec<Value>>>;
}

/// A [`Listing`] as a [`Sheet`].
pub struct SheetOf<L>(PhantomData<fn() -> L>);

impl<L> SheetOf<L> {
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<L> Default for SheetOf<L> {
    fn default() -> Self {
        Self::new()
    }
}

impl<L: Listing> Sheet for SheetOf<L> {
    fn facts(&self) -> &'static Facts {
        L::FACTS
    }

    fn headings(&self) -> Vec<Heading> {
        headings::<L>()
    }

    fn open(&self, query: &str, now: Instant) -> Box<dyn Rows> {
        Box::new(Walk { listing: L::read(query, now), last: None })
    }
}

/// The columns of a listing.
pub fn headings<L: Listing>() -> Vec<Heading> {
    L::COLUMNS.iter().map(|column| Heading { code: column.code, label: column.label, usual: column.usual }).collect()
}

/// Walks through a listing.
struct Walk<L: Listing> {
    listing: L,
    last: Option<L::Row>,
}

impl<L: Listing> Rows for Walk<L> {
    fn total<'a>(&'a self, tx: &'a mut Tx) -> Tying<'a, i64> {
        self.listing.total(tx)
    }

    fn next<'a>(&'a mut self, tx: &'a mut Tx, limit: i64) -> Tying<'a, Vec<Vec<Value>>> {
        Box::pin(async move {
            let mut rows = self.listing.after(tx, self.last.as_ref(), limit).await?;
            let values = rows.iter().map(|row| L::COLUMNS.iter().map(|column| (column.value)(row)).collect()).collect();
            if let Some(last) = rows.pop() {
                self.last = Some(last);
            }
            Ok(values)
        })
    }
}

/// One field of a query, or nothing.
pub fn asked(query: &str, name: &str) -> String {
    let mut fields = url::form_urlencoded::parse(query.as_bytes());
    fields.find(|(key, _)| key == name).map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
}

/// What of a query narrows a table: its own fields in their order, without those that are empty.
pub fn clean(facts: &Facts, query: &str) -> String {
    let fields = facts.fields.iter().map(|field| (field.name, asked(query, field.name))).filter(|(_, value)| !value.is_empty());
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}
