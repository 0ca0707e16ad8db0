//! The routes of applications and who may use them. Those with `{application}` let in whoever is signed in; their handlers take an
//! extractor of [`member`](super::member), which lets through only those who are somebody in it.

use super::pages::{begin, files, hub, people, receipt, review, staff, topic, versions};
use super::posts;
use crate::kit::StaffRole;
use crate::web::{Access, Routes};

/// Who reads what was sent in.
pub const READERS: &[StaffRole] =
    &[StaffRole::Officer, StaffRole::Presenter, StaffRole::Decider, StaffRole::Registrar, StaffRole::Economist];

pub fn routes(routes: Routes) -> Routes {
    const READ: Access = Access::Staff(READERS);
    const OFFICER: Access = Access::Staff(&[StaffRole::Officer]);
    routes
        .get(Access::SignedIn, "/mina-sidor/ansokningar", begin::mine)
        .get(Access::SignedIn, "/ansokan/ny", begin::new)
        .post(Access::SignedIn, "/ansokan/ny", posts::begin)
        .get(Access::SignedIn, "/ansokan/inbjudan/{token}", people::invited)
        .post(Access::SignedIn, "/ansokan/inbjudan/{token}", posts::accept)
        .get(Access::SignedIn, "/ansokan/{application}", hub::show)
        .post(Access::SignedIn, "/ansokan/{application}/ny-version", posts::move_on)
        .get(Access::SignedIn, "/ansokan/{application}/del/{section}", topic::show)
        .post(Access::SignedIn, "/ansokan/{application}/del/{section}", posts::topic)
        .post(Access::SignedIn, "/ansokan/{application}/del/{section}/spara", posts::autosave)
        .get(Access::SignedIn, "/ansokan/{application}/filer/{question}", files::show)
        .upload(Access::SignedIn, "/ansokan/{application}/filer/{question}", posts::attach)
        .post(Access::SignedIn, "/ansokan/{application}/filer/{question}/ta-bort", posts::detach)
        .get(Access::SignedIn, "/ansokan/{application}/fil/{file}", files::fetch)
        .get(Access::SignedIn, "/ansokan/{application}/historik/{question}", versions::history)
        .post(Access::SignedIn, "/ansokan/{application}/historik/{question}", posts::restore)
        .get(Access::SignedIn, "/ansokan/{application}/konflikt/{question}", versions::conflict)
        .post(Access::SignedIn, "/ansokan/{application}/konflikt/{question}", posts::settle)
        .get(Access::SignedIn, "/ansokan/{application}/personer", people::show)
        .post(Access::SignedIn, "/ansokan/{application}/personer", posts::people)
        .get(Access::SignedIn, "/ansokan/{application}/granska", review::review)
        .get(Access::SignedIn, "/ansokan/{application}/underskrift", review::sign)
        .post(Access::SignedIn, "/ansokan/{application}/underskrift", posts::sign)
        .get(Access::SignedIn, "/ansokan/{application}/skicka-in", review::submit)
        .post(Access::SignedIn, "/ansokan/{application}/skicka-in", posts::submit)
        .get(Access::SignedIn, "/ansokan/{application}/kvittens", receipt::show)
        .get(Access::SignedIn, "/ansokan/{application}/kvittens.pdf", receipt::pdf)
        .get(Access::SignedIn, "/ansokan/{application}/utskrift.pdf", receipt::print)
        .get(Access::SignedIn, "/ansokan/{application}/aterkalla", review::withdraw)
        .post(Access::SignedIn, "/ansokan/{application}/aterkalla", posts::withdraw)
        .get(Access::SignedIn, "/ansokan/{application}/ta-bort", review::discard)
        .post(Access::SignedIn, "/ansokan/{application}/ta-bort", posts::discard)
        .get(READ, "/handlaggare/ansokningar", staff::calls_with_any)
        .get(READ, "/handlaggare/ansokningar/{number}", staff::one)
        .get(READ, "/handlaggare/ansokningar/{number}/fil/{file}", staff::fetch)
        .get(READ, "/handlaggare/utlysningar/{call}/ansokningar", staff::list)
        .get(OFFICER, "/handlaggare/utlysningar/{call}/mer-tid", staff::more_time)
        .post(OFFICER, "/handlaggare/utlysningar/{call}/mer-tid", posts::more_time)
}
