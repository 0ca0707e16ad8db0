//! What the warehouse prints on A4: the list of everything to pick, and the slip that goes in a parcel.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::order::{self, Opened};
use super::{LANG, cell, figure, head, trail};
use crate::kit::civil;
use crate::platform::db::StoreError;
use crate::shop::model::order_number;
use crate::shop::pages::address_view;
use crate::shop::store::OrderLine;
use crate::shop::store::dispatch::{self, MOST_PICKED, ToPick};
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

/// All copies of one title that are to be picked.
struct Picked {
    title: String,
    isbn: String,
    copies: i64,
    /// Order's number and copies.
    orders: Vec<(i64, i64)>,
}

/// The rows by title, in the order of the titles.
fn by_title(rows: &[ToPick]) -> Vec<Picked> {
    let mut titles: Vec<Picked> = Vec::new();
    for row in rows {
        let isbn = row.isbn.map(|isbn| isbn.to_string()).unwrap_or_default();
        match titles.iter_mut().find(|title| title.title == row.title && title.isbn == isbn) {
            Some(title) => {
                title.copies += row.copies;
                title.orders.push((row.number, row.copies));
            }
            None => titles.push(Picked { title: row.title.clone(), isbn, copies: row.copies, orders: vec![(row.number, row.copies)] }),
        }
    }
    titles.sort_by_cached_key(|title| crate::kit::swedish::sort_key(&title.title));
    titles
}

/// A button that prints; it shows itself only where there is script.
fn print_button() -> AnyView {
    view! {
        <button type="button" class="govuk-button govuk-button--secondary app-screen-only" data-print="" hidden=true>
            {text::staff().stock.print.print}
        </button>
    }
    .into_any()
}

/// `GET /handlaggare/bestallningar/plocklista`
pub async fn picking(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    let rows = app.db.read(async |tx| Ok::<_, StoreError>(dispatch::to_pick(tx).await?)).await?;
    let words = &text::staff().stock.print;
    let now = app.now();
    let head = Head { trail: trail(), ..head(words.picking) };
    Ok(visit.page(&app, StatusCode::OK, head, move || {
        let mut orders: Vec<i64> = rows.iter().map(|row| row.number).collect();
        orders.sort_unstable();
        orders.dedup();
        let copies = rows.iter().map(|row| row.copies).sum();
        let full = i64::try_from(rows.len()).unwrap_or_default() == MOST_PICKED;
        let basket = &text::shop(LANG).basket;
        let columns = vec![Cell::new(basket.publication), Cell::new(basket.isbn), Cell::new(words.pick).numeric(), Cell::new(words.orders)];
        let table: Vec<Vec<Cell>> = by_title(&rows)
            .into_iter()
            .map(|title| {
                let orders: Vec<String> =
                    title.orders.iter().map(|(number, copies)| format!("{} ({copies}\u{a0}ex.)", order_number(*number))).collect();
                vec![
                    Cell::new(title.title),
                    cell(basket.isbn, title.isbn).classes("app-nowrap"),
                    figure(words.pick, title.copies.to_string()),
                    cell(words.orders, orders.join(", ")),
                ]
            })
            .collect();
        let body = if table.is_empty() {
            view! { <p class="govuk-body">{words.picking_none}</p> }.into_any()
        } else {
            view! {
                <p class="govuk-body">{(words.picking_lead)(orders.len(), copies)} " " {civil::clock_text(now, LANG)}</p>
                {full.then(|| view! { <p class="govuk-body">{(words.picking_most)(MOST_PICKED)}</p> })}
                {print_button()}
                <Table
                    caption=words.picking
                    caption_classes="govuk-visually-hidden"
                    classes="app-reflow"
                    head=columns
                    rows=table
                    first_cell_is_header=true
                />
            }
            .into_any()
        };
        view! {
            <h1 class="govuk-heading-l">{words.picking}</h1>
            {body}
        }
    }))
}

/// `GET /handlaggare/bestallningar/{number}/foljesedel`: of a parcel that has gone (`?paket=1`), or of what lies here.
pub async fn slip(State(app): State<App>, visit: Visit, Path(number): Path<String>) -> Result<Response, AppError> {
    let opened = order::open(&app, &number).await?;
    let asked = visit.asked("paket");
    let parcel = if asked.is_empty() {
        None
    } else {
        let found = opened.parcels.iter().find(|parcel| parcel.number.to_string() == asked).cloned();
        Some(found.ok_or(AppError::NotFound)?)
    };
    let words = &text::staff().stock.print;
    let title = parcel.as_ref().map_or_else(|| words.slip.to_owned(), |parcel| (words.slip_of)(parcel.number));
    let way = trail().into_iter().chain([(opened.path(), (text::shop(LANG).order.title)(&opened.number()))]).collect();
    let head = Head { trail: way, ..head(format!("{title} – {}", opened.number())) };
    let address = opened.order.delivery()?;
    Ok(visit.page(&app, StatusCode::OK, head, move || {
        let shop = text::shop(LANG);
        let lines: Vec<(i64, i64)> = match &parcel {
            Some(parcel) => parcel.lines.clone(),
            None => here(&opened),
        };
        let mut rows = vec![SummaryRow::new(words.order, opened.number()), SummaryRow::new(words.to, address_view(&address, LANG))];
        rows.extend(opened.order.reference.clone().map(|reference| SummaryRow::new(words.reference, reference)));
        if let Some(parcel) = &parcel {
            rows.push(SummaryRow::new(words.sent, civil::clock_text(parcel.sent_at, LANG)));
            if !parcel.tracking.is_empty() {
                rows.push(SummaryRow::new(shop.mail.tracking, parcel.tracking.clone()));
            }
        }
        let columns = vec![Cell::new(shop.basket.publication), Cell::new(shop.basket.isbn), Cell::new(shop.basket.quantity).numeric()];
        let table: Vec<Vec<Cell>> = lines
            .into_iter()
            .filter_map(|(position, copies)| {
                let line = opened.lines.iter().find(|line| line.position == position)?;
                let isbn = line.isbn.map(|isbn| isbn.to_string()).unwrap_or_default();
                Some(vec![
                    Cell::new(line.title.clone()),
                    cell(shop.basket.isbn, isbn).classes("app-nowrap"),
                    figure(shop.basket.quantity, copies.to_string()),
                ])
            })
            .collect();
        view! {
            <h1 class="govuk-heading-l">{title}</h1>
            {print_button()}
            <SummaryList rows=rows />
            <Table
                caption=shop.order.content
                caption_classes="govuk-visually-hidden"
                classes="app-reflow"
                head=columns
                rows=table
                first_cell_is_header=true
            />
            <p class="govuk-body app-measure">{words.slip_return}</p>
            <p class="govuk-body">{shop.order.seller_text}</p>
        }
    }))
}

/// What lies here for the order.
fn here(opened: &Opened) -> Vec<(i64, i64)> {
    let lies_here = |line: &&OrderLine| opened.state.is_in_house() && line.is_goods() && line.here() > 0;
    opened.lines.iter().filter(lies_here).map(|line| (line.position, line.here())).collect()
}
