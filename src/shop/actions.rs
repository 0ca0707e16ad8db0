//! What people do in the shop, each in one transaction: judged against fresh rows, written with its event, its mail and its
//! place in the audit chain, or not at all.
//!
//! What staff do with orders is in [`staff`], with what sending costs in [`freight`].
//!
//! An action's closure may run several times, so ids and secrets are made before it and mail goes through the outbox.
//! To add one: a function here, its event in `lifecycle`, its letter in `letters`, its handler in `posts`.

pub mod freight;
pub mod staff;

use std::collections::BTreeMap;

use serde_json::json;

use super::letters;
use super::lifecycle::{self, Actor, Effect, Event, State};
use super::model::{Address, Answers, Change, MAX_LINES, Payer, Priced, Shown, order_number, quote};
use super::reckon::{self, Reckoned};
use super::rules;
use super::store::{self, BasketLine, OrderLine, OrderRow, sales};
use crate::catalogue::store as catalogue;
use crate::catalogue::store::stock::{self, Cause};
use crate::kit::{CivilDate, Form, Id, Instant, Lang, Ore, Quantity, StaffRole, civil};
use crate::people::model::NoticeKind;
use crate::people::notices::{self, Notice, To};
use crate::platform::audit;
use crate::platform::db::{StoreError, Transient, Tx};
use crate::platform::ids::Secret;
use crate::platform::outbox;
use crate::text::about::TERMS_VERSION;
use crate::web::{App, AppError, SignedIn};

/// Why something was not done. Nothing was changed then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such basket, or it has become an order already.
    NoBasket,
    /// The edition cannot be ordered.
    NotForSale,
    /// The basket holds as many different publications as it can.
    Full,
    /// Something changed between looking and ordering.
    Changed(Vec<Change>),
    /// An answer is missing: back to the page that asks for it.
    Incomplete,
    /// Someone else changed the order meanwhile.
    Stale,
    /// The order does not allow this (any more).
    NotNow,
    /// Every copy was taken away: that is calling it off, which has a page of its own.
    NothingLeft,
}

/// Ends a transaction without effect: the database's fault or a rule's.
#[derive(Debug)]
pub enum Failure {
    Store(StoreError),
    Refused(Refusal),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale("orders.version") => Self::Refused(Refusal::Stale),
            StoreError::Stale("baskets.status") => Self::Refused(Refusal::NoBasket),
            error => Self::Store(error),
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl Transient for Failure {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_transient())
    }
}

/// What came of an action: done, refused by a rule, or a fault.
type Outcome<T> = Result<Result<T, Refusal>, AppError>;

fn outcome<T>(result: Result<T, Failure>) -> Outcome<T> {
    match result {
        Ok(value) => Ok(Ok(value)),
        Err(Failure::Refused(refusal)) => Ok(Err(refusal)),
        Err(Failure::Store(error)) => Err(error.into()),
    }
}

/// The day in Stockholm: what rates and prices hold by.
pub fn today(app: &App) -> CivilDate {
    civil::stockholm(app.now()).date
}

/// Puts so many copies of an edition into the basket, in place of how many there were. Gives the secret of the basket,
/// which is a new one when there was no open basket.
pub async fn put_in_basket(app: &App, token: Option<&Secret>, edition: &Id, quantity: Quantity) -> Outcome<Secret> {
    let now = app.now();
    let (new_id, new_token, day) = (app.ids.id(now), app.ids.secret(), today(app));
    let result = app.db.write(async |tx| {
        let sale = catalogue::for_sale(tx, std::slice::from_ref(edition), day).await?.into_iter().next();
        let price = sale.and_then(|sale| sale.orderable).ok_or(Refusal::NotForSale)?.price();
        let open = match token {
            Some(token) => store::basket(tx, &token.hash()).await?.filter(store::Basket::is_open).map(|basket| (basket.id, token.clone())),
            None => None,
        };
        let (basket, token) = match open {
            Some(open) => open,
            None => {
                store::insert_basket(tx, &new_id, &new_token.hash(), now).await?;
                (new_id.clone(), new_token.clone())
            }
        };
        let lines = store::basket_lines(tx, &basket).await?;
        if lines.len() >= MAX_LINES && !lines.iter().any(|line| line.edition_id == *edition) {
            return Err(Failure::Refused(Refusal::Full));
        }
        let line = BasketLine { edition_id: edition.clone(), quantity: quantity.get(), price_seen: price };
        store::set_line(tx, &basket, &line, now).await?;
        store::touch_basket(tx, &basket, now).await?;
        Ok(token)
    });
    outcome(result.await)
}

/// Sets lines to absolute numbers; `None` takes a line out. `seen` is the price that stood on the page, and is remembered
/// as seen only if it is still the price.
pub async fn change_basket(app: &App, token: &Secret, changes: &[(Id, Option<Quantity>, Option<Ore>)]) -> Outcome<()> {
    let (now, day) = (app.now(), today(app));
    let result = app.db.write(async |tx| {
        let basket = store::basket(tx, &token.hash()).await?.ok_or(Refusal::NoBasket)?;
        store::touch_basket(tx, &basket.id, now).await?;
        let lines = store::basket_lines(tx, &basket.id).await?;
        let editions: Vec<Id> = lines.iter().map(|line| line.edition_id.clone()).collect();
        let sales = catalogue::for_sale(tx, &editions, day).await?;
        for (edition, quantity, seen) in changes {
            // A line that another window took out stays out.
            let Some(line) = lines.iter().find(|line| line.edition_id == *edition) else { continue };
            match quantity {
                None => store::remove_line(tx, &basket.id, edition).await?,
                Some(quantity) => {
                    let sale = sales.iter().find(|sale| sale.edition == *edition);
                    let price = sale.and_then(|sale| sale.orderable.as_ref()).map(|orderable| orderable.price());
                    let price_seen = if price.is_some() && price == *seen { price.unwrap_or(line.price_seen) } else { line.price_seen };
                    store::set_line(tx, &basket.id, &BasketLine { edition_id: edition.clone(), quantity: quantity.get(), price_seen }, now)
                        .await?;
                }
            }
        }
        Ok(())
    });
    outcome(result.await)
}

/// The raw answers of the checkout's pages, by page and field.
pub type RawAnswers = BTreeMap<String, Vec<(String, String)>>;

/// Reads the raw answers that a basket keeps.
pub fn raw_answers(basket: &store::Basket) -> RawAnswers {
    serde_json::from_str(&basket.answers).unwrap_or_default()
}

/// The raw answers of one page.
pub fn page_of(answers: &RawAnswers, page: &str) -> Form {
    Form(answers.get(page).cloned().unwrap_or_default())
}

/// Keeps what was typed on a page of the checkout, right or wrong, and gives all the answers that are kept now.
pub async fn keep_answers(app: &App, token: &Secret, page: &str, form: &Form) -> Outcome<RawAnswers> {
    let now = app.now();
    let result = app.db.write(async |tx| {
        let basket = store::basket(tx, &token.hash()).await?.ok_or(Refusal::NoBasket)?;
        let mut answers = raw_answers(&basket);
        answers.insert(page.to_owned(), form.0.clone());
        let text = serde_json::to_string(&answers).map_err(|error| StoreError::Corrupt(error.to_string()))?;
        store::save_answers(tx, &basket.id, &text, now).await?;
        Ok(answers)
    });
    outcome(result.await)
}

/// Names of the checkout's pages: their last word in the address, and the key of their answers.
pub mod page {
    pub const DELIVERY: &str = "leverans";
    pub const PAYMENT: &str = "betalning";
    pub const INVOICE: &str = "faktura";
    pub const REVIEW: &str = "granska";
}

/// Everything the buyer answered, checked; or the first page that is not done.
pub fn answers(raw: &RawAnswers) -> Result<Answers, &'static str> {
    let delivery = rules::delivery(&page_of(raw, page::DELIVERY)).map_err(|_| page::DELIVERY)?;
    let organisation = rules::is_organisation(&page_of(raw, page::PAYMENT)).map_err(|_| page::PAYMENT)?;
    let billing = rules::billing(&page_of(raw, page::INVOICE), organisation).map_err(|_| page::INVOICE)?;
    Ok(Answers { delivery, payer: billing.payer, invoice_by: billing.invoice_by, invoice_address: billing.invoice_address })
}

/// An order that stands after a submit: new, or the one that the same basket became before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    pub number: i64,
    /// False when this submit only repeated an earlier one.
    pub new: bool,
}

/// The secret of an order's link: derived from the basket's, so that a repeated submit leads to the same page although only
/// hashes are stored.
pub fn order_link(token: &Secret) -> Secret {
    token.derive("order")
}

/// Turns the basket into an order, if everything still is as the buyer saw it; it is kept by the account that is signed in.
///
/// One transaction: basket read anew, order and lines frozen, stock held, number taken, mail put in the outbox, basket
/// closed. `UNIQUE (basket_id)` stands behind the promise that a basket never becomes two orders.
pub async fn place_order(app: &App, token: &Secret, seen: &Shown, lang: Lang, account: Option<&Id>) -> Outcome<Placed> {
    let now = app.now();
    let day = today(app);
    let id = app.ids.id(now);
    let link = order_link(token);
    let result = app.db.write_in_line(async |tx| {
        let reckoned = reckon::basket(tx, &token.hash(), day).await?.ok_or(Refusal::NoBasket)?;
        if let Some(order) = store::order_by_basket(tx, &reckoned.basket.id).await? {
            return Ok(Placed { number: order.number, new: false });
        }
        if reckoned.lines.is_empty() {
            return Err(Failure::Refused(Refusal::NoBasket));
        }
        let answers = answers(&raw_answers(&reckoned.basket)).map_err(|_| Refusal::Incomplete)?;
        let shown = reckoned.shown(&answers)?;
        if shown != *seen || !reckoned.lines.iter().all(reckon::Line::can_be_ordered) {
            let mut changes = seen.changes(&shown);
            changes.extend(shortages(&reckoned));
            return Err(Failure::Refused(Refusal::Changed(changes)));
        }
        let number = store::next_order_number(tx).await?;
        let short = reckoned.lines.iter().any(|line| line.backordered() > 0);
        let (state, _) = lifecycle::apply(State::RECEIVED, Event::Confirmed { short }, Actor::Portal).map_err(|_| Refusal::NotNow)?;
        let mut order = new_order(id.clone(), number, &reckoned, &answers, &link, state, lang, now)?;
        order.account_id = account.cloned();
        let lines = new_lines(&reckoned);
        store::insert_order(tx, &order).await?;
        store::listing::insert_words(tx, number, &order.email, &found_by(&order, &lines)).await?;
        let actor = actor_of(&order);
        let about = format!("order:{}", order.id);
        let cause = Cause { by: actor.code(), about: &about, reason: "", at: now };
        for line in &lines {
            if let Some(edition) = line.edition_id.as_ref().filter(|_| line.held > 0)
                && !stock::hold(tx, edition, line.held, cause).await?
            {
                return Err(Failure::Refused(Refusal::Changed(shortages(&reckoned))));
            }
            store::put_line(tx, &order.id, line).await?;
        }
        watch_stock(tx, app, lines.iter().filter(|line| line.held > 0).filter_map(|line| line.edition_id.as_ref()), now).await?;
        store::insert_event(tx, &order.id, "received", now, actor.code(), "{}").await?;
        store::insert_event(
            tx,
            &order.id,
            Event::Confirmed { short }.code(),
            now,
            Actor::Portal.code(),
            &json!({ "short": short }).to_string(),
        )
        .await?;
        outbox::put(tx, &app.ids, now, &letters::confirmation(app, &order, &lines, &link)?).await?;
        let detail = json!({ "number": number, "gross": order.gross.0, "lines": lines.len() });
        audit::append(tx, now, actor.code(), "order.placed", &about, &detail).await?;
        store::close_basket(tx, &reckoned.basket.id, now).await?;
        Ok(Placed { number, new: true })
    });
    outcome(result.await)
}

/// What staff find an order by, besides its number.
pub(super) fn found_by(order: &OrderRow, lines: &[OrderLine]) -> Vec<String> {
    let mut texts = vec![order.name.clone()];
    texts.extend(order.organisation.clone());
    for line in lines.iter().filter(|line| line.is_goods()) {
        texts.push(line.title.clone());
        texts.extend(line.isbn.map(|isbn| isbn.compact()));
    }
    texts
}

/// Lines that can no longer be had as wished, in the words of a change.
fn shortages(reckoned: &Reckoned) -> Vec<Change> {
    use super::model::Cover;
    reckoned
        .lines
        .iter()
        .filter_map(|line| {
            let title = line.sale.title.as_str().to_owned();
            match line.offer.map(|offer| offer.cover) {
                None => Some(Change::Removed { title }),
                Some(Cover::Short { in_stock }) => Some(Change::Quantity { title, from: line.quantity, to: in_stock }),
                _ => None,
            }
        })
        .collect()
}

#[expect(clippy::too_many_arguments, reason = "an order is made of exactly these")]
pub(super) fn new_order(
    id: Id,
    number: i64,
    reckoned: &Reckoned,
    answers: &Answers,
    link: &Secret,
    state: State,
    lang: Lang,
    now: Instant,
) -> Result<OrderRow, StoreError> {
    let mut order = OrderRow {
        id,
        number,
        basket_id: reckoned.basket.id.clone(),
        link_hash: link.hash(),
        lang,
        state: state.order.code().to_owned(),
        fulfilment: state.fulfilment.code().to_owned(),
        payment: state.payment.code().to_owned(),
        invoice: state.invoice.code().to_owned(),
        buyer: "private".to_owned(),
        organisation: None,
        orgnr: None,
        reference: None,
        cost_centre: None,
        peppol_id: None,
        invoice_by: store::invoice_by_code(answers.invoice_by).to_owned(),
        name: answers.delivery.contact.clone(),
        email: answers.delivery.email.clone(),
        phone: answers.delivery.phone.clone(),
        delivery_address: address_json(&answers.delivery.address)?,
        invoice_address: answers.invoice_address.as_ref().map(address_json).transpose()?,
        gross: reckoned.quote.totals.gross,
        net: reckoned.quote.totals.net,
        vat: reckoned.quote.totals.vat,
        terms: TERMS_VERSION.to_owned(),
        version: 1,
        placed_at: now,
        withdraw_until: None,
        updated_at: now,
        parcels: 0,
        account_id: None,
    };
    if let Payer::Organisation { name, orgnr, reference, cost_centre, peppol } = &answers.payer {
        order.buyer = "organisation".to_owned();
        order.organisation = Some(name.clone());
        order.orgnr = Some(orgnr.clone());
        order.reference = Some(reference.clone());
        order.cost_centre = cost_centre.clone();
        order.peppol_id = peppol.clone();
    }
    Ok(order)
}

fn address_json(address: &Address) -> Result<String, StoreError> {
    serde_json::to_string(address).map_err(|error| StoreError::Corrupt(error.to_string()))
}

pub(super) fn new_lines(reckoned: &Reckoned) -> Vec<OrderLine> {
    let mut lines: Vec<OrderLine> = Vec::new();
    for line in &reckoned.lines {
        let (Some(offer), Some(orderable)) = (line.offer, line.sale.orderable.as_ref()) else { continue };
        lines.push(OrderLine {
            position: 0,
            kind: "goods".to_owned(),
            edition_id: Some(line.edition.clone()),
            isbn: Some(orderable.isbn()),
            title: line.sale.title.as_str().to_owned(),
            quantity: line.quantity,
            unit_price: offer.priced.unit,
            rate: offer.priced.rate,
            gross: Ore::ZERO,
            net: Ore::ZERO,
            vat: Ore::ZERO,
            held: line.quantity - line.backordered(),
            backordered: line.backordered(),
            sent: 0,
            returned: 0,
            sold: 0,
            sold_gross: Ore::ZERO,
            sold_net: Ore::ZERO,
        });
    }
    if !reckoned.quote.freight.is_zero() {
        lines.push(OrderLine {
            position: 0,
            kind: "freight".to_owned(),
            edition_id: None,
            isbn: None,
            title: "freight".to_owned(),
            quantity: 1,
            unit_price: reckoned.quote.freight,
            rate: reckoned.freight.rate,
            gross: Ore::ZERO,
            net: Ore::ZERO,
            vat: Ore::ZERO,
            held: 0,
            backordered: 0,
            sent: 0,
            returned: 0,
            sold: 0,
            sold_gross: Ore::ZERO,
            sold_net: Ore::ZERO,
        });
    }
    for ((position, line), sum) in (1..).zip(&mut lines).zip(&reckoned.quote.totals.lines) {
        (line.position, line.gross, line.net, line.vat) = (position, sum.gross, sum.net, sum.vat);
    }
    lines
}

/// Who holds the order's link, in the lifecycle's terms.
pub fn actor_of(order: &OrderRow) -> Actor {
    if order.is_private() { Actor::Consumer } else { Actor::Buyer }
}

/// A change of an order by whoever holds its link.
#[derive(Debug, Clone)]
pub enum OrderChange {
    Address(Address),
    /// New quantities by position; none may rise.
    Quantities(Vec<(i64, i64)>),
    Cancel,
    /// The consumer's declaration, and the address that the receipt goes to.
    Withdraw,
}

/// What opens an order: its secret link, or being signed in as the account that keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    Link(Secret),
    Account { number: i64, account: Id },
}

impl Key {
    /// As it stands in the order's address: the secret, or the number.
    pub fn part(&self) -> String {
        match self {
            Self::Link(link) => link.as_str().to_owned(),
            Self::Account { number, .. } => order_number(*number),
        }
    }

    /// The link, for mail: nothing leads back from the number to it.
    pub fn link(&self) -> Option<&Secret> {
        match self {
            Self::Link(link) => Some(link),
            Self::Account { .. } => None,
        }
    }

    /// The order, if it opens one.
    pub async fn order(&self, tx: &mut Tx) -> Result<Option<OrderRow>, StoreError> {
        match self {
            Self::Link(link) => store::order_by_link(tx, &link.hash()).await,
            Self::Account { number, account } => store::own::one(tx, account, *number).await,
        }
    }
}

/// Keeps an order among one's own, or does so no longer. An order that another account keeps stays theirs; what is so already is
/// done.
pub async fn keep_order(app: &App, who: &SignedIn, key: &Key, keep: bool) -> Outcome<()> {
    let now = app.now();
    let result = app.db.write_in_line(async |tx| {
        let order = key.order(tx).await?.ok_or(Refusal::NotNow)?;
        let action = match (&order.account_id, keep) {
            (None, true) => {
                store::own::keep(tx, &order.id, &who.account).await?;
                "order.claimed"
            }
            (Some(account), false) if *account == who.account => {
                store::own::let_go(tx, &order.id, &who.account).await?;
                "order.unclaimed"
            }
            (None, false) => return Ok(()),
            (Some(account), _) if *account == who.account => return Ok(()),
            (Some(_), _) => return Err(Failure::Refused(Refusal::NotNow)),
        };
        audit::append(tx, now, &who.actor(), action, &format!("order:{}", order.id), &json!({})).await?;
        Ok(())
    });
    outcome(result.await)
}

/// Changes an order, if it still is the version that the buyer saw and its lifecycle allows it.
pub async fn change_order(app: &App, key: &Key, version: i64, change: &OrderChange) -> Outcome<OrderRow> {
    let now = app.now();
    let result = app.db.write_in_line(async |tx| {
        let mut order = key.order(tx).await?.ok_or(Refusal::NotNow)?;
        if order.version != version {
            return Err(Failure::Refused(Refusal::Stale));
        }
        let before = order.state()?;
        let mut lines = store::order_lines(tx, &order.id).await?;
        let mut freed: Vec<(Id, i64)> = Vec::new();
        let event = match change {
            OrderChange::Address(address) => {
                order.delivery_address = address_json(address)?;
                Event::AddressChanged
            }
            OrderChange::Quantities(wishes) => {
                freed = lower(&mut lines, wishes)?;
                let placed = civil::stockholm(order.placed_at).date;
                let freight = store::freight(tx, placed).await?;
                reprice(&mut order, &mut lines, &freight);
                Event::QuantityLowered { short: lines.iter().any(|line| line.backordered > 0) }
            }
            OrderChange::Cancel => Event::Cancelled,
            OrderChange::Withdraw => Event::Withdrawn,
        };
        if event == Event::Withdrawn && !order.withdrawal_is_open(now) {
            return Err(Failure::Refused(Refusal::NotNow));
        }
        let actor = actor_of(&order);
        let (after, effects) = lifecycle::apply(before, event, actor).map_err(|_| Refusal::NotNow)?;
        if effects.contains(&Effect::ReleaseStock) && matches!(change, OrderChange::Cancel | OrderChange::Withdraw) {
            freed = give_up(&lines);
        }
        store::update_order(tx, &order, before, after, now).await?;
        for line in &lines {
            store::put_line(tx, &order.id, line).await?;
        }
        sales::book(tx, &order, after, &lines, now).await?;
        let position = store::insert_event(tx, &order.id, event.code(), now, actor.code(), "{}").await?;
        let about = format!("order:{}", order.id);
        for (edition, copies) in &freed {
            stock::release(tx, edition, *copies, Cause { by: actor.code(), about: &about, reason: "", at: now }).await?;
            fill_backorders(tx, app, edition, now).await?;
        }
        watch_stock(tx, app, freed.iter().map(|(edition, _)| edition), now).await?;
        let order = store::order(tx, &order.id).await?.ok_or(Refusal::NotNow)?;
        if effects.contains(&Effect::Tell) {
            let lines = store::order_lines(tx, &order.id).await?;
            outbox::put(tx, &app.ids, now, &letters::change(app, &order, &lines, event, position, key.link(), now)?).await?;
        }
        audit::append(tx, now, actor.code(), &format!("order.{}", event.code()), &about, &json!({ "gross": order.gross.0 })).await?;
        Ok(order)
    });
    outcome(result.await)
}

/// Lowers quantities, copies that are missing first, and says which held copies came free.
fn lower(lines: &mut [OrderLine], wishes: &[(i64, i64)]) -> Result<Vec<(Id, i64)>, Refusal> {
    let mut freed = Vec::new();
    for (position, wish) in wishes {
        let Some(line) = lines.iter_mut().find(|line| line.position == *position && line.is_goods()) else { continue };
        if *wish > line.quantity || *wish < 0 {
            return Err(Refusal::NotNow);
        }
        let less = line.quantity - wish;
        let from_backorder = less.min(line.backordered);
        let from_held = less - from_backorder;
        line.quantity = *wish;
        line.backordered -= from_backorder;
        line.held -= from_held;
        if let Some(edition) = line.edition_id.clone().filter(|_| from_held > 0) {
            freed.push((edition, from_held));
        }
    }
    if lines.iter().filter(|line| line.is_goods()).all(|line| line.quantity == 0) {
        return Err(Refusal::NothingLeft);
    }
    Ok(freed)
}

/// The copies here that an order gives up when it is called off. Its lines stay as they were, so that the record shows what was ordered.
fn give_up(lines: &[OrderLine]) -> Vec<(Id, i64)> {
    let mut freed = Vec::new();
    for line in lines.iter().filter(|line| line.is_goods()) {
        if let Some(edition) = line.edition_id.clone().filter(|_| line.here() > 0) {
            freed.push((edition, line.here()));
        }
    }
    freed
}

/// Reckons an order anew from its own frozen prices, with the freight table of the day it was placed.
fn reprice(order: &mut OrderRow, lines: &mut [OrderLine], freight: &super::model::FreightTable) {
    let priced: Vec<Priced> = lines
        .iter()
        .filter(|line| line.is_goods())
        .map(|line| Priced { unit: line.unit_price, rate: line.rate, quantity: line.quantity })
        .collect();
    // Fewer copies never cost more to send than was agreed.
    let agreed = lines.iter().find(|line| !line.is_goods()).map_or(Ore::ZERO, |line| line.unit_price);
    let copies = priced.iter().map(|line| line.quantity).sum();
    let price = freight.price(copies).min(agreed);
    let table = super::model::FreightTable { steps: vec![super::model::FreightStep { min_copies: 1, price }], rate: freight.rate };
    let quote = quote(&priced, &table);
    let mut sums = quote.totals.lines.iter();
    for line in lines.iter_mut() {
        if !line.is_goods() {
            line.unit_price = price;
        }
        let sum = if !line.is_goods() && price.is_zero() { None } else { sums.next() };
        (line.gross, line.net, line.vat) = sum.map_or((Ore::ZERO, Ore::ZERO, Ore::ZERO), |sum| (sum.gross, sum.net, sum.vat));
    }
    (order.gross, order.net, order.vat) = (quote.totals.gross, quote.totals.net, quote.totals.vat);
}

/// Takes copies into stock and fills the oldest back-orders with them.
pub async fn receive_stock(app: &App, by: &str, edition: &Id, copies: i64) -> Result<(), AppError> {
    let now = app.now();
    let result = app.db.write_in_line(async |tx| {
        stock::receive(tx, edition, copies, Cause { by, about: "", reason: "", at: now }).await?;
        fill_backorders(tx, app, edition, now).await?;
        watch_stock(tx, app, std::iter::once(edition), now).await?;
        audit::append(tx, now, by, "stock.received", &format!("edition:{edition}"), &json!({ "copies": copies })).await?;
        Ok::<_, Failure>(())
    });
    match result.await {
        Ok(()) => Ok(()),
        Err(Failure::Store(error)) => Err(error.into()),
        Err(Failure::Refused(refusal)) => Err(AppError::internal(format!("{refusal:?}"))),
    }
}

/// Tells the warehouse and the editors about each edition of which so few copies have just become free that it must be printed
/// again, or taken out of sale: once for each fall, not once for each order.
async fn watch_stock<'a>(tx: &mut Tx, app: &App, editions: impl Iterator<Item = &'a Id>, now: Instant) -> Result<(), StoreError> {
    let mut seen: Vec<&Id> = Vec::new();
    for edition in editions {
        if seen.contains(&edition) {
            continue;
        }
        seen.push(edition);
        if !stock::watch(tx, edition, now).await? {
            continue;
        }
        let title = stock::shelf(tx, edition).await?.map(|shelf| shelf.title.as_str().to_owned()).unwrap_or_default();
        let notice = Notice::new(NoticeKind::LowStock, format!("/handlaggare/lager/{edition}")).with("title", title);
        for role in [StaffRole::Warehouse, StaffRole::Editor] {
            notices::tell(tx, app, To::Holders(role), &notice, now).await?;
        }
    }
    Ok(())
}

/// Gives free copies to those who have waited longest.
async fn fill_backorders(tx: &mut Tx, app: &App, edition: &Id, now: Instant) -> Result<(), Failure> {
    loop {
        let Some((order, position, missing)) = store::oldest_backorder(tx, edition).await? else { return Ok(()) };
        let free = catalogue::for_sale(tx, std::slice::from_ref(edition), civil::stockholm(now).date).await?;
        let free = free.first().and_then(|sale| sale.orderable.as_ref()).map_or(0, |orderable| orderable.stock().free());
        let copies = missing.min(free);
        let about = format!("order:{order}");
        let cause = Cause { by: Actor::Portal.code(), about: &about, reason: "", at: now };
        if copies <= 0 || !stock::hold(tx, edition, copies, cause).await? {
            return Ok(());
        }
        store::cover_line(tx, &order, position, copies).await?;
        let row = store::order(tx, &order).await?.ok_or(Refusal::NotNow)?;
        let before = row.state()?;
        let lines = store::order_lines(tx, &order).await?;
        let event = Event::StockArrived { short: lines.iter().any(|line| line.backordered > 0) };
        let (after, effects) = lifecycle::apply(before, event, Actor::Portal).map_err(|_| Refusal::NotNow)?;
        store::update_order(tx, &row, before, after, now).await?;
        let happened =
            store::insert_event(tx, &order, event.code(), now, Actor::Portal.code(), &json!({ "copies": copies }).to_string()).await?;
        if effects.contains(&Effect::Tell) {
            // The link's secret is not stored, so this letter names the order by its number only.
            outbox::put(tx, &app.ids, now, &letters::change(app, &row, &lines, event, happened, None, now)?).await?;
        }
        audit::append(tx, now, Actor::Portal.code(), "order.stock_arrived", &format!("order:{order}"), &json!({ "copies": copies }))
            .await?;
    }
}
