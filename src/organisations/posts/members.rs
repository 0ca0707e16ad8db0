//! Deciding who belongs to an organisation.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::kit::{Errors, Form, Id, OrgRole};
use crate::organisations::actions::{self, As, Refusal};
use crate::organisations::member::Signatory;
use crate::organisations::pages::members::{OneSays, list_page, one_page, request_head, request_page};
use crate::organisations::rules::{self, Wrong, field};
use crate::text;
use crate::web::forms::Posted;
use crate::web::{App, AppError, Visit};

type Answer = Result<Response, AppError>;

const UNPROCESSABLE: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// `POST /organisation/{organisation}/personer`: asks someone in, sends the mail again, or takes the invitation back.
pub async fn list(State(app): State<App>, visit: Visit, Signatory(member): Signatory, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    let organisation = &member.organisation.id;
    let words = &text::organisations(visit.lang).people;
    let (outcome, done) = if let Ok(invitation) = Id::parse(form.get("igen")) {
        (actions::invite_again(&app, who, organisation, &invitation, visit.lang).await?, "skickad")
    } else if let Ok(invitation) = Id::parse(form.get("tillbaka")) {
        (actions::withdraw(&app, who, organisation, &invitation).await?, "tillbaka")
    } else {
        match rules::invitation(&form) {
            Ok((email, role)) => (actions::invite(&app, who, organisation, &email, role, visit.lang).await?, "skickad"),
            Err(errors) => return list_page(&app, &visit, UNPROCESSABLE, &member, form, errors, None).await,
        }
    };
    let problem = match outcome {
        Ok(()) => return Ok(visit.see_other(&member.path(&format!("/personer?klart={done}")))),
        Err(Refusal::IsMember) => words.is_member,
        Err(Refusal::IsInvited) => words.is_invited,
        Err(Refusal::Dead) => words.dead,
        Err(_) => return Err(AppError::Forbidden),
    };
    list_page(&app, &visit, UNPROCESSABLE, &member, form, Errors::new(), Some(problem)).await
}

/// `POST /organisation/{organisation}/personer/{membership}`: another role, or none.
pub async fn one(
    State(app): State<App>,
    visit: Visit,
    Signatory(member): Signatory,
    Path((_, membership)): Path<(String, String)>,
    Posted(form): Posted,
) -> Answer {
    let who = visit.signed_in()?;
    let id = Id::parse(&membership).map_err(|_| AppError::NotFound)?;
    let organisation = &member.organisation.id;
    let version: i64 = form.get(field::VERSION).parse().unwrap_or_default();
    let (outcome, done) = if form.checked("ta_bort") {
        (actions::remove(&app, who, organisation, &id, version).await?, "borttagen")
    } else {
        match rules::role(&form) {
            Ok(role) => (actions::change_role(&app, who, organisation, &id, version, role).await?, "andrad"),
            Err(errors) => {
                return one_page(&app, &visit, UNPROCESSABLE, &member, &membership, Some(form), errors, OneSays::Nothing).await;
            }
        }
    };
    let says = match outcome {
        // Who has taken the role or the membership from themselves may not open the list any more, or not in full.
        Ok(()) if id == member.membership && done == "borttagen" => return Ok(visit.see_other("/mina-sidor/organisationer?klart=lamnat")),
        Ok(()) => return Ok(visit.see_other(&member.path(&format!("/personer?klart={done}")))),
        Err(Refusal::LastSignatory) => OneSays::Problem(text::organisations(visit.lang).member.last),
        Err(Refusal::Stale) => OneSays::Stale,
        Err(_) => return Err(AppError::Forbidden),
    };
    one_page(&app, &visit, UNPROCESSABLE, &member, &membership, Some(form), Errors::new(), says).await
}

/// What the buttons below a request say: let in, in a role; or refuse.
pub fn answer_of(form: &Form) -> Result<Option<OrgRole>, Errors<Wrong>> {
    if form.get("svar") == "nej" { Ok(None) } else { rules::role(form).map(Some) }
}

/// `POST /organisation/{organisation}/personer/forfragan/{request}`
pub async fn request(
    State(app): State<App>,
    visit: Visit,
    Signatory(member): Signatory,
    Path((_, request)): Path<(String, String)>,
    Posted(form): Posted,
) -> Answer {
    let who = visit.signed_in()?;
    let id = Id::parse(&request).map_err(|_| AppError::NotFound)?;
    let organisation = &member.organisation.id;
    let words = &text::organisations(visit.lang).request;
    let head = request_head(&visit, &member);
    let role = match answer_of(&form) {
        Ok(role) => role,
        Err(errors) => return request_page(&app, &visit, UNPROCESSABLE, head, organisation, &request, form, errors, None).await,
    };
    let problem = match actions::answer(&app, who, As::Signatory, organisation, &id, role).await? {
        Ok(()) => {
            let done = if role.is_some() { "med" } else { "avslagen" };
            return Ok(visit.see_other(&member.path(&format!("/personer?klart={done}"))));
        }
        Err(Refusal::Answered) => words.answered,
        Err(Refusal::IsMember) => words.is_member,
        Err(Refusal::Unknown) => return Err(AppError::NotFound),
        Err(_) => return Err(AppError::Forbidden),
    };
    request_page(&app, &visit, UNPROCESSABLE, head, organisation, &request, form, Errors::new(), Some(problem)).await
}
