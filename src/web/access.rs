//! Who may use a route, and who is asking. [`Routes`](super::Routes) puts [`guard`] around every handler with the access
//! that the route was declared with, so what the table says is what happens.

use axum::extract::Request;
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::cookies::KEPT;
use super::visit::{see_other, set_cookie};
use super::{App, AppError, Visit, kept_post};
use crate::kit::{Email, Id, Instant, Lang, StaffRole, StaffRoles};
use crate::platform::audit;

/// How long a proof of the second factor counts for what asks for a fresh one.
const FRESH_MINUTES: i64 = 15;

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everybody, without an account.
    Anyone,
    /// Whoever holds the basket's cookie; others get an empty basket of their own.
    BasketHolder,
    /// Whoever holds the order's secret link; others get 404, as if there were no such order.
    OrderLink,
    /// Whoever holds the link of a sign-in mail, in the browser that asked for it.
    SignInLink,
    /// Whoever holds the link of some other mail: it opens what the mail is about and nothing else.
    MailLink,
    /// Whoever has signed in.
    SignedIn,
    /// As [`Access::SignedIn`], within a quarter of an hour; staff show their second factor instead.
    SignedInFresh,
    /// Staff with one of these roles, who have shown their second factor.
    Staff(&'static [StaffRole]),
    /// As [`Access::Staff`], with the second factor shown within a quarter of an hour: roles, decisions, payments.
    StaffFresh(&'static [StaffRole]),
}

/// Every role: whoever works here.
pub const ALL_STAFF: Access = Access::Staff(&StaffRole::ALL);

/// Someone who has signed in, as the request's session says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    pub account: Id,
    pub session: Id,
    pub name: String,
    pub email: Email,
    /// The staff roles that are held today.
    pub roles: StaffRoles,
    /// How the person was let in: the stored code.
    pub method: String,
    /// When the person signed in.
    pub began_at: Instant,
    /// When the second factor was last shown in this session.
    pub proved_at: Option<Instant>,
    /// When the session ends unless something happens first.
    pub ends_at: Instant,
}

impl SignedIn {
    /// What the person is called on pages: the name, or the address while there is none.
    pub fn shown(&self) -> &str {
        if self.name.is_empty() { self.email.as_str() } else { &self.name }
    }

    /// The reference that stands in the audit chain.
    pub fn actor(&self) -> String {
        format!("account:{}", self.account)
    }

    /// Whether the second factor was shown within a quarter of an hour.
    pub fn proved_lately(&self, now: Instant) -> bool {
        self.proved_at.is_some_and(|at| at.plus_seconds(FRESH_MINUTES * 60) > now)
    }

    /// Whether the person has just shown who they are: staff by their second factor, others by signing in.
    pub fn came_lately(&self, now: Instant) -> bool {
        let signed_in = !self.is_staff() && self.began_at.plus_seconds(FRESH_MINUTES * 60) > now;
        signed_in || self.proved_lately(now)
    }

    pub fn is_staff(&self) -> bool {
        !self.roles.is_empty()
    }
}

/// What stands in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denied {
    /// Nobody has signed in.
    SignIn,
    /// The second factor must be shown first.
    Prove,
    /// It is too long ago: the person must sign in anew.
    Again,
    /// The account lacks the role.
    Role,
}

impl Access {
    /// Whether this person may. Secrets in links and cookies are the handlers' own to check: what they open is a row.
    pub fn allows(self, who: Option<&SignedIn>, now: Instant) -> Result<(), Denied> {
        let (roles, fresh) = match self {
            Self::Anyone | Self::BasketHolder | Self::OrderLink | Self::SignInLink | Self::MailLink => return Ok(()),
            Self::SignedIn => return who.map(|_| ()).ok_or(Denied::SignIn),
            Self::SignedInFresh => {
                let who = who.ok_or(Denied::SignIn)?;
                let denied = if who.is_staff() { Denied::Prove } else { Denied::Again };
                return who.came_lately(now).then_some(()).ok_or(denied);
            }
            Self::Staff(roles) => (roles, false),
            Self::StaffFresh(roles) => (roles, true),
        };
        let who = who.ok_or(Denied::SignIn)?;
        if !who.roles.any_of(roles) {
            return Err(Denied::Role);
        }
        let proved = if fresh { who.proved_lately(now) } else { who.proved_at.is_some() };
        proved.then_some(()).ok_or(Denied::Prove)
    }

    /// Whether the route asks who is signed in at all.
    pub fn needs_account(self) -> bool {
        !matches!(self, Self::Anyone | Self::BasketHolder | Self::OrderLink | Self::SignInLink | Self::MailLink)
    }

    fn is_for_staff(self) -> bool {
        matches!(self, Self::Staff(_) | Self::StaffFresh(_))
    }
}

/// Lets through whom the route is for. Others are led to where they can sign in or show their second factor, and what they
/// sent waits for them; who lacks the role gets 403, and the chain says so.
pub async fn guard(access: Access, route: &'static str, request: Request, next: Next) -> Response {
    let extensions = request.extensions();
    let (Some(app), Some(visit)) = (extensions.get::<App>().cloned(), extensions.get::<Visit>().cloned()) else {
        return AppError::internal("the visit layer is missing").into_response();
    };
    let verdict = access.allows(visit.who(), app.now());
    let get = request.method() == Method::GET;
    match verdict {
        // The staff's pages are in Swedish only.
        Ok(()) if access.is_for_staff() && visit.lang == Lang::En && get => see_other(&visit.address()),
        Ok(()) => kept_post::around(&app, &visit, request, next).await,
        Err(Denied::Role) => {
            let Some(who) = visit.who() else { return AppError::Forbidden.into_response() };
            match note_denied(&app, who, "route", &json!({ "route": route })).await {
                Ok(()) => AppError::Forbidden.into_response(),
                Err(error) => error.into_response(),
            }
        }
        Err(denied) => {
            let page = if denied == Denied::Prove { "/bekrafta" } else { "/logga-in" };
            let mut response = visit.see_other(&leading_to(page, &visit.address()));
            if !get {
                match kept_post::keep(&app, &visit, request).await {
                    Ok(Some(secret)) => set_cookie(&app, &mut response, &KEPT, Some(&secret)),
                    Ok(None) => {}
                    Err(error) => return error.into_response(),
                }
            }
            response
        }
    }
}

/// The address of a page that leads on to `further` when it is done with.
pub fn leading_to(page: &str, further: &str) -> String {
    format!("{page}?vidare={}", percent_encoding::utf8_percent_encode(further, percent_encoding::NON_ALPHANUMERIC))
}

/// Writes into the audit chain that someone was turned away.
pub async fn note_denied(app: &App, who: &SignedIn, object: &str, detail: &Value) -> Result<(), AppError> {
    let now = app.now();
    app.db.write_in_line(async |tx| audit::append(tx, now, &who.actor(), "access.denied", object, detail).await).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn someone(roles: &[StaffRole], proved_at: Option<Instant>) -> SignedIn {
        let id = || Id::parse("01890a5d-ac96-774b-bcce-b302099a8057").unwrap();
        SignedIn {
            account: id(),
            session: id(),
            name: String::new(),
            email: Email::parse("a@b.se").unwrap(),
            roles: roles.iter().copied().collect(),
            method: "mail".to_owned(),
            began_at: now().plus_seconds(-14 * 60),
            proved_at,
            ends_at: now(),
        }
    }

    fn now() -> Instant {
        Instant::parse("2026-11-23T09:00:00Z").unwrap()
    }

    #[test]
    fn each_access_lets_in_whom_it_says() {
        const EDITORS: Access = Access::Staff(&[StaffRole::Editor]);
        const FRESH: Access = Access::StaffFresh(&[StaffRole::Editor]);
        let applicant = someone(&[], None);
        let editor = someone(&[StaffRole::Editor], Some(now()));
        let unproved = someone(&[StaffRole::Editor], None);
        let earlier = someone(&[StaffRole::Editor], Some(now().plus_seconds(-16 * 60)));
        for open in [Access::Anyone, Access::BasketHolder, Access::OrderLink, Access::SignInLink, Access::MailLink] {
            assert_eq!(open.allows(None, now()), Ok(()));
        }
        assert_eq!(Access::SignedIn.allows(None, now()), Err(Denied::SignIn));
        assert_eq!(Access::SignedIn.allows(Some(&applicant), now()), Ok(()));
        assert_eq!(Access::SignedInFresh.allows(None, now()), Err(Denied::SignIn));
        assert_eq!(Access::SignedInFresh.allows(Some(&applicant), now()), Ok(()));
        assert_eq!(Access::SignedInFresh.allows(Some(&applicant), now().plus_seconds(60)), Err(Denied::Again));
        assert_eq!(Access::SignedInFresh.allows(Some(&editor), now()), Ok(()));
        assert_eq!(Access::SignedInFresh.allows(Some(&unproved), now()), Err(Denied::Prove));
        assert_eq!(Access::SignedInFresh.allows(Some(&earlier), now()), Err(Denied::Prove));
        assert_eq!(EDITORS.allows(None, now()), Err(Denied::SignIn));
        assert_eq!(EDITORS.allows(Some(&applicant), now()), Err(Denied::Role));
        assert_eq!(EDITORS.allows(Some(&unproved), now()), Err(Denied::Prove));
        assert_eq!(EDITORS.allows(Some(&earlier), now()), Ok(()));
        assert_eq!(FRESH.allows(Some(&earlier), now()), Err(Denied::Prove));
        assert_eq!(FRESH.allows(Some(&editor), now()), Ok(()));
        assert_eq!(ALL_STAFF.allows(Some(&editor), now()), Ok(()));
    }

    #[test]
    fn without_a_name_the_address_is_shown() {
        assert_eq!(someone(&[], None).shown(), "a@b.se");
    }
}
