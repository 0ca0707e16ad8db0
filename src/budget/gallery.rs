//! A budget to try, for those who build and for the tests that look (`/komponenter/budget`, never in production): filled, empty
//! and wrong, and it reckons. It keeps nothing. The rows are samples, so they stand here and not in `text`.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::draft::Draft;
use super::model::{Ask, Limits, MOST_ROWS, Part, Wrong, Years};
use super::pages;
use super::rules::{check, so_far};
use crate::kit::{Form, Ore, Rate};
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::forms::Posted;
use crate::web::{Access, App, AppError, Routes, Visit};

const PREFIX: &str = "budget";
const PATH: &str = "/komponenter/budget";

/// The pages of this area.
pub fn routes(routes: Routes) -> Routes {
    routes.get(Access::Anyone, PATH, show).post(Access::Anyone, PATH, send)
}

fn limits() -> Option<Limits> {
    Some(Limits {
        on_costs: Some(Rate(4066)),
        overhead: Some(Rate(1000)),
        co_funding: Some(Rate(2000)),
        ceiling: Some(Ore::kr(750_000)),
        ..Limits::of(Years::new(2027, 2)?)
    })
}

/// `GET /komponenter/budget`: filled; with `?lage=tom` empty, with `?lage=fel` wrong.
async fn show(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    let (draft, judged) = match visit.asked("lage").as_str() {
        "tom" => (Draft::new(PREFIX), false),
        "fel" => (wrong_sample(), true),
        _ => (sample(), false),
    };
    answer(&app, &visit, &draft, judged, StatusCode::OK)
}

/// `POST /komponenter/budget`: a row more or less, the sums, or all that is wrong.
async fn send(State(app): State<App>, visit: Visit, Posted(form): Posted) -> Result<Response, AppError> {
    if let Some((draft, _)) = Draft::step(&form, PREFIX) {
        return answer(&app, &visit, &draft, false, StatusCode::OK);
    }
    answer(&app, &visit, &Draft::read(&form, PREFIX), form.checked("kontrollera"), StatusCode::UNPROCESSABLE_ENTITY)
}

/// The page; `judged` when errors are to be shown, which it then answers with `status`.
fn answer(app: &App, visit: &Visit, draft: &Draft, judged: bool, status: StatusCode) -> Result<Response, AppError> {
    let limits = limits().filter(|_| !app.config.production).ok_or(AppError::NotFound)?;
    let lang = visit.lang;
    let wrong: Vec<Wrong> = if judged { check(draft, &limits).err().unwrap_or_default() } else { Vec::new() };
    let summary = pages::errors(lang, &wrong);
    let status = if summary.is_empty() { StatusCode::OK } else { status };
    let title = text::budget(lang).sheet.name;
    let head = Head { noindex: true, island: true, error: !summary.is_empty(), ..Head::new(title) };
    let readable = so_far(draft, &limits).ok().map(|so_far| pages::shown(lang, &so_far.reckoned, &so_far.budget));
    let main = || {
        let summary = (!summary.is_empty()).then(|| view! { <ErrorSummary errors=summary /> });
        view! {
            {summary}
            <h1 class="govuk-heading-l">{title}</h1>
            <form method="post" action=visit.href(PATH)>
                {pages::fields(lang, draft, &limits, &wrong)}
                <div class="govuk-button-group">
                    <Button name="kontrollera" value="ja">"Kontrollera"</Button>
                    <Button secondary=true>"Spara"</Button>
                </div>
            </form>
            <hr class="app-divider" />
            {readable}
        }
    };
    Ok(visit.page(app, status, head, main))
}

/// A filled budget that keeps the limits.
fn sample() -> Draft {
    let fields = [
        ("arbete.1.funktion", "Projektledare"),
        ("arbete.1.lon", "45 000"),
        ("arbete.1.andel.2027", "50"),
        ("arbete.1.manader.2027", "12"),
        ("arbete.1.andel.2028", "25"),
        ("arbete.1.manader.2028", "6,5"),
        ("arbete.2.funktion", "Fältsekreterare"),
        ("arbete.2.lon", "36 250,50"),
        ("arbete.2.andel.2027", "20"),
        ("arbete.2.manader.2027", "10"),
        ("lonekostnadspaslag", "40,66"),
        ("overhead", "10"),
        ("tjanster.1.vad", "Utvärdering vid högskolan"),
        ("tjanster.1.belopp.2027", "80 000"),
        ("tjanster.1.belopp.2028", "120 000"),
        ("ovrigt.1.vad", "Lokal för föräldramöten"),
        ("ovrigt.1.belopp.2027", "12 500"),
        ("egen.1.vad", "Trygghetssamordnarens tid"),
        ("egen.1.belopp.2027", "120 000"),
        ("andras.1.vem", "Exempelbostäder AB"),
        ("andras.1.vad", "Belysning i två källare"),
        ("andras.1.belopp.2027", "40 000"),
        ("andras.1.belopp.2028", "20 000"),
    ];
    read(&fields)
}

/// One of each kind of mistake that can be seen.
fn wrong_sample() -> Draft {
    let fields = [
        ("arbete.1.funktion", ""),
        ("arbete.1.lon", "fyrtiofem tusen"),
        ("arbete.1.andel.2027", "120"),
        ("arbete.1.manader.2027", "13"),
        ("arbete.1.andel.2028", "50"),
        ("lonekostnadspaslag", "42"),
        ("overhead", "10,555"),
        ("tjanster.1.vad", "Utvärdering"),
        ("tjanster.1.belopp.2026", "80 000"),
        ("egen.1.vad", "Eget arbete"),
        ("egen.1.belopp.2027", "-5"),
    ];
    let mut draft = read(&fields);
    for row in 0..=MOST_ROWS {
        let mut cost = super::draft::Row::default();
        cost.set(Ask::What, None, format!("Resa {}", row + 1));
        cost.set(Ask::Amount, Some(2027), "400");
        draft.push(Part::Other, cost);
    }
    draft
}

fn read(fields: &[(&str, &str)]) -> Draft {
    let fields = fields.iter().map(|(name, value)| (format!("{PREFIX}.{name}"), (*value).to_owned()));
    Draft::read(&Form(fields.collect()), PREFIX)
}
