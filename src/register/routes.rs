//! The routes of the register and who may use them.

use super::{pages, posts};
use crate::kit::StaffRole;
use crate::web::{Access, Routes};

/// Who sees the register as staff.
pub const READERS: &[StaffRole] = &[StaffRole::Registrar, StaffRole::Officer, StaffRole::Administrator];
/// Who keeps it, and handles requests.
const KEEPERS: &[StaffRole] = &[StaffRole::Registrar];
const READ: Access = Access::Staff(READERS);
const KEEP: Access = Access::Staff(KEEPERS);
/// For what goes out of the house, or is shown to everybody.
const KEEP_NOW: Access = Access::StaffFresh(KEEPERS);

pub fn routes(routes: Routes) -> Routes {
    routes
        .get(Access::Anyone, "/diarium", pages::search::show)
        .get(Access::Anyone, "/diarium.csv", pages::search::csv)
        .get(Access::Anyone, "/diarium/begar", pages::ask::anything)
        .post(Access::Anyone, "/diarium/begar", posts::ask::anything)
        .get(Access::Anyone, "/diarium/{number}", pages::case::show)
        .get(Access::Anyone, "/diarium/{number}/begar", pages::ask::of_case)
        .post(Access::Anyone, "/diarium/{number}/begar", posts::ask::of_case)
        .get(Access::MailLink, "/diarium/begaran/{token}", pages::request::show)
        .post(Access::MailLink, "/diarium/begaran/{token}", posts::request::decision)
        .get(Access::MailLink, "/diarium/begaran/{token}/aterkalla", pages::request::withdraw)
        .post(Access::MailLink, "/diarium/begaran/{token}/aterkalla", posts::request::withdraw)
        .get(Access::MailLink, "/diarium/begaran/{token}/fil/{file}", pages::request::file)
        .get(READ, "/handlaggare/diarium", pages::staff::documents::list)
        .get(KEEP, "/handlaggare/diarium/registrera", pages::staff::forms::new)
        .upload(KEEP, "/handlaggare/diarium/registrera", posts::staff::register)
        .get(READ, "/handlaggare/diarium/handling/{document}", pages::staff::documents::one)
        .post(READ, "/handlaggare/diarium/handling/{document}", posts::staff::read)
        .get(READ, "/handlaggare/diarium/handling/{document}/fil/{file}", pages::staff::documents::file)
        .get(KEEP, "/handlaggare/diarium/handling/{document}/ratta", pages::staff::forms::correct)
        .post(KEEP, "/handlaggare/diarium/handling/{document}/ratta", posts::staff::correct)
        .get(KEEP_NOW, "/handlaggare/diarium/handling/{document}/sekretess", pages::staff::forms::secrecy)
        .post(KEEP_NOW, "/handlaggare/diarium/handling/{document}/sekretess", posts::staff::secrecy)
        .get(READ, "/handlaggare/diarium/begaranden", pages::staff::requests::list)
        .get(READ, "/handlaggare/diarium/begaranden/{disclosure}", pages::staff::requests::one)
        .post(KEEP, "/handlaggare/diarium/begaranden/{disclosure}", posts::staff::note)
        .upload(KEEP, "/handlaggare/diarium/begaranden/{disclosure}/filer", posts::staff::prepare)
        .get(KEEP_NOW, "/handlaggare/diarium/begaranden/{disclosure}/svara", pages::staff::requests::answer)
        .post(KEEP_NOW, "/handlaggare/diarium/begaranden/{disclosure}/svara", posts::staff::answer)
}
