//! The routes of organisations and who may use them. Those with `{organisation}` that are not the staff's let in whoever is
//! signed in; their handlers take an extractor of [`member`](super::member), which lets through only those who belong.

use super::{pages, posts};
use crate::kit::StaffRole;
use crate::web::{Access, Routes};

/// Who looks after organisations.
pub const KEEPERS: &[StaffRole] = &[StaffRole::Registrar, StaffRole::Officer, StaffRole::Administrator];
const KEEP: Access = Access::Staff(KEEPERS);
/// For what cannot be undone, or shuts people out.
const KEEPERS_NOW: Access = Access::StaffFresh(KEEPERS);

pub fn routes(routes: Routes) -> Routes {
    routes
        .get(Access::SignedIn, "/mina-sidor/organisationer", pages::one::mine)
        .post(Access::SignedIn, "/mina-sidor/organisationer", posts::one::mine)
        .get(Access::SignedIn, "/organisation/ny", pages::join::number)
        .post(Access::SignedIn, "/organisation/ny", posts::join::number)
        .get(Access::SignedIn, "/organisation/ny/uppgifter", pages::join::facts)
        .post(Access::SignedIn, "/organisation/ny/uppgifter", posts::join::facts)
        .get(Access::SignedIn, "/organisation/ny/ga-med", pages::join::join)
        .post(Access::SignedIn, "/organisation/ny/ga-med", posts::join::join)
        .get(Access::SignedIn, "/inbjudan/{token}", pages::join::invited)
        .post(Access::SignedIn, "/inbjudan/{token}", posts::join::invited)
        .get(Access::SignedIn, "/organisation/{organisation}", pages::one::show)
        .get(Access::SignedIn, "/organisation/{organisation}/uppgifter", pages::one::edit)
        .post(Access::SignedIn, "/organisation/{organisation}/uppgifter", posts::one::edit)
        .get(Access::SignedIn, "/organisation/{organisation}/personer", pages::members::list)
        .post(Access::SignedIn, "/organisation/{organisation}/personer", posts::members::list)
        .get(Access::SignedIn, "/organisation/{organisation}/personer/{membership}", pages::members::one)
        .post(Access::SignedIn, "/organisation/{organisation}/personer/{membership}", posts::members::one)
        .get(Access::SignedIn, "/organisation/{organisation}/personer/forfragan/{request}", pages::members::request)
        .post(Access::SignedIn, "/organisation/{organisation}/personer/forfragan/{request}", posts::members::request)
        .get(Access::SignedIn, "/organisation/{organisation}/lamna", pages::one::leave)
        .post(Access::SignedIn, "/organisation/{organisation}/lamna", posts::one::leave)
        .get(KEEP, "/handlaggare/organisationer", pages::staff::list)
        .get(KEEP, "/handlaggare/organisationer/{organisation}", pages::staff::one)
        .post(KEEP, "/handlaggare/organisationer/{organisation}", posts::staff::one)
        .get(KEEP, "/handlaggare/organisationer/{organisation}/forfragan/{request}", pages::staff::request)
        .post(KEEP, "/handlaggare/organisationer/{organisation}/forfragan/{request}", posts::staff::request)
        .get(KEEPERS_NOW, "/handlaggare/organisationer/{organisation}/personer/{membership}", pages::staff::end_one)
        .post(KEEPERS_NOW, "/handlaggare/organisationer/{organisation}/personer/{membership}", posts::staff::end_one)
        .get(KEEPERS_NOW, "/handlaggare/organisationer/{organisation}/sla-ihop", pages::staff::merge)
        .post(KEEPERS_NOW, "/handlaggare/organisationer/{organisation}/sla-ihop", posts::staff::merge)
        .get(KEEPERS_NOW, "/handlaggare/organisationer/{organisation}/avsluta", pages::staff::retire)
        .post(KEEPERS_NOW, "/handlaggare/organisationer/{organisation}/avsluta", posts::staff::retire)
}
