//! What the warehouse prints on A4: the list of everything to pick, and the slip that goes in a parcel.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::order::{self, Opened};
use super::{LANG, cell, figure, head, trail};
use crate::kit::civil;
use crate::platform::db::StoreError;
use crate::platform::pdf::{Column, Sheet};
use crate::shop::letters::address_lines;
use crate::shop::model::order_number;
use crate::shop::pages::address_view;
use crate::shop::store::OrderLine;
use crate::shop::store::dispatch::{self, MOST_PICKED, Parcel, ToPick};
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

/// The list of what to pick as a file.
const PICKING_PDF: &str = "/handlaggare/bestallningar/plocklista.pdf";

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
                {as_pdf(PICKING_PDF.to_owned())}
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
    let parcel = asked_parcel(&visit, &opened)?;
    let words = &text::staff().stock.print;
    let title = slip_title(parcel.as_ref());
    let query = parcel.as_ref().map(|parcel| format!("?paket={}", parcel.number)).unwrap_or_default();
    let pdf = format!("{}/foljesedel.pdf{query}", opened.path());
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
            {as_pdf(pdf)}
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

/// A link to the same as a file.
fn as_pdf(address: String) -> AnyView {
    view! {
        <p class="govuk-body app-screen-only">
            <a class="govuk-link" href=address>
                {text::staff().stock.print.pdf}
            </a>
        </p>
    }
    .into_any()
}

/// The parcel that the address asks for, if it asks for one.
fn asked_parcel(visit: &Visit, opened: &Opened) -> Result<Option<Parcel>, AppError> {
    let asked = visit.asked("paket");
    if asked.is_empty() {
        return Ok(None);
    }
    let found = opened.parcels.iter().find(|parcel| parcel.number.to_string() == asked).cloned();
    found.map(Some).ok_or(AppError::NotFound)
}

fn slip_title(parcel: Option<&Parcel>) -> String {
    let words = &text::staff().stock.print;
    parcel.map_or_else(|| words.slip.to_owned(), |parcel| (words.slip_of)(parcel.number))
}

/// Lays a sheet out beside the threads that answer, and answers with it; kept in no cache.
async fn file(name: String, sheet: Sheet) -> Result<Response, AppError> {
    let laid_out = tokio::task::spawn_blocking(move || sheet.pdf()).await;
    let bytes = laid_out.map_err(|error| AppError::internal(error.to_string()))?.map_err(|error| AppError::internal(error.to_string()))?;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, format!("inline; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((StatusCode::OK, headers, Body::from(bytes)).into_response())
}

/// `GET /handlaggare/bestallningar/plocklista.pdf`
pub async fn picking_pdf(State(app): State<App>) -> Result<Response, AppError> {
    let rows = app.db.read(async |tx| Ok::<_, StoreError>(dispatch::to_pick(tx).await?)).await?;
    let words = &text::staff().stock.print;
    let basket = &text::shop(LANG).basket;
    let mut orders: Vec<i64> = rows.iter().map(|row| row.number).collect();
    orders.sort_unstable();
    orders.dedup();
    let copies = rows.iter().map(|row| row.copies).sum();
    let lead = if rows.is_empty() { words.picking_none.to_owned() } else { (words.picking_lead)(orders.len(), copies) };
    let columns = vec![
        Column::new(basket.publication).wide(),
        Column::new(basket.isbn),
        Column::new(words.pick).numeric(),
        Column::new(words.orders).wide(),
    ];
    let table = by_title(&rows).into_iter().map(|title| {
        let orders: Vec<String> =
            title.orders.iter().map(|(number, copies)| format!("{} ({copies}\u{a0}ex.)", order_number(*number))).collect();
        vec![title.title, title.isbn, title.copies.to_string(), orders.join(", ")]
    });
    let sheet = Sheet {
        lang: LANG.code(),
        title: words.picking.to_owned(),
        facts: vec![(words.printed.to_owned(), civil::clock_text(app.now(), LANG))],
        columns,
        rows: table.collect(),
        lines: vec![lead],
        page: words.page,
    };
    file("plocklista.pdf".to_owned(), sheet).await
}

/// `GET /handlaggare/bestallningar/{number}/foljesedel.pdf`, as [`slip`].
pub async fn slip_pdf(State(app): State<App>, visit: Visit, Path(number): Path<String>) -> Result<Response, AppError> {
    let opened = order::open(&app, &number).await?;
    let parcel = asked_parcel(&visit, &opened)?;
    let words = &text::staff().stock.print;
    let shop = text::shop(LANG);
    let address = address_lines(&opened.order.delivery()?, LANG).join("\n");
    let mut facts = vec![(words.order.to_owned(), opened.number()), (words.to.to_owned(), address)];
    facts.extend(opened.order.reference.clone().map(|reference| (words.reference.to_owned(), reference)));
    if let Some(parcel) = &parcel {
        facts.push((words.sent.to_owned(), civil::clock_text(parcel.sent_at, LANG)));
        if !parcel.tracking.is_empty() {
            facts.push((shop.mail.tracking.to_owned(), parcel.tracking.clone()));
        }
    }
    let lines = parcel.as_ref().map_or_else(|| here(&opened), |parcel| parcel.lines.clone());
    let rows = lines.into_iter().filter_map(|(position, copies)| {
        let line = opened.lines.iter().find(|line| line.position == position)?;
        let isbn = line.isbn.map(|isbn| isbn.to_string()).unwrap_or_default();
        Some(vec![line.title.clone(), isbn, copies.to_string()])
    });
    let sheet = Sheet {
        lang: LANG.code(),
        title: format!("{} – {}", slip_title(parcel.as_ref()), opened.number()),
        facts,
        columns: vec![
            Column::new(shop.basket.publication).wide(),
            Column::new(shop.basket.isbn),
            Column::new(shop.basket.quantity).numeric(),
        ],
        rows: rows.collect(),
        lines: vec![words.slip_return.to_owned(), shop.order.seller_text.to_owned()],
        page: words.page,
    };
    let part = parcel.map(|parcel| format!("-{}", parcel.number)).unwrap_or_default();
    file(format!("foljesedel-{}{part}.pdf", opened.number()), sheet).await
}

/// What lies here for the order.
fn here(opened: &Opened) -> Vec<(i64, i64)> {
    let lies_here = |line: &&OrderLine| opened.state.is_in_house() && line.is_goods() && line.here() > 0;
    opened.lines.iter().filter(lies_here).map(|line| (line.position, line.here())).collect()
}
