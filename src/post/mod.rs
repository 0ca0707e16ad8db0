//! Mail that the portal has written. The rows are the platform's outbox.
//!
//! `pages`: to be read by anybody in demonstration mode, since whoever tries the portal has no mailbox that it could write
//! to; outside demonstration mode there is no such page. `staff`: what waits, what was sent and what could not be, for
//! those who look after the portal, without what the mails say.

mod pages;
mod staff;

use crate::kit::StaffRole;
use crate::web::{Access, Routes};

/// Who looks after the mail.
const KEEPERS: &[StaffRole] = &[StaffRole::Administrator];
const KEEP: Access = Access::Staff(KEEPERS);

pub use staff::SHEET as MAILS;

pub fn routes(routes: Routes) -> Routes {
    routes
        .get(Access::Anyone, "/demo/post", pages::list)
        .get(Access::Anyone, "/demo/post/{id}", pages::letter)
        .get(KEEP, "/handlaggare/utskick", staff::list)
        .post(KEEP, "/handlaggare/utskick", staff::all_again)
        .get(KEEP, "/handlaggare/utskick/{id}", staff::one)
        .post(KEEP, "/handlaggare/utskick/{id}", staff::again)
}
