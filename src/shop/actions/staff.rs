//! What staff do in the shop's back room, each in one transaction with its event, its lines in the ledger, its mail and its
//! place in the audit chain.

use serde_json::json;

use super::{Failure, Outcome, Refusal, fill_backorders, give_up, lower, outcome, reprice, watch_stock};
use crate::catalogue::store::stock::{self, Cause};
use crate::kit::{CivilDate, Id, Instant, civil};
use crate::platform::db::{StoreError, Tx};
use crate::platform::outbox::Mail;
use crate::platform::{audit, outbox};
use crate::shop::letters;
use crate::shop::lifecycle::{self, Actor, Effect, Event, Rest};
use crate::shop::rules::letter::Draft;
use crate::shop::rules::staff::Back;
use crate::shop::store::dispatch::{self, Parcel};
use crate::shop::store::listing::{self, Note};
use crate::shop::store::{self, OrderLine, OrderRow, sales, templates};
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
    /// Position and copies that will not be sent after all, and why, in words that the buyer reads.
    GiveUp {
        lines: Vec<(i64, i64)>,
        reason: String,
    },
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
            Self::GiveUp { .. } => "rest",
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
        let mut freed: Vec<(Id, i64)> = Vec::new();
        let event = match change {
            StaffChange::Pack => Event::Packed,
            StaffChange::Send { lines: parcel, .. } => send(&mut lines, parcel)?,
            StaffChange::Deliver(day) => {
                order.withdraw_until = if order.is_private() { withdraw_until(*day) } else { None };
                Event::Delivered
            }
            StaffChange::Return(backs) => take_back(&mut lines, backs, before.is_in_house())?,
            StaffChange::GiveUp { lines: less, .. } => {
                let rest;
                (freed, rest) = give_up_rest(&mut lines, less)?;
                let freight = store::freight(tx, civil::stockholm(order.placed_at).date).await?;
                reprice(&mut order, &mut lines, &freight);
                Event::RestGivenUp { rest }
            }
            StaffChange::Cancel(_) => {
                freed = give_up(&lines);
                Event::Cancelled
            }
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
            StaffChange::GiveUp { lines: less, .. } => {
                detail = json!({ "copies": less.iter().map(|(_, copies)| copies).sum::<i64>() });
                for line in &lines {
                    store::put_line(tx, &order.id, line).await?;
                }
            }
            StaffChange::Pack | StaffChange::Cancel(_) => {}
        }
        store::update_order(tx, &order, before, after, now).await?;
        sales::book(tx, &order, after, &lines, now).await?;
        let told = match change {
            StaffChange::Cancel(reason) | StaffChange::GiveUp { reason, .. } => json!({ "reason": reason }),
            _ => detail.clone(),
        };
        let position = store::insert_event(tx, &order.id, event.code(), now, &by, &told.to_string()).await?;
        if effects.contains(&Effect::Tell) {
            tell(tx, app, &order, &lines, change, position, now).await?;
        }
        for (edition, copies) in &freed {
            stock::release(tx, edition, *copies, cause).await?;
            fill_backorders(tx, app, edition, now).await?;
        }
        if let StaffChange::Return(backs) = change {
            for back in backs.iter().filter(|back| back.to_stock > 0) {
                fill_backorders(tx, app, edition_of(&lines, back.position)?, now).await?;
            }
        }
        let came_back = match change {
            StaffChange::Return(backs) => backs.as_slice(),
            _ => &[],
        };
        let came_back = came_back.iter().filter_map(|back| edition_of(&lines, back.position).ok());
        watch_stock(tx, app, freed.iter().map(|(edition, _)| edition).chain(came_back), now).await?;
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

/// Lowers lines by copies that will not be sent: first those that are missing, then those that lie here, which come free.
fn give_up_rest(lines: &mut [OrderLine], less: &[(i64, i64)]) -> Result<(Vec<(Id, i64)>, Rest), Refusal> {
    let mut wishes = Vec::new();
    for (position, copies) in less {
        let line = lines.iter().find(|line| line.position == *position && line.is_goods()).ok_or(Refusal::NotNow)?;
        if *copies <= 0 || *copies > line.left() {
            return Err(Refusal::NotNow);
        }
        wishes.push((*position, line.quantity - copies));
    }
    if wishes.is_empty() {
        return Err(Refusal::NothingLeft);
    }
    let freed = lower(lines, &wishes)?;
    let goods = || lines.iter().filter(|line| line.is_goods());
    let rest = match () {
        () if goods().any(|line| line.backordered > 0) => Rest::Short,
        () if goods().any(|line| line.here() > 0) => Rest::Here,
        () if goods().any(|line| line.away() > 0) => Rest::Sent,
        () => Rest::Back,
    };
    Ok((freed, rest))
}

/// Takes copies back, and says whether they were the last ones; they are not while some have not been sent.
fn take_back(lines: &mut [OrderLine], backs: &[Back], more_to_come: bool) -> Result<Event, Refusal> {
    for back in backs {
        let line = lines.iter_mut().find(|line| line.position == back.position && line.is_goods()).ok_or(Refusal::NotNow)?;
        if back.copies() <= 0 || back.copies() > line.away() {
            return Err(Refusal::NotNow);
        }
        line.returned += back.copies();
    }
    let all = !more_to_come && lines.iter().all(|line| line.away() == 0);
    if backs.is_empty() { Err(Refusal::NothingLeft) } else { Ok(if all { Event::Returned } else { Event::PartReturned }) }
}

fn edition_of(lines: &[OrderLine], position: i64) -> Result<&Id, Failure> {
    let line = lines.iter().find(|line| line.position == position);
    line.and_then(|line| line.edition_id.as_ref()).ok_or(Failure::Refused(Refusal::NotNow))
}

/// Until when a private person who got the copies on a day may withdraw.
pub(in crate::shop) fn withdraw_until(day: CivilDate) -> Option<Instant> {
    end_of(day.plus_days(WITHDRAWAL_DAYS))
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
        StaffChange::GiveUp { lines: less, reason } => letters::given_up(order, lines, less, reason, position)?,
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
        watch_stock(tx, app, std::iter::once(edition), now).await?;
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
            watch_stock(tx, app, std::iter::once(edition), now).await?;
            let detail = json!({ "copies": copies });
            audit::append(tx, now, &who.actor(), "stock.threshold", &format!("edition:{edition}"), &detail).await?;
            Ok::<_, StoreError>(())
        })
        .await?;
    Ok(())
}

/// What was sold in a period, for a file that is taken out of the house, and its place in the chain.
pub async fn export_sales(
    app: &App,
    who: &SignedIn,
    table: &str,
    from: &str,
    until: &str,
) -> Result<(Vec<sales::OfMonth>, Vec<sales::OfTitle>), AppError> {
    let now = app.now();
    let rows = app
        .db
        .write_in_line(async |tx| {
            let rows = (sales::months(tx, from, until).await?, sales::titles(tx, from, until).await?);
            let detail = json!({ "table": table, "from": from, "until": until });
            audit::append(tx, now, &who.actor(), "sales.exported", "sales", &detail).await?;
            Ok::<_, StoreError>(rows)
        })
        .await?;
    Ok(rows)
}

/// Writes a letter to the buyer, into the order's history and the chain. Pressed again with the same key it does nothing.
pub async fn write_to_buyer(
    app: &App,
    who: &SignedIn,
    order: &OrderRow,
    letter: &Mail,
    template: Option<(&Id, i64)>,
) -> Result<(), AppError> {
    let now = app.now();
    let by = who.actor();
    let template = template.map(|(id, version)| (id.to_string(), version));
    app.db
        .write_in_line(async |tx| {
            if !outbox::put(tx, &app.ids, now, letter).await? {
                return Ok(());
            }
            let told = json!({ "subject": letter.subject, "template": template });
            store::insert_event(tx, &order.id, "mailed", now, &by, &told.to_string()).await?;
            let detail = json!({ "template": template });
            audit::append(tx, now, &by, "order.mailed", &format!("order:{}", order.id), &detail).await?;
            Ok::<_, StoreError>(())
        })
        .await?;
    Ok(())
}

/// Saves a template, a new one or the next version of one. `None`, and nothing changed, when somebody saved it since it was seen.
pub async fn save_template(app: &App, who: &SignedIn, known: Option<(&Id, i64)>, draft: &Draft) -> Result<Option<Id>, AppError> {
    let now = app.now();
    let (id, version) = known.map_or_else(|| (app.ids.id(now), 1), |(id, seen)| (id.clone(), seen + 1));
    let result = app
        .db
        .write_in_line(async |tx| {
            match known {
                None => templates::insert(tx, &id, now).await?,
                Some((id, seen)) => templates::raise(tx, id, seen).await?,
            }
            templates::insert_version(tx, &id, version, draft, &who.account, now).await?;
            audit::append(tx, now, &who.actor(), "template.saved", &format!("template:{id}"), &json!({ "version": version })).await?;
            Ok::<_, StoreError>(())
        })
        .await;
    match result {
        Ok(()) => Ok(Some(id)),
        Err(StoreError::Stale("order_templates.version")) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Takes a template out of use, or into it again.
pub async fn retire_template(app: &App, who: &SignedIn, id: &Id, retired: bool) -> Result<(), AppError> {
    let now = app.now();
    let action = if retired { "template.retired" } else { "template.restored" };
    app.db
        .write_in_line(async |tx| {
            templates::set_retired(tx, id, retired).await?;
            audit::append(tx, now, &who.actor(), action, &format!("template:{id}"), &json!({})).await?;
            Ok::<_, StoreError>(())
        })
        .await?;
    Ok(())
}
