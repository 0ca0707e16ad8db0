//! The figures of a budget to read. Table, printed sheet, JSON and file are made of the same [`entries`], so they cannot differ.

use leptos::prelude::*;
use serde_json::{Value as Json, json as object};

use crate::budget::model::{Budget, Cost, Labour, Line, Part, Reckoned};
use crate::budget::reckon;
use crate::kit::{Lang, Ore};
use crate::platform::pdf::{Column, Sheet};
use crate::text;
use crate::ui::components::*;
use crate::web::sheets::Value;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The line that it belongs to, or is.
    pub line: Line,
    /// True for the line itself, false for what it is made of.
    pub is_line: bool,
    pub label: String,
    /// How it comes about.
    pub note: String,
    /// One per year, and the last in all.
    pub amounts: Vec<Ore>,
}

/// Each line with the rows that it is made of above it.
pub fn entries(lang: Lang, reckoned: &Reckoned, budget: &Budget) -> Vec<Entry> {
    let words = text::budget(lang);
    let mut entries = Vec::new();
    for line in Line::ALL {
        if let Some(part) = Part::ALL.into_iter().find(|part| part.line() == line) {
            let told: Vec<(String, String)> = match part {
                Part::Labour => budget.labour.iter().map(|row| (row.function.clone(), work(lang, reckoned, row))).collect(),
                _ => budget.costs(part).iter().map(told).collect(),
            };
            for ((label, note), mut amounts) in told.into_iter().zip(reckon::rows(budget, reckoned, part)) {
                amounts.push(amounts.iter().copied().sum());
                entries.push(Entry { line, is_line: false, label, note, amounts });
            }
        }
        let name = (words.line)(line);
        let label = match line {
            Line::OnCosts => (words.at_rate)(name, &budget.on_costs.text(lang)),
            Line::Overhead => (words.at_rate)(name, &budget.overhead.text(lang)),
            _ => name.to_owned(),
        };
        entries.push(Entry { line, is_line: true, label, note: String::new(), amounts: reckoned.line(line) });
    }
    entries
}

fn told(cost: &Cost) -> (String, String) {
    if cost.who.is_empty() { (cost.what.clone(), String::new()) } else { (cost.who.clone(), cost.what.clone()) }
}

fn work(lang: Lang, reckoned: &Reckoned, row: &Labour) -> String {
    let years = reckoned.years.iter().zip(&row.work).filter(|(_, work)| work.share.0 > 0 && work.months > 0);
    // Hundredths of a month are written as the hundredths of a percentage are.
    let months = |months| crate::kit::Rate(months).number(lang);
    let years: Vec<_> = years.map(|(year, work)| (year, work.share.text(lang), months(work.months))).collect();
    (text::budget(lang).work)(&row.wage.text(lang), &years)
}

fn columns(lang: Lang, reckoned: &Reckoned) -> impl Iterator<Item = String> {
    reckoned.years.iter().map(|year| year.to_string()).chain([text::budget(lang).total.to_owned()])
}

/// The table, for page and print.
pub fn shown(lang: Lang, reckoned: &Reckoned, budget: &Budget) -> AnyView {
    let words = text::budget(lang);
    let mut head = vec![Cell::new(words.item)];
    head.extend(columns(lang, reckoned).map(|column| Cell::new(column).numeric()));
    let rows = entries(lang, reckoned, budget).into_iter().map(|entry| {
        let note = (!entry.note.is_empty()).then(|| view! { <span class="app-basket__note">{entry.note}</span> });
        let class = if entry.is_line { weight(entry.line) } else { "app-budget__part" };
        let name = view! { {entry.label} {note} }.into_any();
        let mut cells = vec![Cell::new(name).classes(class)];
        cells.extend(entry.amounts.iter().zip(columns(lang, reckoned)).map(|(amount, column)| {
            Cell::new(amount.text(lang)).numeric().classes(format!("app-number {class}")).attributes([("data-label", column)])
        }));
        cells
    });
    view! {
        <Table
            caption=(words.caption)(reckoned.years)
            caption_classes="govuk-table__caption--m"
            head=head
            rows=rows.collect()
            first_cell_is_header=true
            classes="app-reflow app-budget"
        />
    }
    .into_any()
}

/// The class of a line's cells.
pub(super) const fn weight(line: Line) -> &'static str {
    if line.is_sum() { "app-budget__sum" } else { "" }
}

/// The same on paper.
pub fn sheet(lang: Lang, title: String, facts: Vec<(String, String)>, reckoned: &Reckoned, budget: &Budget) -> Sheet {
    let words = text::budget(lang);
    let mut heads = vec![Column::new(words.item).wide()];
    heads.extend(columns(lang, reckoned).map(|column| Column::new(column).numeric()));
    let rows = entries(lang, reckoned, budget).into_iter().map(|entry| {
        let label = if entry.note.is_empty() { entry.label } else { format!("{}\n{}", entry.label, entry.note) };
        [label].into_iter().chain(entry.amounts.iter().map(|amount| amount.text(lang))).collect()
    });
    Sheet { lang: lang.code(), title, facts, columns: heads, rows: rows.collect(), lines: Vec::new(), page: words.page }
}

/// Heads and rows of a file.
pub fn rows(lang: Lang, reckoned: &Reckoned, budget: &Budget) -> (Vec<String>, Vec<Vec<Value>>) {
    let words = text::budget(lang);
    let heads = [words.category, words.item].map(str::to_owned).into_iter().chain(columns(lang, reckoned)).collect();
    let rows = entries(lang, reckoned, budget).into_iter().map(|entry| {
        let label = if entry.is_line { Value::Empty } else { Value::Text(entry.label) };
        let amounts = entry.amounts.into_iter().map(Value::Money);
        [Value::from((words.line)(entry.line)), label].into_iter().chain(amounts).collect()
    });
    (heads, rows.collect())
}

/// For machines: amounts in öre, rates in basis points, months in hundredths.
pub fn json(reckoned: &Reckoned, budget: &Budget) -> Json {
    let by_year = |amounts: &[Ore]| -> Json {
        reckoned.years.iter().map(|year| year.to_string()).zip(amounts).map(|(year, amount)| (year, object!(amount))).collect()
    };
    let lines: Json = Line::ALL
        .into_iter()
        .map(|line| {
            let amounts = reckoned.line(line);
            (line.code().to_owned(), object!({ "years": by_year(&amounts), "total": reckoned.total.of(line) }))
        })
        .collect();
    let labour = budget.labour.iter().zip(&reckoned.labour).map(|(row, amounts)| {
        let work: Json = reckoned
            .years
            .iter()
            .zip(&row.work)
            .map(|(year, work)| (year.to_string(), object!({ "share": work.share, "months": work.months })))
            .collect();
        object!({ "function": row.function, "wage": row.wage, "work": work, "years": by_year(amounts) })
    });
    let costs = |part| -> Vec<Json> {
        let row = |cost: &Cost| {
            let mut row = object!({ "what": cost.what, "years": by_year(&cost.amounts) });
            if !cost.who.is_empty() {
                row["who"] = object!(cost.who);
            }
            row
        };
        budget.costs(part).iter().map(row).collect()
    };
    object!({
        "years": reckoned.years.iter().collect::<Vec<_>>(),
        "on_costs_rate": budget.on_costs,
        "overhead_rate": budget.overhead,
        "rows": {
            "labour": labour.collect::<Vec<_>>(),
            "external": costs(Part::External),
            "other": costs(Part::Other),
            "own": costs(Part::Own),
            "others": costs(Part::Others),
        },
        "lines": lines,
    })
}
