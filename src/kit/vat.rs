//! Value added tax, gross first.
//!
//! What belongs here: rates and the arithmetic that splits what the buyer saw into net and VAT. Which rate a thing has
//! is dated data, not code. The rule (shop): per rate, net = gross / (1 + rate) rounded half up and VAT = gross − net;
//! the nets of the lines are shares of that net by largest remainder. So every part sums to its whole, the price that
//! the buyer saw never changes, and EN 16931's sums (BR-CO-10, BR-S-08) hold. Rounding each line on its own disagrees
//! with the basket's sum in two baskets of five.

use serde::{Deserialize, Serialize};

use super::check::{is_space, strip_ascii_suffix};
use super::money::hundredths;
use super::{Lang, MoneyError, Ore};

/// A rate in basis points: 600 is 6 %. Never negative in data; a negative tax rate counts as none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rate(pub i64);

impl Rate {
    /// For readers: `6 %`, `12,5 %` with a non-breaking space (Svenska skrivregler); in English `6%`, `12.5%`.
    pub fn text(self, lang: Lang) -> String {
        let number = self.number(lang);
        match lang {
            Lang::Sv => format!("{number}\u{00A0}%"),
            Lang::En => format!("{number}%"),
        }
    }

    /// The number alone, as people write and type it: `12,5`; in English `12.5`.
    pub fn number(self, lang: Lang) -> String {
        match lang {
            Lang::Sv => self.percent().replace('.', ","),
            Lang::En => self.percent(),
        }
    }

    /// Reads what a person typed: `40`, `40,66`, `40.66 %`, `40 procent`.
    ///
    /// # Errors
    /// A [`MoneyError`] that says what is wrong; rates are never negative.
    pub fn parse(text: &str) -> Result<Rate, MoneyError> {
        let text = text.trim_matches(is_space);
        let number = ["%", "procent", "percent"].iter().find_map(|unit| strip_ascii_suffix(text, unit)).unwrap_or(text);
        hundredths(number).map(Rate)
    }

    /// The percentage for machines (UBL's `cbc:Percent`), no more decimals than needed: `6`, `12.5`.
    pub fn percent(self) -> String {
        let minus = if self.0 < 0 { "-" } else { "" };
        let points = self.0.unsigned_abs();
        let text = format!("{minus}{}.{:02}", points / 100, points % 100);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }

    /// What gross is made of, in parts of ten thousand of net.
    fn whole(self) -> i128 {
        PARTS + i128::from(self.0.max(0))
    }
}

const PARTS: i128 = 10_000;

/// What one row of a basket costs the buyer: price including VAT times quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Sum of the row including VAT.
    pub gross: Ore,
    /// The row's rate.
    pub rate: Rate,
}

/// The sums of everything that has one rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateSum {
    pub rate: Rate,
    /// Including VAT.
    pub gross: Ore,
    /// Excluding VAT: the taxable amount.
    pub net: Ore,
    pub vat: Ore,
}

/// A row split into net and VAT.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineSum {
    /// Including VAT, as the buyer saw it.
    pub gross: Ore,
    /// The row's share of its rate's net; at most one öre from the exact figure.
    pub net: Ore,
    pub vat: Ore,
}

/// The sums of a basket, an order or an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Totals {
    /// Including VAT: exactly the sum of the rows.
    pub gross: Ore,
    /// Excluding VAT: exactly the sum of `by_rate`.
    pub net: Ore,
    pub vat: Ore,
    /// One per rate, lowest rate first.
    pub by_rate: Vec<RateSum>,
    /// One per row, in the order of the rows.
    pub lines: Vec<LineSum>,
}

/// Splits rows into net and VAT, gross first. The same rows always give the same answer; ties go to the earlier row.
pub fn totals(lines: &[Line]) -> Totals {
    let mut rates: Vec<Rate> = lines.iter().map(|line| line.rate).collect();
    rates.sort_unstable();
    rates.dedup();

    let mut nets = vec![0i128; lines.len()];
    let mut by_rate = Vec::with_capacity(rates.len());
    for rate in rates {
        let rows: Vec<(usize, i128)> =
            lines.iter().enumerate().filter(|(_, line)| line.rate == rate).map(|(row, line)| (row, i128::from(line.gross.0))).collect();
        let gross: i128 = rows.iter().map(|(_, gross)| gross).sum();
        let net = half_up(gross * PARTS, rate.whole());
        share(net, &rows, rate, &mut nets);
        by_rate.push(RateSum { rate, gross: narrow(gross), net: narrow(net), vat: narrow(gross - net) });
    }

    let lines: Vec<LineSum> = lines
        .iter()
        .zip(nets)
        .map(|(line, net)| LineSum { gross: line.gross, net: narrow(net), vat: narrow(i128::from(line.gross.0) - net) })
        .collect();
    Totals {
        gross: by_rate.iter().map(|sum| sum.gross).sum(),
        net: by_rate.iter().map(|sum| sum.net).sum(),
        vat: by_rate.iter().map(|sum| sum.vat).sum(),
        by_rate,
        lines,
    }
}

/// Gives each row the whole öre of its exact net, then the öre that are left to the rows with the largest remainders.
/// What is left is never more than the rows that have a remainder, so no row's net exceeds its gross.
fn share(net: i128, rows: &[(usize, i128)], rate: Rate, nets: &mut [i128]) {
    let whole = rate.whole();
    let mut left = net;
    let mut by_remainder = Vec::with_capacity(rows.len());
    for &(row, gross) in rows {
        let floor = (gross * PARTS).div_euclid(whole);
        nets[row] = floor;
        left -= floor;
        by_remainder.push(((gross * PARTS).rem_euclid(whole), row));
    }
    by_remainder.sort_by_key(|&(remainder, row)| (std::cmp::Reverse(remainder), row));
    for ((_, row), _) in by_remainder.into_iter().zip(0..left) {
        nets[row] += 1;
    }
}

/// The net price of one piece in kronor with six decimals, `89.622642`: an invoice row's quantity times this, rounded
/// to öre, is the row's net for quantities up to 9 999 (EN 16931 BT-146 leaves the decimals free).
/// A quantity below one counts as one.
pub fn unit_net(net: Ore, quantity: i64) -> String {
    let pieces = i128::from(quantity.max(1));
    let millionths = half_up(i128::from(net.0) * 10_000, pieces);
    let minus = if millionths < 0 { "-" } else { "" };
    let amount = millionths.unsigned_abs();
    format!("{minus}{}.{:06}", amount / 1_000_000, amount % 1_000_000)
}

/// Division rounded to the nearest, halves upwards; the divisor is positive.
fn half_up(value: i128, by: i128) -> i128 {
    (value * 2 + by).div_euclid(by * 2)
}

/// Back to öre; sums beyond `i64` (92 quadrillion kronor) stop at its end.
fn narrow(value: i128) -> Ore {
    Ore(i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::test_runner::Config;

    const BOOK: Rate = Rate(600);
    const FREIGHT: Rate = Rate(2500);

    fn line(gross: i64, rate: Rate) -> Line {
        Line { gross: Ore(gross), rate }
    }

    #[test]
    fn rates_are_written() {
        assert_eq!(BOOK.text(Lang::Sv), "6\u{a0}%");
        assert_eq!(Rate(1250).text(Lang::Sv), "12,5\u{a0}%");
        assert_eq!(Rate(2005).text(Lang::En), "20.05%");
        assert_eq!((Rate(0).percent().as_str(), Rate(1000).percent().as_str()), ("0", "10"));
        for (text, rate) in [("40,66", 4066), ("40.66\u{a0}%", 4066), (" 40 procent", 4000), ("0", 0), ("12,5 Percent", 1250)] {
            assert_eq!(Rate::parse(text), Ok(Rate(rate)), "{text}");
        }
        for (text, error) in [("", MoneyError::Empty), ("%", MoneyError::Empty), ("40 kr", MoneyError::NotANumber)] {
            assert_eq!(Rate::parse(text), Err(error), "{text}");
        }
        assert_eq!((Rate::parse("-1"), Rate::parse("1,234")), (Err(MoneyError::Negative), Err(MoneyError::TooManyDecimals)));
    }

    #[test]
    fn nothing_costs_nothing() {
        assert_eq!(totals(&[]), Totals::default());
    }

    #[test]
    fn one_report_and_freight() {
        let sums = totals(&[line(5900, FREIGHT), line(9500, BOOK)]);
        assert_eq!((sums.gross, sums.net, sums.vat), (Ore(15400), Ore(13682), Ore(1718)));
        assert_eq!(
            sums.by_rate,
            [
                RateSum { rate: BOOK, gross: Ore(9500), net: Ore(8962), vat: Ore(538) },
                RateSum { rate: FREIGHT, gross: Ore(5900), net: Ore(4720), vat: Ore(1180) },
            ]
        );
        assert_eq!(sums.lines[0], LineSum { gross: Ore(5900), net: Ore(4720), vat: Ore(1180) });
    }

    #[test]
    fn ties_go_to_the_earlier_row() {
        // Three rows of 8962.26 each: together 26886.79, so one öre is left and the first row gets it.
        let sums = totals(&[line(9500, BOOK), line(9500, BOOK), line(9500, BOOK)]);
        assert_eq!(sums.lines.iter().map(|l| l.net.0).collect::<Vec<_>>(), [8963, 8962, 8962]);
        assert_eq!(sums.net, Ore(26887));
    }

    #[test]
    fn extremes_do_not_overflow() {
        let sums = totals(&[line(i64::MAX, BOOK), line(i64::MAX, BOOK), line(i64::MAX, Rate(i64::MAX))]);
        assert_eq!(sums.gross, Ore(i64::MAX));
        assert_eq!(totals(&[line(100, Rate(-10_000))]).net, Ore(100));
    }

    #[test]
    fn unit_prices_have_six_decimals() {
        assert_eq!(unit_net(Ore(8962), 1), "89.620000");
        assert_eq!(unit_net(Ore(26887), 3), "89.623333");
        assert_eq!(unit_net(Ore(1), 3), "0.003333");
        assert_eq!(unit_net(Ore(-26887), 3), "-89.623333");
        assert_eq!(unit_net(Ore(100), 0), "1.000000");
    }

    fn basket() -> impl Strategy<Value = Vec<Line>> {
        let rate = prop::sample::select(&[0i64, 600, 1200, 2500, 1250]);
        prop::collection::vec((0i64..2_000_000, rate).prop_map(|(gross, rate)| line(gross, Rate(rate))), 0..6)
    }

    proptest! {
        #![proptest_config(Config { cases: 100_000, failure_persistence: None, ..Config::default() })]

        #[test]
        fn parts_sum_to_the_whole(basket in basket()) {
            let sums = totals(&basket);
            let seen: i64 = basket.iter().map(|line| line.gross.0).sum();
            prop_assert_eq!(sums.gross.0, seen);
            prop_assert_eq!(sums.net + sums.vat, sums.gross);
            prop_assert_eq!(sums.lines.len(), basket.len());
            prop_assert!(sums.by_rate.windows(2).all(|pair| pair[0].rate < pair[1].rate));
            for sum in &sums.by_rate {
                let whole = 10_000 + sum.rate.0;
                prop_assert_eq!(sum.net + sum.vat, sum.gross);
                prop_assert!((sum.net.0 * whole - sum.gross.0 * 10_000).abs() * 2 <= whole, "nearest öre");
                let of_rate = || basket.iter().zip(&sums.lines).filter(|(line, _)| line.rate == sum.rate);
                prop_assert_eq!(of_rate().map(|(_, part)| part.net).sum::<Ore>(), sum.net);
                prop_assert_eq!(of_rate().map(|(_, part)| part.vat).sum::<Ore>(), sum.vat);
                prop_assert_eq!(of_rate().map(|(_, part)| part.gross).sum::<Ore>(), sum.gross);
            }
            prop_assert_eq!(sums.by_rate.iter().map(|sum| sum.net).sum::<Ore>(), sums.net);
            for (line, part) in basket.iter().zip(&sums.lines) {
                let whole = 10_000 + line.rate.0;
                prop_assert_eq!(line.gross, part.gross);
                prop_assert_eq!(part.net + part.vat, part.gross);
                prop_assert!(part.net.0 >= 0 && part.vat.0 >= 0);
                prop_assert!((part.net.0 * whole - line.gross.0 * 10_000).abs() < whole, "less than an öre off");
            }
        }
    }

    proptest! {
        #[test]
        fn credits_sum_too(basket in prop::collection::vec((-90_000i64..90_000, 0i64..3000), 0..8)) {
            let basket: Vec<Line> = basket.into_iter().map(|(gross, rate)| line(gross, Rate(rate))).collect();
            let sums = totals(&basket);
            prop_assert_eq!(sums.lines.iter().map(|part| part.net).sum::<Ore>(), sums.net);
            prop_assert_eq!(sums.lines.iter().map(|part| part.vat).sum::<Ore>(), sums.vat);
        }

        /// The check that Peppol BIS makes on each invoice row.
        #[test]
        fn unit_price_times_quantity_is_the_row(net in 0i64..100_000_000, quantity in 1i64..=9_999) {
            let millionths: i128 = unit_net(Ore(net), quantity).replace('.', "").parse().unwrap();
            prop_assert_eq!(half_up(millionths * i128::from(quantity), 10_000), i128::from(net));
        }
    }
}
