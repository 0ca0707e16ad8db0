//! The shop's routes and who may use them, and the count beside the basket's link.

use std::sync::atomic::Ordering;

use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;

use super::{pages, posts, store};
use crate::kit::StaffRole::{self, Administrator, Economist, Editor, Warehouse};
use crate::web::cookies::BASKET;
use crate::web::{Access, App, Routes, Visit};

/// Who sees the back room; the administrator looks only.
const SEES: Access = Access::Staff(&[Warehouse, Economist, Administrator]);
/// Who packs, sends, takes back and counts.
pub const PACKERS: &[StaffRole] = &[Warehouse];
const PACKS: Access = Access::Staff(PACKERS);
/// Who writes about orders.
pub const WRITERS: &[StaffRole] = &[Warehouse, Economist];
const WRITES: Access = Access::Staff(WRITERS);
/// Who says what it costs to send copies.
const PRICES: Access = Access::Staff(&[Economist, Administrator]);

/// Who sees the stock: the editors too, who have books printed.
const SHELVES: Access = Access::Staff(&[Warehouse, Economist, Editor, Administrator]);
/// Who keeps the templates of letters.
const EDITS: Access = Access::Staff(&[Editor, Administrator]);
/// Who sees what was sold, and takes it home.
const REPORTS: Access = Access::Staff(&[Warehouse, Economist, Editor, Administrator]);

pub fn routes(routes: Routes) -> Routes {
    routes
        .get(Access::BasketHolder, "/kundkorg", pages::basket::show)
        .post(Access::BasketHolder, "/kundkorg", posts::basket)
        .get(Access::BasketHolder, "/kassa", pages::checkout::start)
        .get(Access::BasketHolder, "/kassa/leverans", pages::checkout::delivery)
        .post(Access::BasketHolder, "/kassa/leverans", posts::delivery)
        .get(Access::BasketHolder, "/kassa/betalning", pages::checkout::payment)
        .post(Access::BasketHolder, "/kassa/betalning", posts::payment)
        .get(Access::BasketHolder, "/kassa/faktura", pages::checkout::invoice)
        .post(Access::BasketHolder, "/kassa/faktura", posts::invoice)
        .get(Access::BasketHolder, "/kassa/granska", pages::checkout::review)
        .post(Access::BasketHolder, "/kassa/granska", posts::place)
        .get(Access::BasketHolder, "/kassa/klar/{number}", pages::checkout::done)
        .get(Access::SignedIn, "/mina-sidor/bestallningar", pages::mine::list)
        .get(Access::OrderLink, "/bestallning/{link}", pages::order::show)
        .post(Access::OrderLink, "/bestallning/{link}", posts::keep_order)
        .get(Access::OrderLink, "/bestallning/{link}/andra", pages::order::edit)
        .post(Access::OrderLink, "/bestallning/{link}/andra", posts::edit_order)
        .get(Access::OrderLink, "/bestallning/{link}/avbestall", pages::order::cancel)
        .post(Access::OrderLink, "/bestallning/{link}/avbestall", posts::cancel_order)
        .get(Access::OrderLink, "/bestallning/{link}/angra", pages::order::withdraw)
        .post(Access::OrderLink, "/bestallning/{link}/angra", posts::withdraw)
        .get(Access::OrderLink, "/bestallning/{link}/angra/bekrafta", pages::order::confirm_withdrawal)
        .post(Access::OrderLink, "/bestallning/{link}/angra/bekrafta", posts::confirm_withdrawal)
        .get(SEES, "/handlaggare/bestallningar", pages::staff::orders::show)
        .get(SEES, "/handlaggare/bestallningar/plocklista", pages::staff::print::picking)
        .get(SEES, "/handlaggare/bestallningar/plocklista.pdf", pages::staff::print::picking_pdf)
        .get(SEES, "/handlaggare/bestallningar/{number}", pages::staff::order::show)
        .get(SEES, "/handlaggare/bestallningar/{number}/foljesedel", pages::staff::print::slip)
        .get(SEES, "/handlaggare/bestallningar/{number}/foljesedel.pdf", pages::staff::print::slip_pdf)
        .post(WRITES, "/handlaggare/bestallningar/{number}", posts::staff::note)
        .get(PACKS, "/handlaggare/bestallningar/{number}/packa", pages::staff::change::pack)
        .post(PACKS, "/handlaggare/bestallningar/{number}/packa", posts::staff::pack)
        .get(PACKS, "/handlaggare/bestallningar/{number}/skicka", pages::staff::change::send)
        .post(PACKS, "/handlaggare/bestallningar/{number}/skicka", posts::staff::send)
        .get(PACKS, "/handlaggare/bestallningar/{number}/levererad", pages::staff::change::deliver)
        .post(PACKS, "/handlaggare/bestallningar/{number}/levererad", posts::staff::deliver)
        .get(PACKS, "/handlaggare/bestallningar/{number}/retur", pages::staff::change::take_back)
        .post(PACKS, "/handlaggare/bestallningar/{number}/retur", posts::staff::take_back)
        .get(PACKS, "/handlaggare/bestallningar/{number}/rest", pages::staff::change::give_up)
        .post(PACKS, "/handlaggare/bestallningar/{number}/rest", posts::staff::give_up)
        .get(PACKS, "/handlaggare/bestallningar/{number}/annullera", pages::staff::change::cancel)
        .post(PACKS, "/handlaggare/bestallningar/{number}/annullera", posts::staff::cancel)
        .get(PRICES, "/handlaggare/frakt", pages::staff::freight::show)
        .post(PRICES, "/handlaggare/frakt", posts::freight::change)
        .get(WRITES, "/handlaggare/bestallningar/{number}/brev", pages::staff::letter::show)
        .post(WRITES, "/handlaggare/bestallningar/{number}/brev", posts::letters::write)
        .get(EDITS, "/handlaggare/mallar", pages::staff::templates::list)
        .get(EDITS, "/handlaggare/mallar/ny", pages::staff::templates::new)
        .post(EDITS, "/handlaggare/mallar/ny", posts::letters::new_template)
        .get(EDITS, "/handlaggare/mallar/{template}", pages::staff::templates::show)
        .post(EDITS, "/handlaggare/mallar/{template}", posts::letters::template)
        .get(REPORTS, "/handlaggare/statistik/forsaljning", pages::staff::sales::show)
        .post(REPORTS, "/handlaggare/statistik/forsaljning", posts::staff::export_sales)
        .get(SHELVES, "/handlaggare/lager", pages::staff::stock::list)
        .get(SHELVES, "/handlaggare/lager/{edition}", pages::staff::stock::show)
        .post(PACKS, "/handlaggare/lager/{edition}", posts::staff::stock)
}

/// Pages that begin by reading the basket ([`pages::basket::load`]), which gives the count too.
const WITH_BASKET: [&str; 6] = ["/kundkorg", "/kassa", "/kassa/leverans", "/kassa/betalning", "/kassa/faktura", "/kassa/granska"];

/// Counts the copies in the visitor's basket for the navigation. Visitors without a basket cost nothing.
pub async fn badge(State(app): State<App>, request: Request, next: Next) -> Response {
    let token = request.extensions().get::<Visit>().and_then(|visit| visit.cookie(&app, BASKET.name));
    let path = request.uri().path();
    // A form sent to the same address is not left out: it may be refused before the basket is read.
    let reads_itself = request.method() == Method::GET && WITH_BASKET.contains(&path);
    if let Some(token) = token.filter(|_| !reads_itself && !path.starts_with("/assets/")) {
        let count = app.db.read(async |tx| store::basket_count(tx, &token.hash()).await).await;
        if let (Ok(count), Some(visit)) = (count, request.extensions().get::<Visit>()) {
            visit.basket_count.store(count, Ordering::Relaxed);
        }
    }
    next.run(request).await
}
