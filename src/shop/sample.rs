//! Made-up orders by the thousand, for measuring: what can be ordered, bought over three years by people and organisations.
//! Sums, states, words, stock, ledger and sales come from the shop's own functions, so a database that was filled so is as
//! right as one that people filled. History, letters and audit chain stay short: an order has the events that its state needs.

use std::collections::BTreeMap;

use super::actions::staff::withdraw_until;
use super::actions::{found_by, new_lines, new_order, today};
use super::lifecycle::{self, Actor, Event, State};
use super::model::{Address, Answers, Cover, Delivery, FreightTable, InvoiceBy, Payer, Priced, quote};
use super::reckon::{Line, Offer, Reckoned};
use super::store::sales::{self, Sum};
use super::store::{self, Basket, OrderLine, listing, sample as rows};
use crate::catalogue::sample::{Dice, FIRST, LAST, PLACES};
use crate::catalogue::store::stock::{self, Cause};
use crate::catalogue::store::{self as catalogue, ForSale};
use crate::kit::{Email, Id, Instant, Lang, OrgNr, civil};
use crate::platform::db::{StoreError, Tx};
use crate::web::{App, AppError};

/// Orders of one transaction.
const BATCH: i64 = 20_000;

/// Over how long a time the orders came in, in milliseconds: three years.
const SPAN: i64 = 3 * 365 * 24 * 3600 * 1000;

/// One order in so many is among the newest that have not been sent, at most this many.
const WAITING: i64 = 50;
const MOST_WAITING: i64 = 2000;

/// A number that nobody has, for organisations that do not exist.
const ORGNR: &str = "555555-5555";

/// Who did it, in ledger and history.
const BY: &str = "system";

/// What happens to an order that is delivered; the first of it to every order.
const EVENTS: [(Event, Actor); 4] = [
    (Event::Confirmed { short: false }, Actor::Portal),
    (Event::Packed, Actor::Staff),
    (Event::Shipped, Actor::Staff),
    (Event::Delivered, Actor::Staff),
];

/// What is for sale while orders are written.
struct Shop {
    sales: Vec<ForSale>,
    freight: FreightTable,
    orgnr: OrgNr,
}

/// Copies of an edition that a batch needs: all of them, and those that have gone.
type Copies = BTreeMap<Id, (i64, i64)>;

/// What a batch has sold, by month, item, buyer and rate; the line says the rest.
type Sales = BTreeMap<(String, String, String, i64), (OrderLine, Sum)>;

/// Writes `count` orders; says so when nothing is for sale.
pub async fn write(app: &App, count: i64, seed: u64) -> Result<(), AppError> {
    let day = today(app);
    let shop = app
        .db
        .read(async |tx| {
            let mut editions: Vec<Id> = stock::shelves(tx).await?.into_iter().map(|shelf| shelf.id).collect();
            editions.sort();
            let mut sales = catalogue::for_sale(tx, &editions, day).await?;
            sales.retain(|sale| sale.orderable.is_some());
            let orgnr = OrgNr::parse(ORGNR).map_err(|_| StoreError::Corrupt("the number of made-up organisations".to_owned()))?;
            Ok::<_, StoreError>(Shop { sales, freight: store::freight(tx, day).await?, orgnr })
        })
        .await?;
    if shop.sales.is_empty() {
        return Err(AppError::internal("nothing is for sale: load the demonstration, or import publications in print"));
    }
    let waiting = (count / WAITING).min(MOST_WAITING);
    for first in (0..count).step_by(usize::try_from(BATCH).unwrap_or(1)) {
        let last = (first + BATCH).min(count);
        app.db
            .write(async |tx| {
                // Of its own for each batch, so that a batch that is tried again is the same.
                let mut dice = Dice::new(seed ^ u64::try_from(first).unwrap_or_default());
                let (mut copies, mut sold) = (Copies::new(), Sales::new());
                rows::begin_batch(tx, app.db.engine()).await?;
                let lowest = rows::reserve_numbers(tx, last - first).await?;
                for (place, number) in (first..last).zip(lowest..) {
                    let at = Instant::from_millis(app.now().millis() - SPAN + SPAN / count.max(1) * place);
                    let order = Order { number, at, gone: place < count - waiting };
                    order.write(tx, app, &shop, &mut dice, &mut copies, &mut sold).await?;
                }
                let numbers = (lowest, lowest + last - first - 1);
                for (position, (event, actor)) in (1..).zip(EVENTS) {
                    rows::insert_events(tx, numbers, position, event.code(), actor.code(), position == 1).await?;
                }
                rows::send_all(tx, numbers, BY).await?;
                let at = app.now();
                let cause = Cause { by: BY, about: "", reason: "", at };
                for (edition, (all, gone)) in copies {
                    stock::receive(tx, &edition, all, cause).await?;
                    if !stock::hold(tx, &edition, all, cause).await? {
                        return Err(StoreError::Stale("editions.held"));
                    }
                    stock::send(tx, &edition, gone, cause).await?;
                }
                for ((month, _, buyer, _), (line, sum)) in &sold {
                    sales::add(tx, month, buyer, line, *sum).await?;
                }
                Ok::<_, StoreError>(())
            })
            .await?;
    }
    Ok(())
}

/// One order to be.
struct Order {
    number: i64,
    at: Instant,
    /// Sent and delivered; the others wait to be picked.
    gone: bool,
}

impl Order {
    async fn write(
        &self,
        tx: &mut Tx,
        app: &App,
        shop: &Shop,
        dice: &mut Dice,
        copies: &mut Copies,
        sold: &mut Sales,
    ) -> Result<(), StoreError> {
        let basket = Basket { id: app.ids.id(self.at), status: "ordered".to_owned(), answers: "{}".to_owned() };
        let mut lines: Vec<Line> = Vec::new();
        for _ in 0..=dice.roll(3) {
            lines.extend(line(shop, dice).filter(|line| lines.iter().all(|other| other.edition != line.edition)));
        }
        let priced: Vec<Priced> = lines.iter().filter_map(|line| line.offer.map(|offer| offer.priced)).collect();
        let quote = quote(&priced, &shop.freight);
        let reckoned = Reckoned { basket, lines, freight: shop.freight.clone(), quote };
        let answers = answers(shop, dice, self.number)?;
        let mut state = State::RECEIVED;
        for (event, actor) in EVENTS.iter().take(if self.gone { EVENTS.len() } else { 1 }) {
            (state, _) =
                lifecycle::apply(state, *event, *actor).map_err(|_| StoreError::Corrupt("the lifecycle has changed".to_owned()))?;
        }
        let link = app.ids.secret();
        let mut order = new_order(app.ids.id(self.at), self.number, &reckoned, &answers, &link, state, Lang::Sv, self.at)?;
        if self.gone && order.is_private() {
            order.withdraw_until = withdraw_until(civil::stockholm(self.at).date);
        }
        let mut lines = new_lines(&reckoned);
        rows::insert_basket(tx, &reckoned.basket.id, &link.derive("basket").hash(), self.at).await?;
        store::insert_order(tx, &order).await?;
        listing::insert_words(tx, self.number, &order.email, &found_by(&order, &lines)).await?;
        for line in &lines {
            store::put_line(tx, &order.id, line).await?;
        }
        for line in &mut lines {
            if let Some(edition) = &line.edition_id {
                let copies = copies.entry(edition.clone()).or_default();
                copies.0 += line.held;
                copies.1 += if self.gone { line.held } else { 0 };
            }
            if self.gone {
                line.sent = line.held;
                let sum = sales::sold(line, true);
                let item = line.edition_id.as_ref().map_or_else(String::new, |edition| edition.as_str().to_owned());
                let key = (civil::month(self.at), item, order.buyer.clone(), line.rate.0);
                let all = sold.entry(key).or_insert_with(|| (line.clone(), Sum::default()));
                all.1 = all.1.plus(sum);
            }
        }
        Ok(())
    }
}

/// Some copies of something.
fn line(shop: &Shop, dice: &mut Dice) -> Option<Line> {
    let sale = shop.sales.get(dice.roll(shop.sales.len()))?.clone();
    let orderable = sale.orderable.as_ref()?;
    let quantity = if dice.chance(80) { 1 } else { 1 + i64::try_from(dice.roll(12)).ok()? };
    let priced = Priced { unit: orderable.price(), rate: orderable.vat_rate(), quantity };
    let offer = Some(Offer { priced, cover: Cover::Full });
    Some(Line { edition: sale.edition.clone(), quantity, price_seen: priced.unit, offer, sale })
}

/// Who buys: two of three are organisations.
fn answers(shop: &Shop, dice: &mut Dice, number: i64) -> Result<Answers, StoreError> {
    let contact = format!("{} {}", dice.pick(FIRST), dice.pick(LAST));
    let city = dice.pick(PLACES);
    let payer = if dice.chance(66) {
        Payer::Organisation {
            name: format!("Provorganisationen i {city} {}", dice.roll(400)),
            orgnr: shop.orgnr.clone(),
            reference: format!("Ref {number}"),
            cost_centre: None,
            peppol: None,
        }
    } else {
        Payer::Private
    };
    let email = Email::parse(&format!("prov{number}@example.se")).map_err(|_| StoreError::Corrupt("a made-up address".to_owned()))?;
    let address = Address {
        name: contact.clone(),
        care_of: None,
        street: format!("Provgatan {}", 1 + dice.roll(99)),
        postal_code: "123 45".to_owned(),
        city: city.to_owned(),
        country: "SE".to_owned(),
    };
    Ok(Answers { delivery: Delivery { contact, email, phone: None, address }, payer, invoice_by: InvoiceBy::Email, invoice_address: None })
}
