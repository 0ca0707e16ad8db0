//! What the staff's tables have in common: which columns one sees, views that are saved and shared, and files that a job
//! writes. A table itself is declared by its area as a `web::sheets::Listing`; this area knows tables, not what is in them.
//!
//! `view` is what an area's list calls: [`view::shown`] for the columns and views of who is asking, [`view::Shown::table`] for
//! the table, [`view::Shown::bar`] for what one can do with it. `file` writes rows as CSV and XLSX. To add a table: its
//! `Listing` in the area, a line in `server::SHEETS`, and those calls in the area's list.

pub mod actions;
pub mod file;
pub mod model;
mod pages;
mod posts;
pub mod rules;
pub mod store;
mod tie;
pub mod view;

use crate::web::{ALL_STAFF, Routes};

pub use tie::Views;

/// Which tables one sees is each table's to say: the handlers look (`actions::sheet_for`).
pub fn routes(routes: Routes) -> Routes {
    routes
        .get(ALL_STAFF, "/handlaggare/tabeller/{sheet}/kolumner", pages::columns)
        .post(ALL_STAFF, "/handlaggare/tabeller/{sheet}/kolumner", posts::columns)
        .get(ALL_STAFF, "/handlaggare/tabeller/{sheet}/ny-vy", pages::new_view)
        .post(ALL_STAFF, "/handlaggare/tabeller/{sheet}/ny-vy", posts::new_view)
        .get(ALL_STAFF, "/handlaggare/vyer/{view}", pages::one_view)
        .post(ALL_STAFF, "/handlaggare/vyer/{view}", posts::one_view)
        .get(ALL_STAFF, "/handlaggare/vyer/{view}/ta-bort", pages::remove_view)
        .post(ALL_STAFF, "/handlaggare/vyer/{view}/ta-bort", posts::remove_view)
        .get(ALL_STAFF, "/handlaggare/tabeller/{sheet}/exportera", pages::new_export)
        .post(ALL_STAFF, "/handlaggare/tabeller/{sheet}/exportera", posts::new_export)
        .get(ALL_STAFF, "/handlaggare/exporter", pages::exports)
        .get(ALL_STAFF, "/handlaggare/exporter/{export}", pages::one_export)
        .post(ALL_STAFF, "/handlaggare/exporter/{export}", posts::again)
        .get(ALL_STAFF, "/handlaggare/exporter/{export}/fil", pages::file)
}
