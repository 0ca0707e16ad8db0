//! The routes of calls and who may use them.

use super::pages::{compose, eligibility, inbox, public, question_box, staff};
use super::{feeds, posts};
use crate::kit::StaffRole;
use crate::web::{Access, Routes};

/// Who reads what is written about calls.
pub const READERS: &[StaffRole] =
    &[StaffRole::Officer, StaffRole::Presenter, StaffRole::Decider, StaffRole::Registrar, StaffRole::Economist, StaffRole::Administrator];

/// Who writes, reviews and publishes them.
pub const WRITERS: &[StaffRole] = &[StaffRole::Officer];

pub fn routes(routes: Routes) -> Routes {
    const READ: Access = Access::Staff(READERS);
    const WRITE: Access = Access::Staff(WRITERS);
    routes
        .get(Access::Anyone, "/utlysningar", public::list)
        .get(Access::Anyone, "/utlysningar/atom.xml", feeds::atom)
        .get(Access::Anyone, "/utlysningar/{slug}", public::one)
        .get(Access::Anyone, "/utlysningar/{slug}/fragor", public::questions)
        .get(Access::Anyone, "/utlysningar/{slug}/kalender.ics", feeds::calendar)
        .get(Access::Anyone, "/utlysningar/{slug}/kan-vi-soka", eligibility::show)
        .get(Access::Anyone, "/utlysningar/{slug}/stall-en-fraga", question_box::show)
        .post(Access::Anyone, "/utlysningar/{slug}/stall-en-fraga", posts::ask)
        .get(READ, "/handlaggare/utlysningar", staff::list)
        .get(WRITE, "/handlaggare/utlysningar/ny", staff::begin)
        .post(WRITE, "/handlaggare/utlysningar/ny", posts::begin)
        .get(READ, "/handlaggare/utlysningar/{call}", staff::show)
        .post(WRITE, "/handlaggare/utlysningar/{call}", posts::step_on)
        .get(WRITE, "/handlaggare/utlysningar/{call}/avbryt", staff::end)
        .get(READ, "/handlaggare/utlysningar/{call}/del/{topic}", staff::topic)
        .post(WRITE, "/handlaggare/utlysningar/{call}/del/{topic}", posts::topic)
        .get(READ, "/handlaggare/utlysningar/{call}/forhandsgranska", staff::preview)
        .get(READ, "/handlaggare/utlysningar/{call}/fragor", compose::show)
        .post(WRITE, "/handlaggare/utlysningar/{call}/fragor", posts::moved)
        .get(WRITE, "/handlaggare/utlysningar/{call}/fragor/ny", compose::new)
        .post(WRITE, "/handlaggare/utlysningar/{call}/fragor/ny", posts::new)
        .get(WRITE, "/handlaggare/utlysningar/{call}/fragor/ta-bort", compose::remove)
        .post(WRITE, "/handlaggare/utlysningar/{call}/fragor/ta-bort", posts::remove)
        .get(WRITE, "/handlaggare/utlysningar/{call}/fragor/del/{section}", compose::section)
        .post(WRITE, "/handlaggare/utlysningar/{call}/fragor/del/{section}", posts::section)
        .get(WRITE, "/handlaggare/utlysningar/{call}/fragor/fraga/{question}", compose::question)
        .post(WRITE, "/handlaggare/utlysningar/{call}/fragor/fraga/{question}", posts::question)
        .get(READ, "/handlaggare/utlysningar/{call}/fragelada", inbox::list)
        .get(WRITE, "/handlaggare/utlysningar/{call}/fragelada/{question}", inbox::one)
        .post(WRITE, "/handlaggare/utlysningar/{call}/fragelada/{question}", posts::answer)
}
