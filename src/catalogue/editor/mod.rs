//! Where editors write and publish: works and editions as drafts, review by another, a time to publish at, history.
//!
//! A draft is a row as an import has it, raw (`record`), asked for in forms (`fields`), judged by the rules of imports
//! (`judge`) and published by what writes an import, so that there is one rule for each field and one way to readers.
//! `attached` files and the cover in such a row · `store` the SQL · `actions` what editors do · `words` parts and problems in words · `pages` and `posts` ·
//! `demo` what lies on the desk in the demonstration.

pub mod actions;
pub mod attached;
pub mod demo;
mod fields;
mod judge;
mod pages;
mod posts;
pub mod record;
pub mod store;
mod words;

pub use pages::list::{PATH as LIST, SHEET};
pub use words::path_of;

use crate::kit::StaffRole;
use crate::web::{Access, Routes};

/// Who reads what is written about publications.
const READERS: &[StaffRole] = &[StaffRole::Editor, StaffRole::Administrator];

/// Who changes publications.
const WRITERS: &[StaffRole] = &[StaffRole::Editor];

pub fn routes(routes: Routes) -> Routes {
    const READ: Access = Access::Staff(READERS);
    const WRITE: Access = Access::Staff(WRITERS);
    routes
        .get(READ, "/handlaggare/publikationer", pages::list::show)
        .get(WRITE, "/handlaggare/publikationer/ny", pages::one::begin)
        .post(WRITE, "/handlaggare/publikationer/ny", posts::begin)
        .get(READ, "/handlaggare/publikationer/{work}", pages::one::show)
        .post(WRITE, "/handlaggare/publikationer/{work}", posts::step)
        .get(WRITE, "/handlaggare/publikationer/{work}/utgavor", pages::editions::list)
        .get(WRITE, "/handlaggare/publikationer/{work}/utgavor/{edition}", pages::editions::one)
        .post(WRITE, "/handlaggare/publikationer/{work}/utgavor/{edition}", posts::edition)
        .get(READ, "/handlaggare/publikationer/{work}/granska", pages::review::show)
        .post(WRITE, "/handlaggare/publikationer/{work}/granska", posts::review)
        .get(WRITE, "/handlaggare/publikationer/{work}/schemalagg", pages::plan::schedule)
        .post(WRITE, "/handlaggare/publikationer/{work}/schemalagg", posts::schedule)
        .get(WRITE, "/handlaggare/publikationer/{work}/avpublicera", pages::plan::withdraw)
        .post(WRITE, "/handlaggare/publikationer/{work}/avpublicera", posts::withdraw)
        .get(WRITE, "/handlaggare/publikationer/{work}/sammanfoga", pages::moved::show)
        .post(WRITE, "/handlaggare/publikationer/{work}/sammanfoga", posts::bring_in)
        .get(READ, "/handlaggare/publikationer/{work}/historik", pages::history::list)
        .get(READ, "/handlaggare/publikationer/{work}/historik/jamfor", pages::history::compare)
        .post(WRITE, "/handlaggare/publikationer/{work}/historik/jamfor", posts::restore)
        .get(WRITE, "/handlaggare/publikationer/{work}/{topic}", pages::topic::show)
        .post(WRITE, "/handlaggare/publikationer/{work}/{topic}", posts::topic)
}
