use crate::budget::model::{Ask, Error, LONGEST, Limits, Line, MOST_AMOUNT, MOST_ROWS, Part, Place, Rule, SheetError, Wrong};
use crate::kit::{Lang, Ore, Rate};
use crate::text::budget::{BudgetTexts, SheetTexts};

/// The answer as the subject of a sentence.
fn the(ask: Ask) -> &'static str {
    match ask {
        Ask::Function => "The function",
        Ask::Wage => "The monthly wage",
        Ask::Share => "The share of full time",
        Ask::Months => "The number of months",
        Ask::Who => "The name of who pays",
        Ask::What => "The description",
        Ask::Amount => "The amount",
        Ask::OnCosts => "The on-costs",
        Ask::Overhead => "Overhead",
    }
}

fn example(ask: Ask) -> &'static str {
    match ask {
        Ask::Share => "50",
        Ask::Months => "6 or 6.5",
        Ask::OnCosts => "40.66",
        Ask::Overhead => "10",
        _ => "45\u{a0}000",
    }
}

fn part(part: Part) -> &'static str {
    match part {
        Part::Labour => "Work",
        Part::External => "Services bought",
        Part::Other => "Other costs",
        Part::Own => "Own co-funding",
        Part::Others => "Co-funding by others",
    }
}

fn row(place: Place) -> String {
    let year = place.year.map(|year| format!(", {year}")).unwrap_or_default();
    format!("{}, row {}{year}", part(place.part), place.row)
}

fn wrong(wrong: &Wrong) -> String {
    let said = match &wrong.error {
        Error::Missing(ask) => match ask {
            Ask::Function => "Enter the function, for example project manager",
            Ask::Wage => "Enter the monthly wage in kronor",
            Ask::Share => "Enter how much of full time the work takes, in per cent",
            Ask::Months => "Enter how many months the work goes on",
            Ask::Who => "Enter who pays",
            Ask::What => "Enter what it is for",
            Ask::Amount => "Enter the amount for at least one year",
            Ask::OnCosts => "Enter the on-costs in per cent",
            Ask::Overhead => "Enter overhead in per cent",
        }
        .to_owned(),
        Error::Long(ask) => format!("{} must be {LONGEST} characters or fewer", the(*ask)),
        Error::NotANumber(ask) => format!("{} must be a number, such as {}", the(*ask), example(*ask)),
        Error::Negative(ask) => format!("{} must be 0 or more", the(*ask)),
        Error::TooManyDecimals(ask) => format!("{} must have two decimals or fewer", the(*ask)),
        Error::TooMuch(ask) => match ask {
            Ask::Share | Ask::OnCosts | Ask::Overhead => format!("{} must be 100 per cent or less", the(*ask)),
            Ask::Months => "The number of months must be 12 or less".to_owned(),
            _ => format!("{} must be {} or less", the(*ask), MOST_AMOUNT.text(Lang::En)),
        },
        Error::OtherYear => "The year must be one of the call’s. Remove what is written here".to_owned(),
        Error::TooManyRows => format!("There must be {MOST_ROWS} rows or fewer. Join or remove some"),
        Error::Nothing => "Enter at least one cost".to_owned(),
        Error::Broken(broken) => return broken.said(rule(broken.rule), Lang::En),
    };
    match wrong.place {
        Some(place) => format!("{said} ({})", row(place).replacen(part(place.part), &part(place.part).to_lowercase(), 1)),
        None => said,
    }
}

fn rule(rule: Rule) -> &'static str {
    match rule {
        Rule::OnCosts => "On-costs may be at most {1} per cent of the wages. You have entered {2} per cent.",
        Rule::Overhead => "Overhead may be at most {1} per cent of wages and on-costs. You have entered {2} per cent.",
        Rule::CoFunding => "Co-funding must be at least {1} per cent of the costs, which is {2}. You have entered {3}.",
        Rule::Floor => "The sum applied for must be at least {1}. You apply for {2}.",
        Rule::Ceiling => "The sum applied for may be at most {1}. You apply for {2}.",
        Rule::YearlyFloor => "The sum applied for in {1} must be at least {2}. You apply for {3}.",
        Rule::YearlyCeiling => "The sum applied for in {1} may be at most {2}. You apply for {3}.",
        Rule::Exceeds => "Co-funding in {1} may be at most as large as the costs, {2}. You have entered {3}.",
        Rule::Closed(line) => match line {
            Line::Wages => "The call does not fund wages. Remove them.",
            Line::OnCosts => "The call does not fund on-costs. Remove them.",
            Line::Overhead => "The call does not fund overhead. Remove it.",
            Line::External => "The call does not fund services bought. Remove them.",
            Line::Other => "The call does not fund other costs. Remove them.",
            Line::Own | Line::Others | Line::CoFunding => "The call does not count such co-funding. Remove it.",
            Line::Costs | Line::Applied => "The call does not fund such costs. Remove them.",
        },
    }
}

fn limits(limits: &Limits) -> Vec<String> {
    let money = |amount: Ore| amount.text(Lang::En);
    let percent = |rate: Rate| rate.number(Lang::En);
    let mut said = vec![format!("The budget is for {}.", limits.years)];
    said.extend(limits.on_costs.map(|most| format!("On-costs may be at most {} per cent of the wages.", percent(most))));
    said.extend(limits.overhead.map(|most| format!("Overhead may be at most {} per cent of wages and on-costs.", percent(most))));
    said.extend(
        limits
            .co_funding
            .map(|least| format!("Your own and others’ co-funding must together be at least {} per cent of the costs.", percent(least))),
    );
    said.extend(limits.floor.map(|floor| format!("The sum applied for must be at least {}.", money(floor))));
    said.extend(limits.ceiling.map(|ceiling| format!("The sum applied for may be at most {}.", money(ceiling))));
    said.extend(limits.yearly_floor.map(|floor| format!("The sum applied for must be at least {} a year.", money(floor))));
    said.extend(limits.yearly_ceiling.map(|ceiling| format!("The sum applied for may be at most {} a year.", money(ceiling))));
    said.extend(
        limits.closed.iter().map(|closed| rule(Rule::Closed(*closed)).split_inclusive(". ").next().unwrap_or_default().trim().to_owned()),
    );
    said
}

fn line(line: Line) -> &'static str {
    match line {
        Line::Wages => "Wages",
        Line::OnCosts => "On-costs",
        Line::Overhead => "Overhead",
        Line::External => "Services bought",
        Line::Other => "Other costs",
        Line::Costs => "Total costs",
        Line::Own => "Own co-funding",
        Line::Others => "Co-funding by others",
        Line::CoFunding => "Total co-funding",
        Line::Applied => "Sum applied for",
    }
}

pub const BUDGET: BudgetTexts = BudgetTexts {
    part,
    part_hint: |part| match part {
        Part::Labour => "Those who work in the project. Leave a year without work empty.",
        Part::External => "For example an evaluator or a lecturer. Leave a year without cost empty.",
        Part::Other => "For example travel, premises and material. Leave a year without cost empty.",
        Part::Own => "What you pay yourselves. Leave a year without an amount empty.",
        Part::Others => "What somebody else pays, for example a foundation. Leave a year without an amount empty.",
    },
    line,
    label: |ask, year| {
        let label = match ask {
            Ask::Function => "Function",
            Ask::Wage => "Monthly wage for full time, in kronor",
            Ask::Share => "share of full time, in per cent",
            Ask::Months => "number of months",
            Ask::Who => "Who pays",
            Ask::What => "What it is for",
            Ask::Amount => "amount in kronor",
            Ask::OnCosts => "On-costs in per cent of the wages (optional)",
            Ask::Overhead => "Overhead in per cent of wages and on-costs (optional)",
        };
        year.map_or_else(|| label.to_owned(), |year| format!("{year}, {label}"))
    },
    wrong,
    rule,
    limits,
    limits_title: "What holds for the budget",
    rates_title: "On-costs and overhead",
    rates_hint: "On-costs are employer’s contributions and other costs that come with a wage. Overhead is the project’s share of common costs.",
    row,
    add: "Add a row",
    remove: "Remove the row",
    full: "There is no room for more rows here.",
    save: "Reckon again",
    sums: "Sums of the budget",
    total: "In all",
    broken_title: "This needs to be changed",
    changed: |sum| format!("The sum applied for is now {sum}."),
    overflow: "The sum is larger than what can be shown. Check the amounts.",
    caption: |years| format!("Budget {years}"),
    item: "Item",
    category: "Kind",
    nothing: "There is no budget.",
    work: |wage, years| {
        let years: Vec<_> = years.iter().map(|(year, share, months)| format!("{year}: {share} for {months}\u{a0}months.")).collect();
        format!("{wage} a month. {}", years.join(" "))
    },
    at_rate: |line, rate| format!("{line} ({rate})"),
    page: "Page",
    sheet: SheetTexts {
        name: "Budget",
        title: |years| format!("Budget {years}"),
        guide: &[
            "Fill in the white cells. The grey ones are reckoned.",
            "Write one thing in each row. You may insert rows within a part. Leave empty what does not concern you.",
            "Save the file as an Excel file (.xlsx), and hand it in where you got it.",
        ],
        year: "Year",
        error: |error| match error {
            SheetError::NotASpreadsheet => "The file must be an Excel file (.xlsx). Save the budget as one and choose it again".to_owned(),
            SheetError::TooLarge => {
                "The file is too large to be a filled-in template. Download the template again and fill it in".to_owned()
            }
            SheetError::NotOurTemplate => "The file must be our template. Download the template, fill it in and choose it here".to_owned(),
            SheetError::WrongYears(years) => {
                format!("The template must be the one for {years}. Download it, fill it in and choose it here")
            }
            SheetError::NotANumber(cell) => format!("Cell {cell} must be a number. Change it and choose the file again"),
            SheetError::TooManyRows(rows) => {
                format!("{} must have {MOST_ROWS} rows or fewer. Join some and choose the file again", part(*rows))
            }
        },
    },
};
