//! The back room's form handlers.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::kit::{Form, civil};
use crate::shop::actions::Refusal;
use crate::shop::actions::staff::{self as actions, StaffChange};
use crate::shop::pages::staff::change::{self, Kind, last_sent};
use crate::shop::pages::staff::order::{self, Opened};
use crate::shop::pages::staff::{sales, stock as shelves};
use crate::shop::rules::staff::{self as rules, CopiesError, DayError, Marks, TextError, field};
use crate::tables::file::small_csv;
use crate::text;
use crate::web::forms::Posted;
use crate::web::{App, AppError, Visit};

type Answer = Result<Response, AppError>;

/// `POST /handlaggare/bestallningar/{number}`: a note.
pub async fn note(State(app): State<App>, visit: Visit, Path(number): Path<String>, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    let opened = order::open(&app, &number).await?;
    let note = match rules::note(&form) {
        Ok(note) => note,
        Err(errors) => return Ok(order::render(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, opened, form, errors, None)),
    };
    actions::add_note(&app, who, &opened.order.id, &note).await?;
    Ok(visit.see_other(&format!("{}?klart=antecknat", opened.path())))
}

pub async fn pack(State(app): State<App>, visit: Visit, Path(number): Path<String>, Posted(form): Posted) -> Answer {
    change(&app, &visit, &number, Kind::Pack, form, |_, _| Ok(StaffChange::Pack)).await
}

pub async fn send(State(app): State<App>, visit: Visit, Path(number): Path<String>, Posted(form): Posted) -> Answer {
    change(&app, &visit, &number, Kind::Send, form, |opened, form| {
        let lines = rules::parcel(form, &Kind::Send.bounds(opened)).map_err(marked)?;
        let long = |_| vec![(field::TRACKING.to_owned(), text::staff().orders.change.tracking_long.to_owned())];
        Ok(StaffChange::Send { lines, tracking: rules::tracking(form).map_err(long)? })
    })
    .await
}

pub async fn deliver(State(app): State<App>, visit: Visit, Path(number): Path<String>, Posted(form): Posted) -> Answer {
    let today = civil::stockholm(app.now()).date;
    change(&app, &visit, &number, Kind::Deliver, form, |opened, form| {
        let words = &text::staff().orders.change;
        let day = rules::delivered_on(form, last_sent(opened), today).map_err(|error| {
            let sentence = match error {
                DayError::NotADate => words.day_wrong,
                DayError::ToCome => words.day_to_come,
                DayError::BeforeSent => words.day_before_sent,
            };
            vec![(field::DAY.to_owned(), sentence.to_owned())]
        })?;
        Ok(StaffChange::Deliver(day))
    })
    .await
}

pub async fn take_back(State(app): State<App>, visit: Visit, Path(number): Path<String>, Posted(form): Posted) -> Answer {
    change(&app, &visit, &number, Kind::Return, form, |opened, form| {
        Ok(StaffChange::Return(rules::back(form, &Kind::Return.bounds(opened)).map_err(marked)?))
    })
    .await
}

pub async fn give_up(State(app): State<App>, visit: Visit, Path(number): Path<String>, Posted(form): Posted) -> Answer {
    change(&app, &visit, &number, Kind::GiveUp, form, |opened, form| {
        let bounds = Kind::GiveUp.bounds(opened);
        let reason = rules::reason(form).map_err(|error| (field::REASON.to_owned(), reason_sentence(error)));
        let (lines, reason) = match (rules::parcel(form, &bounds), reason) {
            (Ok(lines), Ok(reason)) => (lines, reason),
            (lines, reason) => return Err(lines.err().map(marked).into_iter().flatten().chain(reason.err()).collect()),
        };
        // All of an order of which nothing was sent: that is calling it off.
        let all: i64 = bounds.iter().map(|(_, most)| most).sum();
        if !opened.state.sent && lines.iter().map(|(_, copies)| copies).sum::<i64>() == all {
            let first = bounds.first().map_or(0, |(position, _)| *position);
            return Err(vec![(field::copies(first), text::staff().orders.change.give_up_all.to_owned())]);
        }
        Ok(StaffChange::GiveUp { lines, reason })
    })
    .await
}

pub async fn cancel(State(app): State<App>, visit: Visit, Path(number): Path<String>, Posted(form): Posted) -> Answer {
    change(&app, &visit, &number, Kind::Cancel, form, |_, form| {
        let reason = rules::reason(form).map_err(|error| vec![(field::REASON.to_owned(), reason_sentence(error))])?;
        Ok(StaffChange::Cancel(reason))
    })
    .await
}

/// Does one of them: reads the form against the order as it is, does it if the order still is what was seen, and leads back.
async fn change(
    app: &App,
    visit: &Visit,
    number: &str,
    kind: Kind,
    form: Form,
    read: impl FnOnce(&Opened, &Form) -> Result<StaffChange, Vec<(String, String)>>,
) -> Answer {
    let who = visit.signed_in()?;
    let opened = order::open(app, number).await?;
    let version = form.get(field::VERSION).parse().unwrap_or_default();
    // Someone was here before: what lies here is another number now, so the form is not even read.
    let stale = opened.order.version != version;
    if stale || !kind.may(&opened) {
        return Ok(was_changed(app, visit, opened, kind, form));
    }
    let wish = match read(&opened, &form) {
        Ok(wish) => wish,
        Err(errors) => return Ok(change::render(app, visit, StatusCode::UNPROCESSABLE_ENTITY, opened, kind, form, errors)),
    };
    match actions::change_order(app, who, &opened.order.id, version, &wish).await? {
        Ok(done) => {
            app.bell.ring();
            Ok(visit.see_other(&format!("{}?klart={done}", opened.path())))
        }
        Err(Refusal::Stale | Refusal::NotNow | Refusal::NothingLeft) => {
            let now = order::open(app, number).await?;
            Ok(was_changed(app, visit, now, kind, form))
        }
        Err(refusal) => Err(AppError::internal(format!("{refusal:?}"))),
    }
}

/// The same page with what was typed and the order as it is now.
fn was_changed(app: &App, visit: &Visit, opened: Opened, kind: Kind, form: Form) -> Response {
    let stale = text::staff().orders.change.stale.to_owned();
    change::render(app, visit, StatusCode::CONFLICT, opened, kind, form, vec![("innehall".to_owned(), stale)])
}

fn marked(marks: Marks) -> Vec<(String, String)> {
    marks.into_iter().map(|(name, error)| (name, copies_sentence(error))).collect()
}

fn copies_sentence(error: CopiesError) -> String {
    let words = &text::staff().orders.change;
    match error {
        CopiesError::Missing => words.copies_missing.to_owned(),
        CopiesError::NotANumber => words.copies_wrong.to_owned(),
        CopiesError::TooMany(most) => (words.copies_too_many)(most),
        CopiesError::Nothing => words.copies_nothing.to_owned(),
    }
}

fn reason_sentence(error: TextError) -> String {
    let words = &text::staff().orders.change;
    match error {
        TextError::Missing => words.reason_missing.to_owned(),
        TextError::Long => (words.reason_long)(rules::MAX_REASON),
    }
}

/// `POST /handlaggare/lager/{edition}`: copies that came, a count, or the mark for low stock.
pub async fn stock(State(app): State<App>, visit: Visit, Path(edition): Path<String>, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    let opened = shelves::open(&app, &edition).await?;
    let id = opened.shelf.id.clone();
    let refuse = |opened, form, errors| Ok(shelves::render(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, opened, form, errors, None));
    let done = match form.get(field::WHAT) {
        "inleverans" => match rules::some_copies(&form, field::ARRIVED, 1) {
            Ok(copies) => {
                actions::receive(&app, who, &id, copies).await?;
                app.bell.ring();
                "inlevererat"
            }
            Err(error) => return refuse(opened, form, vec![(field::ARRIVED, copies_sentence(error))]),
        },
        "rattning" => {
            let words = &text::staff().stock;
            let (counted, reason) = (rules::some_copies(&form, field::COUNTED, 0), rules::reason(&form));
            let (counted, reason) = match (counted, reason) {
                (Ok(counted), Ok(reason)) => (counted, reason),
                (counted, reason) => {
                    let counted = counted.err().map(|error| (field::COUNTED, copies_sentence(error)));
                    let reason = reason.err().map(|error| (field::REASON, reason_sentence(error)));
                    return refuse(opened, form, counted.into_iter().chain(reason).collect());
                }
            };
            let seen = form.get(field::SEEN).parse().unwrap_or(-1);
            if !actions::correct(&app, who, &id, seen, counted, &reason).await? {
                let now = shelves::open(&app, &edition).await?;
                let sentence = if now.shelf.on_hand == seen {
                    (words.fewer_than_held)(now.shelf.held)
                } else {
                    (words.stale)(seen, now.shelf.on_hand)
                };
                return refuse(now, form, vec![(field::COUNTED, sentence)]);
            }
            app.bell.ring();
            "rattat"
        }
        _ => match rules::some_copies(&form, field::LOW, 0) {
            Ok(copies) => {
                actions::set_low_stock(&app, who, &id, copies).await?;
                "grans"
            }
            Err(error) => return refuse(opened, form, vec![(field::LOW, copies_sentence(error))]),
        },
    };
    Ok(visit.see_other(&format!("{}/{id}?klart={done}", shelves::PATH)))
}

/// `POST /handlaggare/statistik/forsaljning`: one of the tables as a file.
pub async fn export_sales(State(app): State<App>, visit: Visit, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    let asked = sales::Asked::read(&app, &visit);
    let table = sales::Table::of_code(form.get(sales::TABLE)).filter(|_| asked.errors.is_empty());
    // A period or table that is none: the page says what is wrong.
    let Some(table) = table else { return sales::render(&app, &visit, asked).await };
    let (months, titles) = actions::export_sales(&app, who, table.code(), &asked.from, &asked.until).await?;
    let (columns, rows) = sales::file(table, &months, &titles);
    let name = format!("forsaljning-{}-{}-{}.csv", table.code(), asked.from, asked.until);
    small_csv(&name, &columns, rows).map_err(AppError::internal)
}
