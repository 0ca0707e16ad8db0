//! What a budget adds up to: the one place where it is reckoned, for page, browser, PDF and spreadsheet alike.
//!
//! Integers only. Each product is rounded once, half up, to whole öre: a row's work in a year (wage × share × months), a year's
//! on-costs and a year's overhead. Everything else is addition, so parts always sum to the whole (docs/decisions/0030).

use super::model::{Budget, Cost, Labour, Line, Part, Reckoned, Sums, Work};
use crate::kit::{Ore, Rate};

/// A sum is larger than any amount of money can be. No checked budget comes near.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overflow;

/// Basis points of one.
const PARTS: i128 = 10_000;
/// Hundredths of a month.
const MONTH: i128 = 100;

/// Sums up each year and the whole.
///
/// # Errors
/// [`Overflow`]: no sum ever wraps around.
pub fn reckon(budget: &Budget) -> Result<Reckoned, Overflow> {
    let labour = budget.labour.iter().map(wages).collect::<Result<Vec<_>, _>>()?;
    let by_year = (0..budget.years.count()).map(|year| one_year(budget, &labour, year)).collect::<Result<Vec<_>, _>>()?;
    let mut total = Sums::default();
    for line in Line::ALL {
        total.0[line as usize] = sum(by_year.iter().map(|sums| sums.of(line)))?;
    }
    Ok(Reckoned { years: budget.years, labour, by_year, total })
}

/// What a row's work costs each year.
fn wages(row: &Labour) -> Result<Vec<Ore>, Overflow> {
    row.work.iter().map(|work| pay(row.wage, *work)).collect()
}

fn pay(wage: Ore, work: Work) -> Result<Ore, Overflow> {
    let product = i128::from(wage.0).checked_mul(i128::from(work.share.0)).and_then(|n| n.checked_mul(i128::from(work.months)));
    rounded(product.ok_or(Overflow)?, PARTS * MONTH)
}

fn one_year(budget: &Budget, labour: &[Vec<Ore>], year: usize) -> Result<Sums, Overflow> {
    let of = |rows: &[Cost]| sum(rows.iter().filter_map(|row| row.amounts.get(year).copied()));
    let wages = sum(labour.iter().filter_map(|row| row.get(year).copied()))?;
    let on_costs = share(wages, budget.on_costs)?;
    let overhead = share(sum([wages, on_costs])?, budget.overhead)?;
    let [external, other, own, others] = [of(&budget.external)?, of(&budget.other)?, of(&budget.own)?, of(&budget.others)?];
    let costs = sum([wages, on_costs, overhead, external, other])?;
    let co_funding = sum([own, others])?;
    // Others may pay the whole and not more: `rules` says so, and nobody applies for less than nothing.
    let applied = costs.checked_sub(co_funding).ok_or(Overflow)?.max(Ore::ZERO);
    Ok(Sums([wages, on_costs, overhead, external, other, costs, own, others, co_funding, applied]))
}

/// A rate of an amount.
pub(super) fn share(amount: Ore, rate: Rate) -> Result<Ore, Overflow> {
    rounded(i128::from(amount.0) * i128::from(rate.0), PARTS)
}

/// The quotient, half up.
fn rounded(product: i128, by: i128) -> Result<Ore, Overflow> {
    let quotient = product.checked_add(by / 2).ok_or(Overflow)?.div_euclid(by);
    i64::try_from(quotient).map(Ore).map_err(|_| Overflow)
}

fn sum(amounts: impl IntoIterator<Item = Ore>) -> Result<Ore, Overflow> {
    amounts.into_iter().try_fold(Ore::ZERO, Ore::checked_add).ok_or(Overflow)
}

/// What each row of a part costs: one amount per year.
pub fn rows(budget: &Budget, reckoned: &Reckoned, part: Part) -> Vec<Vec<Ore>> {
    match part {
        Part::Labour => reckoned.labour.clone(),
        _ => budget.costs(part).iter().map(|row| row.amounts.clone()).collect(),
    }
}

#[cfg(test)]
pub mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::budget::model::{MOST_AMOUNT, TWELVE_MONTHS, WHOLE, Years};

    fn amounts() -> impl Strategy<Value = Vec<Ore>> {
        prop::collection::vec((0..=MOST_AMOUNT.0).prop_map(Ore), 2)
    }

    fn costs(others: bool) -> impl Strategy<Value = Vec<Cost>> {
        let who = if others { "[A-Z][a-zåäö]{0,10}( [a-z]{1,8})?" } else { "" };
        let row = (who, "[=A-Z][a-zåäö0-9]{0,10}( [a-z]{1,8})?", amounts());
        prop::collection::vec(row.prop_map(|(who, what, amounts)| Cost { who, what, amounts }), 0..4)
    }

    /// A budget of two years, as large as can be typed.
    pub fn budgets() -> impl Strategy<Value = Budget> {
        let work = (0..=WHOLE.0, 0..=TWELVE_MONTHS).prop_map(|(share, months)| Work { share: Rate(share), months });
        let labour = ("[A-Z][a-zåäö]{0,20}", 0..=MOST_AMOUNT.0, prop::collection::vec(work, 2));
        let labour = labour.prop_map(|(function, wage, work)| Labour { function, wage: Ore(wage), work });
        let rates = (0..=WHOLE.0, 0..=WHOLE.0);
        let parts = (prop::collection::vec(labour, 0..4), costs(false), costs(false), costs(false), costs(true));
        (parts, rates).prop_map(|((labour, external, other, own, others), (on_costs, overhead))| Budget {
            years: Years::new(2027, 2).unwrap(),
            labour,
            on_costs: Rate(on_costs),
            overhead: Rate(overhead),
            external,
            other,
            own,
            others,
        })
    }

    fn empty() -> Budget {
        let years = Years::new(2027, 1).unwrap();
        let (labour, external, other, own, others) = Default::default();
        Budget { years, labour, on_costs: Rate(0), overhead: Rate(0), external, other, own, others }
    }

    #[test]
    fn one_budget_by_hand() {
        let row = |wage, share, months| Labour {
            function: "Ledare".to_owned(),
            wage: Ore(wage),
            work: vec![Work { share: Rate(share), months }],
        };
        let cost = |kronor| vec![Cost { who: String::new(), what: "Sak".to_owned(), amounts: vec![Ore::kr(kronor)] }];
        // 45 000 × 50 % × 12 = 270 000; 333,33 × 33,33 % × 0,5 = 55,549… which is 55,55.
        let labour = vec![row(4_500_000, 5000, 1200), row(33_333, 3333, 50)];
        let budget = Budget { labour, on_costs: Rate(4066), overhead: Rate(1000), external: cost(1000), own: cost(300), ..empty() };
        let reckoned = reckon(&budget).unwrap();
        assert_eq!(reckoned.labour, [[Ore(27_000_000)], [Ore(5555)]]);
        let of = |line| reckoned.total.of(line);
        assert_eq!((of(Line::Wages), of(Line::OnCosts), of(Line::Overhead)), (Ore(27_005_555), Ore(10_980_459), Ore(3_798_601)));
        assert_eq!((of(Line::Costs), of(Line::CoFunding), of(Line::Applied)), (Ore(41_884_615), Ore::kr(300), Ore(41_854_615)));
    }

    #[test]
    fn a_half_is_rounded_up_and_nothing_wraps() {
        let one = |wage, share| pay(Ore(wage), Work { share: Rate(share), months: 100 });
        assert_eq!((one(1, 5000), one(1, 4999), one(3, 5000)), (Ok(Ore(1)), Ok(Ore(0)), Ok(Ore(2))));
        assert_eq!(one(i64::MAX, 20_000), Err(Overflow));
        assert_eq!(one(i64::MAX, i64::MAX), Err(Overflow));
        let cost = Cost { who: String::new(), what: String::new(), amounts: vec![Ore(i64::MAX)] };
        assert_eq!(reckon(&Budget { external: vec![cost.clone()], other: vec![cost.clone()], ..empty() }), Err(Overflow));
        let paid = reckon(&Budget { own: vec![cost], ..empty() }).unwrap();
        assert_eq!(paid.total.of(Line::Applied), Ore::ZERO, "nobody applies for less than nothing");
    }

    proptest! {
        #[test]
        fn parts_sum_to_the_whole(budget in budgets()) {
            let reckoned = reckon(&budget).unwrap();
            for line in Line::ALL {
                let years: Ore = reckoned.by_year.iter().map(|sums| sums.of(line)).sum();
                prop_assert_eq!(years, reckoned.total.of(line));
            }
            for part in Part::ALL {
                for (year, sums) in reckoned.by_year.iter().enumerate() {
                    let of_rows: Ore = rows(&budget, &reckoned, part).iter().map(|row| row[year]).sum();
                    prop_assert_eq!(of_rows, sums.of(part.line()));
                }
            }
            for sums in reckoned.by_year.iter().chain([&reckoned.total]) {
                let of = |line| sums.of(line);
                prop_assert_eq!(of(Line::Wages) + of(Line::OnCosts) + of(Line::Overhead) + of(Line::External) + of(Line::Other), of(Line::Costs));
                prop_assert_eq!(of(Line::Own) + of(Line::Others), of(Line::CoFunding));
            }
            for sums in &reckoned.by_year {
                prop_assert_eq!((sums.of(Line::Costs) - sums.of(Line::CoFunding)).max(Ore::ZERO), sums.of(Line::Applied));
            }
        }

        /// Twice the distance to the exact product is at most the divisor: half an öre.
        #[test]
        fn each_product_is_off_by_half_an_ore_at_most(wage in 0..=MOST_AMOUNT.0, points in 0..=WHOLE.0, months in 0..=TWELVE_MONTHS) {
            let exact = i128::from(wage) * i128::from(points) * i128::from(months);
            let paid = pay(Ore(wage), Work { share: Rate(points), months }).unwrap();
            prop_assert!((i128::from(paid.0) * PARTS * MONTH - exact).abs() * 2 <= PARTS * MONTH);
            let exact = i128::from(wage) * i128::from(points);
            prop_assert!((i128::from(share(Ore(wage), Rate(points)).unwrap().0) * PARTS - exact).abs() * 2 <= PARTS);
        }

        #[test]
        fn a_row_less_never_costs_more(budget in budgets(), part in 0..Part::ALL.len()) {
            let before = reckon(&budget).unwrap();
            let mut less = budget;
            let gone = match Part::ALL[part] {
                Part::Labour => less.labour.pop().is_some(),
                Part::External => less.external.pop().is_some(),
                Part::Other => less.other.pop().is_some(),
                Part::Own => less.own.pop().is_some(),
                Part::Others => less.others.pop().is_some(),
            };
            let after = reckon(&less).unwrap();
            for line in Line::ALL.into_iter().filter(|line| *line != Line::Applied) {
                prop_assert!(after.total.of(line) <= before.total.of(line), "{line:?}, gone: {gone}");
            }
        }

        #[test]
        fn the_order_of_rows_does_not_matter(budget in budgets()) {
            let sums = reckon(&budget).unwrap();
            let mut turned = budget;
            turned.labour.reverse();
            for rows in [&mut turned.external, &mut turned.other, &mut turned.own, &mut turned.others] {
                rows.reverse();
            }
            let turned = reckon(&turned).unwrap();
            prop_assert_eq!((turned.by_year, turned.total), (sums.by_year, sums.total));
        }

        /// So many times the amounts give so many times the sums: exactly where nothing is a product, and else up to the rounding.
        #[test]
        fn sums_grow_with_the_amounts(budget in budgets(), times in 1i64..20) {
            let before = reckon(&budget).unwrap();
            let mut larger = budget;
            larger.labour.iter_mut().for_each(|row| row.wage = row.wage * times);
            for rows in [&mut larger.external, &mut larger.other, &mut larger.own, &mut larger.others] {
                rows.iter_mut().flat_map(|row| &mut row.amounts).for_each(|amount| *amount = *amount * times);
            }
            let after = reckon(&larger).unwrap();
            for line in [Line::External, Line::Other, Line::Own, Line::Others, Line::CoFunding] {
                prop_assert_eq!(after.total.of(line), before.total.of(line) * times);
            }
            let roundings = i64::try_from(larger.labour.len()).unwrap() * 2;
            let off = (after.total.of(Line::Wages) - before.total.of(Line::Wages) * times).0.abs();
            prop_assert!(off * 2 <= (times + 1) * roundings, "{off}");
        }

        #[test]
        fn nothing_panics(wage in any::<i64>(), share in any::<i64>(), months in any::<i64>(), rate in any::<i64>(), cost in any::<i64>()) {
            let work = vec![Work { share: Rate(share), months }];
            let labour = vec![Labour { function: String::new(), wage: Ore(wage), work }];
            let external = vec![Cost { who: String::new(), what: String::new(), amounts: vec![Ore(cost)] }];
            let _ = reckon(&Budget { labour, external, on_costs: Rate(rate), overhead: Rate(rate), ..empty() });
        }
    }
}
