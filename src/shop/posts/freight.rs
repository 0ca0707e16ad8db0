//! `POST /handlaggare/frakt`: a table of freight prices or a rate of VAT from a day on, or one of them taken back.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::kit::{CivilDate, Errors};
use crate::shop::actions::{self, freight};
use crate::shop::pages::staff::freight::{PATH, Says, what};
use crate::shop::pages::staff::freight::{load, render};
use crate::shop::rules::freight::{self as rules, RateError, StepError, field};
use crate::web::forms::Posted;
use crate::web::{App, AppError, Visit};

pub async fn change(State(app): State<App>, visit: Visit, Posted(form): Posted) -> Result<Response, AppError> {
    let who = visit.signed_in()?;
    let today = actions::today(&app);
    let day = || CivilDate::parse(form.get(field::DAY)).map_err(|_| AppError::BadRequest);
    let mut says = Says::default();
    let done = match form.get(field::WHAT) {
        what::PRICES => match rules::table(&form, today) {
            Ok(table) if freight::set_table(&app, who, &table).await? => Some("priser"),
            Ok(_) => {
                says.steps.push(field::FROM, StepError::Taken);
                None
            }
            Err(errors) => {
                says.steps = errors;
                None
            }
        },
        what::RATE => match rules::rate(&form, today) {
            Ok((rate, from)) if freight::set_rate(&app, who, rate, from).await? => Some("moms"),
            Ok(_) => {
                let mut errors = Errors::new();
                errors.push(field::RATE_FROM, RateError::Taken);
                says.rate = errors;
                None
            }
            Err(errors) => {
                says.rate = errors;
                None
            }
        },
        what::REMOVE_PRICES => Some(if freight::remove_table(&app, who, day()?).await? { "borttaget" } else { "redan" }),
        what::REMOVE_RATE => Some(if freight::remove_rate(&app, who, day()?).await? { "borttaget" } else { "redan" }),
        _ => return Err(AppError::BadRequest),
    };
    match done {
        Some(done) => Ok(visit.see_other(&format!("{PATH}?klart={done}"))),
        None => Ok(render(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, load(&app).await?, Says { form, ..says })),
    }
}
