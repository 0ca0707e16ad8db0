//! Sentences about budgets: the questions, the sums, what a call demands, and the spreadsheet.

use crate::budget::model::{Ask, Limits, Line, Part, Place, Rule, SheetError, Wrong, Years};

/// A year, the share of full time, and the months.
pub type YearOfWork = (u16, String, String);

pub struct BudgetTexts {
    pub part: fn(Part) -> &'static str,
    pub part_hint: fn(Part) -> &'static str,
    pub line: fn(Line) -> &'static str,
    /// The label of a field, with its year where it has one.
    pub label: fn(Ask, Option<u16>) -> String,
    /// What is wrong with an answer, and in which row.
    pub wrong: fn(&Wrong) -> String,
    /// A broken rule, with `{1}`, `{2}` and `{3}` where its figures go.
    pub rule: fn(Rule) -> &'static str,
    /// What the call demands, a sentence each.
    pub limits: fn(&Limits) -> Vec<String>,
    pub limits_title: &'static str,
    pub rates_title: &'static str,
    pub rates_hint: &'static str,
    /// The legend of a row.
    pub row: fn(Place) -> String,
    pub add: &'static str,
    pub remove: &'static str,
    pub full: &'static str,
    /// Of the button that Enter in a field presses.
    pub save: &'static str,
    pub sums: &'static str,
    pub total: &'static str,
    pub broken_title: &'static str,
    /// What is said when the sum applied for has changed.
    pub changed: fn(sum: &str) -> String,
    /// The sums cannot be shown.
    pub overflow: &'static str,
    /// Of the readable form.
    pub caption: fn(Years) -> String,
    pub item: &'static str,
    pub category: &'static str,
    pub nothing: &'static str,
    /// What somebody earns and works: wage, and year, share and months of each year.
    pub work: fn(wage: &str, years: &[YearOfWork]) -> String,
    /// A line that is a rate of another.
    pub at_rate: fn(line: &str, rate: &str) -> String,
    /// A number before the pages of the printed sheet.
    pub page: &'static str,
    pub sheet: SheetTexts,
}

/// The spreadsheet that one fills in.
pub struct SheetTexts {
    pub name: &'static str,
    pub title: fn(Years) -> String,
    pub guide: &'static [&'static str],
    pub year: &'static str,
    pub error: fn(&SheetError) -> String,
}
