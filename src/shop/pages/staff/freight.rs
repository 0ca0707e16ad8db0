//! `GET /handlaggare/frakt`: what it costs to send copies and the VAT on that, from which day; and the forms that change it.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::{LANG, cell, head};
use crate::kit::{CivilDate, Errors, Form, Rate};
use crate::platform::db::StoreError;
use crate::shop::actions;
use crate::shop::rules::freight::{RateError, StepError, field};
use crate::shop::store::freight::{self, DatedStep};
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

pub const PATH: &str = "/handlaggare/frakt";

/// Which of the page's forms is sent.
pub mod what {
    pub const PRICES: &str = "priser";
    pub const RATE: &str = "moms";
    pub const REMOVE_PRICES: &str = "ta_bort_priser";
    pub const REMOVE_RATE: &str = "ta_bort_moms";
}

/// Tables that have been are shown as far back as this many.
const LATEST: usize = 20;

/// What the page shows.
pub struct Loaded {
    today: CivilDate,
    /// Tables with their days, the latest first.
    tables: Vec<(CivilDate, Vec<DatedStep>)>,
    rates: Vec<(CivilDate, Rate)>,
}

/// Reads it all. Two statements.
pub async fn load(app: &App) -> Result<Loaded, AppError> {
    let (steps, rates) = app.db.read(async |tx| Ok::<_, StoreError>((freight::steps(tx).await?, freight::rates(tx).await?))).await?;
    let mut tables: Vec<(CivilDate, Vec<DatedStep>)> = Vec::new();
    for step in steps {
        match tables.last_mut() {
            Some((day, steps)) if *day == step.valid_from => steps.push(step),
            _ => tables.push((step.valid_from, vec![step])),
        }
    }
    Ok(Loaded { today: actions::today(app), tables, rates })
}

/// What the page says besides.
#[derive(Default)]
pub struct Says {
    pub form: Form,
    pub steps: Errors<StepError>,
    pub rate: Errors<RateError>,
}

/// `GET /handlaggare/frakt`
pub async fn show(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    let loaded = load(&app).await?;
    let says = Says { form: visit.typed().cloned().unwrap_or_default(), ..Says::default() };
    Ok(render(&app, &visit, StatusCode::OK, loaded, says))
}

/// The page in any state.
pub fn render(app: &App, visit: &Visit, status: StatusCode, loaded: Loaded, says: Says) -> Response {
    let words = &text::staff().freight;
    let notice = match visit.asked("klart").as_str() {
        _ if status != StatusCode::OK => None,
        "priser" => Some(words.prices_saved),
        "moms" => Some(words.rate_saved),
        "borttaget" => Some(words.removed),
        "redan" => Some(words.gone),
        _ => None,
    };
    let done = visit.asked("klart") != "redan";
    let head = Head { error: !says.steps.is_empty() || !says.rate.is_empty(), ..head(words.title) };
    visit.page(app, status, head, move || {
        let steps = says.steps.iter().map(|entry| (format!("#{}", entry.field), (words.step_error)(entry.error).to_owned()));
        let rate = says.rate.iter().map(|entry| (format!("#{}", entry.field), (words.rate_error)(entry.error).to_owned()));
        let entries: Vec<(String, String)> = steps.chain(rate).collect();
        view! {
            {(!entries.is_empty()).then(|| view! { <ErrorSummary errors=entries /> })}
            {notice.map(|notice| view! { <NotificationBanner success=done text=notice /> })}
            <h1 class="govuk-heading-l">{words.title}</h1>
            <p class="govuk-body app-measure">{words.lead}</p>
            <h2 class="govuk-heading-m">{words.prices}</h2>
            {prices(&loaded)}
            {prices_form(&loaded, &says)}
            <h2 class="govuk-heading-m">{words.vat}</h2>
            {rates(&loaded)}
            {rate_form(&says)}
        }
    })
}

/// Where a row stands that begins on a day, when the one that holds today begins on another.
fn state(day: CivilDate, holds: Option<CivilDate>, today: CivilDate) -> &'static str {
    let words = &text::staff().freight;
    match () {
        () if day > today => words.to_come,
        () if Some(day) == holds => words.holds,
        () => words.been,
    }
}

/// The button that takes a row back, when its day has not come.
fn remove(day: CivilDate, today: CivilDate, what: &'static str, which: String) -> AnyView {
    let words = &text::staff().freight;
    if day <= today {
        return ().into_any();
    }
    view! {
        <form method="post" class="app-screen-only">
            <input type="hidden" name=field::DAY value=day.text() />
            <button type="submit" class="app-link-button" name=field::WHAT value=what>
                {words.remove}
                <span class="govuk-visually-hidden">" " {which}</span>
            </button>
        </form>
    }
    .into_any()
}

fn columns(middle: &'static str) -> Vec<Cell> {
    let words = &text::staff().freight;
    let action = view! { <span class="govuk-visually-hidden">{words.action}</span> }.into_any();
    vec![Cell::new(words.from), Cell::new(middle), Cell::new(words.state), Cell::new(action)]
}

fn prices(loaded: &Loaded) -> AnyView {
    let words = &text::staff().freight;
    let today = loaded.today;
    let holds = loaded.tables.iter().map(|(day, _)| *day).find(|day| *day <= today);
    let rows: Vec<Vec<Cell>> = loaded
        .tables
        .iter()
        .take(LATEST)
        .map(|(day, steps)| {
            let lines = steps.iter().map(|step| view! { <li>{(words.step)(step.min_copies, &step.price.text(LANG))}</li> }).collect_view();
            let list = view! { <ul class="govuk-list govuk-!-margin-bottom-0">{lines}</ul> }.into_any();
            vec![
                Cell::new(day.long(LANG)),
                cell(words.steps, list),
                cell(words.state, state(*day, holds, today)),
                Cell::new(remove(*day, today, what::REMOVE_PRICES, (words.remove_prices)(&day.long(LANG)))),
            ]
        })
        .collect();
    let none = holds.is_none().then(|| view! { <WarningText>{words.prices_none}</WarningText> });
    let table = (!rows.is_empty()).then(|| {
        view! {
            <Table caption=words.prices_caption caption_classes="govuk-visually-hidden" classes="app-reflow" head=columns(words.steps) rows=rows first_cell_is_header=true />
        }
    });
    view! {
        {none}
        {table}
    }
    .into_any()
}

fn prices_form(loaded: &Loaded, says: &Says) -> AnyView {
    let words = &text::staff().freight;
    let mine = says.form.get(field::WHAT) == what::PRICES;
    let latest: &[DatedStep] = loaded.tables.first().map_or(&[], |(_, steps)| steps);
    // What stands last is what most of the new table will say.
    let value = |name: &str, stored: String| if mine { says.form.get(name).to_owned() } else { stored };
    let error = |name: &str| says.steps.of(name).map(|error| (words.step_error)(*error));
    let rows = field::COPIES
        .into_iter()
        .zip(field::PRICE)
        .enumerate()
        .map(|(place, (copies, price))| {
            let step = latest.get(place);
            view! {
                <fieldset class="govuk-fieldset">
                    <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{(words.row)(place + 1)}</legend>
                    <div class="app-field-row">
                    <Input
                        name=copies
                        label=words.copies
                        value=value(copies, step.map(|step| step.min_copies.to_string()).unwrap_or_default())
                        error=error(copies)
                        inputmode="numeric"
                        autocomplete="off"
                        classes="govuk-input--width-5"
                    />
                    <Input
                        name=price
                        label=words.price
                        value=value(price, step.map(|step| step.price.input(LANG)).unwrap_or_default())
                        error=error(price)
                        inputmode="decimal"
                        autocomplete="off"
                        classes="govuk-input--width-5"
                    />
                    </div>
                </fieldset>
            }
        })
        .collect_view();
    let form = view! {
            <form method="post" class="app-measure" novalidate=true>
                <p class="govuk-body">{words.new_prices_lead}</p>
                {rows}
                <Input
                    name=field::FROM
                    label=words.new_from
                    hint=words.from_hint
                    value=value(field::FROM, String::new())
                    error=error(field::FROM)
                    autocomplete="off"
                    classes="govuk-input--width-10"
                />
                <button type="submit" name=field::WHAT value=what::PRICES class="govuk-button">
                    {words.save_prices}
                </button>
            </form>
    };
    view! { <Details summary=words.new_prices open=mine>{form}</Details> }.into_any()
}

fn rates(loaded: &Loaded) -> AnyView {
    let words = &text::staff().freight;
    let today = loaded.today;
    let holds = loaded.rates.iter().map(|(day, _)| *day).find(|day| *day <= today);
    let rows: Vec<Vec<Cell>> = loaded
        .rates
        .iter()
        .take(LATEST)
        .map(|(day, rate)| {
            vec![
                Cell::new(day.long(LANG)),
                cell(words.rate, rate.text(LANG)).classes("app-nowrap"),
                cell(words.state, state(*day, holds, today)),
                Cell::new(remove(*day, today, what::REMOVE_RATE, (words.remove_rate)(&day.long(LANG)))),
            ]
        })
        .collect();
    view! {
        <Table caption=words.vat_caption caption_classes="govuk-visually-hidden" classes="app-reflow" head=columns(words.rate) rows=rows first_cell_is_header=true />
    }
    .into_any()
}

fn rate_form(says: &Says) -> AnyView {
    let words = &text::staff().freight;
    let mine = says.form.get(field::WHAT) == what::RATE;
    let value = |name: &str| if mine { says.form.get(name).to_owned() } else { String::new() };
    let error = |name: &str| says.rate.of(name).map(|error| (words.rate_error)(*error));
    let form = view! {
            <form method="post" class="app-measure" novalidate=true>
                <p class="govuk-body">{words.new_vat_lead}</p>
                <Input
                    name=field::RATE
                    label=words.new_rate
                    hint=words.rate_hint
                    value=value(field::RATE)
                    error=error(field::RATE)
                    inputmode="decimal"
                    autocomplete="off"
                    classes="govuk-input--width-5"
                />
                <Input
                    name=field::RATE_FROM
                    label=words.new_from
                    hint=words.from_hint
                    value=value(field::RATE_FROM)
                    error=error(field::RATE_FROM)
                    autocomplete="off"
                    classes="govuk-input--width-10"
                />
                <button type="submit" name=field::WHAT value=what::RATE class="govuk-button">
                    {words.save_rate}
                </button>
            </form>
    };
    view! { <Details summary=words.new_vat open=mine>{form}</Details> }.into_any()
}
