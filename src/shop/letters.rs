//! What the shop writes to buyers. Every letter is a durable confirmation: it stands on its own, in the buyer's language.

use super::lifecycle::Event;
use super::model::{Address, country_name, order_number};
use super::rules::letter::Place;
use super::store::dispatch::Parcel;
use super::store::{OrderLine, OrderRow};
use crate::kit::{Id, Instant, Lang, Line, civil, totals};
use crate::platform::db::StoreError;
use crate::platform::ids::Secret;
use crate::platform::mail::Letter;
use crate::platform::outbox::Mail;
use crate::text;
use crate::web::App;

/// The confirmation that goes out with a new order (distansavtalslagen 2005:59, 2 kap. 7 §: on a durable medium).
pub fn confirmation(app: &App, order: &OrderRow, lines: &[OrderLine], link: &Secret) -> Result<Mail, StoreError> {
    let mail = &text::shop(order.lang).mail;
    let subject = (mail.placed_subject)(&order_number(order.number));
    let mut letter = Letter::new(order.lang, subject.clone()).paragraph(mail.placed_intro);
    if lines.iter().any(|line| line.backordered > 0) {
        letter = letter.paragraph(mail.waits);
    }
    letter = content(letter, order, lines)?;
    letter = way_to_order(letter, app, order.lang, link);
    if order.is_private() {
        letter = letter.paragraph(mail.withdrawal);
    }
    let letter = letter.link(mail.terms, app.url(&format!("{}/villkor", order.lang.prefix())));
    Ok(finish(letter, "order.placed", order.id.to_string(), order, subject))
}

/// The letter about a change; `position` is the event's, so that each event gives one letter. Without the link's secret,
/// as when the agency acts, the letter names the order by its number only.
pub fn change(
    app: &App,
    order: &OrderRow,
    lines: &[OrderLine],
    event: Event,
    position: i64,
    link: Option<&Secret>,
    now: Instant,
) -> Result<Mail, StoreError> {
    let mail = &text::shop(order.lang).mail;
    let number = order_number(order.number);
    let subject = match event {
        Event::Cancelled => (mail.cancelled_subject)(&number),
        Event::Withdrawn => (mail.withdrawn_subject)(&number),
        _ => (mail.changed_subject)(&number),
    };
    let mut letter = Letter::new(order.lang, subject.clone());
    letter = match event {
        Event::Cancelled => letter.paragraph(mail.cancelled),
        Event::Withdrawn => letter.paragraph((mail.withdrawn)(&civil::clock_text(now, order.lang))).paragraph(mail.withdrawn_sent),
        Event::StockArrived { .. } => letter.paragraph(mail.stock_arrived),
        Event::QuantityLowered { .. } => letter.paragraph(mail.quantity_lowered),
        _ => letter.paragraph(mail.address_changed),
    };
    letter = content(letter, order, lines)?;
    if let Some(link) = link {
        letter = way_to_order(letter, app, order.lang, link);
    }
    Ok(finish(letter, "order.changed", format!("{}/{position}", order.id), order, subject))
}

/// The letter about a parcel that has gone: what is in it, and what is still to come.
pub fn sent(order: &OrderRow, lines: &[OrderLine], parcel: &[(i64, i64)], tracking: &str, position: i64) -> Result<Mail, StoreError> {
    let (shop, mail) = (text::shop(order.lang), &text::shop(order.lang).mail);
    let number = order_number(order.number);
    let title = |position: i64| lines.iter().find(|line| line.position == position).map_or("", |line| line.title.as_str());
    let rest: Vec<String> = lines
        .iter()
        .filter(|line| line.is_goods() && line.quantity > line.sent)
        .map(|line| (mail.copies_of)(&line.title, line.quantity - line.sent))
        .collect();
    let subject = if rest.is_empty() { (mail.sent_subject)(&number) } else { (mail.part_sent_subject)(&number) };
    let mut letter = Letter::new(order.lang, subject.clone()).paragraph(mail.sent).rows([(mail.order_number.to_owned(), number)]);
    letter = letter.list(parcel.iter().map(|(position, copies)| (mail.copies_of)(title(*position), *copies)));
    if !tracking.is_empty() {
        letter = letter.rows([(mail.tracking.to_owned(), tracking.to_owned())]);
    }
    if !rest.is_empty() {
        letter = letter.paragraph(mail.still_to_come).list(rest);
    }
    letter = letter.heading(shop.order.delivery).list(address_lines(&order.delivery()?, order.lang));
    if order.is_private() {
        letter = letter.paragraph(mail.withdrawal);
    }
    Ok(finish(letter, "order.sent", format!("{}/{position}", order.id), order, subject))
}

/// The letter about copies that came back.
pub fn returned(order: &OrderRow, lines: &[OrderLine], back: &[(i64, i64)], position: i64) -> Mail {
    let mail = &text::shop(order.lang).mail;
    let number = order_number(order.number);
    let subject = (mail.returned_subject)(&number);
    let copies = back.iter().filter_map(|(position, copies)| {
        let line = lines.iter().find(|line| line.position == *position)?;
        Some((mail.copies_of)(&line.title, *copies))
    });
    let letter = Letter::new(order.lang, subject.clone())
        .paragraph(mail.returned)
        .rows([(mail.order_number.to_owned(), number)])
        .list(copies.collect::<Vec<_>>());
    finish(letter, "order.returned", format!("{}/{position}", order.id), order, subject)
}

/// The letter about an order that the agency calls off, with the reason that was given.
pub fn cancelled(order: &OrderRow, lines: &[OrderLine], reason: &str, position: i64) -> Result<Mail, StoreError> {
    let mail = &text::shop(order.lang).mail;
    let subject = (mail.cancelled_subject)(&order_number(order.number));
    let letter = Letter::new(order.lang, subject.clone()).paragraph(mail.cancelled).rows([(mail.reason.to_owned(), reason.to_owned())]);
    let letter = content(letter, order, lines)?;
    Ok(finish(letter, "order.changed", format!("{}/{position}", order.id), order, subject))
}

/// The letter about copies that will not be sent after all: which, why, and what the order is now.
pub fn given_up(order: &OrderRow, lines: &[OrderLine], less: &[(i64, i64)], reason: &str, position: i64) -> Result<Mail, StoreError> {
    let mail = &text::shop(order.lang).mail;
    let subject = (mail.changed_subject)(&order_number(order.number));
    let copies = less.iter().filter_map(|(position, copies)| {
        let line = lines.iter().find(|line| line.position == *position)?;
        Some((mail.copies_of)(&line.title, *copies))
    });
    let letter = Letter::new(order.lang, subject.clone())
        .paragraph(mail.given_up)
        .list(copies.collect::<Vec<_>>())
        .rows([(mail.reason.to_owned(), reason.to_owned())])
        .paragraph(mail.given_up_now);
    let letter = content(letter, order, lines)?;
    Ok(finish(letter, "order.changed", format!("{}/{position}", order.id), order, subject))
}

/// A letter that somebody on the staff wrote: paragraphs as they stand, the order's number, and the greeting. `key` makes it one
/// letter, however often it is sent.
pub fn message(order: &OrderRow, subject: &str, body: &str, key: &Id) -> Mail {
    let mail = &text::shop(order.lang).mail;
    let paragraphs = body.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
    let letter = paragraphs.fold(Letter::new(order.lang, subject), Letter::paragraph);
    let letter = letter.rows([(mail.order_number.to_owned(), order_number(order.number))]);
    finish(letter, "order.message", format!("{}/{key}", order.id), order, subject.to_owned())
}

/// What an order fills in at a place of a template; nothing when it has no such thing.
pub fn value(place: Place, order: &OrderRow, lines: &[OrderLine], parcels: &[Parcel]) -> Option<String> {
    let mail = &text::shop(order.lang).mail;
    let list = |copies: fn(&OrderLine) -> i64| {
        let lines = lines.iter().filter(|line| line.is_goods() && copies(line) > 0);
        let lines: Vec<String> = lines.map(|line| (mail.copies_of)(&line.title, copies(line))).collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    };
    let value = match place {
        Place::Name => Some(order.name.clone()),
        Place::Number => Some(order_number(order.number)),
        Place::Day => Some(civil::stockholm(order.placed_at).date.long(order.lang)),
        Place::Sum => Some(order.gross.text(order.lang)),
        Place::Content => list(|line| line.quantity),
        Place::Waits => list(|line| line.backordered),
        Place::Parcel => parcels.last().map(|parcel| parcel.tracking.clone()).filter(|tracking| !tracking.is_empty()),
    };
    // What a buyer typed must not look like a place that is still to be filled in.
    value.map(|value| value.replace(['{', '}'], ""))
}

/// Number, lines, sums and address: what was agreed.
fn content(letter: Letter, order: &OrderRow, lines: &[OrderLine]) -> Result<Letter, StoreError> {
    let (lang, shop) = (order.lang, text::shop(order.lang));
    let items = lines.iter().filter(|line| line.is_goods() && line.quantity > 0).map(|line| {
        let isbn = line.isbn.map(|isbn| isbn.to_string()).unwrap_or_default();
        (shop.mail.line)(&line.title, &isbn, line.quantity, &line.unit_price.text(lang), &line.gross.text(lang))
    });
    let letter = letter.rows([(shop.mail.order_number.to_owned(), order_number(order.number))]).list(items);
    let freight = lines.iter().filter(|line| !line.is_goods()).map(|line| (shop.basket.freight.to_owned(), line.gross.text(lang)));
    let total = [(shop.basket.total.to_owned(), order.gross.text(lang))];
    let sums: Vec<Line> = lines.iter().map(|line| Line { gross: line.gross, rate: line.rate }).collect();
    let vat = totals(&sums).by_rate.into_iter().map(|sum| ((shop.basket.of_which_vat)(&sum.rate.text(lang)), sum.vat.text(lang)));
    let letter = letter.rows(freight.chain(total).chain(vat.collect::<Vec<_>>()));
    let address = address_lines(&order.delivery()?, lang);
    Ok(letter.heading(shop.order.delivery).list(address))
}

fn way_to_order(letter: Letter, app: &App, lang: Lang, link: &Secret) -> Letter {
    let mail = &text::shop(lang).mail;
    let url = app.url(&format!("{}/bestallning/{}", lang.prefix(), link.as_str()));
    letter.link(mail.see_order, url).paragraph(mail.private_link)
}

fn finish(letter: Letter, kind: &'static str, about: String, order: &OrderRow, subject: String) -> Mail {
    let shop = text::shop(order.lang);
    let letter = letter.paragraph(shop.mail.regards).paragraph(shop.order.seller_text);
    Mail { kind, about, to: order.email.clone(), lang: order.lang, subject, text: letter.text(), html: letter.html() }
}

/// An address line by line, as it stands on a label. The country stands only on parcels that leave Sweden.
pub fn address_lines(address: &Address, lang: Lang) -> Vec<String> {
    let mut lines = vec![address.name.clone()];
    lines.extend(address.care_of.as_ref().map(|care_of| format!("c/o {care_of}")));
    lines.push(address.street.clone());
    lines.push(format!("{} {}", address.postal_code, address.city));
    if address.country != "SE" {
        lines.push(country_name(&address.country, lang).to_owned());
    }
    lines
}
