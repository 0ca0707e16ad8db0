//! What a basket comes to right now, from fresh rows: the same reckoning for the page, the review and the order, so that
//! none of them can disagree.

use crate::catalogue::store::{self as catalogue, ForSale};
use crate::kit::{CivilDate, Id, Ore};
use crate::platform::db::{StoreError, Tx};
use crate::platform::ids::sha256_hex;

use super::model::{Answers, Cover, FreightTable, Priced, Quote, Shown, ShownLine, cover, quote};
use super::store::{self, Basket};

/// A line with what is known of its edition today.
#[derive(Debug, Clone)]
pub struct Line {
    pub edition: Id,
    pub quantity: i64,
    /// The price that the buyer last went on with.
    pub price_seen: Ore,
    pub sale: ForSale,
    /// `None` when it can no longer be ordered.
    pub offer: Option<Offer>,
}

/// What the edition is offered for today, and whether so many copies are there.
#[derive(Debug, Clone, Copy)]
pub struct Offer {
    pub priced: Priced,
    pub cover: Cover,
}

impl Line {
    /// Copies that wait for a new printing.
    pub fn backordered(&self) -> i64 {
        match self.offer.map(|offer| offer.cover) {
            Some(Cover::Backordered { in_stock }) => self.quantity - in_stock,
            _ => 0,
        }
    }

    /// True when this line can be ordered as it stands.
    pub fn can_be_ordered(&self) -> bool {
        self.offer.is_some_and(|offer| !matches!(offer.cover, Cover::Short { .. }))
    }

    /// True when the price has risen since the buyer last went on: then it must be seen before it is paid.
    pub fn price_rose(&self) -> bool {
        self.offer.is_some_and(|offer| offer.priced.unit > self.price_seen)
    }
}

/// A basket with its sums.
#[derive(Debug, Clone)]
pub struct Reckoned {
    pub basket: Basket,
    pub lines: Vec<Line>,
    pub freight: FreightTable,
    /// Sums of the lines that are for sale.
    pub quote: Quote,
}

impl Reckoned {
    /// True when there is something in it and every line can be ordered at a price that the buyer has seen.
    pub fn is_ready(&self) -> bool {
        !self.lines.is_empty() && self.lines.iter().all(|line| line.can_be_ordered() && !line.price_rose())
    }

    /// How many copies lie in it.
    pub fn copies(&self) -> i64 {
        self.lines.iter().map(|line| line.quantity).sum()
    }

    /// What a buyer with these answers sees before ordering.
    pub fn shown(&self, answers: &Answers) -> Result<Shown, StoreError> {
        let answers = serde_json::to_vec(answers).map_err(|error| StoreError::Corrupt(error.to_string()))?;
        let lines = self.lines.iter().filter_map(|line| {
            let offer = line.offer?;
            let isbn = line.sale.orderable.as_ref()?.isbn();
            let title = line.sale.title.as_str().to_owned();
            Some(ShownLine { isbn, title, quantity: line.quantity, unit: offer.priced.unit, backordered: line.backordered() })
        });
        Ok(Shown {
            basket: self.basket.id.clone(),
            lines: lines.collect(),
            freight: self.quote.freight,
            total: self.quote.totals.gross,
            answers: sha256_hex(&answers),
        })
    }
}

/// Reckons the basket that a cookie opens; `None` when there is none.
pub async fn basket(tx: &mut Tx, token_hash: &str, today: CivilDate) -> Result<Option<Reckoned>, StoreError> {
    let Some(basket) = store::basket(tx, token_hash).await? else { return Ok(None) };
    let rows = if basket.is_open() { store::basket_lines(tx, &basket.id).await? } else { Vec::new() };
    let editions: Vec<Id> = rows.iter().map(|row| row.edition_id.clone()).collect();
    let sales = catalogue::for_sale(tx, &editions, today).await?;
    let lines: Vec<Line> = rows
        .into_iter()
        .filter_map(|row| {
            let sale = sales.iter().find(|sale| sale.edition == row.edition_id)?.clone();
            let offer = sale.orderable.as_ref().map(|orderable| Offer {
                priced: Priced { unit: orderable.price(), rate: orderable.vat_rate(), quantity: row.quantity },
                cover: cover(row.quantity, orderable.stock().free(), orderable.stock().backorder_allowed),
            });
            Some(Line { edition: row.edition_id, quantity: row.quantity, price_seen: row.price_seen, sale, offer })
        })
        .collect();
    let freight = store::freight(tx, today).await?;
    let priced: Vec<Priced> = lines.iter().filter_map(|line| line.offer.map(|offer| offer.priced)).collect();
    let quote = quote(&priced, &freight);
    Ok(Some(Reckoned { basket, lines, freight, quote }))
}
