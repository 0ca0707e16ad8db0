//! The log of the staff's house: what stands in the audit chain, and whether the chain is whole. The chain itself is
//! `platform::audit`; whoever adds a kind of event gives it a name in `text::staff`.
//!
//! `disposal` is the other page of records: what is deleted when, and what was. Its rules are `platform::retention`.

pub mod actions;
mod disposal;
mod pages;

use crate::kit::StaffRole;
use crate::web::{Access, Routes};

/// Who reads the log.
const READERS: &[StaffRole] = &[StaffRole::Administrator];
const READ: Access = Access::Staff(READERS);

pub use pages::SHEET as EVENTS;

/// Who sees what is disposed of.
const ARCHIVISTS: Access = Access::Staff(&[StaffRole::Archivist, StaffRole::Administrator]);

pub fn routes(routes: Routes) -> Routes {
    routes
        .get(READ, "/handlaggare/logg", pages::list)
        .post(READ, "/handlaggare/logg", pages::verify)
        .get(ARCHIVISTS, disposal::PATH, disposal::show)
        .post(ARCHIVISTS, disposal::PATH, disposal::count)
}
