//! The economist's forms: a table of freight prices from a day on, and a rate of VAT on freight. Raw answers to checked values.

use crate::kit::{CivilDate, DateError, Errors, Form, MoneyError, Ore, Rate};
use crate::shop::model::FreightStep;

/// Names of the forms' fields.
pub mod field {
    /// Which of the forms it is.
    pub const WHAT: &str = "vad";
    pub const FROM: &str = "fran";
    pub const RATE: &str = "sats";
    pub const RATE_FROM: &str = "sats_fran";
    /// The day of what is taken back.
    pub const DAY: &str = "dag";
    /// From so many copies: `antal-1` and on.
    pub const COPIES: [&str; 6] = ["antal-1", "antal-2", "antal-3", "antal-4", "antal-5", "antal-6"];
    pub const PRICE: [&str; 6] = ["pris-1", "pris-2", "pris-3", "pris-4", "pris-5", "pris-6"];
}

/// No parcel costs more to send.
const MOST: Ore = Ore::kr(10_000);

/// What is wrong with a table of freight prices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepError {
    /// No row at all.
    Empty,
    NoCopies,
    Copies,
    NoPrice,
    Price,
    Twice,
    /// One copy would be sent for nothing.
    NotFromOne,
    NoDay,
    NotADate,
    Past,
    Taken,
}

/// What is wrong with a rate of VAT.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RateError {
    NoRate,
    Rate,
    NoDay,
    NotADate,
    Past,
    Taken,
}

/// Prices and the day from which they hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTable {
    pub from: CivilDate,
    /// In rising order of copies.
    pub steps: Vec<FreightStep>,
}

/// Reads a table; rows that are empty are left out.
pub fn table(form: &Form, today: CivilDate) -> Result<NewTable, Errors<StepError>> {
    let mut errors = Errors::new();
    let mut steps: Vec<FreightStep> = Vec::new();
    let mut typed = false;
    for (copies_field, price_field) in field::COPIES.into_iter().zip(field::PRICE) {
        let (copies, price) = (form.get(copies_field).trim(), form.get(price_field).trim());
        if copies.is_empty() && price.is_empty() {
            continue;
        }
        typed = true;
        let copies = errors.keep(copies_field, read_copies(copies));
        let price = errors.keep(price_field, read_price(price));
        if let (Some(min_copies), Some(price)) = (copies, price) {
            if steps.iter().any(|step| step.min_copies == min_copies) {
                errors.push(copies_field, StepError::Twice);
            }
            steps.push(FreightStep { min_copies, price });
        }
    }
    steps.sort_by_key(|step| step.min_copies);
    if !typed {
        errors.push(field::COPIES[0], StepError::Empty);
    } else if errors.is_empty() && steps.first().is_none_or(|step| step.min_copies != 1) {
        errors.push(field::COPIES[0], StepError::NotFromOne);
    }
    let from = errors.keep(
        field::FROM,
        day(form.get(field::FROM), today).map_err(|error| match error {
            DayError::None => StepError::NoDay,
            DayError::NotADate => StepError::NotADate,
            DayError::Past => StepError::Past,
        }),
    );
    match from {
        Some(from) if errors.is_empty() => Ok(NewTable { from, steps }),
        _ => Err(errors),
    }
}

fn read_copies(text: &str) -> Result<i64, StepError> {
    if text.is_empty() {
        return Err(StepError::NoCopies);
    }
    match text.parse() {
        Ok(copies @ 1..=999) if text.bytes().all(|byte| byte.is_ascii_digit()) => Ok(copies),
        _ => Err(StepError::Copies),
    }
}

fn read_price(text: &str) -> Result<Ore, StepError> {
    match Ore::parse(text) {
        Ok(price) if price <= MOST => Ok(price),
        Err(MoneyError::Empty) => Err(StepError::NoPrice),
        _ => Err(StepError::Price),
    }
}

enum DayError {
    None,
    NotADate,
    Past,
}

fn day(text: &str, today: CivilDate) -> Result<CivilDate, DayError> {
    match CivilDate::read(text.trim()) {
        Ok(day) if day < today => Err(DayError::Past),
        Ok(day) => Ok(day),
        Err(DateError::Empty) => Err(DayError::None),
        Err(_) => Err(DayError::NotADate),
    }
}

/// Reads a rate of VAT and its day.
pub fn rate(form: &Form, today: CivilDate) -> Result<(Rate, CivilDate), Errors<RateError>> {
    let mut errors = Errors::new();
    let rate = errors.keep(field::RATE, read_rate(form.get(field::RATE)));
    let from = errors.keep(
        field::RATE_FROM,
        day(form.get(field::RATE_FROM), today).map_err(|error| match error {
            DayError::None => RateError::NoDay,
            DayError::NotADate => RateError::NotADate,
            DayError::Past => RateError::Past,
        }),
    );
    match (rate, from) {
        (Some(rate), Some(from)) => Ok((rate, from)),
        _ => Err(errors),
    }
}

fn read_rate(text: &str) -> Result<Rate, RateError> {
    let text = text.trim().trim_end_matches('%').trim();
    // A rate has the decimals that an amount has: percent are hundredths as öre are.
    match Ore::parse(text) {
        Ok(Ore(points @ 0..=10_000)) if text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.')) => Ok(Rate(points)),
        Err(MoneyError::Empty) => Err(RateError::NoRate),
        _ => Err(RateError::Rate),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn today() -> CivilDate {
        CivilDate::parse("2026-11-23").unwrap()
    }

    fn form(fields: &[(&str, &str)]) -> Form {
        Form(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn a_table_begins_at_one_and_names_each_number_once() {
        let good = form(&[("antal-2", "1"), ("pris-2", "49"), ("antal-1", "10"), ("pris-1", "149,50"), ("fran", "2027-01-01")]);
        let table_of = |form: &Form| table(form, today());
        let read = table_of(&good).unwrap();
        let steps: Vec<_> = read.steps.iter().map(|step| (step.min_copies, step.price.0)).collect();
        assert_eq!((read.from.text().as_str(), steps), ("2027-01-01", vec![(1, 4900), (10, 14950)]));
        let wrong = |fields: &[(&str, &str)]| table_of(&form(fields)).unwrap_err().iter().map(|entry| entry.error).collect::<Vec<_>>();
        assert_eq!(wrong(&[]), [StepError::Empty, StepError::NoDay]);
        assert_eq!(wrong(&[("antal-1", "2"), ("pris-1", "49"), ("fran", "2026-11-23")]), [StepError::NotFromOne]);
        let twice = [("antal-1", "1"), ("pris-1", "49"), ("antal-2", "1"), ("pris-2", "59"), ("fran", "i dag")];
        assert_eq!(wrong(&twice), [StepError::Twice, StepError::NotADate]);
        assert_eq!(wrong(&[("antal-1", "x"), ("fran", "2026-11-22")]), [StepError::Copies, StepError::NoPrice, StepError::Past]);
        assert_eq!(wrong(&[("pris-1", "10001"), ("fran", "2027-01-01")]), [StepError::NoCopies, StepError::Price]);
    }

    #[test]
    fn a_rate_is_a_percentage() {
        let read = |text: &str| rate(&form(&[("sats", text), ("sats_fran", "2027-01-01")]), today()).map(|(rate, _)| rate.0);
        assert_eq!((read("25"), read("6 %"), read("12,5"), read("0")), (Ok(2500), Ok(600), Ok(1250), Ok(0)));
        for wrong in ["101", "-1", "6 kr", "tjugofem", "6,125"] {
            assert_eq!(read(wrong).unwrap_err().of("sats"), Some(&RateError::Rate), "{wrong}");
        }
        assert_eq!(read("").unwrap_err().of("sats"), Some(&RateError::NoRate));
    }

    proptest! {
        /// Whatever the order of the rows, a table that is taken rises, begins at one and loses nothing.
        #[test]
        fn every_table_that_is_taken_rises(rows in prop::collection::vec((1_i64..=20, 0_i64..=1_000_000), 1..=6)) {
            let mut fields = vec![("fran".to_owned(), "2027-01-01".to_owned())];
            for (place, (copies, ore)) in rows.iter().enumerate() {
                fields.push((field::COPIES[place].to_owned(), copies.to_string()));
                fields.push((field::PRICE[place].to_owned(), Ore(*ore).decimal()));
            }
            match table(&Form(fields), today()) {
                Ok(read) => {
                    prop_assert_eq!(read.steps.len(), rows.len());
                    prop_assert_eq!(read.steps[0].min_copies, 1);
                    prop_assert!(read.steps.windows(2).all(|pair| pair[0].min_copies < pair[1].min_copies));
                }
                Err(_) => {
                    let mut numbers: Vec<i64> = rows.iter().map(|(copies, _)| *copies).collect();
                    numbers.sort_unstable();
                    let all = numbers.len();
                    numbers.dedup();
                    prop_assert!(numbers.len() < all || numbers[0] != 1);
                }
            }
        }
    }
}
