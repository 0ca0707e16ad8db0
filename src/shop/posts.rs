//! The shop's form handlers: read what was typed, let `rules` judge it, let `actions` do it, and lead on with 303; or show
//! the same page again with what was typed and a sentence for each thing to mend.

pub mod freight;
pub mod letters;
pub mod staff;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::actions::{self, OrderChange, RawAnswers, Refusal, page};
use super::lifecycle::Event;
use super::model::{Shown, order_number};
use super::pages::basket::{self, quantity_field};
use super::pages::{checkout, order};
use super::rules::{self, field};
use super::store;
use crate::catalogue::store as catalogue;
use crate::kit::{Form, Id, Ore, Quantity, QuantityError};
use crate::platform::ids::Secret;
use crate::platform::rate_limit::Limit;
use crate::text;
use crate::web::cookies::{BASKET, RECEIPT};
use crate::web::forms::Posted;
use crate::web::{App, AppError, Visit, set_cookie};

/// Enough for a whole municipality behind one address, too few for a machine to empty the stock unseen.
const ORDERS: Limit = Limit { purpose: "order", times: 200, seconds: 3600 };

/// `POST /kundkorg`: from a publication's page (one edition), or from the basket (all its lines, or one to take out).
pub async fn basket(State(app): State<App>, visit: Visit, Posted(form): Posted) -> Result<Response, AppError> {
    match Id::parse(form.get("utgava")) {
        Ok(edition) => add(&app, &visit, &edition, &form).await,
        Err(_) => change(&app, &visit, &form).await,
    }
}

async fn add(app: &App, visit: &Visit, edition: &Id, form: &Form) -> Result<Response, AppError> {
    let words = text::shop(visit.lang);
    let token = visit.cookie(app, BASKET.name);
    let quantity = match Quantity::parse(form.get("antal")) {
        Ok(quantity) => quantity,
        Err(error) => {
            let today = actions::today(app);
            let sale =
                app.db.read(async |tx| catalogue::for_sale(tx, std::slice::from_ref(edition), today).await).await?.into_iter().next();
            let Some(sale) = sale else { return Err(AppError::NotFound) };
            let errors = vec![("#antal".to_owned(), (words.quantity)(error).to_owned())];
            let says = basket::Says {
                status: StatusCode::UNPROCESSABLE_ENTITY,
                errors,
                adding: Some((sale, form.get("antal").to_owned())),
                ..basket::Says::default()
            };
            return Ok(basket::render(app, visit, basket::load(app, visit).await?, says));
        }
    };
    match actions::put_in_basket(app, token.as_ref(), edition, quantity).await? {
        Ok(token) => {
            let mut response = visit.see_other(&format!("/kundkorg?tillagd={edition}"));
            set_cookie(app, &mut response, &BASKET, Some(&token));
            Ok(response)
        }
        Err(refusal) => {
            let sentence = if refusal == Refusal::Full { words.basket.full } else { words.basket.not_for_sale };
            let says = basket::Says {
                status: StatusCode::UNPROCESSABLE_ENTITY,
                errors: vec![("#innehall".to_owned(), sentence.to_owned())],
                ..basket::Says::default()
            };
            Ok(basket::render(app, visit, basket::load(app, visit).await?, says))
        }
    }
}

async fn change(app: &App, visit: &Visit, form: &Form) -> Result<Response, AppError> {
    let Some(token) = visit.cookie(app, BASKET.name) else { return Ok(checkout::expired(app, visit)) };
    let words = text::shop(visit.lang);
    let removed = Id::parse(form.get("ta_bort")).ok();
    let mut changes = Vec::new();
    let mut errors = Vec::new();
    let mut typed = Vec::new();
    for (name, value) in &form.0 {
        let Some(edition) = name.strip_prefix("antal-").and_then(|id| Id::parse(id).ok()) else { continue };
        if removed.as_ref() == Some(&edition) {
            changes.push((edition, None, None));
            continue;
        }
        match Quantity::parse(value) {
            Ok(quantity) => {
                let seen = form.get(&format!("pris-{edition}")).parse().ok().map(Ore);
                changes.push((edition, Some(quantity), seen));
            }
            Err(error) => {
                errors.push((format!("#{}", quantity_field(&edition)), (words.quantity)(error).to_owned()));
                typed.push((edition, value.clone()));
            }
        }
    }
    if actions::change_basket(app, &token, &changes).await?.is_err() {
        return Ok(checkout::expired(app, visit));
    }
    if !errors.is_empty() {
        let says = basket::Says { status: StatusCode::UNPROCESSABLE_ENTITY, errors, typed, ..basket::Says::default() };
        return Ok(basket::render(app, visit, basket::load(app, visit).await?, says));
    }
    if removed.is_some() {
        return Ok(visit.see_other("/kundkorg?borttagen=ja"));
    }
    if form.get("vidare").is_empty() {
        return Ok(visit.see_other("/kundkorg?sparad=ja"));
    }
    match basket::load(app, visit).await? {
        Some(reckoned) if reckoned.is_ready() => Ok(visit.see_other("/kassa")),
        Some(reckoned) => {
            let problems = reckoned.lines.iter().filter_map(|line| {
                let (_, problem) = basket::notes(visit.lang, line);
                problem.map(|problem| (format!("#{}", quantity_field(&line.edition)), format!("{}: {problem}", line.sale.title.as_str())))
            });
            let says = basket::Says { status: StatusCode::UNPROCESSABLE_ENTITY, errors: problems.collect(), ..basket::Says::default() };
            Ok(basket::render(app, visit, Some(reckoned), says))
        }
        None => Ok(checkout::expired(app, visit)),
    }
}

/// Keeps a page's answers and gives those of all pages; `None` when there is no open basket to keep them in.
async fn keep(app: &App, visit: &Visit, page: &str, form: &Form) -> Result<Option<RawAnswers>, AppError> {
    let Some(token) = visit.cookie(app, BASKET.name) else { return Ok(None) };
    Ok(actions::keep_answers(app, &token, page, form).await?.ok())
}

/// `POST /kassa/leverans`
pub async fn delivery(State(app): State<App>, visit: Visit, Posted(form): Posted) -> Result<Response, AppError> {
    if keep(&app, &visit, page::DELIVERY, &form).await?.is_none() {
        return Ok(checkout::expired(&app, &visit));
    }
    Ok(match rules::delivery(&form) {
        Ok(_) => visit.see_other("/kassa"),
        Err(errors) => checkout::delivery_page(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, form, errors),
    })
}

/// `POST /kassa/betalning`
pub async fn payment(State(app): State<App>, visit: Visit, Posted(form): Posted) -> Result<Response, AppError> {
    if keep(&app, &visit, page::PAYMENT, &form).await?.is_none() {
        return Ok(checkout::expired(&app, &visit));
    }
    Ok(match rules::is_organisation(&form) {
        // Always by way of the invoice: its questions depend on this answer.
        Ok(_) => visit.see_other(&checkout::path_of(page::INVOICE)),
        Err(errors) => checkout::payment_page(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, form, errors),
    })
}

/// `POST /kassa/faktura`
pub async fn invoice(State(app): State<App>, visit: Visit, Posted(form): Posted) -> Result<Response, AppError> {
    let Some(answers) = keep(&app, &visit, page::INVOICE, &form).await? else { return Ok(checkout::expired(&app, &visit)) };
    let payment = actions::page_of(&answers, page::PAYMENT);
    let Ok(organisation) = rules::is_organisation(&payment) else { return Ok(visit.see_other(&checkout::path_of(page::PAYMENT))) };
    Ok(match rules::billing(&form, organisation) {
        Ok(_) => visit.see_other("/kassa"),
        Err(errors) => checkout::invoice_page(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, organisation, form, errors),
    })
}

/// The secret of the basket that the form showed: the open one, or the one that has just become an order, when its form is
/// sent again from an older window. Failing both, the open one, so that the difference can be said.
async fn basket_shown(app: &App, visit: &Visit, seen: Option<&Shown>) -> Result<Option<Secret>, AppError> {
    let open = visit.cookie(app, BASKET.name);
    let ordered = visit.cookie(app, RECEIPT.name);
    if let (Some(ordered), Some(seen)) = (&ordered, seen) {
        let basket = app.db.read(async |tx| store::basket(tx, &ordered.hash()).await).await?;
        if basket.is_some_and(|basket| basket.id == seen.basket) {
            return Ok(Some(ordered.clone()));
        }
    }
    Ok(open.or(ordered))
}

/// `POST /kassa/granska`: places the order. Pressed twice, it shows the same order.
pub async fn place(State(app): State<App>, visit: Visit, Posted(form): Posted) -> Result<Response, AppError> {
    app.limit(&ORDERS, visit.client).await?;
    let seen = checkout::unpack(&form);
    let Some(token) = basket_shown(&app, &visit, seen.as_ref()).await? else { return Ok(checkout::expired(&app, &visit)) };
    let agreed = form.checked(field::TERMS);
    let refusal = match (&seen, agreed) {
        (Some(seen), true) => match actions::place_order(&app, &token, seen, visit.lang, visit.who().map(|who| &who.account)).await? {
            Ok(placed) => {
                if placed.new {
                    app.bell.ring();
                }
                let mut response = visit.see_other(&format!("/kassa/klar/{}", order_number(placed.number)));
                set_cookie(&app, &mut response, &RECEIPT, Some(&token));
                // A basket that was filled since stays with its owner.
                if visit.cookie(&app, BASKET.name).is_none_or(|open| open == token) {
                    set_cookie(&app, &mut response, &BASKET, None);
                }
                return Ok(response);
            }
            Err(refusal) => refusal,
        },
        _ => Refusal::Incomplete,
    };
    let Some(reckoned) = basket::load(&app, &visit).await?.filter(|reckoned| !reckoned.lines.is_empty()) else {
        return Ok(checkout::expired(&app, &visit));
    };
    let changes = match refusal {
        Refusal::Changed(changes) => changes,
        Refusal::NoBasket => return Ok(checkout::expired(&app, &visit)),
        _ => Vec::new(),
    };
    if !reckoned.is_ready() {
        let says = basket::Says { status: StatusCode::UNPROCESSABLE_ENTITY, changes, ..basket::Says::default() };
        return Ok(basket::render(&app, &visit, Some(reckoned), says));
    }
    match actions::answers(&actions::raw_answers(&reckoned.basket)) {
        Ok(answers) => {
            let says = checkout::Says { terms_missing: !agreed, changes };
            checkout::review_page(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, reckoned, answers, says)
        }
        Err(unfinished) => Ok(visit.see_other(&checkout::path_of(unfinished))),
    }
}

/// `POST /bestallning/{link}`: keeps the order among one's own, or does so no longer.
pub async fn keep_order(
    State(app): State<App>,
    visit: Visit,
    Path(link): Path<String>,
    Posted(form): Posted,
) -> Result<Response, AppError> {
    let opened = order::open(&app, &visit, &link).await?;
    let Some(who) = visit.who() else { return Ok(visit.see_other("/logga-in")) };
    let keep = form.get("spara") == "ja";
    match actions::keep_order(&app, who, &opened.key, keep).await? {
        Ok(()) if keep => Ok(visit.see_other(&opened.path("?sparad=ja"))),
        // What was opened by the account opens no longer.
        Ok(()) => Ok(visit.see_other("/mina-sidor/bestallningar")),
        Err(_) => Ok(order::not_now(&app, &visit, &opened)),
    }
}

/// `POST /bestallning/{link}/andra`
pub async fn edit_order(
    State(app): State<App>,
    visit: Visit,
    Path(link): Path<String>,
    Posted(form): Posted,
) -> Result<Response, AppError> {
    let opened = order::open(&app, &visit, &link).await?;
    if !opened.may(Event::AddressChanged) {
        return Ok(order::not_now(&app, &visit, &opened));
    }
    let words = text::shop(visit.lang);
    let mut says = order::Says { status: StatusCode::UNPROCESSABLE_ENTITY, typed: Some(form.clone()), ..order::Says::default() };
    let change = if form.get("vad") == "antal" {
        let mut wishes = Vec::new();
        for line in opened.lines.iter().filter(|line| line.is_goods() && line.quantity > 0) {
            let name = format!("antal-{}", line.position);
            // Nought is allowed here: it takes the publication out.
            match Quantity::parse(form.get(&name)) {
                Err(QuantityError::Zero) => wishes.push((line.position, 0)),
                Ok(quantity) if quantity.get() <= line.quantity => wishes.push((line.position, quantity.get())),
                _ => says.quantity_errors.push((format!("#{name}"), (words.order.not_more)(&line.title, line.quantity))),
            }
        }
        OrderChange::Quantities(wishes)
    } else {
        match rules::delivery_address(&form) {
            Ok(address) => OrderChange::Address(address),
            Err(errors) => {
                says.errors = errors;
                return order::edit_page(&app, &visit, opened, says);
            }
        }
    };
    if !says.quantity_errors.is_empty() {
        return order::edit_page(&app, &visit, opened, says);
    }
    match actions::change_order(&app, &opened.key, version(&form), &change).await? {
        Ok(_) => {
            app.bell.ring();
            Ok(visit.see_other(&opened.path("?andrad=ja")))
        }
        Err(Refusal::Stale) => {
            says.stale = true;
            says.status = StatusCode::CONFLICT;
            order::edit_page(&app, &visit, order::open(&app, &visit, &link).await?, says)
        }
        Err(Refusal::NothingLeft) => {
            let first = opened.lines.iter().find(|line| line.is_goods()).map_or(1, |line| line.position);
            says.quantity_errors.push((format!("#antal-{first}"), words.order.nothing_left.to_owned()));
            order::edit_page(&app, &visit, opened, says)
        }
        Err(_) => Ok(order::not_now(&app, &visit, &opened)),
    }
}

/// `POST /bestallning/{link}/avbestall`
pub async fn cancel_order(State(app): State<App>, visit: Visit, Path(link): Path<String>) -> Result<Response, AppError> {
    end(&app, &visit, &link, OrderChange::Cancel, Event::Cancelled).await
}

/// `POST /bestallning/{link}/angra`: leads to the second step; nothing has happened yet.
pub async fn withdraw(State(app): State<App>, visit: Visit, Path(link): Path<String>) -> Result<Response, AppError> {
    let opened = order::open(&app, &visit, &link).await?;
    Ok(visit.see_other(&opened.path("/angra/bekrafta")))
}

/// `POST /bestallning/{link}/angra/bekrafta`
pub async fn confirm_withdrawal(State(app): State<App>, visit: Visit, Path(link): Path<String>) -> Result<Response, AppError> {
    end(&app, &visit, &link, OrderChange::Withdraw, Event::Withdrawn).await
}

/// Ends an order. Whichever version the buyer saw, the wish is the same, so the newest one is ended.
async fn end(app: &App, visit: &Visit, link: &str, change: OrderChange, event: Event) -> Result<Response, AppError> {
    let opened = order::open(app, visit, link).await?;
    // Pressed twice: what was asked for is done already.
    let done = opened.events.last().is_some_and(|last| last.kind == event.code());
    if !done && opened.may(event) {
        if actions::change_order(app, &opened.key, opened.order.version, &change).await?.is_err() {
            return Ok(order::not_now(app, visit, &opened));
        }
        app.bell.ring();
    } else if !done {
        return Ok(order::not_now(app, visit, &opened));
    }
    Ok(visit.see_other(&opened.path("?andrad=ja")))
}

fn version(form: &Form) -> i64 {
    form.get("version").parse().unwrap_or_default()
}
