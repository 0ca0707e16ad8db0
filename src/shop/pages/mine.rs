//! The orders that someone keeps among their own.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use crate::kit::civil;
use crate::platform::db::StoreError;
use crate::shop::model::order_number;
use crate::shop::store::own::{self, OwnOrder};
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

/// How many orders a page has.
const PAGE: i64 = 20;

/// `GET /mina-sidor/bestallningar`
pub async fn list(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    let who = visit.signed_in()?;
    let page = visit.asked("sida").parse::<i64>().unwrap_or(1).clamp(1, 100_000);
    let (count, orders) = app
        .db
        .read(async |tx| {
            let count = own::count(tx, &who.account).await?;
            Ok::<_, StoreError>((count, own::list(tx, &who.account, PAGE, (page - 1) * PAGE).await?))
        })
        .await?;
    let words = &text::shop(visit.lang).own;
    let rows = orders.iter().map(|order| row(&visit, order)).collect::<Result<Vec<_>, StoreError>>()?;
    let trail = vec![(visit.href("/mina-sidor"), text::people(visit.lang).mine.title.to_owned())];
    let head = Head { private: true, trail, ..Head::new(words.title) };
    let pages = usize::try_from((count + PAGE - 1) / PAGE).unwrap_or(1).max(1);
    let current = usize::try_from(page).unwrap_or(1);
    Ok(visit.page(&app, StatusCode::OK, head, || {
        let path = visit.href("/mina-sidor/bestallningar");
        let links = PageLinks::numbered(current, pages, |page| format!("{path}?sida={page}"));
        let several = pages != 1;
        let columns: Vec<Cell> = [words.number, words.placed, words.status].map(Cell::new).into();
        let columns: Vec<Cell> = columns.into_iter().chain([Cell::new(words.sum).numeric()]).collect();
        let table = if rows.is_empty() {
            view! { <p class="govuk-body app-measure">{words.none}</p> }.into_any()
        } else {
            view! {
                <Table caption=words.caption caption_classes="govuk-visually-hidden" classes="app-reflow" head=columns rows=rows first_cell_is_header=true />
            }
            .into_any()
        };
        view! {
            <h1 class="govuk-heading-l">{words.title}</h1>
            {table}
            {several.then(|| view! { <Pagination links=links /> })}
            <p class="govuk-body app-measure">{words.claim}</p>
        }
    }))
}

fn row(visit: &Visit, order: &OwnOrder) -> Result<Vec<Cell>, StoreError> {
    let shop = text::shop(visit.lang);
    let number = order_number(order.number);
    let link = view! {
        <a class="govuk-link" href=visit.href(&format!("/bestallning/{number}"))>
            {number.clone()}
        </a>
    };
    let status = (shop.headline)(order.state()?.headline());
    let cell = |label: &'static str, text: String| Cell::new(text).attributes([("data-label", label)]);
    Ok(vec![
        Cell::new(link.into_any()),
        cell(shop.own.placed, civil::clock_text(order.placed_at, visit.lang)),
        cell(shop.own.status, status.to_owned()),
        cell(shop.own.sum, order.gross.text(visit.lang)).numeric(),
    ])
}
