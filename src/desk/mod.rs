//! The desk: where the staff's day begins. It knows every area, and holds nothing of its own: what is to be done is counted by
//! the areas' stores, each in one statement and no further than can be read.
//!
//! To add something to do: a count in the area's store, a line in [`queue`], its sentence in `text::staff().queue`. To make something findable: a
//! group in [`search`], asked only of those whose roles see the list that it leads to.

mod queue;
mod search;

use crate::ui::page::STAFF_SEARCH;
use crate::web::{ALL_STAFF, Routes};

pub fn routes(routes: Routes) -> Routes {
    routes.get(ALL_STAFF, "/handlaggare", queue::show).get(ALL_STAFF, STAFF_SEARCH, search::show)
}
