//! What staff do in the shop's back room, each in one transaction with its event, its lines in the ledger, its mail and its
//! place in the audit chain.

use serde_json::json;

use super::{Failure, Outcome, Refusal, fill_backorders, give_up, outcome};
use crate::catalogue::store::stock::{self, Cause};
use crate::kit::{CivilDate, Id, Instant, civil};
use crate::platform::db::{StoreError, Tx};
use crate::platform::{audit, outbox};
use crate::shop::letters;
use crate::shop::lifecycle::{self, Actor, Effect, Event};
use crate::shop::rules::staff::Back;
use crate::shop::store::dispatch::{self, Parcel};
use crate::shop::store::listing::{self, Listed, MOST_FOUND, Narrow, Note};
use crate::shop::store::{self, OrderLine, OrderRow};
use crate::web::{App, AppError, SignedIn};

/// How long a consumer may withdraw after the copies came (distansavtalslagen 2005:59, 2 kap. 10 and 12 §§).
const WITHDRAWAL_DAYS: i64 = 14;

/// Writes a note about an order. The chain says that it was written, not what it says.
pub async fn add_note(app: &App, who: &SignedIn, order: &Id, text: &str) -> Result<(), AppError> {
    let now = app.now();
    let id = app.ids.id(now);
    let note = Note { text: text.to_owned(), written_by: who.account.clone(), at: now };
    app.db
        .write_in_line(async |tx| {
            listing::insert_note(tx, &id, order, &note).await?;
            audit::append(tx, now, &who.actor(), "order.noted", &format!("order:{order}"), &json!({ "note": id.to_string() })).await?;
            Ok::<_, StoreError>(())
        })
        .await?;
    Ok(())
}

/// What the warehouse does with an order.
#[derive(Debug, Clone)]
pub enum StaffChange {
    Pack,
    /// Position and copies.
    Send {
        lines: Vec<(i64, i64)>,
        tracking: String,
    },
    /// The day on which the last parcel came.
    Deliver(CivilDate),
    Return(Vec<Back>),
    /// Why, in words that the buyer reads.
    Cancel(String),
}

impl StaffChange {
    /// What the order's page says about it afterwards.
    fn done(&self) -> &'static str {
        match self {
            Self::Pack => "packad",
            Self::Send { .. } => "skickad",
            Self::Deliver(_) => "levererad",
            Self::Return(_) => "retur",
            Self::Cancel(_) => "annullerad",
        }
    }
}

/// Changes an order, if it still is the version that was seen and its lifecycle allows it. However many do it at once, one
/// does: the version stands behind the order, and `held - sent >= n` behind each copy.
pub async fn change_order(app: &App, who: &SignedIn, order: &Id, version: i64, change: &StaffChange) -> Outcome<&'static str> {
    let now = app.now();
    let parcel_id = app.ids.id(now);
    let by = who.actor();
    let result = app.db.write_in_line(async |tx| {
        let mut order = store::order(tx, order).await?.ok_or(Refusal::NotNow)?;
        if order.version != version {
            return Err(Failure::Refused(Refusal::Stale));
        }
        let before = order.state()?;
        let mut lines = store::order_lines(tx, &order.id).await?;
        let event = match change {
            StaffChange::Pack => Event::Packed,
            StaffChange::Send { lines: parcel, .. } => send(&mut lines, parcel)?,
            StaffChange::Deliver(day) => {
                order.withdraw_until = if order.is_private() { end_of(day.plus_days(WITHDRAWAL_DAYS)) } else { None };
                Event::Delivered
            }
            StaffChange::Return(backs) => take_back(&mut lines, backs)?,
            StaffChange::Cancel(_) => Event::Cancelled,
        };
        let (after, effects) = lifecycle::apply(before, event, Actor::Staff).map_err(|_| Refusal::NotNow)?;
        let about = format!("order:{}", order.id);
        let cause = Cause { by: &by, about: &about, reason: "", at: now };
        let mut detail = json!({});
        match change {
            StaffChange::Send { lines: parcel, tracking } => {
                order.parcels += 1;
                let parcel = Parcel {
                    id: parcel_id.clone(),
                    number: order.parcels,
                    tracking: tracking.clone(),
                    sent_by: who.account.clone(),
                    sent_at: now,
                    lines: parcel.clone(),
                };
                detail = json!({ "parcel": parcel.number, "copies": parcel.lines.iter().map(|(_, copies)| copies).sum::<i64>() });
                dispatch::insert_parcel(tx, &order.id, &parcel).await?;
                let about = format!("shipment:{}", parcel.id);
                for (position, copies) in &parcel.lines {
                    dispatch::send_line(tx, &order.id, *position, *copies).await?;
                    stock::send(tx, edition_of(&lines, *position)?, *copies, Cause { about: &about, ..cause }).await?;
                }
            }
            StaffChange::Deliver(day) => detail = json!({ "day": day.text() }),
            StaffChange::Return(backs) => {
                detail = json!({ "copies": backs.iter().map(|back| back.copies()).sum::<i64>(),
                                 "written_off": backs.iter().map(|back| back.written_off).sum::<i64>() });
                for back in backs {
                    dispatch::return_line(tx, &order.id, back.position, back.copies()).await?;
                    let edition = edition_of(&lines, back.position)?;
                    stock::take_back(tx, edition, back.copies(), cause).await?;
                    if back.written_off > 0 {
                        stock::write_off(tx, edition, back.written_off, cause).await?;
                    }
                }
            }
            StaffChange::Pack | StaffChange::Cancel(_) => {}
        }
        store::update_order(tx, &order, before, after, now).await?;
        let told = match change {
            StaffChange::Cancel(reason) => json!({ "reason": reason }),
            _ => detail.clone(),
        };
        let position = store::insert_event(tx, &order.id, event.code(), now, &by, &told.to_string()).await?;
        if effects.contains(&Effect::Tell) {
            tell(tx, app, &order, &lines, change, position, now).await?;
        }
        if effects.contains(&Effect::ReleaseStock) {
            for (edition, copies) in give_up(&lines) {
                stock::release(tx, &edition, copies, cause).await?;
                fill_backorders(tx, app, &edition, now).await?;
            }
        }
        if let StaffChange::Return(backs) = change {
            for back in backs.iter().filter(|back| back.to_stock > 0) {
                fill_backorders(tx, app, edition_of(&lines, back.position)?, now).await?;
            }
        }
        audit::append(tx, now, &by, &format!("order.{}", event.code()), &about, &detail).await?;
        Ok(change.done())
    });
    outcome(result.await)
}

/// Puts copies in a parcel, and says whether it is the last one.
fn send(lines: &mut [OrderLine], parcel: &[(i64, i64)]) -> Result<Event, Refusal> {
    for (position, copies) in parcel {
        let line = lines.iter_mut().find(|line| line.position == *position && line.is_goods()).ok_or(Refusal::NotNow)?;
        if *copies <= 0 || *copies > line.here() {
            return Err(Refusal::NotNow);
        }
        line.sent += copies;
    }
    let goods = || lines.iter().filter(|line| line.is_goods());
    if parcel.is_empty() {
        Err(Refusal::NothingLeft)
    } else if goods().all(|line| line.sent == line.quantity) {
        Ok(Event::Shipped)
    } else {
        Ok(Event::PartShipped { short: goods().any(|line| line.backordered > 0) })
    }
}

/// Takes copies back, and says whether they were the last ones.
fn take_back(lines: &mut [OrderLine], backs: &[Back]) -> Result<Event, Refusal> {
    for back in backs {
        let line = lines.iter_mut().find(|line| line.position == back.position && line.is_goods()).ok_or(Refusal::NotNow)?;
        if back.copies() <= 0 || back.copies() > line.away() {
            return Err(Refusal::NotNow);
        }
        line.returned += back.copies();
    }
    let all = lines.iter().all(|line| line.away() == 0);
    if backs.is_empty() { Err(Refusal::NothingLeft) } else { Ok(if all { Event::Returned } else { Event::PartReturned }) }
}

fn edition_of(lines: &[OrderLine], position: i64) -> Result<&Id, Failure> {
    let line = lines.iter().find(|line| line.position == position);
    line.and_then(|line| line.edition_id.as_ref()).ok_or(Failure::Refused(Refusal::NotNow))
}

/// The last moment of a day in Sweden.
fn end_of(day: CivilDate) -> Option<Instant> {
    civil::day_bounds(day).ok().map(|(_, next)| Instant::from_millis(next.millis() - 1))
}

/// Writes to the buyer.
async fn tell(
    tx: &mut Tx,
    app: &App,
    order: &OrderRow,
    lines: &[OrderLine],
    change: &StaffChange,
    position: i64,
    now: Instant,
) -> Result<(), Failure> {
    let letter = match change {
        StaffChange::Send { lines: parcel, tracking } => letters::sent(order, lines, parcel, tracking, position)?,
        StaffChange::Return(backs) => {
            let back: Vec<(i64, i64)> = backs.iter().map(|back| (back.position, back.copies())).collect();
            letters::returned(order, lines, &back, position)
        }
        StaffChange::Cancel(reason) => letters::cancelled(order, lines, reason, position)?,
        StaffChange::Pack | StaffChange::Deliver(_) => return Ok(()),
    };
    outbox::put(tx, &app.ids, now, &letter).await?;
    Ok(())
}

/// Takes copies into stock, and gives them to those who have waited longest.
pub async fn receive(app: &App, who: &SignedIn, edition: &Id, copies: i64) -> Result<(), AppError> {
    super::receive_stock(app, &who.actor(), edition, copies).await
}

/// Sets an edition's stock to what was counted. False, and nothing changed, when it no longer is what was seen, or when more
/// are promised.
pub async fn correct(app: &App, who: &SignedIn, edition: &Id, seen: i64, counted: i64, reason: &str) -> Result<bool, AppError> {
    let now = app.now();
    let by = who.actor();
    let result = app.db.write_in_line(async |tx| {
        stock::correct(tx, edition, seen, counted, Cause { by: &by, about: "", reason, at: now }).await?;
        // Copies that were found are for those who wait.
        fill_backorders(tx, app, edition, now).await?;
        let detail = json!({ "from": seen, "to": counted });
        audit::append(tx, now, &by, "stock.corrected", &format!("edition:{edition}"), &detail).await?;
        Ok(())
    });
    match result.await {
        Ok(()) => Ok(true),
        Err(Failure::Store(StoreError::Stale("editions.on_hand"))) => Ok(false),
        Err(Failure::Store(error)) => Err(error.into()),
        Err(Failure::Refused(refusal)) => Err(AppError::internal(format!("{refusal:?}"))),
    }
}

/// Sets at how many free copies an edition's stock is low.
pub async fn set_low_stock(app: &App, who: &SignedIn, edition: &Id, copies: i64) -> Result<(), AppError> {
    let now = app.now();
    app.db
        .write_in_line(async |tx| {
            stock::set_low_stock(tx, edition, copies).await?;
            let detail = json!({ "copies": copies });
            audit::append(tx, now, &who.actor(), "stock.threshold", &format!("edition:{edition}"), &detail).await?;
            Ok::<_, StoreError>(())
        })
        .await?;
    Ok(())
}

/// The rows of a list that is taken out of the house, as far as it can be paged through, and its place in the chain: which
/// filters were on, not what was looked for.
pub async fn export_orders(app: &App, who: &SignedIn, narrow: &Narrow) -> Result<Vec<Listed>, AppError> {
    let now = app.now();
    let rows = app
        .db
        .write_in_line(async |tx| {
            let rows = listing::list_orders(tx, narrow, MOST_FOUND, 0).await?;
            let detail = json!({
                "rows": rows.len(), "words": narrow.words.len(), "state": narrow.state.map(|state| state.code()),
                "fulfilment": narrow.fulfilment.map(|state| state.code()), "private": narrow.private,
                "from": narrow.from.map(Instant::text), "until": narrow.until.map(Instant::text),
            });
            audit::append(tx, now, &who.actor(), "orders.exported", "orders", &detail).await?;
            Ok::<_, StoreError>(rows)
        })
        .await?;
    Ok(rows)
}
