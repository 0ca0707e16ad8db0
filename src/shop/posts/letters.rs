//! The forms of letters to buyers and of their templates.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::kit::{Errors, Form, Id};
use crate::shop::actions::staff as actions;
use crate::shop::letters;
use crate::shop::pages::staff::letter;
use crate::shop::pages::staff::templates::{self as pages, Known, Says};
use crate::shop::rules::letter::{self as rules, LetterError, field};
use crate::web::forms::Posted;
use crate::web::{App, AppError, Visit};

type Answer = Result<Response, AppError>;

/// `POST /handlaggare/bestallningar/{number}/brev`: looks at the letter, or sends it.
pub async fn write(State(app): State<App>, visit: Visit, Path(number): Path<String>, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    let desk = letter::desk(&app, &visit, &number).await?;
    let (subject, body) = match rules::letter(&form) {
        Ok(letter) => letter,
        Err(errors) => return Ok(letter::render(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, desk, form, errors, None)),
    };
    // A form without its key is looked at first, and gets one.
    let key = Id::parse(form.get(field::KEY)).ok().filter(|_| form.get(field::STEP) == "skicka");
    let order = &desk.opened.order;
    let Some(key) = key else {
        let mail = letters::message(order, &subject, &body, &app.ids.id(app.now()));
        return Ok(letter::render(&app, &visit, StatusCode::OK, desk, form, Errors::new(), Some(mail)));
    };
    let mail = letters::message(order, &subject, &body, &key);
    actions::write_to_buyer(&app, who, order, &mail, desk.template()).await?;
    app.bell.ring();
    Ok(visit.see_other(&format!("{}?klart=brev", desk.opened.path())))
}

/// `POST /handlaggare/mallar/ny`
pub async fn new_template(State(app): State<App>, visit: Visit, Posted(form): Posted) -> Answer {
    save(&app, &visit, None, form).await
}

/// `POST /handlaggare/mallar/{template}`: saves, looks at, takes out of use or into it again.
pub async fn template(State(app): State<App>, visit: Visit, Path(id): Path<String>, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    let known = pages::open(&app, &id).await?;
    let (retired, done) = match form.get(field::STEP) {
        "sluta" => (true, "slutad"),
        "ater" => (false, "ater"),
        _ => return save(&app, &visit, Some(known), form).await,
    };
    actions::retire_template(&app, who, &known.template.id, retired).await?;
    Ok(visit.see_other(&format!("{}/{}?klart={done}", pages::PATH, known.template.id)))
}

async fn save(app: &App, visit: &Visit, known: Option<Known>, form: Form) -> Answer {
    let who = visit.signed_in()?;
    let refuse = |known, form, errors| {
        Ok(pages::render(app, visit, StatusCode::UNPROCESSABLE_ENTITY, known, form, Says { errors, ..Says::default() }))
    };
    let draft = match rules::template(&form) {
        Ok(draft) => draft,
        Err(errors) => return refuse(known, form, errors),
    };
    if form.get(field::STEP) == "granska" {
        let Some(opened) = letter::order_for_preview(app, form.get(field::ORDER)).await? else {
            let mut errors = Errors::new();
            errors.push(field::ORDER, LetterError::NoOrder);
            return refuse(known, form, errors);
        };
        return Ok(pages::render(app, visit, StatusCode::OK, known, form, Says { preview: Some(opened), ..Says::default() }));
    }
    let seen = form.get(field::VERSION).parse().unwrap_or_default();
    let template = known.as_ref().map(|known| (&known.template.id, seen));
    match actions::save_template(app, who, template, &draft).await? {
        Some(id) => Ok(visit.see_other(&format!("{}/{id}?klart=sparad", pages::PATH))),
        None => {
            let now = match &known {
                Some(known) => Some(pages::open(app, known.template.id.as_str()).await?),
                None => None,
            };
            Ok(pages::render(app, visit, StatusCode::CONFLICT, now, form, Says { stale: true, ..Says::default() }))
        }
    }
}
