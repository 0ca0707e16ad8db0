//! The form handlers of applications: read what was typed, let `actions` do it, and lead on with 303, or show the page again with
//! everything that was typed and what stands in the way.

use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::actions::writing::Choice;
use super::actions::{self, Refusal, people, submitting, writing};
use super::member::{Editor, Reader, Signatory};
use super::model::{How, path};
use super::pages::{self, MINE, begin, files, refused, review, staff, topic as topic_page, versions};
use super::store;
use crate::attachments;
use crate::budget::draft::Draft;
use crate::forms;
use crate::forms::model::{Definition, Kind};
use crate::forms::rules::button;
use crate::kit::field::{clean_text, count};
use crate::kit::{Email, EmailError, Form, Id, OrgNr, OrgNrError, OrgRole, Slug, civil};
use crate::platform::ids::Secret;
use crate::text;
use crate::web::forms::{Posted, PostedLong};
use crate::web::{App, AppError, Visit, upload};

type Reply = Result<Response, AppError>;

const UNPROCESSABLE: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

fn id(text: &str) -> Result<Id, AppError> {
    Id::parse(text).map_err(|_| AppError::NotFound)
}

/// `POST /ansokan/ny`
pub async fn begin(State(app): State<App>, visit: Visit, Posted(form): Posted) -> Reply {
    let who = visit.signed_in()?;
    let call = Slug::parse(form.get(begin::CALL)).map_err(|_| AppError::NotFound)?;
    let refusal = match Id::parse(form.get(begin::ORGANISATION)) {
        Ok(organisation) => match writing::begin(&app, who, &call, &organisation).await? {
            Ok(application) => return Ok(visit.see_other(&path(&application, "?klart=begunnen"))),
            Err(refusal) => refusal,
        },
        Err(_) => Refusal::Unknown,
    };
    begin::new_page(&app, &visit, UNPROCESSABLE, &form, Some(&refusal)).await
}

/// `POST /ansokan/{application}/ny-version`
pub async fn move_on(State(app): State<App>, visit: Visit, Editor(seat): Editor) -> Reply {
    let who = visit.signed_in()?;
    match writing::move_on(&app, who, &seat.application.id).await? {
        Ok(()) => Ok(visit.see_other(&seat.path("?klart=ny-version"))),
        Err(Refusal::Unknown) => Err(AppError::NotFound),
        Err(_) => Ok(visit.see_other(&seat.path(""))),
    }
}

/// Does what a button for rows asks, in tables and in budgets; gives the id of the place to go on with.
fn step(form: &Definition, section: &str, typed: &mut Form) -> Option<String> {
    let row = forms::rules::step(form, typed);
    typed.0.retain(|(name, _)| ![button::ADD_ROW, button::REMOVE_ROW].contains(&name.as_str()));
    if row.is_some() {
        return row;
    }
    let budgets = form.section(section).into_iter().flat_map(|section| &section.questions);
    for question in budgets.filter(|question| matches!(question.kind, Kind::Budget)) {
        let key = question.key.as_str();
        if let Some((draft, at)) = Draft::step(typed, key) {
            let below = format!("{key}.");
            typed.0.retain(|(name, _)| !name.starts_with(&below));
            typed.0.extend(draft.fields().0);
            return Some(at);
        }
    }
    None
}

/// `POST /ansokan/{application}/del/{section}`: saves what was typed, right or wrong, and goes on.
pub async fn topic(
    State(app): State<App>,
    visit: Visit,
    Editor(seat): Editor,
    Path((_, section)): Path<(String, String)>,
    PostedLong(mut form): PostedLong,
) -> Reply {
    let who = visit.signed_in()?;
    let definition = app.db.read(async |tx| store::asked(tx, &seat.application).await).await?.form;
    if definition.section(&section).is_none() {
        return Err(AppError::NotFound);
    }
    let row = step(&definition, &section, &mut form);
    match writing::save(&app, who, &seat.application.id, &section, &form, How::Saved).await? {
        Ok(saved) => {
            let here = seat.path(&format!("/del/{section}"));
            if let Some(question) = saved.beside.first() {
                return Ok(visit.see_other(&seat.path(&format!("/konflikt/{question}"))));
            }
            let files = form.get(topic_page::button::FILES);
            if definition.question(files).is_some() {
                return Ok(visit.see_other(&seat.path(&format!("/filer/{files}"))));
            }
            let next = definition.sections.iter().skip_while(|one| one.key.as_str() != section).nth(1);
            let on = match (row, form.checked(topic_page::button::ON), next) {
                (Some(row), ..) => format!("{here}#{row}"),
                (None, true, Some(next)) => seat.path(&format!("/del/{}", next.key.as_str())),
                (None, true, None) => seat.path("/granska"),
                (None, false, _) => seat.path("?klart=sparad"),
            };
            Ok(visit.see_other(&on))
        }
        // What cannot be saved any more stands on the page, so that it can be taken elsewhere.
        Err(refusal) => {
            let says = refused(visit.lang, &refusal)?;
            let shown = topic_page::Shown::of(&app, &seat).await?;
            topic_page::unsaved(&app, &visit, &seat, &shown, &section, &form, says)
        }
    }
}

/// `POST /ansokan/{application}/filer/{question}`: one more file.
pub async fn attach(
    State(app): State<App>,
    visit: Visit,
    Editor(seat): Editor,
    Path((_, question)): Path<(String, String)>,
    request: Request,
) -> Reply {
    let who = visit.signed_in()?;
    let asked = app.db.read(async |tx| store::asked(tx, &seat.application).await).await?;
    let place = writing::place(&seat, &asked, &question).ok_or(AppError::NotFound)?;
    let upload::Uploaded { file, .. } = upload::read(&app, request, place.limit()).await?;
    let wrong = match attachments::actions::keep(&app, who, &place, file).await? {
        Ok(kept) => match writing::attach(&app, who, &seat.application.id, &place, &kept).await? {
            Ok(Ok(())) => return Ok(visit.see_other(&seat.path(&format!("/filer/{question}?klart=ja")))),
            Ok(Err(wrong)) => wrong,
            Err(Refusal::Unknown) => return Err(AppError::NotFound),
            Err(_) => return Ok(visit.see_other(&seat.path(""))),
        },
        Err(wrong) => wrong,
    };
    files::page(&app, &visit, UNPROCESSABLE, &seat, &question, Some(wrong)).await
}

/// `POST /ansokan/{application}/filer/{question}/ta-bort`
pub async fn detach(
    State(app): State<App>,
    visit: Visit,
    Editor(seat): Editor,
    Path((_, question)): Path<(String, String)>,
    Posted(form): Posted,
) -> Reply {
    let who = visit.signed_in()?;
    let file = id(form.get(attachments::pages::REMOVE))?;
    match writing::detach(&app, who, &seat.application.id, &file).await? {
        Ok(()) => Ok(visit.see_other(&seat.path(&format!("/filer/{question}")))),
        Err(Refusal::Unknown) => Err(AppError::NotFound),
        Err(_) => Ok(visit.see_other(&seat.path(""))),
    }
}

/// What the browser's half is told of a save.
#[derive(Debug, Serialize)]
struct Autosaved {
    /// The clock in Sweden.
    saved: String,
    seen: std::collections::BTreeMap<String, String>,
    conflicts: Vec<String>,
    present: Vec<String>,
}

/// `POST /ansokan/{application}/del/{section}/spara`: what the browser saves by itself.
pub async fn autosave(
    State(app): State<App>,
    visit: Visit,
    Editor(seat): Editor,
    Path((_, section)): Path<(String, String)>,
    PostedLong(form): PostedLong,
) -> Reply {
    let who = visit.signed_in()?;
    match writing::save(&app, who, &seat.application.id, &section, &form, How::Autosaved).await? {
        Ok(saved) => {
            let now = civil::stockholm(app.now());
            let present = writing::others_at(&app, who, &seat, &section, visit.lang).await?;
            let answer = Autosaved {
                saved: format!("{:02}.{:02}", now.hour, now.minute),
                seen: saved.seen.into_iter().collect(),
                conflicts: saved.beside,
                present,
            };
            let json = serde_json::to_string(&answer).map_err(AppError::internal)?;
            Ok(([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")], json).into_response())
        }
        Err(Refusal::Unknown) => Err(AppError::NotFound),
        Err(_) => Ok(StatusCode::CONFLICT.into_response()),
    }
}

/// `POST /ansokan/{application}/historik/{question}`
pub async fn restore(
    State(app): State<App>,
    visit: Visit,
    Editor(seat): Editor,
    Path((_, question)): Path<(String, String)>,
    Posted(form): Posted,
) -> Reply {
    let who = visit.signed_in()?;
    let number: i64 = form.get(versions::field::NUMBER).parse().map_err(|_| AppError::NotFound)?;
    match writing::restore(&app, who, &seat.application.id, &question, number, form.get(versions::field::SEEN)).await? {
        Ok(()) => Ok(visit.see_other(&seat.path(&format!("/historik/{question}")))),
        Err(refusal) => {
            let says = refused(visit.lang, &refusal)?;
            let shown = versions::Shown::of(&app, &seat, &question).await?;
            versions::history_page(&app, &visit, StatusCode::CONFLICT, &seat, &shown, &question, Some(says))
        }
    }
}

/// `POST /ansokan/{application}/konflikt/{question}`
pub async fn settle(
    State(app): State<App>,
    visit: Visit,
    Editor(seat): Editor,
    Path((_, question)): Path<(String, String)>,
    PostedLong(form): PostedLong,
) -> Reply {
    let who = visit.signed_in()?;
    let number: i64 = form.get(versions::field::NUMBER).parse().map_err(|_| AppError::NotFound)?;
    let choice = match form.get(versions::field::CHOICE) {
        versions::field::CURRENT => Some(Choice::Current),
        versions::field::BESIDE => Some(Choice::Beside),
        versions::field::BOTH => {
            let mut merged = Form::default();
            merged.set(&question, form.get(versions::field::MERGED).replace("\r\n", "\n"));
            Some(Choice::Merged(merged))
        }
        _ => None,
    };
    let says = match &choice {
        Some(choice) => {
            let seen = form.get(versions::field::SEEN);
            match writing::settle(&app, who, &seat.application.id, &question, number, seen, choice).await? {
                Ok(()) => return Ok(visit.see_other(&seat.path(&format!("/historik/{question}")))),
                Err(refusal) => refused(visit.lang, &refusal)?,
            }
        }
        None => text::applications(visit.lang).conflict.missing.to_owned(),
    };
    let shown = versions::Shown::of(&app, &seat, &question).await?;
    versions::conflict_page(&app, &visit, UNPROCESSABLE, &seat, &shown, &question, &form, Some(says))
}

/// `POST /ansokan/{application}/personer`: asks someone in, takes an invitation back, or ends a place.
pub async fn people(State(app): State<App>, visit: Visit, Reader(seat): Reader, Posted(form): Posted) -> Reply {
    let who = visit.signed_in()?;
    let (lang, application) = (visit.lang, &seat.application.id);
    let on = |done: &str| visit.see_other(&seat.path(&format!("/personer?klart={done}")));
    let field = if form.checked(pages::people::field::END) {
        let guest = id(form.get(pages::people::field::END))?;
        return match people::remove(&app, who, application, &guest).await? {
            Ok(()) if app.db.read(async |tx| store::seat(tx, application, &who.account).await).await?.is_none() => {
                Ok(visit.see_other(&format!("{MINE}?klart=lamnad")))
            }
            Ok(()) => Ok(on("avslutad")),
            Err(Refusal::Role) => Err(AppError::Forbidden),
            Err(_) => Err(AppError::NotFound),
        };
    } else if form.checked(pages::people::field::WITHDRAW) {
        let invitation = id(form.get(pages::people::field::WITHDRAW))?;
        return match people::withdraw(&app, who, application, &invitation).await? {
            Ok(()) | Err(Refusal::Dead) => Ok(on("tillbaka")),
            Err(Refusal::Role) => Err(AppError::Forbidden),
            Err(_) => Err(AppError::NotFound),
        };
    } else {
        pages::people::field::EMAIL
    };
    let role = OrgRole::parse(form.get(pages::people::field::ROLE)).ok().filter(|role| *role < OrgRole::Signatory);
    let says = match (Email::parse(form.get(pages::people::field::EMAIL)), role) {
        (Ok(email), Some(role)) => match people::invite(&app, who, application, &email, role, lang).await? {
            Ok(()) => return Ok(on("skickad")),
            Err(Refusal::Role) => return Err(AppError::Forbidden),
            Err(refusal) => (field, refused(lang, &refusal)?),
        },
        (Err(EmailError::Empty), _) => (field, text::applications(lang).people.email_missing.to_owned()),
        (Err(error), _) => (field, (text::site(lang).email)(error).to_owned()),
        (Ok(_), None) => (pages::people::field::ROLE, text::applications(lang).people.role_missing.to_owned()),
    };
    pages::people::page(&app, &visit, UNPROCESSABLE, &seat, &form, Some(says)).await
}

/// `POST /ansokan/inbjudan/{token}`
pub async fn accept(State(app): State<App>, visit: Visit, Path(token): Path<String>) -> Reply {
    let who = visit.signed_in()?;
    let token = Secret::parse(&token).ok_or(AppError::NotFound)?;
    match people::accept(&app, who, &token).await? {
        Ok(application) => Ok(visit.see_other(&path(&application, "?klart=gatt-med"))),
        Err(refusal) => pages::people::dead(&app, &visit, &refusal),
    }
}

/// `POST /ansokan/{application}/underskrift`: signs, or asks others to.
pub async fn sign(State(app): State<App>, visit: Visit, Editor(seat): Editor, Posted(form): Posted) -> Reply {
    let who = visit.signed_in()?;
    let application = &seat.application.id;
    let problem = if form.checked(review::field::ASK) {
        match submitting::ask_to_sign(&app, who, application).await? {
            Ok(0) => text::applications(visit.lang).sign.nobody.to_owned(),
            Ok(_) => return Ok(visit.see_other(&seat.path("/underskrift?klart=bedd"))),
            Err(refusal) => refused(visit.lang, &refusal)?,
        }
    } else if !form.checked(review::field::CONFIRM) {
        text::applications(visit.lang).sign.unconfirmed.to_owned()
    } else {
        match submitting::sign(&app, who, application, form.get(review::field::SEEN)).await? {
            Ok(()) => return Ok(visit.see_other(&seat.path("/skicka-in"))),
            Err(Refusal::Role) => return Err(AppError::Forbidden),
            Err(refusal) => refused(visit.lang, &refusal)?,
        }
    };
    let shown = review::Shown::of(&app, &seat).await?;
    review::sign_page(&app, &visit, UNPROCESSABLE, &seat, &shown, Some(problem))
}

/// `POST /ansokan/{application}/skicka-in`
pub async fn submit(State(app): State<App>, visit: Visit, Editor(seat): Editor, Posted(form): Posted) -> Reply {
    let who = visit.signed_in()?;
    let (seen, knows_late) = (form.get(review::field::SEEN), form.checked(review::field::LATE));
    let problem = match submitting::submit(&app, who, &seat.application.id, seen, knows_late).await? {
        Ok(_) => return Ok(visit.see_other(&seat.path("/kvittens"))),
        Err(refusal @ Refusal::Late) => (review::field::LATE, refused(visit.lang, &refusal)?),
        Err(refusal) => ("main", refused(visit.lang, &refusal)?),
    };
    let shown = review::Shown::of(&app, &seat).await?;
    review::submit_page(&app, &visit, UNPROCESSABLE, &seat, &shown, app.now(), Some(problem))
}

/// `POST /ansokan/{application}/aterkalla`
pub async fn withdraw(State(app): State<App>, visit: Visit, Signatory(seat): Signatory, Posted(form): Posted) -> Reply {
    let who = visit.signed_in()?;
    let reason = clean_text(form.get(review::field::REASON));
    let words = &text::applications(visit.lang).withdraw;
    let problem = if count(&reason) > usize::try_from(review::LONGEST_REASON).unwrap_or(usize::MAX) {
        words.reason_long.to_owned()
    } else {
        match submitting::withdraw(&app, who, &seat.application.id, &reason).await? {
            Ok(()) => return Ok(visit.see_other(&seat.path("?klart=aterkallad"))),
            Err(refusal) => refused(visit.lang, &refusal)?,
        }
    };
    Ok(review::withdraw_page(&app, &visit, UNPROCESSABLE, &seat, &form, Some(problem)))
}

/// `POST /ansokan/{application}/ta-bort`
pub async fn discard(State(app): State<App>, visit: Visit, Editor(seat): Editor) -> Reply {
    let who = visit.signed_in()?;
    match writing::discard(&app, who, &seat.application.id).await? {
        Ok(()) => Ok(visit.see_other(&format!("{MINE}?klart=borttagen"))),
        Err(Refusal::Unknown) => Err(AppError::NotFound),
        Err(_) => Ok(visit.see_other(&seat.path(""))),
    }
}

/// `POST /handlaggare/utlysningar/{call}/mer-tid`
pub async fn more_time(State(app): State<App>, visit: Visit, Path(call): Path<String>, Posted(form): Posted) -> Reply {
    let who = visit.signed_in()?;
    let words = &text::staff().applications;
    let mut wrong: Vec<(&'static str, String)> = Vec::new();
    let orgnr = OrgNr::parse(form.get(staff::field::ORGNR));
    if let Err(error) = &orgnr {
        let says = if *error == OrgNrError::Empty { words.orgnr_missing } else { words.orgnr_wrong };
        wrong.push((staff::field::ORGNR, says.to_owned()));
    }
    let day = crate::kit::CivilDate::read(form.get(staff::field::DAY));
    if day.is_err() {
        wrong.push((staff::field::DAY, words.day_wrong.to_owned()));
    }
    let clock = forms::rules::clock(form.get(staff::field::CLOCK));
    if clock.is_none() {
        wrong.push((staff::field::CLOCK, words.clock_wrong.to_owned()));
    }
    let reason = clean_text(form.get(staff::field::REASON));
    if reason.is_empty() || count(&reason) > usize::try_from(staff::LONGEST_REASON).unwrap_or(usize::MAX) {
        wrong.push((staff::field::REASON, words.reason_wrong.to_owned()));
    }
    if let (Ok(orgnr), Ok(day), Some((hour, minute)), true) = (orgnr, day, clock, wrong.is_empty()) {
        match civil::to_instant(day, hour, minute) {
            Ok(until) => match actions::staff::give_more_time(&app, who, &id(&call)?, &orgnr, until, &reason).await? {
                Ok(()) => return Ok(visit.see_other(&format!("/handlaggare/utlysningar/{call}/mer-tid?klart=ja"))),
                Err(Refusal::Unknown) => wrong.push((staff::field::ORGNR, words.orgnr_unknown.to_owned())),
                Err(_) => wrong.push((staff::field::DAY, words.too_early.to_owned())),
            },
            Err(_) => wrong.push((staff::field::DAY, words.day_wrong.to_owned())),
        }
    }
    staff::more_time_page(&app, &visit, UNPROCESSABLE, &call, &form, &wrong).await
}
