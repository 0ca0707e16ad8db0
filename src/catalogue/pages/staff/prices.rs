//! `GET /handlaggare/publikationer/{work}/priser`: what each printed edition costs, has cost and will cost, and the form for a
//! new price.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::{LANG, below, cell, heading, who};
use crate::catalogue::editor::path_of;
use crate::catalogue::rules::prices::{PriceError, field};
use crate::catalogue::store::prices::{self, Dated, Priced};
use crate::kit::{CivilDate, Errors, Form, Id, PublishedText, civil};
use crate::people::store as people;
use crate::platform::db::StoreError;
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

/// The page's address.
pub fn path(work: &Id) -> String {
    format!("{}/priser", path_of(work))
}

/// What the page shows.
pub struct Opened {
    pub work: Id,
    title: PublishedText,
    editions: Vec<Priced>,
    dated: Vec<Dated>,
    names: Vec<(Id, String)>,
}

/// Opens a work's prices. Four statements.
pub async fn open(app: &App, work: &str) -> Result<Opened, AppError> {
    let work = Id::parse(work).map_err(|_| AppError::NotFound)?;
    let found = app
        .db
        .read(async |tx| {
            let Some((title, _)) = prices::title(tx, &work).await? else { return Ok(None) };
            let editions = prices::printed(tx, &work).await?;
            let dated = prices::dated(tx, &work).await?;
            Ok::<_, StoreError>(Some((title, editions, dated, people::staff_names(tx).await?)))
        })
        .await?;
    let (title, editions, dated, names) = found.ok_or(AppError::NotFound)?;
    Ok(Opened { work, title, editions, dated, names })
}

/// What the page says besides.
#[derive(Default)]
pub struct Says {
    /// What was typed, for the edition that it names.
    pub form: Form,
    pub errors: Errors<PriceError>,
    /// Someone else was quicker.
    pub stale: bool,
}

pub async fn show(State(app): State<App>, visit: Visit, Path(work): Path<String>) -> Result<Response, AppError> {
    let opened = open(&app, &work).await?;
    let says = Says { form: visit.typed().cloned().unwrap_or_default(), ..Says::default() };
    Ok(render(&app, &visit, StatusCode::OK, opened, says))
}

/// The page in any state.
pub fn render(app: &App, visit: &Visit, status: StatusCode, opened: Opened, says: Says) -> Response {
    let words = &text::staff().prices;
    let today = civil::stockholm(app.now()).date;
    let notice = match visit.asked("klart").as_str() {
        _ if status != StatusCode::OK => None,
        "sparat" => Some(words.saved),
        "borttaget" => Some(words.removed),
        _ => None,
    };
    let head = Head { error: !says.errors.is_empty() || says.stale, ..below(words.title, &opened.work, opened.title.as_str()) };
    visit.page(app, status, head, move || {
        let place = opened.editions.iter().position(|edition| edition.id.as_str() == says.form.get(field::EDITION)).unwrap_or(0);
        let mut entries: Vec<(String, String)> =
            says.errors.iter().map(|entry| (format!("#{}-{place}", entry.field), (words.error)(entry.error).to_owned())).collect();
        entries.extend(says.stale.then(|| (format!("#priser-{place}"), words.stale.to_owned())));
        let none = opened.editions.is_empty().then(|| view! { <p class="govuk-body">{words.none}</p> });
        let editions =
            opened.editions.iter().enumerate().map(|(number, edition)| one(&opened, edition, number, &says, today)).collect_view();
        view! {
            {(!entries.is_empty()).then(|| view! { <ErrorSummary errors=entries /> })}
            {notice.map(|notice| view! { <NotificationBanner success=true text=notice /> })}
            {heading(opened.title.as_str(), words.title)}
            <p class="govuk-body app-measure">{words.lead}</p>
            {none}
            {editions}
        }
    })
}

fn one(opened: &Opened, edition: &Priced, number: usize, says: &Says, today: CivilDate) -> AnyView {
    let words = &text::staff().prices;
    let own: Vec<&Dated> = opened.dated.iter().filter(|dated| dated.edition_id == edition.id).collect();
    let holds = own.iter().rposition(|dated| dated.valid_from <= today);
    let (price, example) = match holds.and_then(|holds| own.get(holds)) {
        Some(dated) => (Some(dated.price), dated.is_example != 0),
        None => (edition.price, edition.price_is_example != 0),
    };
    let price = price.map_or_else(
        || words.today_none.to_owned(),
        |price| if example { format!("{} ({})", price.text(LANG), words.example) } else { price.text(LANG) },
    );
    let isbn = edition.isbn.map(|isbn| isbn.to_string());
    view! {
        <section aria-labelledby=format!("priser-{number}")>
            <h2 class="govuk-heading-m" id=format!("priser-{number}") tabindex="-1">
                {(words.edition)(isbn.as_deref())}
            </h2>
            <SummaryList rows=vec![SummaryRow::new(words.today, price)] />
            {table(opened, edition, &own, holds, today)}
            {form(edition, number, says)}
        </section>
    }
    .into_any()
}

fn table(opened: &Opened, edition: &Priced, own: &[&Dated], holds: Option<usize>, today: CivilDate) -> Option<AnyView> {
    let words = &text::staff().prices;
    if own.is_empty() {
        return None;
    }
    let first = edition.price.map(|price| {
        let state = if holds.is_none() { words.holds } else { words.been };
        vec![
            Cell::new(words.first_row),
            cell(words.price, price.text(LANG)).classes("app-nowrap"),
            cell(words.state, state),
            cell(words.set, ""),
            Cell::new(""),
        ]
    });
    let rows = own.iter().enumerate().map(|(place, dated)| {
        let state = match () {
            () if dated.valid_from > today => words.to_come,
            () if Some(place) == holds => words.holds,
            () => words.been,
        };
        let (day, price) = (dated.valid_from.long(LANG), dated.price.text(LANG));
        let remove = (dated.valid_from > today).then(|| {
            let which = (words.remove_which)(&price, &day);
            view! {
                <form method="post" class="app-screen-only">
                    <input type="hidden" name=field::EDITION value=edition.id.to_string() />
                    <input type="hidden" name=field::VERSION value=edition.version.to_string() />
                    <input type="hidden" name=field::REMOVE value=dated.valid_from.text() />
                    <button type="submit" class="app-link-button">
                        {words.remove}
                        <span class="govuk-visually-hidden">" " {which}</span>
                    </button>
                </form>
            }
            .into_any()
        });
        let shown = if dated.is_example != 0 { format!("{price} ({})", words.example) } else { price };
        let set = (words.set_by)(&who(&opened.names, &dated.set_by), &civil::clock_text(dated.set_at, LANG));
        vec![
            Cell::new(day),
            cell(words.price, shown),
            cell(words.state, state),
            cell(words.set, set),
            Cell::new(remove.unwrap_or_else(|| ().into_any())),
        ]
    });
    let rows: Vec<Vec<Cell>> = first.into_iter().chain(rows).collect();
    let hidden = view! { <span class="govuk-visually-hidden">{words.remove}</span> }.into_any();
    let columns = vec![Cell::new(words.from), Cell::new(words.price), Cell::new(words.state), Cell::new(words.set), Cell::new(hidden)];
    Some(
        view! {
            <Table caption=words.caption caption_classes="govuk-visually-hidden" classes="app-reflow" head=columns rows=rows first_cell_is_header=true />
        }
        .into_any(),
    )
}

fn form(edition: &Priced, number: usize, says: &Says) -> AnyView {
    let words = &text::staff().prices;
    let mine = says.form.get(field::EDITION) == edition.id.as_str();
    let value = |name: &str| if mine { says.form.get(name).to_owned() } else { String::new() };
    let at = |name: &str| says.errors.of(name).filter(|_| mine).map(|error| (words.error)(*error));
    view! {
        <form method="post" class="app-measure app-screen-only" novalidate=true>
            <h3 class="govuk-heading-s">{words.new}</h3>
            <p class="govuk-body">{words.new_lead}</p>
            <input type="hidden" name=field::EDITION value=edition.id.to_string() />
            <input type="hidden" name=field::VERSION value=edition.version.to_string() />
            <Input
                name=field::PRICE
                id=format!("{}-{number}", field::PRICE)
                label=words.new_price
                hint=words.price_hint
                value=value(field::PRICE)
                error=at(field::PRICE)
                inputmode="decimal"
                autocomplete="off"
                classes="govuk-input--width-5"
            />
            <Input
                name=field::FROM
                id=format!("{}-{number}", field::FROM)
                label=words.new_from
                hint=words.from_hint
                value=value(field::FROM)
                error=at(field::FROM)
                autocomplete="off"
                classes="govuk-input--width-10"
            />
            <Button>{words.submit}</Button>
        </form>
    }
    .into_any()
}
