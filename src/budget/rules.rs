//! Whether a budget can be read, and whether it keeps the limits of its call. One reading serves both: [`check`] refuses what
//! is wrong, [`so_far`] leaves it out, and so a budget that passes shows the same figures in both.

use super::draft::{Draft, Row, is_blank};
use super::model::{
    Ask, Broken, Budget, Cost, Error, Figure, LONGEST, Labour, Limits, Line, MOST_AMOUNT, MOST_ROWS, Part, Place, Reckoned, Rule, Sums,
    TWELVE_MONTHS, WHOLE, Work, Wrong,
};
use super::reckon::{Overflow, reckon, share};
use crate::kit::check::{is_space, strip_ascii_suffix};
use crate::kit::field::{clean_line, count};
use crate::kit::money::hundredths;
use crate::kit::{MoneyError, Ore, Rate};

/// The budget, if all of it can be read and the call's limits are kept.
///
/// # Errors
/// All that is wrong, in the order of the form. Rules about sums are judged only when every answer could be read.
pub fn check(draft: &Draft, limits: &Limits) -> Result<Budget, Vec<Wrong>> {
    let (budget, mut wrong) = read(draft, limits);
    if wrong.iter().all(|wrong| matches!(wrong.error, Error::Broken(_))) {
        let field = draft.sums_id();
        match reckon(&budget) {
            Ok(reckoned) => {
                if reckoned.total.of(Line::Costs).is_zero() {
                    wrong.push(at(&draft.part_id(Part::Labour), Error::Nothing));
                }
                wrong.extend(sums(&reckoned, limits).into_iter().map(|broken| at(&field, Error::Broken(broken))));
            }
            Err(Overflow) => wrong.push(at(&field, Error::TooMuch(Ask::Amount))),
        }
    }
    if wrong.is_empty() { Ok(budget) } else { Err(wrong) }
}

/// A budget as far as it can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoFar {
    pub budget: Budget,
    pub reckoned: Reckoned,
    /// The limits that these figures break.
    pub broken: Vec<Broken>,
}

/// What a draft comes to while it is written: an answer that cannot be read counts as nothing.
///
/// # Errors
/// [`Overflow`], which needs more rows than any form has.
pub fn so_far(draft: &Draft, limits: &Limits) -> Result<SoFar, Overflow> {
    let (budget, wrong) = read(draft, limits);
    let reckoned = reckon(&budget)?;
    let answers = wrong.into_iter().filter_map(|wrong| if let Error::Broken(broken) = wrong.error { Some(broken) } else { None });
    let broken = answers.chain(sums(&reckoned, limits)).collect();
    Ok(SoFar { budget, reckoned, broken })
}

/// The limits about sums that are broken. Nothing is said of a budget without costs: it has not been begun.
fn sums(reckoned: &Reckoned, limits: &Limits) -> Vec<Broken> {
    use Figure::{Money, Percent, Year};
    let mut broken = Vec::new();
    let mut say = |rule, figures: &[Figure]| broken.push(Broken { rule, figures: figures.to_vec() });
    let part = |sums: &Sums| (sums.of(Line::Costs), sums.of(Line::CoFunding), sums.of(Line::Applied));
    let (costs, paid, applied) = part(&reckoned.total);
    for (year, sums) in reckoned.years.iter().zip(&reckoned.by_year) {
        let (costs, paid, applied) = part(sums);
        if paid > costs {
            say(Rule::Exceeds, &[Year(year), Money(costs), Money(paid)]);
        }
        // A year in which nothing is planned is no year to apply for.
        if let Some(floor) = limits.yearly_floor.filter(|floor| applied < *floor && !costs.is_zero()) {
            say(Rule::YearlyFloor, &[Year(year), Money(floor), Money(applied)]);
        }
        if let Some(ceiling) = limits.yearly_ceiling.filter(|ceiling| applied > *ceiling) {
            say(Rule::YearlyCeiling, &[Year(year), Money(ceiling), Money(applied)]);
        }
    }
    if costs.is_zero() {
        return broken;
    }
    // Compared exactly; the sentence has the share in kronor, rounded.
    if let Some(least) = limits.co_funding.filter(|least| i128::from(paid.0) * 10_000 < i128::from(costs.0) * i128::from(least.0)) {
        let needed = share(costs, least).unwrap_or(costs);
        say(Rule::CoFunding, &[Percent(least), Money(needed), Money(paid)]);
    }
    if let Some(floor) = limits.floor.filter(|floor| applied < *floor) {
        say(Rule::Floor, &[Money(floor), Money(applied)]);
    }
    if let Some(ceiling) = limits.ceiling.filter(|ceiling| applied > *ceiling) {
        say(Rule::Ceiling, &[Money(ceiling), Money(applied)]);
    }
    broken
}

fn at(field: &str, error: Error) -> Wrong {
    Wrong { field: field.to_owned(), place: None, error }
}

/// All that can be read, and what cannot.
fn read(draft: &Draft, limits: &Limits) -> (Budget, Vec<Wrong>) {
    let mut reading = Reading { draft, limits, wrong: Vec::new() };
    let labour = reading.rows(Part::Labour).into_iter().map(|(place, row)| reading.labour(place, row)).collect();
    let on_costs = reading.rate(Ask::OnCosts, &draft.on_costs, Line::OnCosts, limits.on_costs, Rule::OnCosts);
    let overhead = reading.rate(Ask::Overhead, &draft.overhead, Line::Overhead, limits.overhead, Rule::Overhead);
    let [external, other, own, others] = [Part::External, Part::Other, Part::Own, Part::Others]
        .map(|part| reading.rows(part).into_iter().map(|(place, row)| reading.cost(part, place, row)).collect());
    (Budget { years: limits.years, labour, on_costs, overhead, external, other, own, others }, reading.wrong)
}

struct Reading<'a> {
    draft: &'a Draft,
    limits: &'a Limits,
    wrong: Vec<Wrong>,
}

impl<'a> Reading<'a> {
    /// The rows with something in them, and where they stand.
    fn rows(&mut self, part: Part) -> Vec<(usize, &'a Row)> {
        let rows: Vec<_> = self.draft.rows(part).iter().enumerate().filter(|(_, row)| !row.is_blank()).collect();
        if let Some((first, _)) = rows.first()
            && !self.limits.funds(part.line())
        {
            let broken = Broken { rule: Rule::Closed(part.line()), figures: Vec::new() };
            self.note(part, *first, part.once()[0], None, Error::Broken(broken));
        }
        if let Some((place, _)) = rows.get(MOST_ROWS) {
            self.note(part, *place, part.once()[0], None, Error::TooManyRows);
        }
        rows
    }

    fn note(&mut self, part: Part, row: usize, ask: Ask, year: Option<u16>, error: Error) {
        let field = self.draft.field(part, row, ask, year);
        self.wrong.push(Wrong { field, place: Some(Place { part, row: row + 1, year }), error });
    }

    fn labour(&mut self, place: usize, row: &Row) -> Labour {
        let part = Part::Labour;
        let function = self.text(part, place, row, Ask::Function);
        let wage = Ore(self.number(part, place, row, Ask::Wage, None).unwrap_or_default());
        let years = self.limits.years;
        let none = years.iter().all(|year| part.yearly().iter().all(|ask| is_blank(row.get(*ask, Some(year)))));
        let mut work = Vec::new();
        for year in years.iter() {
            let [share, months] = [Ask::Share, Ask::Months].map(|ask| {
                // A year is left empty as a whole or not at all; one of them has work in it.
                let other = if ask == Ask::Share { Ask::Months } else { Ask::Share };
                let needed = !is_blank(row.get(other, Some(year))) || none && year == years.first();
                if is_blank(row.get(ask, Some(year))) && !needed { Some(0) } else { self.number(part, place, row, ask, Some(year)) }
            });
            work.push(Work { share: Rate(share.unwrap_or_default()), months: months.unwrap_or_default() });
        }
        self.other_years(part, place, row);
        Labour { function, wage, work }
    }

    fn cost(&mut self, part: Part, place: usize, row: &Row) -> Cost {
        let who = if part == Part::Others { self.text(part, place, row, Ask::Who) } else { String::new() };
        let what = self.text(part, place, row, Ask::What);
        let years = self.limits.years;
        let none = years.iter().all(|year| is_blank(row.get(Ask::Amount, Some(year))));
        let mut amounts = Vec::new();
        for year in years.iter() {
            let left_out = is_blank(row.get(Ask::Amount, Some(year))) && !(none && year == years.first());
            let amount = if left_out { Some(0) } else { self.number(part, place, row, Ask::Amount, Some(year)) };
            amounts.push(Ore(amount.unwrap_or_default()));
        }
        self.other_years(part, place, row);
        Cost { who, what, amounts }
    }

    fn other_years(&mut self, part: Part, place: usize, row: &Row) {
        let other: Vec<u16> = row.years().filter(|year| !self.limits.years.iter().contains(year)).collect();
        for year in other {
            for ask in part.yearly().iter().filter(|ask| !is_blank(row.get(**ask, Some(year)))) {
                self.note(part, place, *ask, Some(year), Error::OtherYear);
            }
        }
    }

    fn text(&mut self, part: Part, place: usize, row: &Row, ask: Ask) -> String {
        let text = clean_line(row.get(ask, None));
        match count(&text) {
            0 => self.note(part, place, ask, None, Error::Missing(ask)),
            1..=LONGEST => {}
            _ => self.note(part, place, ask, None, Error::Long(ask)),
        }
        text
    }

    fn number(&mut self, part: Part, place: usize, row: &Row, ask: Ask, year: Option<u16>) -> Option<i64> {
        number(ask, row.get(ask, year)).map_err(|error| self.note(part, place, ask, year, error)).ok()
    }

    /// A rate of the whole budget; left empty it is nothing.
    fn rate(&mut self, ask: Ask, text: &str, line: Line, most: Option<Rate>, rule: Rule) -> Rate {
        let field = self.draft.name(ask);
        if is_blank(text) {
            return Rate(0);
        }
        let rate = match number(ask, text) {
            Ok(points) => Rate(points),
            Err(error) => {
                self.wrong.push(at(&field, error));
                return Rate(0);
            }
        };
        let broken = if rate == Rate(0) {
            None
        } else if !self.limits.funds(line) {
            Some(Broken { rule: Rule::Closed(line), figures: Vec::new() })
        } else {
            let exceeded = most.filter(|most| rate > *most);
            exceeded.map(|most| Broken { rule, figures: vec![Figure::Percent(most), Figure::Percent(rate)] })
        };
        self.wrong.extend(broken.map(|broken| at(&field, Error::Broken(broken))));
        rate
    }
}

/// Reads a number as the question wants it: öre, basis points, hundredths of a month.
///
/// # Errors
/// What is wrong with it.
pub fn number(ask: Ask, text: &str) -> Result<i64, Error> {
    let (read, most) = match ask {
        Ask::Months => (months(text), TWELVE_MONTHS),
        Ask::Share | Ask::OnCosts | Ask::Overhead => (Rate::parse(text).map(|rate| rate.0), WHOLE.0),
        _ => (Ore::parse(text).map(|amount| amount.0), MOST_AMOUNT.0),
    };
    match read {
        Ok(number) if number > most => Err(Error::TooMuch(ask)),
        Ok(number) => Ok(number),
        Err(MoneyError::Empty) => Err(Error::Missing(ask)),
        Err(MoneyError::NotANumber) => Err(Error::NotANumber(ask)),
        Err(MoneyError::Negative) => Err(Error::Negative(ask)),
        Err(MoneyError::TooManyDecimals) => Err(Error::TooManyDecimals(ask)),
        Err(MoneyError::TooLarge) => Err(Error::TooMuch(ask)),
    }
}

/// `6`, `6,5`, `12 mån`.
fn months(text: &str) -> Result<i64, MoneyError> {
    let text = text.trim_matches(is_space);
    let units = ["månader", "månad", "mån.", "mån", "months", "month"];
    hundredths(units.iter().find_map(|unit| strip_ascii_suffix(text, unit)).unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::budget::draft::tests::written;
    use crate::budget::model::Years;
    use crate::budget::reckon::tests::budgets;
    use crate::kit::Form;

    fn years() -> Years {
        Years::new(2027, 2).unwrap()
    }

    fn draft(fields: &[(&str, &str)]) -> Draft {
        Draft::read(&Form(fields.iter().map(|(name, value)| (format!("b.{name}"), (*value).to_owned())).collect()), "b")
    }

    /// 100 000 kr each year, of which 20 000 kr are paid by ourselves in the first.
    fn plain() -> Vec<(&'static str, &'static str)> {
        vec![
            ("arbete.1.funktion", "Ledare"),
            ("arbete.1.lon", "10\u{a0}000,00 kr"),
            ("arbete.1.andel.2027", "100 %"),
            ("arbete.1.manader.2027", "10"),
            ("tjanster.1.vad", "Kurs"),
            ("tjanster.1.belopp.2028", "100 000"),
            ("egen.1.vad", "Tid"),
            ("egen.1.belopp.2027", "20000"),
        ]
    }

    fn broken(limits: &Limits) -> Vec<Rule> {
        let so_far = so_far(&draft(&plain()), limits).unwrap();
        let rules: Vec<Rule> = so_far.broken.iter().map(|broken| broken.rule).collect();
        assert_eq!(check(&draft(&plain()), limits).is_ok(), rules.is_empty());
        rules
    }

    /// Each limit holds exactly at its boundary and breaks an öre or a basis point beyond.
    #[test]
    fn limits_break_exactly_at_the_boundary() {
        let none = || Limits::of(years());
        assert_eq!(broken(&none()), []);
        let kr = |ore: i64| Some(Ore::kr(180_000) + Ore(ore));
        assert_eq!(broken(&Limits { ceiling: kr(0), floor: kr(0), ..none() }), []);
        assert_eq!(broken(&Limits { ceiling: kr(-1), ..none() }), [Rule::Ceiling]);
        assert_eq!(broken(&Limits { floor: kr(1), ..none() }), [Rule::Floor]);
        let (low, high) = (Ore::kr(80_000), Ore::kr(100_000));
        assert_eq!(broken(&Limits { yearly_floor: Some(low), yearly_ceiling: Some(high), ..none() }), []);
        assert_eq!(broken(&Limits { yearly_floor: Some(low + Ore(1)), ..none() }), [Rule::YearlyFloor]);
        assert_eq!(broken(&Limits { yearly_ceiling: Some(high - Ore(1)), ..none() }), [Rule::YearlyCeiling]);
        assert_eq!(broken(&Limits { co_funding: Some(Rate(1000)), ..none() }), []);
        assert_eq!(broken(&Limits { co_funding: Some(Rate(1001)), ..none() }), [Rule::CoFunding]);
        assert_eq!(broken(&Limits { closed: vec![Line::OnCosts, Line::Overhead, Line::Other], ..none() }), []);
        assert_eq!(broken(&Limits { closed: vec![Line::External], ..none() }), [Rule::Closed(Line::External)]);
    }

    #[test]
    fn rates_break_at_the_boundary_with_their_numbers() {
        let limits = Limits { on_costs: Some(Rate(4066)), overhead: Some(Rate(1000)), ..Limits::of(years()) };
        let with = |on_costs, overhead| {
            let mut fields = plain();
            fields.extend([("lonekostnadspaslag", on_costs), ("overhead", overhead)]);
            check(&draft(&fields), &limits)
        };
        assert!(with("40,66", "10").is_ok());
        let wrong = with("40,67", "10,01 %").unwrap_err();
        assert_eq!(wrong.iter().map(|wrong| wrong.field.as_str()).collect::<Vec<_>>(), ["b.lonekostnadspaslag", "b.overhead"]);
        let figures = vec![Figure::Percent(Rate(4066)), Figure::Percent(Rate(4067))];
        assert_eq!(wrong[0].error, Error::Broken(Broken { rule: Rule::OnCosts, figures }));
    }

    #[test]
    fn co_funding_above_the_costs_is_said_of_its_year() {
        let mut fields = plain();
        fields.push(("egen.1.belopp.2028", "100 000,01"));
        let wrong = check(&draft(&fields), &Limits::of(years())).unwrap_err();
        let figures = vec![Figure::Year(2028), Figure::Money(Ore::kr(100_000)), Figure::Money(Ore(10_000_001))];
        assert_eq!(
            wrong,
            [Wrong { field: "b.summor".to_owned(), place: None, error: Error::Broken(Broken { rule: Rule::Exceeds, figures }) }]
        );
    }

    #[test]
    fn each_mistake_names_its_field() {
        let found = |fields: &[(&str, &str)]| -> Vec<(String, Error)> {
            let wrong = check(&draft(fields), &Limits::of(years())).unwrap_err();
            wrong.into_iter().map(|wrong| (wrong.field, wrong.error)).collect()
        };
        let long = "å".repeat(LONGEST + 1);
        let fields = [
            ("arbete.1.lon", "-1"),
            ("arbete.1.andel.2027", "100,01"),
            ("arbete.1.manader.2027", "12,01"),
            ("arbete.1.andel.2028", "50"),
            ("overhead", "1,234"),
            ("tjanster.1.vad", long.as_str()),
            ("tjanster.1.belopp.2027", "mycket"),
            ("ovrigt.3.vad", "Resor"),
            ("ovrigt.3.belopp.2026", "1"),
            ("andras.1.vem", "Stiftelsen"),
            ("andras.1.belopp.2028", "1000000000,01"),
        ];
        let expected = [
            ("arbete.1.funktion", Error::Missing(Ask::Function)),
            ("arbete.1.lon", Error::Negative(Ask::Wage)),
            ("arbete.1.andel.2027", Error::TooMuch(Ask::Share)),
            ("arbete.1.manader.2027", Error::TooMuch(Ask::Months)),
            ("arbete.1.manader.2028", Error::Missing(Ask::Months)),
            ("overhead", Error::TooManyDecimals(Ask::Overhead)),
            ("tjanster.1.vad", Error::Long(Ask::What)),
            ("tjanster.1.belopp.2027", Error::NotANumber(Ask::Amount)),
            ("ovrigt.1.belopp.2027", Error::Missing(Ask::Amount)),
            ("ovrigt.1.belopp.2026", Error::OtherYear),
            ("andras.1.vad", Error::Missing(Ask::What)),
            ("andras.1.belopp.2028", Error::TooMuch(Ask::Amount)),
        ];
        assert_eq!(found(&fields), expected.map(|(field, error)| (format!("b.{field}"), error)));
        assert_eq!(found(&[]), [("b.arbete".to_owned(), Error::Nothing)]);
        let mut many = draft(&plain());
        (0..=MOST_ROWS).for_each(|_| {
            let mut row = Row::default();
            row.set(Ask::What, None, "Resa");
            row.set(Ask::Amount, Some(2027), "1");
            many.push(Part::Other, row);
        });
        let wrong = check(&many, &Limits::of(years())).unwrap_err();
        assert_eq!(
            wrong.iter().map(|wrong| (wrong.field.as_str(), &wrong.error)).collect::<Vec<_>>(),
            [("b.ovrigt.21.vad", &Error::TooManyRows)]
        );
    }

    #[test]
    fn limits_are_json() {
        let limits: Limits = serde_json::from_str(r#"{"years":[2027,2],"on_costs":4066,"closed":["overhead"]}"#).unwrap();
        assert_eq!(limits, Limits { on_costs: Some(Rate(4066)), closed: vec![Line::Overhead], ..Limits::of(years()) });
        assert!(serde_json::from_str::<Limits>(r#"{"years":[2027,0]}"#).is_err());
    }

    proptest! {
        /// What passes is what was meant, and shows the same figures as while it was written.
        #[test]
        fn strict_and_lenient_agree(budget in budgets()) {
            let draft = written(&budget, "b");
            let so_far = so_far(&draft, &Limits::of(years())).unwrap();
            prop_assert_eq!(&so_far.reckoned, &reckon(&budget).unwrap());
            match check(&draft, &Limits::of(years())) {
                Ok(checked) => {
                    prop_assert_eq!(reckon(&checked).unwrap(), so_far.reckoned);
                    prop_assert_eq!(checked, budget);
                }
                // Only sums can be wrong with what was drawn.
                Err(wrong) => prop_assert!(wrong.iter().all(|wrong| wrong.field == "b.summor" || wrong.error == Error::Nothing), "{wrong:?}"),
            }
        }
    }
}
