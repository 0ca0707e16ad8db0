//! The form that gives an edition a new price from a day on: raw answers to checked values.

use crate::kit::{CivilDate, DateError, Errors, Form, MoneyError, Ore};

/// Names of the form's fields.
pub mod field {
    pub const EDITION: &str = "utgava";
    pub const VERSION: &str = "version";
    pub const PRICE: &str = "pris";
    pub const FROM: &str = "fran";
    /// The day whose price is taken back.
    pub const REMOVE: &str = "ta_bort";
}

/// As in an import: nothing that Brå sells costs more.
pub const MOST: Ore = Ore::kr(100_000);

/// What is wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PriceError {
    NoPrice,
    NotAnAmount,
    /// Nothing, or more than [`MOST`].
    OutOfRange,
    NoDay,
    NotADate,
    /// The day has been.
    Past,
    /// There is a price from that day on already.
    Taken,
    /// The edition has no price today, so its first must hold from today.
    FirstFromToday,
}

/// A price and its first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewPrice {
    pub price: Ore,
    pub from: CivilDate,
}

/// Reads the form.
pub fn new_price(form: &Form, today: CivilDate) -> Result<NewPrice, Errors<PriceError>> {
    let mut errors = Errors::new();
    let price = errors.keep(field::PRICE, amount(form.get(field::PRICE)));
    let from = errors.keep(field::FROM, day(form.get(field::FROM), today));
    match (price, from) {
        (Some(price), Some(from)) => Ok(NewPrice { price, from }),
        _ => Err(errors),
    }
}

fn amount(text: &str) -> Result<Ore, PriceError> {
    match Ore::parse(text) {
        Ok(price) if price > Ore::ZERO && price <= MOST => Ok(price),
        Ok(_) | Err(MoneyError::Negative | MoneyError::TooLarge) => Err(PriceError::OutOfRange),
        Err(MoneyError::Empty) => Err(PriceError::NoPrice),
        Err(MoneyError::NotANumber | MoneyError::TooManyDecimals) => Err(PriceError::NotAnAmount),
    }
}

/// A day from today on.
fn day(text: &str, today: CivilDate) -> Result<CivilDate, PriceError> {
    match CivilDate::read(text.trim()) {
        Ok(day) if day < today => Err(PriceError::Past),
        Ok(day) => Ok(day),
        Err(DateError::Empty) => Err(PriceError::NoDay),
        Err(_) => Err(PriceError::NotADate),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_an_amount_from_a_day_to_come() {
        let today = CivilDate::parse("2026-11-23").unwrap();
        let read =
            |price: &str, from: &str| new_price(&Form(vec![(field::PRICE.into(), price.into()), (field::FROM.into(), from.into())]), today);
        assert_eq!(read("95,50", "23 november 2026"), Ok(NewPrice { price: Ore(9550), from: today }));
        let wrong = |price: &str, from: &str| read(price, from).unwrap_err().iter().map(|entry| entry.error).collect::<Vec<_>>();
        assert_eq!(wrong("", ""), [PriceError::NoPrice, PriceError::NoDay]);
        assert_eq!(wrong("gratis", "i morgon"), [PriceError::NotAnAmount, PriceError::NotADate]);
        assert_eq!(wrong("0", "2026-11-22"), [PriceError::OutOfRange, PriceError::Past]);
        assert_eq!(wrong("100001", "2027-01-01"), [PriceError::OutOfRange]);
        assert_eq!(wrong("-5", "2027-01-01"), [PriceError::OutOfRange]);
    }
}
