//! The demonstration's shop: an example freight table, since real prices are the agency's to set, an example of a letter, and
//! orders of made-up people in every state that staff meet, through the same actions that buyers and staff use.

use super::actions::staff::{self, StaffChange};
use super::actions::{self, page};
use super::lifecycle::Fulfilment;
use super::model::FreightStep;
use super::pages::staff::orders::field::FULFILMENT;
use super::reckon;
use super::rules::field;
use super::rules::letter::Draft;
use super::store::listing::{self, Narrow};
use super::store::{self, OrderLine, templates};
use crate::catalogue::store::prices as catalogue;
use crate::kit::{CivilDate, Email, Form, Isbn, Lang, Ore, Quantity, StaffRole};
use crate::people::demo as made_up;
use crate::people::store as people;
use crate::platform::db::StoreError;
use crate::tables::actions as tables;
use crate::tables::model::View;
use crate::web::{App, AppError, SignedIn};

/// From this day on the example prices hold.
const FROM: &str = "2026-01-01";

/// Copies or more, and what it costs to send them including VAT.
const STEPS: &[(i64, i64)] = &[(1, 49), (3, 79), (10, 149)];

/// Who has written the example letter: an editor of `people::demo`.
const AUTHOR: &str = "rut@bra.example";

fn letter() -> Draft {
    Draft {
        name: "Försenad leverans".to_owned(),
        subject_sv: "Om din beställning {nummer}".to_owned(),
        body_sv: "Hej {namn}!\n\nEn del av det du beställde den {datum} dröjer:\n{väntar}\n\nVi skickar det så snart det har kommit från tryckeriet.".to_owned(),
        subject_en: "About your order {nummer}".to_owned(),
        body_en: "Dear {namn},\n\nPart of what you ordered on {datum} is delayed:\n{väntar}\n\nWe will send it as soon as it has been printed.".to_owned(),
    }
}

/// Lays down the example table, unless some freight table is there already.
pub async fn load(app: &App) -> Result<(), AppError> {
    let from = CivilDate::parse(FROM).map_err(|_| AppError::internal("the example freight table has no date"))?;
    let steps: Vec<FreightStep> =
        STEPS.iter().map(|(min_copies, kr)| FreightStep { min_copies: *min_copies, price: Ore::kr(*kr) }).collect();
    app.db
        .write(async |tx| {
            if store::freight(tx, from).await?.steps.is_empty() {
                store::set_freight(tx, from, &steps).await?;
            }
            Ok::<_, StoreError>(())
        })
        .await?;
    let (now, author) = (app.now(), Email::parse(AUTHOR).map_err(|_| AppError::internal("a demonstration address is wrong"))?);
    let id = app.ids.id(now);
    app.db
        .write(async |tx| {
            // Without an editor there is nobody who could have written it.
            let Some(author) = people::account_by_email(tx, &author).await? else { return Ok(()) };
            if templates::all(tx).await?.is_empty() {
                templates::insert(tx, &id, now).await?;
                templates::insert_version(tx, &id, 1, &letter(), &author.id, now).await?;
            }
            Ok::<_, StoreError>(())
        })
        .await?;
    Ok(())
}

/// Titles that nobody else's story is about, by ISBN: many copies in stock, and one of which there are none.
const MANY: &str = "9789188599315";
const SOME: &str = "9789187335655";
const NONE: &str = "9789187335587";

/// What becomes of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Waits,
    Packed,
    Sent,
    Delivered,
    Cancelled,
}

/// Who orders what, and what becomes of it. With a reference it is for the municipality of `organisations::demo`.
struct Made {
    name: &'static str,
    email: &'static str,
    reference: Option<&'static str>,
    lines: &'static [(&'static str, i64)],
    fate: Fate,
}

const ORDERS: &[Made] = &[
    Made { name: "Sara Sökande", email: "sara@trygggranne.example", reference: None, lines: &[(SOME, 1)], fate: Fate::Delivered },
    Made {
        name: "Frida Företrädare",
        email: "frida@exempelby.example",
        reference: Some("FF-2026"),
        lines: &[(MANY, 12), (SOME, 2)],
        fate: Fate::Sent,
    },
    Made { name: "Bodil Bibliotekarie", email: "bodil@biblioteket.example", reference: None, lines: &[(MANY, 2)], fate: Fate::Cancelled },
    Made { name: "Kim Kollega", email: "kim@exempelby.example", reference: Some("KK-17"), lines: &[(SOME, 4)], fate: Fate::Packed },
    Made { name: "Pelle Polis", email: "pelle@polisen.example", reference: None, lines: &[(MANY, 1), (SOME, 1)], fate: Fate::Waits },
    Made {
        name: "Frida Företrädare",
        email: "frida@exempelby.example",
        reference: Some("FF-2027"),
        lines: &[(NONE, 3)],
        fate: Fate::Waits,
    },
];

fn wrong<E: std::fmt::Debug>(error: E) -> AppError {
    AppError::internal(format!("the demonstration's orders: {error:?}"))
}

/// Makes up orders and a view of them that the warehouse shares, unless there are orders already. Where mail really goes out
/// there are none: the buyers have no mailboxes.
pub async fn load_orders(app: &App) -> Result<(), AppError> {
    let any = app.db.read(async |tx| listing::count_orders(tx, &Narrow::default()).await).await? > 0;
    if any || app.config.smtp_url.is_some() {
        return Ok(());
    }
    let lars = made_up::someone(app, "lars@bra.example").await?;
    for made in ORDERS {
        let number = place(app, made).await?;
        follow(app, &lars, number, made.fate).await?;
    }
    let view = View {
        id: app.ids.id(app.now()),
        sheet: "orders".to_owned(),
        owner_id: lars.account.clone(),
        shared_with: StaffRole::Warehouse.code().to_owned(),
        name: "Att packa i dag".to_owned(),
        query: format!("{}={}", FULFILMENT, Fulfilment::ToPick.code()),
        columns: String::new(),
        version: 1,
    };
    tables::save(app, &lars, &view, false).await.map_err(wrong)
}

/// Goes through the checkout as a buyer does; gives the order's number.
async fn place(app: &App, made: &Made) -> Result<i64, AppError> {
    let mut token = None;
    for (isbn, copies) in made.lines {
        let isbn = Isbn::parse(isbn).map_err(wrong)?;
        let edition = app.db.read(async |tx| catalogue::edition(tx, isbn).await).await?.ok_or_else(|| wrong(isbn))?;
        let quantity = Quantity::new(*copies).map_err(wrong)?;
        token = Some(actions::put_in_basket(app, token.as_ref(), &edition, quantity).await?.map_err(wrong)?);
    }
    let token = token.ok_or_else(|| wrong("nothing in the basket"))?;
    let form = |fields: &[(&str, &str)]| Form(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect());
    let delivery = form(&[
        (field::CONTACT, made.name),
        (field::EMAIL, made.email),
        (field::STREET, "Exempelgatan 1"),
        (field::POSTAL_CODE, "901 84"),
        (field::CITY, "Exempelby"),
        (field::COUNTRY, "SE"),
    ]);
    let (payment, invoice) = match made.reference {
        None => (form(&[(field::PAYER, "privat")]), form(&[(field::INVOICE_BY, "epost")])),
        Some(reference) => (
            form(&[(field::PAYER, "organisation")]),
            form(&[
                (field::ORGANISATION, "Exempelby kommun (exempel)"),
                (field::ORGNR, "212099-9004"),
                (field::REFERENCE, reference),
                (field::INVOICE_BY, "epost"),
            ]),
        ),
    };
    for (page, form) in [(page::DELIVERY, &delivery), (page::PAYMENT, &payment), (page::INVOICE, &invoice)] {
        actions::keep_answers(app, &token, page, form).await?.map_err(wrong)?;
    }
    let day = actions::today(app);
    let email = Email::parse(made.email).map_err(wrong)?;
    let (reckoned, account) = app
        .db
        .read(async |tx| {
            let reckoned = reckon::basket(tx, &token.hash(), day).await?;
            Ok::<_, StoreError>((reckoned, people::account_by_email(tx, &email).await?))
        })
        .await?;
    let reckoned = reckoned.ok_or_else(|| wrong("the basket is gone"))?;
    let answers = actions::answers(&actions::raw_answers(&reckoned.basket)).map_err(wrong)?;
    let seen = reckoned.shown(&answers)?;
    let account = account.map(|account| account.id);
    let placed = actions::place_order(app, &token, &seen, Lang::Sv, account.as_ref()).await?.map_err(wrong)?;
    Ok(placed.number)
}

/// What is done next with an order that has these lines.
type Step<'a> = &'a dyn Fn(&[OrderLine]) -> StaffChange;

/// Does with an order what the warehouse does, as far as its fate leads.
async fn follow(app: &App, lars: &SignedIn, number: i64, fate: Fate) -> Result<(), AppError> {
    let pack = |_: &[OrderLine]| StaffChange::Pack;
    let send = |lines: &[OrderLine]| StaffChange::Send {
        lines: lines.iter().filter(|line| line.is_goods()).map(|line| (line.position, line.held)).collect(),
        tracking: "EXEMPEL123SE".to_owned(),
    };
    let today = actions::today(app);
    let deliver = |_: &[OrderLine]| StaffChange::Deliver(today);
    let cancel = |_: &[OrderLine]| StaffChange::Cancel("Du beställde samma rapport två gånger.".to_owned());
    let steps: &[Step<'_>] = match fate {
        Fate::Waits => &[],
        Fate::Packed => &[&pack],
        Fate::Sent => &[&pack, &send],
        Fate::Delivered => &[&pack, &send, &deliver],
        Fate::Cancelled => &[&cancel],
    };
    for step in steps {
        let (order, lines) = app
            .db
            .read(async |tx| {
                let order = store::order_by_number(tx, number).await?.ok_or(StoreError::Stale("orders.number"))?;
                let lines = store::order_lines(tx, &order.id).await?;
                Ok::<_, StoreError>((order, lines))
            })
            .await?;
        staff::change_order(app, lars, &order.id, order.version, &step(&lines)).await?.map_err(wrong)?;
    }
    Ok(())
}
