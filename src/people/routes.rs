//! The routes of accounts and who may use them.

use super::{address, guests, keys, notices, openid, pages, posts};
use crate::kit::StaffRole;
use crate::web::{Access, Routes};

/// Who gives roles.
const ADMINISTRATORS: Access = Access::Staff(&[StaffRole::Administrator]);
const ADMINISTRATORS_NOW: Access = Access::StaffFresh(&[StaffRole::Administrator]);

pub fn routes(routes: Routes) -> Routes {
    routes
        .get(Access::Anyone, "/logga-in", pages::sign_in::show)
        .post(Access::Anyone, "/logga-in", posts::sign_in::ask)
        .get(Access::Anyone, "/logga-in/e-post", pages::sign_in::sent)
        .post(Access::Anyone, "/logga-in/e-post", posts::sign_in::code)
        .post(Access::Anyone, "/logga-in/demo", posts::sign_in::demo)
        .get(Access::SignInLink, "/logga-in/lank/{token}", pages::sign_in::link)
        .post(Access::SignInLink, "/logga-in/lank/{token}", posts::sign_in::link)
        // The one GET that changes something: the protocol sends the browser back so.
        .get(Access::Anyone, "/logga-in/openid/{provider}", openid::posts::back)
        .post(Access::Anyone, "/logga-in/openid/{provider}", openid::posts::begin)
        .post(Access::Anyone, "/logga-in/openid/{provider}/utloggad", openid::posts::logged_out)
        .get(Access::Anyone, "/logga-ut", pages::sign_in::sign_out)
        .post(Access::Anyone, "/logga-ut", posts::sign_in::sign_out)
        .get(Access::SignedIn, "/bekrafta", pages::second_factor::show)
        .post(Access::SignedIn, "/bekrafta", posts::second_factor::show)
        .post(Access::SignedIn, "/bekrafta/nyckel", keys::posts::begin_show)
        .get(Access::SignedIn, "/mina-sidor/nycklar", keys::pages::list)
        .post(Access::SignedIn, "/mina-sidor/nycklar", keys::posts::list)
        .post(Access::SignedIn, "/mina-sidor/nycklar/borja", keys::posts::begin)
        .get(Access::SignedIn, "/mina-sidor", pages::mine::hub)
        .get(Access::SignedIn, "/mina-sidor/uppgifter", pages::mine::profile)
        .post(Access::SignedIn, "/mina-sidor/uppgifter", posts::mine::profile)
        .get(Access::SignedInFresh, "/mina-sidor/uppgifter/e-post", address::pages::show)
        .post(Access::SignedInFresh, "/mina-sidor/uppgifter/e-post", address::posts::ask)
        .get(Access::SignedIn, "/mina-sidor/uppgifter/e-post/kod", address::pages::code)
        .post(Access::SignedIn, "/mina-sidor/uppgifter/e-post/kod", address::posts::code)
        .get(Access::SignedIn, "/mina-sidor/uppgifter/e-post/lank/{token}", address::pages::link)
        .post(Access::SignedIn, "/mina-sidor/uppgifter/e-post/lank/{token}", address::posts::link)
        .get(Access::SignedIn, "/mina-sidor/aviseringar", notices::pages::list)
        .post(Access::SignedIn, "/mina-sidor/aviseringar", notices::posts::list)
        .get(Access::SignedIn, "/mina-sidor/aviseringar/e-post", notices::pages::choices)
        .post(Access::SignedIn, "/mina-sidor/aviseringar/e-post", notices::posts::choices)
        .get(Access::MailLink, "/avisering/avregistrera/{token}", notices::pages::end)
        .post(Access::MailLink, "/avisering/avregistrera/{token}", notices::posts::end)
        .get(Access::SignedIn, "/mina-sidor/inloggningar", pages::mine::sessions)
        .post(Access::SignedIn, "/mina-sidor/inloggningar", posts::mine::sessions)
        .get(Access::SignedIn, "/mina-sidor/kvar", pages::mine::left)
        .get(Access::SignedInFresh, "/mina-sidor/inloggningssatt", openid::pages::ways)
        .post(Access::SignedInFresh, "/mina-sidor/inloggningssatt", openid::posts::ways)
        .get(Access::SignedIn, "/mina-sidor/mina-data", pages::mine::data)
        .get(Access::SignedIn, "/mina-sidor/mina-data.json", pages::mine::data_file)
        .get(Access::SignedIn, "/mina-sidor/avsluta", pages::mine::close)
        .post(Access::SignedIn, "/mina-sidor/avsluta", posts::mine::close)
        .get(ADMINISTRATORS, "/handlaggare/anvandare", pages::staff::list)
        .get(ADMINISTRATORS_NOW, "/handlaggare/anvandare/ny", pages::staff::add)
        .post(ADMINISTRATORS_NOW, "/handlaggare/anvandare/ny", posts::staff::add)
        .get(ADMINISTRATORS_NOW, "/handlaggare/anvandare/bjud-in", guests::pages::invite)
        .post(ADMINISTRATORS_NOW, "/handlaggare/anvandare/bjud-in", guests::posts::invite)
        .get(ADMINISTRATORS_NOW, "/handlaggare/anvandare/inbjudan/{invitation}", guests::pages::one)
        .post(ADMINISTRATORS_NOW, "/handlaggare/anvandare/inbjudan/{invitation}", guests::posts::one)
        .get(Access::SignedIn, "/granskare/{token}", guests::pages::invited)
        .post(Access::SignedIn, "/granskare/{token}", guests::posts::accept)
        .get(ADMINISTRATORS_NOW, "/handlaggare/anvandare/{account}", pages::staff::one)
        .post(ADMINISTRATORS_NOW, "/handlaggare/anvandare/{account}", posts::staff::one)
}
