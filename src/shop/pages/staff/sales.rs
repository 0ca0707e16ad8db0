//! What was sold: `GET /handlaggare/statistik/forsaljning`, by month, title, kind of buyer and VAT rate, each as figure, table
//! and file. All four are cut from the same rows of one snapshot, so they have the same sum.
//!
//! To add a table: a variant of [`Table`], its rows in [`rows`], its column in [`column`].

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::{LANG, cell, figure, head};
use crate::kit::{Errors, Isbn, civil};
use crate::platform::db::StoreError;
use crate::shop::store::sales::{self, OfMonth, OfTitle, Sum};
use crate::text;
use crate::ui::chart::{self, Bar};
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::sheets::Value;
use crate::web::{App, AppError, Visit};

pub const PATH: &str = "/handlaggare/statistik/forsaljning";

/// The field that says which table is taken as a file.
pub const TABLE: &str = "tabell";

const FROM: &str = "fran";
const UNTIL: &str = "till";

/// Longest period.
const MOST_YEARS: i64 = 10;

/// So many months are drawn one by one; more are drawn as years.
const MOST_MONTHS_DRAWN: usize = 24;

/// Titles that are drawn, and titles in the table; the rest is one row, and stands in the file.
const DRAWN_TITLES: usize = 10;
const SHOWN_TITLES: usize = 50;

/// What the sales are divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    Month,
    Title,
    Buyer,
    Rate,
}

impl Table {
    const ALL: [Self; 4] = [Self::Month, Self::Title, Self::Buyer, Self::Rate];

    pub fn code(self) -> &'static str {
        match self {
            Self::Month => "manad",
            Self::Title => "titel",
            Self::Buyer => "kopare",
            Self::Rate => "moms",
        }
    }

    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.code() == code)
    }

    fn title(self) -> &'static str {
        let words = &text::staff().sales;
        match self {
            Self::Month => words.by_month,
            Self::Title => words.by_title,
            Self::Buyer => words.by_buyer,
            Self::Rate => words.by_rate,
        }
    }

    /// The heading of the first column.
    fn column(self) -> &'static str {
        let words = &text::staff().sales;
        match self {
            Self::Month => words.month,
            Self::Title => words.publication,
            Self::Buyer => words.buyer,
            Self::Rate => words.rate,
        }
    }
}

/// What is wrong with a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeriodError {
    NotAMonth,
    Backwards,
    TooLong,
}

/// The period that was asked for; the year so far when nothing was.
pub struct Asked {
    pub from: String,
    pub until: String,
    typed: (String, String),
    pub errors: Errors<PeriodError>,
}

impl Asked {
    pub fn read(app: &App, visit: &Visit) -> Self {
        let now = civil::month(app.now());
        let year = now.split('-').next().unwrap_or_default().to_owned();
        let mut errors = Errors::new();
        let mut read = |name: &'static str, month_of_year: &str, otherwise: String| {
            let typed = visit.asked(name).trim().to_owned();
            let month = if typed.is_empty() { Ok(otherwise) } else { month(&typed, month_of_year).ok_or(PeriodError::NotAMonth) };
            (errors.keep(name, month), typed)
        };
        let (from, first) = read(FROM, "01", format!("{year}-01"));
        let (until, last) = read(UNTIL, "12", now);
        if let (Some(from), Some(until)) = (&from, &until) {
            let (first, last) = (count(from), count(until));
            if last < first {
                errors.push(UNTIL, PeriodError::Backwards);
            } else if last - first >= MOST_YEARS * 12 {
                errors.push(UNTIL, PeriodError::TooLong);
            }
        }
        let (from, until) = (from.unwrap_or_default(), until.unwrap_or_default());
        Self { typed: (or(first, &from), or(last, &until)), from, until, errors }
    }

    fn href(&self) -> String {
        let query =
            url::form_urlencoded::Serializer::new(String::new()).append_pair(FROM, &self.from).append_pair(UNTIL, &self.until).finish();
        format!("{PATH}?{query}")
    }
}

fn or(typed: String, otherwise: &str) -> String {
    if typed.is_empty() { otherwise.to_owned() } else { typed }
}

/// Reads `2027-01`, or a year with the month that it stands for.
fn month(text: &str, month_of_year: &str) -> Option<String> {
    let (year, month) = text.split_once('-').unwrap_or((text, month_of_year));
    let digits = |text: &str, length: usize| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    let known = digits(year, 4) && digits(month, 2) && ("01"..="12").contains(&month) && ("1990"..="2199").contains(&year);
    known.then(|| format!("{year}-{month}"))
}

/// Months since the year nought.
fn count(month: &str) -> i64 {
    let (year, month) = month.split_once('-').unwrap_or_default();
    year.parse::<i64>().unwrap_or_default() * 12 + month.parse::<i64>().unwrap_or_default()
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    name: String,
    isbn: Option<Isbn>,
    sum: Sum,
    /// Something else than a title, which is not drawn among titles.
    beside: bool,
}

fn row(name: impl Into<String>, sum: Sum) -> Row {
    Row { name: name.into(), isbn: None, sum, beside: false }
}

/// Adds up rows with the same name, in the order in which the names come.
fn grouped(rows: impl Iterator<Item = (String, Sum)>) -> Vec<Row> {
    let mut groups: Vec<Row> = Vec::new();
    for (name, sum) in rows {
        match groups.iter_mut().find(|group| group.name == name) {
            Some(group) => group.sum = group.sum.plus(sum),
            None => groups.push(row(name, sum)),
        }
    }
    groups
}

/// Every row of a table.
fn rows(table: Table, months: &[OfMonth], titles: &[OfTitle]) -> Vec<Row> {
    let words = &text::staff().sales;
    match table {
        Table::Month => grouped(months.iter().map(|row| (row.month.clone(), row.sum))),
        Table::Buyer => {
            let name = |row: &OfMonth| if row.buyer == "private" { words.private } else { words.organisation };
            let mut groups = grouped(months.iter().map(|row| (name(row).to_owned(), row.sum)));
            groups.sort_by(|a, b| b.name.cmp(&a.name));
            groups
        }
        Table::Rate => {
            let mut rates: Vec<_> = months.iter().map(|row| (row.rate, row.sum)).collect();
            rates.sort_by_key(|(rate, _)| *rate);
            grouped(rates.into_iter().map(|(rate, sum)| (rate.text(LANG), sum)))
        }
        Table::Title => {
            let name = |title: &OfTitle| if title.is_freight() { words.freight.to_owned() } else { title.title.clone() };
            let of = |title: &OfTitle| Row { name: name(title), isbn: title.isbn, sum: title.sum, beside: title.is_freight() };
            let (freight, titles): (Vec<_>, Vec<_>) = titles.iter().partition(|title| title.is_freight());
            titles.into_iter().chain(freight).map(of).collect()
        }
    }
}

/// The rows that the page shows: the most sold titles, and the rest as one.
fn shown(table: Table, mut rows: Vec<Row>) -> Vec<Row> {
    let titles = rows.iter().filter(|row| !row.beside).count();
    if table != Table::Title || titles <= SHOWN_TITLES {
        return rows;
    }
    let beside = rows.split_off(titles);
    let others = rows.split_off(SHOWN_TITLES);
    let sum = others.iter().fold(Sum::default(), |sum, row| sum.plus(row.sum));
    let others = Row { beside: true, ..row((text::staff().sales.other_titles)(others.len()), sum) };
    rows.into_iter().chain([others]).chain(beside).collect()
}

fn total(rows: &[Row]) -> Sum {
    rows.iter().fold(Sum::default(), |sum, row| sum.plus(row.sum))
}

/// A table as a file: heads and rows.
pub fn file(table: Table, months: &[OfMonth], titles: &[OfTitle]) -> (Vec<&'static str>, Vec<Vec<Value>>) {
    let words = &text::staff().sales;
    let isbn = (table == Table::Title).then_some(words.isbn);
    let columns = [table.column()].into_iter().chain(isbn).chain([words.copies, words.net, words.vat, words.gross]);
    let rows = rows(table, months, titles);
    let last = row(words.total, total(&rows));
    let lines = rows.iter().chain([&last]).map(|row| {
        let isbn = isbn.map(|_| row.isbn.map_or(Value::Empty, |isbn| Value::from(isbn.to_string())));
        let sums = [row.sum.net, row.sum.vat(), row.sum.gross].map(Value::Money);
        [Value::from(row.name.clone())].into_iter().chain(isbn).chain([Value::Count(row.sum.copies)]).chain(sums).collect()
    });
    (columns.collect(), lines.collect())
}

/// `GET /handlaggare/statistik/forsaljning`
pub async fn show(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    let asked = Asked::read(&app, &visit);
    render(&app, &visit, asked).await
}

/// The page of a period. Two statements.
pub async fn render(app: &App, visit: &Visit, asked: Asked) -> Result<Response, AppError> {
    let wrong = !asked.errors.is_empty();
    let (months, titles) = if wrong {
        (Vec::new(), Vec::new())
    } else {
        let read = async |tx: &mut crate::platform::db::Tx| {
            Ok::<_, StoreError>((sales::months(tx, &asked.from, &asked.until).await?, sales::titles(tx, &asked.from, &asked.until).await?))
        };
        app.db.read(read).await?
    };
    let words = &text::staff().sales;
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let head = Head { error: wrong, ..head(words.title) };
    Ok(visit.page(app, status, head, move || {
        let entries: Vec<(String, String)> =
            asked.errors.iter().map(|entry| (format!("#{}", entry.field), sentence(entry.error))).collect();
        let at = |name: &str| asked.errors.of(name).map(|error| sentence(*error));
        let body = match () {
            () if wrong => ().into_any(),
            () if months.is_empty() => view! {
                <h2 class="govuk-heading-m">{(words.period)(&asked.from, &asked.until)}</h2>
                <p class="govuk-body">{words.none}</p>
            }
            .into_any(),
            () => report(&asked, &months, &titles),
        };
        view! {
            {(!entries.is_empty()).then(|| view! { <ErrorSummary errors=entries /> })}
            <h1 class="govuk-heading-l">{words.title}</h1>
            <form method="get" action=PATH class="app-screen-only" novalidate=true>
                <div class="app-field-row">
                    <Input
                        name=FROM
                        label=words.from
                        hint=words.month_hint
                        value=asked.typed.0.clone()
                        error=at(FROM)
                        classes="govuk-input--width-10"
                        autocomplete="off"
                    />
                    <Input
                        name=UNTIL
                        label=words.until
                        hint=words.month_hint
                        value=asked.typed.1.clone()
                        error=at(UNTIL)
                        classes="govuk-input--width-10"
                        autocomplete="off"
                    />
                </div>
                <Button secondary=true>{words.show}</Button>
            </form>
            <p class="govuk-body app-measure">{words.counts}</p>
            <p class="govuk-body app-measure">{words.counts_freight}</p>
            {body}
        }
    }))
}

fn sentence(error: PeriodError) -> String {
    let words = &text::staff().sales;
    match error {
        PeriodError::NotAMonth => words.month_wrong.to_owned(),
        PeriodError::Backwards => words.until_before.to_owned(),
        PeriodError::TooLong => (words.too_long)(MOST_YEARS),
    }
}

fn report(asked: &Asked, months: &[OfMonth], titles: &[OfTitle]) -> AnyView {
    let words = &text::staff().sales;
    let total = total(&rows(Table::Month, months, titles));
    let facts = vec![
        SummaryRow::new(words.copies, (words.copies_of)(total.copies)),
        SummaryRow::new(words.net, total.net.text(LANG)),
        SummaryRow::new(words.vat, total.vat().text(LANG)),
        SummaryRow::new(words.gross, total.gross.text(LANG)),
    ];
    let parts =
        Table::ALL.into_iter().enumerate().map(|(place, table)| part(asked, place, table, rows(table, months, titles))).collect::<Vec<_>>();
    view! {
        <h2 class="govuk-heading-m">{(words.period)(&asked.from, &asked.until)}</h2>
        <SummaryList rows=facts />
        {parts}
        <p class="govuk-body app-measure app-screen-only">{words.export_lead}</p>
    }
    .into_any()
}

/// One division of the sales: heading, figure, table, file.
fn part(asked: &Asked, place: usize, table: Table, rows: Vec<Row>) -> AnyView {
    let words = &text::staff().sales;
    let total = total(&rows);
    let (title, bars) = drawn(table, &rows);
    let most = bars.iter().max_by_key(|bar| bar.value);
    let description = most.map(|bar| (words.figure)(bars.len(), &bar.name, &bar.text)).unwrap_or_default();
    let chart = (!bars.is_empty()).then(|| chart::bars(&format!("figur-{}", table.code()), place, &title, &description, &bars));
    let isbn = table == Table::Title;
    let columns: Vec<Cell> = [Cell::new(table.column())]
        .into_iter()
        .chain(isbn.then(|| Cell::new(words.isbn)))
        .chain([words.copies, words.net, words.vat, words.gross].map(|name| Cell::new(name).numeric()))
        .collect();
    let lines: Vec<Vec<Cell>> = shown(table, rows)
        .into_iter()
        .chain([row(words.total, total)])
        .map(|row| {
            let isbn = isbn.then(|| cell(words.isbn, row.isbn.map(|isbn| isbn.to_string()).unwrap_or_default()).classes("app-nowrap"));
            let sums = [(words.net, row.sum.net), (words.vat, row.sum.vat()), (words.gross, row.sum.gross)];
            [Cell::new(row.name)]
                .into_iter()
                .chain(isbn)
                .chain([figure(words.copies, row.sum.copies.to_string().replace('-', "\u{2212}"))])
                .chain(sums.map(|(name, ore)| figure(name, ore.text(LANG))))
                .collect()
        })
        .collect();
    let export_of = (words.export_of)(table.title());
    view! {
        <section class="app-divider app-figures">
            <h2 class="govuk-heading-m">{table.title()}</h2>
            {chart}
            <Details summary=words.as_table>
                <Table
                    caption=table.title()
                    caption_classes="govuk-visually-hidden"
                    classes="app-reflow"
                    head=columns
                    rows=lines
                    first_cell_is_header=true
                />
            </Details>
            <form method="post" action=asked.href() class="app-screen-only" novalidate=true>
                <button type="submit" name=TABLE value=table.code() class="govuk-button govuk-button--secondary" aria-label=export_of>
                    {words.export}
                </button>
            </form>
        </section>
    }
    .into_any()
}

/// What a figure shows: money by month, kind of buyer and rate, copies by title.
fn drawn(table: Table, rows: &[Row]) -> (String, Vec<Bar>) {
    let words = &text::staff().sales;
    let money = |row: &Row| Bar { name: row.name.clone(), value: row.sum.net.0, text: row.sum.net.text(LANG) };
    match table {
        Table::Month if rows.len() > MOST_MONTHS_DRAWN => {
            let year = |row: &Row| row.name.split('-').next().unwrap_or_default().to_owned();
            let years = grouped(rows.iter().map(|row| (year(row), row.sum)));
            (format!("{}, {}", words.by_year, words.net.to_lowercase()), years.iter().map(money).collect())
        }
        Table::Title => {
            let titles: Vec<Bar> = rows
                .iter()
                .filter(|row| !row.beside)
                .take(DRAWN_TITLES)
                .map(|row| Bar { name: short(&row.name), value: row.sum.copies, text: (words.copies_of)(row.sum.copies) })
                .collect();
            ((words.figure_of_titles)(titles.len()), titles)
        }
        _ => (format!("{}, {}", table.title(), words.net.to_lowercase()), rows.iter().map(money).collect()),
    }
}

/// A title that fits beside its value on a phone; the whole of it stands in the table.
fn short(title: &str) -> String {
    const MOST: usize = 26;
    if title.chars().count() <= MOST {
        return title.to_owned();
    }
    let cut: String = title.chars().take(MOST - 1).collect();
    format!("{}…", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_years_are_read() {
        assert_eq!(
            (month("2027-02", "01"), month("2027", "01"), month("2027", "12")),
            (Some("2027-02".into()), Some("2027-01".into()), Some("2027-12".into()))
        );
        for wrong in ["2027-13", "2027-1", "januari", "27-01", "0000", "2027-00", "2027-01-01"] {
            assert_eq!(month(wrong, "01"), None, "{wrong}");
        }
        assert_eq!(count("2027-01") - count("2026-12"), 1);
    }
}
