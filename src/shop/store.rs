//! The shop's rows: baskets, rates, orders. Statements only; what is allowed stands in `lifecycle` and `actions`.
//! What only staff ask for is in [`listing`] and [`dispatch`], what was sold in [`sales`], letters in [`templates`].

pub mod dispatch;
pub mod freight;
pub mod listing;
pub mod own;
pub mod sales;
pub mod sample;
pub mod templates;

use sqlx::FromRow;

use super::lifecycle::{Fulfilment, Invoice, Order as OrderState, Payment, State};
use super::model::{Address, FreightStep, FreightTable, InvoiceBy};
use crate::kit::{CivilDate, Email, Id, Instant, Isbn, Lang, Ore, OrgNr, PeppolId, Phone, Rate, swedish};
use crate::platform::db::{StoreError, Tx, exactly_one};

/// A basket. Its answers are the raw text of the checkout's forms, as JSON.
#[derive(Debug, Clone, FromRow)]
pub struct Basket {
    pub id: Id,
    pub status: String,
    pub answers: String,
}

impl Basket {
    pub fn is_open(&self) -> bool {
        self.status == "open"
    }
}

/// One line of a basket.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct BasketLine {
    pub edition_id: Id,
    pub quantity: i64,
    /// The price that the buyer last saw and went on with.
    pub price_seen: Ore,
}

/// The basket that a cookie opens, by the hash of its secret.
pub async fn basket(tx: &mut Tx, token_hash: &str) -> Result<Option<Basket>, StoreError> {
    Ok(sqlx::query_as("SELECT id, status, answers FROM baskets WHERE token_hash = $1").bind(token_hash).fetch_optional(tx).await?)
}

pub async fn insert_basket(tx: &mut Tx, id: &Id, token_hash: &str, now: Instant) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO baskets (id, token_hash, status, answers, created_at, updated_at) VALUES ($1, $2, 'open', '{}', $3, $3)")
        .bind(id.clone())
        .bind(token_hash)
        .bind(now)
        .execute(tx)
        .await?;
    Ok(())
}

/// The lines in the order in which they were added.
pub async fn basket_lines(tx: &mut Tx, basket: &Id) -> Result<Vec<BasketLine>, StoreError> {
    let lines =
        sqlx::query_as("SELECT edition_id, quantity, price_seen FROM basket_lines WHERE basket_id = $1 ORDER BY added_at, edition_id");
    Ok(lines.bind(basket.clone()).fetch_all(tx).await?)
}

/// How many copies lie in the basket that a cookie opens.
pub async fn basket_count(tx: &mut Tx, token_hash: &str) -> Result<i64, StoreError> {
    let (count,): (i64,) = sqlx::query_as(
        "SELECT CAST(COALESCE(SUM(l.quantity), 0) AS BIGINT) FROM baskets b JOIN basket_lines l ON l.basket_id = b.id
         WHERE b.token_hash = $1 AND b.status = 'open'",
    )
    .bind(token_hash)
    .fetch_one(tx)
    .await?;
    Ok(count)
}

/// Sets a line to an absolute number, so that a repeated press changes nothing.
pub async fn set_line(tx: &mut Tx, basket: &Id, line: &BasketLine, now: Instant) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO basket_lines (basket_id, edition_id, quantity, price_seen, added_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (basket_id, edition_id) DO UPDATE SET quantity = excluded.quantity, price_seen = excluded.price_seen",
    )
    .bind(basket.clone())
    .bind(line.edition_id.clone())
    .bind(line.quantity)
    .bind(line.price_seen)
    .bind(now)
    .execute(tx)
    .await?;
    Ok(())
}

pub async fn remove_line(tx: &mut Tx, basket: &Id, edition: &Id) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM basket_lines WHERE basket_id = $1 AND edition_id = $2")
        .bind(basket.clone())
        .bind(edition.clone())
        .execute(tx)
        .await?;
    Ok(())
}

/// Notes that an open basket was used; a basket that has become an order is [`StoreError::Stale`].
pub async fn touch_basket(tx: &mut Tx, basket: &Id, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE baskets SET updated_at = $2 WHERE id = $1 AND status = 'open'")
        .bind(basket.clone())
        .bind(now)
        .execute(tx)
        .await?;
    exactly_one(done.rows_affected(), "baskets.status")
}

pub async fn save_answers(tx: &mut Tx, basket: &Id, answers: &str, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE baskets SET answers = $2, updated_at = $3 WHERE id = $1 AND status = 'open'")
        .bind(basket.clone())
        .bind(answers)
        .bind(now)
        .execute(tx)
        .await?;
    exactly_one(done.rows_affected(), "baskets.status")
}

/// Closes the basket that has become an order. Its answers are in the order now.
pub async fn close_basket(tx: &mut Tx, basket: &Id, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE baskets SET status = 'ordered', answers = '{}', updated_at = $2 WHERE id = $1 AND status = 'open'")
        .bind(basket.clone())
        .bind(now)
        .execute(tx)
        .await?;
    exactly_one(done.rows_affected(), "baskets.status")
}

/// The freight table and the rate that hold on a day.
pub async fn freight(tx: &mut Tx, day: CivilDate) -> Result<FreightTable, StoreError> {
    let steps: Vec<(i64, Ore)> = sqlx::query_as(
        "SELECT min_copies, price FROM freight_rates
         WHERE valid_from = (SELECT MAX(valid_from) FROM freight_rates WHERE valid_from <= $1) ORDER BY min_copies",
    )
    .bind(day)
    .fetch_all(&mut *tx)
    .await?;
    let rate: Option<(Rate,)> =
        sqlx::query_as("SELECT rate FROM vat_rates WHERE kind = 'freight' AND valid_from <= $1 ORDER BY valid_from DESC LIMIT 1")
            .bind(day)
            .fetch_optional(tx)
            .await?;
    let rate = rate.ok_or_else(|| StoreError::Corrupt("no freight VAT rate holds today".to_owned()))?.0;
    Ok(FreightTable { steps: steps.into_iter().map(|(min_copies, price)| FreightStep { min_copies, price }).collect(), rate })
}

/// Lays down a freight table that holds from a day on.
pub async fn set_freight(tx: &mut Tx, from: CivilDate, steps: &[FreightStep]) -> Result<(), StoreError> {
    for step in steps {
        sqlx::query("INSERT INTO freight_rates (valid_from, min_copies, price) VALUES ($1, $2, $3)")
            .bind(from)
            .bind(step.min_copies)
            .bind(step.price)
            .execute(&mut *tx)
            .await?;
    }
    Ok(())
}

/// The next order number: rises by one, and a number that was given is never given again.
pub async fn next_order_number(tx: &mut Tx) -> Result<i64, StoreError> {
    let (number,): (i64,) = sqlx::query_as(
        "INSERT INTO counters (name, value) VALUES ('order_number', 10001)
         ON CONFLICT (name) DO UPDATE SET value = counters.value + 1 RETURNING value",
    )
    .fetch_one(tx)
    .await?;
    Ok(number)
}

/// An order as it stands. Addresses are JSON of [`Address`].
#[derive(Debug, Clone, FromRow)]
pub struct OrderRow {
    pub id: Id,
    pub number: i64,
    pub basket_id: Id,
    pub link_hash: String,
    pub lang: Lang,
    pub state: String,
    pub fulfilment: String,
    pub payment: String,
    pub invoice: String,
    pub buyer: String,
    pub organisation: Option<String>,
    pub orgnr: Option<OrgNr>,
    pub reference: Option<String>,
    pub cost_centre: Option<String>,
    pub peppol_id: Option<PeppolId>,
    pub invoice_by: String,
    pub name: String,
    pub email: Email,
    pub phone: Option<Phone>,
    pub delivery_address: String,
    pub invoice_address: Option<String>,
    pub gross: Ore,
    pub net: Ore,
    pub vat: Ore,
    pub terms: String,
    pub version: i64,
    pub placed_at: Instant,
    pub withdraw_until: Option<Instant>,
    pub updated_at: Instant,
    /// How many parcels have gone.
    pub parcels: i64,
    /// Who keeps it among their own orders.
    pub account_id: Option<Id>,
}

impl OrderRow {
    /// Where the four machines stand.
    pub fn state(&self) -> Result<State, StoreError> {
        state_of(&self.state, &self.fulfilment, &self.payment, &self.invoice, self.parcels)
    }

    /// Who buys, for lists: the organisation, or else the person.
    pub fn buyer_name(&self) -> &str {
        self.organisation.as_deref().unwrap_or(&self.name)
    }

    /// True while a consumer may still withdraw. The 14 days begin when the buyer has the copies (distansavtalslagen
    /// 2005:59, 2 kap. 12 §), so until that day is known the right stays open.
    pub fn withdrawal_is_open(&self, now: Instant) -> bool {
        self.withdraw_until.is_none_or(|until| now <= until)
    }

    pub fn is_private(&self) -> bool {
        self.buyer == "private"
    }

    pub fn invoice_by(&self) -> InvoiceBy {
        match self.invoice_by.as_str() {
            "post" => InvoiceBy::Post,
            "peppol" => InvoiceBy::Peppol,
            _ => InvoiceBy::Email,
        }
    }

    pub fn delivery(&self) -> Result<Address, StoreError> {
        address(&self.delivery_address)
    }

    pub fn invoice_to(&self) -> Result<Option<Address>, StoreError> {
        self.invoice_address.as_deref().map(address).transpose()
    }
}

/// The four machines as their columns say.
fn state_of(order: &str, fulfilment: &str, payment: &str, invoice: &str, parcels: i64) -> Result<State, StoreError> {
    let state = || {
        Some(State {
            order: OrderState::parse(order)?,
            fulfilment: Fulfilment::parse(fulfilment)?,
            payment: Payment::parse(payment)?,
            invoice: Invoice::parse(invoice)?,
            sent: parcels > 0,
        })
    };
    state().ok_or_else(|| StoreError::Corrupt("an order's state".to_owned()))
}

fn address(json: &str) -> Result<Address, StoreError> {
    serde_json::from_str(json).map_err(|_| StoreError::Corrupt("an order's address".to_owned()))
}

/// The stored code of how an invoice is sent.
pub fn invoice_by_code(by: InvoiceBy) -> &'static str {
    match by {
        InvoiceBy::Email => "email",
        InvoiceBy::Post => "post",
        InvoiceBy::Peppol => "peppol",
    }
}

/// One line of an order: prices and VAT as they were when it was placed.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct OrderLine {
    pub position: i64,
    pub kind: String,
    pub edition_id: Option<Id>,
    pub isbn: Option<Isbn>,
    pub title: String,
    pub quantity: i64,
    pub unit_price: Ore,
    pub rate: Rate,
    pub gross: Ore,
    pub net: Ore,
    pub vat: Ore,
    /// Copies that were set aside for the line, those that have been sent since among them.
    pub held: i64,
    pub backordered: i64,
    /// Of the held ones, those that have left the house.
    pub sent: i64,
    /// Of the sent ones, those that came back.
    pub returned: i64,
    /// What has been booked as sold ([`sales`]): copies (for freight 1), and their share of the sums.
    pub sold: i64,
    pub sold_gross: Ore,
    pub sold_net: Ore,
}

impl OrderLine {
    /// Copies that lie here for the line.
    pub fn here(&self) -> i64 {
        self.held - self.sent
    }

    /// Copies that have not been sent: here or waited for.
    pub fn left(&self) -> i64 {
        self.quantity - self.sent
    }

    /// Copies that are with the buyer, or on their way.
    pub fn away(&self) -> i64 {
        self.sent - self.returned
    }

    pub fn is_goods(&self) -> bool {
        self.kind == "goods"
    }
}

/// Something that happened to an order.
#[derive(Debug, Clone, FromRow)]
pub struct OrderEvent {
    pub position: i64,
    pub kind: String,
    pub at: Instant,
    pub actor: String,
    pub detail: String,
}

const ORDER_BY_LINK: &str = "SELECT * FROM orders WHERE link_hash = $1";
const ORDER_BY_BASKET: &str = "SELECT * FROM orders WHERE basket_id = $1";
const ORDER_BY_NUMBER: &str = "SELECT * FROM orders WHERE number = $1";
const ORDER_BY_ID: &str = "SELECT * FROM orders WHERE id = $1";

pub async fn order_by_link(tx: &mut Tx, link_hash: &str) -> Result<Option<OrderRow>, StoreError> {
    Ok(sqlx::query_as(ORDER_BY_LINK).bind(link_hash).fetch_optional(tx).await?)
}

pub async fn order_by_basket(tx: &mut Tx, basket: &Id) -> Result<Option<OrderRow>, StoreError> {
    Ok(sqlx::query_as(ORDER_BY_BASKET).bind(basket.clone()).fetch_optional(tx).await?)
}

pub async fn order(tx: &mut Tx, id: &Id) -> Result<Option<OrderRow>, StoreError> {
    Ok(sqlx::query_as(ORDER_BY_ID).bind(id.clone()).fetch_optional(tx).await?)
}

pub async fn order_by_number(tx: &mut Tx, number: i64) -> Result<Option<OrderRow>, StoreError> {
    Ok(sqlx::query_as(ORDER_BY_NUMBER).bind(number).fetch_optional(tx).await?)
}

pub async fn insert_order(tx: &mut Tx, order: &OrderRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO orders (id, number, basket_id, link_hash, lang, state, fulfilment, payment, invoice, buyer, organisation, orgnr, reference,
                             cost_centre, peppol_id, invoice_by, name, email, phone, delivery_address, invoice_address, gross, net, vat, terms,
                             version, placed_at, withdraw_until, updated_at, buyer_key, account_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31)",
    )
    .bind(order.id.clone())
    .bind(order.number)
    .bind(order.basket_id.clone())
    .bind(order.link_hash.clone())
    .bind(order.lang)
    .bind(order.state.clone())
    .bind(order.fulfilment.clone())
    .bind(order.payment.clone())
    .bind(order.invoice.clone())
    .bind(order.buyer.clone())
    .bind(order.organisation.clone())
    .bind(order.orgnr.clone())
    .bind(order.reference.clone())
    .bind(order.cost_centre.clone())
    .bind(order.peppol_id.clone())
    .bind(order.invoice_by.clone())
    .bind(order.name.clone())
    .bind(order.email.clone())
    .bind(order.phone.clone())
    .bind(order.delivery_address.clone())
    .bind(order.invoice_address.clone())
    .bind(order.gross)
    .bind(order.net)
    .bind(order.vat)
    .bind(order.terms.clone())
    .bind(order.version)
    .bind(order.placed_at)
    .bind(order.withdraw_until)
    .bind(order.updated_at)
    .bind(swedish::sort_key(order.buyer_name()))
    .bind(order.account_id.clone())
    .execute(tx)
    .await?;
    Ok(())
}

/// Writes what a change may touch, if nobody changed the order since `order` was read; the version rises by one.
pub async fn update_order(tx: &mut Tx, order: &OrderRow, before: State, after: State, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE orders SET state = $4, fulfilment = $5, payment = $6, invoice = $7, delivery_address = $8, gross = $9, net = $10, vat = $11,
                           version = version + 1, updated_at = $12, withdraw_until = $13, parcels = $14
         WHERE id = $1 AND version = $2 AND state = $3",
    )
    .bind(order.id.clone())
    .bind(order.version)
    .bind(before.order.code())
    .bind(after.order.code())
    .bind(after.fulfilment.code())
    .bind(after.payment.code())
    .bind(after.invoice.code())
    .bind(order.delivery_address.clone())
    .bind(order.gross)
    .bind(order.net)
    .bind(order.vat)
    .bind(now)
    .bind(order.withdraw_until)
    .bind(order.parcels)
    .execute(tx)
    .await?;
    exactly_one(done.rows_affected(), "orders.version")
}

pub async fn order_lines(tx: &mut Tx, order: &Id) -> Result<Vec<OrderLine>, StoreError> {
    let lines = sqlx::query_as(
        "SELECT position, kind, edition_id, isbn, title, quantity, unit_price, rate, gross, net, vat, held, backordered, sent, returned, sold, sold_gross, sold_net
         FROM order_lines WHERE order_id = $1 ORDER BY position",
    );
    Ok(lines.bind(order.clone()).fetch_all(tx).await?)
}

/// Writes a line, in place of the one that stood there.
pub async fn put_line(tx: &mut Tx, order: &Id, line: &OrderLine) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO order_lines (order_id, position, kind, edition_id, isbn, title, quantity, unit_price, rate, gross, net, vat, held, backordered)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
         ON CONFLICT (order_id, position) DO UPDATE SET quantity = excluded.quantity, unit_price = excluded.unit_price, gross = excluded.gross,
             net = excluded.net, vat = excluded.vat, held = excluded.held, backordered = excluded.backordered",
    )
    .bind(order.clone())
    .bind(line.position)
    .bind(line.kind.clone())
    .bind(line.edition_id.clone())
    .bind(line.isbn)
    .bind(line.title.clone())
    .bind(line.quantity)
    .bind(line.unit_price)
    .bind(line.rate)
    .bind(line.gross)
    .bind(line.net)
    .bind(line.vat)
    .bind(line.held)
    .bind(line.backordered)
    .execute(tx)
    .await?;
    Ok(())
}

/// The oldest order that waits for copies of an edition: order, position, and how many are missing.
pub async fn oldest_backorder(tx: &mut Tx, edition: &Id) -> Result<Option<(Id, i64, i64)>, StoreError> {
    let oldest = sqlx::query_as(
        "SELECT l.order_id, l.position, l.backordered FROM order_lines l JOIN orders o ON o.id = l.order_id
         WHERE l.edition_id = $1 AND l.backordered > 0 AND o.state = 'confirmed' AND o.fulfilment = 'backordered'
         ORDER BY o.number, l.position LIMIT 1",
    );
    Ok(oldest.bind(edition.clone()).fetch_optional(tx).await?)
}

/// Moves copies of a line from missing to held.
pub async fn cover_line(tx: &mut Tx, order: &Id, position: i64, copies: i64) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE order_lines SET held = held + $3, backordered = backordered - $3 WHERE order_id = $1 AND position = $2 AND backordered >= $3",
    )
    .bind(order.clone())
    .bind(position)
    .bind(copies)
    .execute(tx)
    .await?;
    exactly_one(done.rows_affected(), "order_lines.backordered")
}

pub async fn order_events(tx: &mut Tx, order: &Id) -> Result<Vec<OrderEvent>, StoreError> {
    let events = sqlx::query_as("SELECT position, kind, at, actor, detail FROM order_events WHERE order_id = $1 ORDER BY position");
    Ok(events.bind(order.clone()).fetch_all(tx).await?)
}

/// Appends to an order's history and gives the event's position.
pub async fn insert_event(tx: &mut Tx, order: &Id, kind: &str, at: Instant, actor: &str, detail: &str) -> Result<i64, StoreError> {
    let (position,): (i64,) = sqlx::query_as(
        "INSERT INTO order_events (order_id, position, kind, at, actor, detail)
         SELECT $1, COALESCE(MAX(position), 0) + 1, $2, $3, $4, $5 FROM order_events WHERE order_id = $1
         RETURNING position",
    )
    .bind(order.clone())
    .bind(kind)
    .bind(at)
    .bind(actor)
    .bind(detail)
    .fetch_one(tx)
    .await?;
    Ok(position)
}
