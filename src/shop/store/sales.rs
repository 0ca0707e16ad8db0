//! What was sold. A sale is a copy that has left the house: it counts on the day its parcel goes, and is taken away again
//! on the day it comes back. Freight counts with the first parcel, and is taken away when a consumer withdraws, since it is
//! paid back then (distansavtalslagen 2005:59, 2 kap. 14 §). What is called off before it was sent was never sold.
//!
//! Each line of an order remembers what of it has been booked; [`book`] writes the difference to where it should be now into
//! the sums of the month, in the transaction that sent or took back. So whatever happens to an order, in whatever order, what
//! was booked of it is its share of its own frozen sums, and the months add up to the orders. A year of a million orders is
//! some thousand rows.

use sqlx::FromRow;

use super::{OrderLine, OrderRow};
use crate::kit::{Instant, Ore, Rate, civil};
use crate::platform::db::{StoreError, Tx, exactly_one};
use crate::shop::lifecycle::{Order, State};

/// What stands in the place of an edition for freight.
const FREIGHT: &str = "freight";

/// Copies and money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, FromRow)]
pub struct Sum {
    pub copies: i64,
    pub gross: Ore,
    pub net: Ore,
}

impl Sum {
    pub fn vat(self) -> Ore {
        self.gross - self.net
    }

    pub fn plus(self, other: Self) -> Self {
        Self { copies: self.copies + other.copies, gross: self.gross + other.gross, net: self.net + other.net }
    }

    pub fn minus(self, other: Self) -> Self {
        Self { copies: self.copies - other.copies, gross: self.gross - other.gross, net: self.net - other.net }
    }
}

/// What of a line is sold as it stands now: its share of the line's sums, all of them when every copy has gone and stayed away.
pub(in crate::shop) fn sold(line: &OrderLine, freight_is_due: bool) -> Sum {
    if !line.is_goods() {
        return if freight_is_due { Sum { copies: 1, gross: line.gross, net: line.net } } else { Sum::default() };
    }
    let copies = line.away();
    Sum { copies, gross: line.unit_price * copies, net: share(line.net, copies, line.quantity) }
}

/// The net of some of a line's copies, rounded half up; the whole net for all of them.
fn share(net: Ore, copies: i64, quantity: i64) -> Ore {
    if quantity <= 0 {
        return Ore::ZERO;
    }
    let (net, copies, quantity) = (i128::from(net.0), i128::from(copies), i128::from(quantity));
    let share = (2 * net * copies + quantity).div_euclid(2 * quantity);
    Ore(i64::try_from(share).unwrap_or_default())
}

/// Books what has changed of an order's sales. Two statements for each line of which something changed.
pub async fn book(tx: &mut Tx, order: &OrderRow, state: State, lines: &[OrderLine], now: Instant) -> Result<(), StoreError> {
    let freight_is_due = order.parcels > 0 && state.order != Order::Withdrawn;
    for line in lines {
        let (before, after) = (Sum { copies: line.sold, gross: line.sold_gross, net: line.sold_net }, sold(line, freight_is_due));
        if before == after {
            continue;
        }
        let done = sqlx::query(
            "UPDATE order_lines SET sold = $3, sold_gross = $4, sold_net = $5 WHERE order_id = $1 AND position = $2 AND sold = $6 AND sold_gross = $7",
        )
        .bind(&order.id)
        .bind(line.position)
        .bind(after.copies)
        .bind(after.gross)
        .bind(after.net)
        .bind(before.copies)
        .bind(before.gross)
        .execute(&mut *tx)
        .await?;
        exactly_one(done.rows_affected(), "order_lines.sold")?;
        add(tx, &civil::month(now), &order.buyer, line, after.minus(before)).await?;
    }
    Ok(())
}

/// Adds to the sums of a month what changed of a line's sales.
pub(in crate::shop) async fn add(tx: &mut Tx, month: &str, buyer: &str, line: &OrderLine, change: Sum) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO sales_months (month, item, buyer, rate, isbn, title, copies, gross, net) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (month, item, buyer, rate) DO UPDATE SET title = excluded.title, copies = sales_months.copies + excluded.copies,
             gross = sales_months.gross + excluded.gross, net = sales_months.net + excluded.net",
    )
    .bind(month)
    .bind(line.edition_id.as_ref().map_or(FREIGHT, |edition| edition.as_str()))
    .bind(buyer)
    .bind(line.rate)
    .bind(line.isbn)
    .bind(line.title.clone())
    // Freight is money, not copies.
    .bind(if line.is_goods() { change.copies } else { 0 })
    .bind(change.gross)
    .bind(change.net)
    .execute(tx)
    .await?;
    Ok(())
}

/// The sales of a month to one kind of buyer at one rate.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct OfMonth {
    pub month: String,
    pub buyer: String,
    pub rate: Rate,
    #[sqlx(flatten)]
    pub sum: Sum,
}

/// The sales of some months, by month, kind of buyer and rate.
pub async fn months(tx: &mut Tx, from: &str, until: &str) -> Result<Vec<OfMonth>, StoreError> {
    let rows = sqlx::query_as(
        "SELECT month, buyer, rate, CAST(SUM(copies) AS BIGINT) AS copies, CAST(SUM(gross) AS BIGINT) AS gross, CAST(SUM(net) AS BIGINT) AS net
         FROM sales_months WHERE month >= $1 AND month <= $2 GROUP BY month, buyer, rate ORDER BY month, buyer, rate",
    );
    Ok(rows.bind(from).bind(until).fetch_all(tx).await?)
}

/// The sales of an edition, or of freight.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct OfTitle {
    pub item: String,
    pub isbn: Option<crate::kit::Isbn>,
    pub title: String,
    #[sqlx(flatten)]
    pub sum: Sum,
}

impl OfTitle {
    pub fn is_freight(&self) -> bool {
        self.item == FREIGHT
    }
}

/// The sales of some months by title, the most sold first.
pub async fn titles(tx: &mut Tx, from: &str, until: &str) -> Result<Vec<OfTitle>, StoreError> {
    let rows = sqlx::query_as(
        "SELECT item, MAX(isbn) AS isbn, MAX(title) AS title, CAST(SUM(copies) AS BIGINT) AS copies, CAST(SUM(gross) AS BIGINT) AS gross,
                CAST(SUM(net) AS BIGINT) AS net
         FROM sales_months WHERE month >= $1 AND month <= $2 GROUP BY item ORDER BY copies DESC, gross DESC, item",
    );
    Ok(rows.bind(from).bind(until).fetch_all(tx).await?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// However an order goes in parcels and comes back, what was booked adds up to the line, and a rest to its share.
        #[test]
        fn parcels_add_up_to_the_line(net in 0_i64..10_000_000, parcels in prop::collection::vec(1_i64..40, 1..8)) {
            let quantity: i64 = parcels.iter().sum();
            let mut gone = 0;
            let mut booked = Ore::ZERO;
            for copies in parcels {
                let before = share(Ore(net), gone, quantity);
                gone += copies;
                let after = share(Ore(net), gone, quantity);
                prop_assert!(after >= before);
                booked = booked + (after - before);
            }
            prop_assert_eq!(booked, Ore(net));
            prop_assert_eq!(share(Ore(net), 0, quantity), Ore::ZERO);
        }
    }
}
