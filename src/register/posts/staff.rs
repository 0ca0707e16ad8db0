//! What the registrar does: registers, corrects, marks as secret, and handles requests to see documents.

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::kit::{CaseNumber, Errors, Form, Id};
use crate::register::actions::disclosures::{self, Prepare, path_of};
use crate::register::actions::{self, ByHand, Change, Refusal, files, today};
use crate::register::model::Secrecy;
use crate::register::pages::staff::documents::{self, path_of as document_path};
use crate::register::pages::staff::forms::{correct_page, new_page, secrecy_page};
use crate::register::pages::staff::requests::{DOINGS, answer_page, open, render};
use crate::register::rules::{self, FileWrong, Wrong, field, one};
use crate::text;
use crate::web::forms::Posted;
use crate::web::upload::{self, FileFault, Sent};
use crate::web::{App, AppError, Visit};

type Answer = Result<Response, AppError>;

const UNPROCESSABLE: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

fn version(form: &Form) -> i64 {
    form.get(field::VERSION).parse().unwrap_or_default()
}

/// How large a file may be, in bytes.
fn limit(app: &App) -> u64 {
    app.config.upload_megabytes * 1024 * 1024
}

/// Throws away what was sent with a form that is not taken.
async fn discard(app: &App, file: Result<Sent, FileFault>) -> Result<(), AppError> {
    match file {
        Ok(sent) => Ok(app.files.discard(sent.incoming).await?),
        Err(_) => Ok(()),
    }
}

/// What the form for a new document says, its file aside.
fn by_hand(form: &Form, app: &App) -> Result<ByHand, Errors<Wrong>> {
    let facts = rules::facts(form, None, today(app));
    let secrecy = rules::secrecy(form);
    let case = match form.get(field::CASE).trim() {
        "" => Ok(None),
        number => CaseNumber::parse(number).map(Some).map_err(|_| one(field::CASE, Wrong::Case)),
    };
    match (case, facts, secrecy) {
        (Ok(case), Ok(mut facts), Ok(secrecy)) => {
            facts.secrecy = secrecy;
            let key = Id::parse(form.get(field::KEY)).map_err(|_| Errors::new())?;
            Ok(ByHand { key, case, facts, file: None })
        }
        (case, facts, secrecy) => {
            let all = [case.err(), facts.err(), secrecy.err()];
            Err(Errors(all.into_iter().flatten().flat_map(|errors| errors.0).collect()))
        }
    }
}

/// `POST /handlaggare/diarium/registrera`
pub async fn register(State(app): State<App>, visit: Visit, request: Request) -> Answer {
    let who = visit.signed_in()?;
    let upload::Uploaded { mut form, file } = upload::read(&app, request, limit(&app)).await?;
    let mut new = match by_hand(&form, &app) {
        Ok(new) => new,
        Err(errors) => {
            discard(&app, file).await?;
            if Id::parse(form.get(field::KEY)).is_err() {
                form.set(field::KEY, app.ids.id(app.now()).to_string());
            }
            return Ok(new_page(&app, &visit, UNPROCESSABLE, &form, &errors));
        }
    };
    new.file = match file {
        Err(FileFault::Missing) => None,
        Err(fault) => return Ok(file_wrong(&app, &visit, &form, files::wrong(fault))),
        Ok(sent) => match files::keep(&app, sent).await? {
            Ok(file) => Some(file),
            Err(wrong) => return Ok(file_wrong(&app, &visit, &form, wrong)),
        },
    };
    match actions::register(&app, who, &new).await? {
        Ok(document) => Ok(visit.see_other(&format!("{}?klart=registrerad", document_path(&document)))),
        Err(_) => Ok(new_page(&app, &visit, UNPROCESSABLE, &form, &one(field::CASE, Wrong::Case))),
    }
}

fn file_wrong(app: &App, visit: &Visit, form: &Form, wrong: FileWrong) -> Response {
    new_page(app, visit, UNPROCESSABLE, form, &one(field::FILE, Wrong::File(wrong)))
}

/// `POST /handlaggare/diarium/handling/{document}`: shows what is masked, and notes who read it.
pub async fn read(State(app): State<App>, visit: Visit, Path(document): Path<String>) -> Answer {
    let who = visit.signed_in()?;
    let opened = documents::open(&app, &document).await?;
    match actions::read_secret(&app, who, &opened.listed.id).await? {
        Ok(()) => documents::render(&app, &visit, opened, true),
        Err(_) => Err(AppError::NotFound),
    }
}

/// `POST /handlaggare/diarium/handling/{document}/ratta`
pub async fn correct(State(app): State<App>, visit: Visit, Path(document): Path<String>, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    let opened = documents::open(&app, &document).await?;
    let before = opened.entries.first().map(|entry| &entry.facts);
    let (facts, reason) = (rules::facts(&form, before, today(&app)), rules::reason(&form));
    let (facts, reason) = match (facts, reason) {
        (Ok(facts), Ok(reason)) => (facts, reason),
        (facts, reason) => {
            let errors = Errors([facts.err(), reason.err()].into_iter().flatten().flat_map(|errors| errors.0).collect());
            return Ok(correct_page(&app, &visit, UNPROCESSABLE, &opened, &form, &errors, None));
        }
    };
    match actions::correct(&app, who, &opened.listed.id, version(&form), &Change::Facts(facts), &reason).await? {
        Ok(()) => Ok(visit.see_other(&format!("{}?klart=rattad", document_path(&opened.listed.id)))),
        Err(Refusal::Stale) => {
            let opened = documents::open(&app, &document).await?;
            let stale = text::staff().register.form.stale;
            Ok(correct_page(&app, &visit, StatusCode::CONFLICT, &opened, &form, &Errors::new(), Some(stale)))
        }
        Err(_) => Err(AppError::NotFound),
    }
}

/// `POST /handlaggare/diarium/handling/{document}/sekretess`
pub async fn secrecy(State(app): State<App>, visit: Visit, Path(document): Path<String>, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    let opened = documents::open(&app, &document).await?;
    let (secrecy, reason): (Result<Option<Secrecy>, _>, _) = (rules::secrecy(&form), rules::reason(&form));
    let (secrecy, reason) = match (secrecy, reason) {
        (Ok(secrecy), Ok(reason)) => (secrecy, reason),
        (secrecy, reason) => {
            let errors = Errors([secrecy.err(), reason.err()].into_iter().flatten().flat_map(|errors| errors.0).collect());
            return Ok(secrecy_page(&app, &visit, UNPROCESSABLE, &opened, &form, &errors, None));
        }
    };
    match actions::correct(&app, who, &opened.listed.id, version(&form), &Change::Secrecy(secrecy), &reason).await? {
        Ok(()) => Ok(visit.see_other(&format!("{}?klart=rattad", document_path(&opened.listed.id)))),
        Err(Refusal::Stale) => {
            let opened = documents::open(&app, &document).await?;
            let stale = text::staff().register.form.stale;
            Ok(secrecy_page(&app, &visit, StatusCode::CONFLICT, &opened, &form, &Errors::new(), Some(stale)))
        }
        Err(_) => Err(AppError::NotFound),
    }
}

/// What stands in the way of something that was done with a request, in words.
fn problem(refusal: Refusal) -> &'static str {
    let words = &text::staff().register.disclosures;
    match refusal {
        Refusal::Stale => words.stale,
        Refusal::NothingReady => words.needs_files,
        Refusal::SomethingReady => words.has_files,
        Refusal::Secret => words.secret_original,
        Refusal::NotNow | Refusal::Unknown | Refusal::NoCase => words.not_now,
    }
}

/// `POST /handlaggare/diarium/begaranden/{disclosure}`: begins, or notes what whoever asked has said.
pub async fn note(State(app): State<App>, visit: Visit, Path(disclosure): Path<String>, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    let opened = open(&app, &disclosure).await?;
    let asked = form.get(field::WHAT);
    let Some((_, event)) = DOINGS.iter().find(|(value, _)| *value == asked) else { return Err(AppError::BadRequest) };
    match disclosures::note(&app, who, &opened.request.id, version(&form), *event).await? {
        Ok(()) => {
            let done = if asked == "borja" { "borjad" } else { "noterad" };
            Ok(visit.see_other(&format!("{}?klart={done}", path_of(&opened.request.id))))
        }
        Err(refusal) => {
            let opened = open(&app, &disclosure).await?;
            render(&app, &visit, StatusCode::CONFLICT, opened, &Errors::new(), Some(problem(refusal)))
        }
    }
}

/// `POST /handlaggare/diarium/begaranden/{disclosure}/filer`: what goes with the answer.
pub async fn prepare(State(app): State<App>, visit: Visit, Path(disclosure): Path<String>, request: Request) -> Answer {
    let who = visit.signed_in()?;
    let opened = open(&app, &disclosure).await?;
    let upload::Uploaded { form, file } = upload::read(&app, request, limit(&app)).await?;
    let named = Id::parse(form.get(field::DOCUMENTS)).map_err(|_| AppError::BadRequest);
    let what = match form.get(field::WHAT) {
        "original" | "ta_bort" => {
            discard(&app, file).await?;
            if form.get(field::WHAT) == "original" { Prepare::Original(named?) } else { Prepare::Remove(named?) }
        }
        _ => {
            let kept = match file {
                Ok(sent) => files::keep(&app, sent).await?,
                Err(fault) => Err(files::wrong(fault)),
            };
            match kept {
                Ok(file) => Prepare::Masked(file),
                Err(wrong) => return render(&app, &visit, UNPROCESSABLE, opened, &one(field::FILE, Wrong::File(wrong)), None),
            }
        }
    };
    match disclosures::prepare(&app, who, &opened.request.id, version(&form), &what).await? {
        Ok(()) => Ok(visit.see_other(&format!("{}?klart=filer", path_of(&opened.request.id)))),
        Err(refusal) => {
            let opened = open(&app, &disclosure).await?;
            render(&app, &visit, StatusCode::CONFLICT, opened, &Errors::new(), Some(problem(refusal)))
        }
    }
}

/// `POST /handlaggare/diarium/begaranden/{disclosure}/svara`
pub async fn answer(State(app): State<App>, visit: Visit, Path(disclosure): Path<String>, Posted(mut form): Posted) -> Answer {
    let who = visit.signed_in()?;
    let opened = open(&app, &disclosure).await?;
    let reply = match rules::reply(&form) {
        Ok(reply) => reply,
        Err(errors) => return Ok(answer_page(&app, &visit, UNPROCESSABLE, &opened, &form, &errors, None)),
    };
    match disclosures::answer(&app, who, &opened.request.id, version(&form), &reply).await? {
        Ok(()) => Ok(visit.see_other(&format!("{}?klart=svarad", path_of(&opened.request.id)))),
        Err(refusal) => {
            let opened = open(&app, &disclosure).await?;
            // Whoever is told has seen how it is now.
            form.set(field::VERSION, opened.request.version.to_string());
            let status = if refusal == Refusal::Stale { StatusCode::CONFLICT } else { UNPROCESSABLE };
            Ok(answer_page(&app, &visit, status, &opened, &form, &Errors::new(), Some(problem(refusal))))
        }
    }
}
