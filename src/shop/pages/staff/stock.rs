//! The stock: `GET /handlaggare/lager`, every printed edition with what is there; and one edition with its ledger and the
//! forms that change it.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::{LANG, cell, figure, head};
use crate::catalogue::model::Movement;
use crate::catalogue::store::stock::{self, Moved, Shelf};
use crate::kit::{Form, Id, Isbn, civil, swedish};
use crate::people::store as people;
use crate::platform::db::StoreError;
use crate::shop::model::order_number;
use crate::shop::rules::staff::field;
use crate::shop::store::dispatch;
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

pub const PATH: &str = "/handlaggare/lager";

/// Editions of a page.
const PAGE: usize = 50;

/// How much of the ledger is shown.
const LATEST: i64 = dispatch::MOST_ABOUT as i64;

/// `GET /handlaggare/lager`
pub async fn list(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    let (asked, low) = (visit.asked("q").trim().to_owned(), !visit.asked("lagt").is_empty());
    let (mut shelves, waiting) = app
        .db
        .read(async |tx| {
            let shelves = stock::shelves(tx).await?;
            Ok::<_, StoreError>((shelves, dispatch::waiting(tx).await?))
        })
        .await?;
    let isbn = Isbn::parse(&asked).ok();
    let part = swedish::fold(&asked);
    shelves.retain(|shelf| {
        let found = if isbn.is_some() { shelf.isbn == isbn } else { swedish::fold(shelf.title.as_str()).contains(&part) };
        found && (!low || shelf.is_low())
    });
    shelves.sort_by_cached_key(|shelf| swedish::sort_key(shelf.title.as_str()));
    let pages = shelves.len().div_ceil(PAGE);
    let page = visit.asked("sida").parse::<usize>().unwrap_or(1).clamp(1, pages.max(1));
    let words = &text::staff().stock;
    Ok(visit.page(&app, StatusCode::OK, head(words.title), move || {
        let count = (words.count)(shelves.len());
        let rows: Vec<Vec<Cell>> =
            shelves.iter().skip((page - 1) * PAGE).take(PAGE).map(|shelf| shelf_row(shelf, waits(&waiting, &shelf.id))).collect();
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("q", &asked)
            .extend_pairs(low.then_some(("lagt", "ja")))
            .finish();
        let links = PageLinks::numbered(page, pages, |page| format!("{PATH}?{query}&sida={page}"));
        let further = (pages > 1).then(|| view! { <Pagination links=links /> });
        let columns = vec![
            Cell::new(words.publication),
            Cell::new(words.isbn),
            Cell::new(words.on_hand).numeric(),
            Cell::new(words.held).numeric(),
            Cell::new(words.free).numeric(),
            Cell::new(words.waits).numeric(),
            Cell::new(words.level),
        ];
        let table = if rows.is_empty() {
            view! { <p class="govuk-body">{words.none}</p> }.into_any()
        } else {
            view! {
                <Table caption=words.caption caption_classes="govuk-visually-hidden" classes="app-reflow" head=columns rows=rows first_cell_is_header=true />
            }
            .into_any()
        };
        let ticked: Vec<String> = low.then(|| "ja".to_owned()).into_iter().collect();
        view! {
            <h1 class="govuk-heading-l">{words.title}</h1>
            <form method="get" action=PATH class="app-screen-only" novalidate=true>
                <Input name="q" label=words.find hint=words.find_hint value=asked.clone() classes="govuk-input--width-20" spellcheck=false />
                <Checkboxes name="lagt" items=vec![Choice::new("ja", words.only_low)] values=ticked classes="govuk-checkboxes--small" />
                <Button secondary=true>{words.show}</Button>
            </form>
            <p class="govuk-body">{count}</p>
            {table}
            {further}
        }
    }))
}

fn waits(waiting: &[(Id, i64)], edition: &Id) -> i64 {
    waiting.iter().find(|(id, _)| id == edition).map_or(0, |(_, copies)| *copies)
}

/// The word about the level; the colour only helps.
fn level(shelf: &Shelf) -> AnyView {
    let words = &text::staff().stock;
    if shelf.is_low() {
        view! { <Tag text=words.low classes="govuk-tag--yellow" /> }.into_any()
    } else {
        view! { <Tag text=words.enough classes="govuk-tag--green" /> }.into_any()
    }
}

/// As [`level`], with since when it is low.
fn level_since(shelf: &Shelf) -> AnyView {
    let since = shelf.low_since.filter(|_| shelf.is_low()).map(|at| (text::staff().stock.low_since)(&civil::clock_text(at, LANG)));
    view! { {level(shelf)} " " {since} }.into_any()
}

fn shelf_row(shelf: &Shelf, waits: i64) -> Vec<Cell> {
    let words = &text::staff().stock;
    let link = view! {
        <a class="govuk-link" href=format!("{PATH}/{}", shelf.id)>
            {shelf.title.as_str().to_owned()}
        </a>
    };
    vec![
        Cell::new(link.into_any()),
        cell(words.isbn, shelf.isbn.map(|isbn| isbn.to_string()).unwrap_or_default()).classes("app-nowrap"),
        figure(words.on_hand, shelf.on_hand.to_string()),
        figure(words.held, shelf.held.to_string()),
        figure(words.free, shelf.free().to_string()),
        figure(words.waits, waits.to_string()),
        cell(words.level, level(shelf)),
    ]
}

/// An edition with what its page shows.
pub struct Opened {
    pub shelf: Shelf,
    moved: Vec<Moved>,
    /// The numbers of the orders that the ledger is about, by what it says.
    orders: Vec<(String, i64)>,
    waits: i64,
    names: Vec<(Id, String)>,
}

/// Opens an edition. Five statements.
pub async fn open(app: &App, edition: &str) -> Result<Opened, AppError> {
    let id = Id::parse(edition).map_err(|_| AppError::NotFound)?;
    let found = app
        .db
        .read(async |tx| {
            let Some(shelf) = stock::shelf(tx, &id).await? else { return Ok(None) };
            let moved = stock::movements(tx, &id, LATEST).await?;
            let orders = dispatch::orders_about(tx, moved.iter().map(|moved| moved.about.as_str())).await?;
            let waits = waits(&dispatch::waiting(tx).await?, &id);
            Ok::<_, StoreError>(Some(Opened { shelf, moved, orders, waits, names: people::staff_names(tx).await? }))
        })
        .await?;
    found.ok_or(AppError::NotFound)
}

/// `GET /handlaggare/lager/{edition}`
pub async fn show(State(app): State<App>, visit: Visit, Path(edition): Path<String>) -> Result<Response, AppError> {
    let opened = open(&app, &edition).await?;
    let words = &text::staff().stock;
    let notice = match visit.asked("klart").as_str() {
        "inlevererat" => Some(words.was_received),
        "rattat" => Some(words.was_corrected),
        "grans" => Some(words.threshold_saved),
        _ => None,
    };
    let form = visit.typed().cloned().unwrap_or_default();
    Ok(render(&app, &visit, StatusCode::OK, opened, form, Vec::new(), notice))
}

/// The page in any state.
pub fn render(
    app: &App,
    visit: &Visit,
    status: StatusCode,
    opened: Opened,
    form: Form,
    errors: Vec<(&'static str, String)>,
    notice: Option<&'static str>,
) -> Response {
    let words = &text::staff().stock;
    let title = opened.shelf.title.as_str().to_owned();
    let trail = vec![(PATH.to_owned(), words.title.to_owned())];
    let head = Head { error: !errors.is_empty(), trail, ..head(title.clone()) };
    let packs = visit.who().is_some_and(|who| who.roles.any_of(crate::shop::PACKERS));
    visit.page(app, status, head, move || {
        let forms = if packs { forms(&opened.shelf, &form, &errors) } else { ().into_any() };
        let entries: Vec<(String, String)> = errors.into_iter().map(|(name, sentence)| (format!("#{name}"), sentence)).collect();
        let shelf = &opened.shelf;
        let rows = vec![
            SummaryRow::new(words.isbn, shelf.isbn.map(|isbn| isbn.to_string()).unwrap_or_default()),
            SummaryRow::new(words.on_hand, shelf.on_hand.to_string()),
            SummaryRow::new(words.held, shelf.held.to_string()),
            SummaryRow::new(words.free, shelf.free().to_string()),
            SummaryRow::new(words.waits, opened.waits.to_string()),
            SummaryRow::new(words.level, level_since(shelf)),
        ];
        view! {
            {(!entries.is_empty()).then(|| view! { <ErrorSummary errors=entries /> })}
            {notice.map(|notice| view! { <NotificationBanner success=true text=notice /> })}
            <h1 class="govuk-heading-l">{title}</h1>
            <SummaryList rows=rows />
            {forms}
            <h2 class="govuk-heading-m">{words.ledger}</h2>
            {ledger(&opened)}
        }
    })
}

fn forms(shelf: &Shelf, form: &Form, errors: &[(&'static str, String)]) -> AnyView {
    let words = &text::staff().stock;
    let at = |name: &str| errors.iter().find(|(field, _)| *field == name).map(|(_, sentence)| sentence.clone());
    let value = |name: &str| form.get(name).to_owned();
    let low = if form.get(field::LOW).is_empty() { shelf.low_stock.to_string() } else { value(field::LOW) };
    view! {
        <form method="post" class="app-measure app-screen-only" novalidate=true>
            <h2 class="govuk-heading-m">{words.arrive}</h2>
            <p class="govuk-body">{words.arrive_lead}</p>
            <Input
                name=field::ARRIVED
                label=words.arrived
                value=value(field::ARRIVED)
                error=at(field::ARRIVED)
                inputmode="numeric"
                autocomplete="off"
                classes="govuk-input--width-5"
            />
            <button type="submit" name=field::WHAT value="inleverans" class="govuk-button">
                {words.arrive_button}
            </button>
        </form>
        <form method="post" class="app-measure app-screen-only" novalidate=true>
            <h2 class="govuk-heading-m">{words.count_title}</h2>
            <p class="govuk-body">{words.count_lead}</p>
            <input type="hidden" name=field::SEEN value=shelf.on_hand.to_string() />
            <Input
                name=field::COUNTED
                label=words.counted
                value=value(field::COUNTED)
                error=at(field::COUNTED)
                inputmode="numeric"
                autocomplete="off"
                classes="govuk-input--width-5"
            />
            <Input
                name=field::REASON
                label=words.reason
                hint=words.reason_hint
                value=value(field::REASON)
                error=at(field::REASON)
                autocomplete="off"
            />
            <button type="submit" name=field::WHAT value="rattning" class="govuk-button govuk-button--secondary">
                {words.count_button}
            </button>
        </form>
        <form method="post" class="app-measure app-screen-only" novalidate=true>
            <h2 class="govuk-heading-m">{words.threshold}</h2>
            <p class="govuk-body">{words.threshold_lead}</p>
            <Input
                name=field::LOW
                label=words.threshold_field
                value=low
                error=at(field::LOW)
                inputmode="numeric"
                autocomplete="off"
                classes="govuk-input--width-5"
            />
            <button type="submit" name=field::WHAT value="grans" class="govuk-button govuk-button--secondary">
                {words.threshold_button}
            </button>
        </form>
    }
    .into_any()
}

/// A change with its sign; nothing where nothing changed.
fn signed(change: i64) -> String {
    match change {
        0 => String::new(),
        change if change > 0 => format!("+{change}"),
        change => format!("\u{2212}{}", change.unsigned_abs()),
    }
}

/// The reason that was given, and the order that it was for.
fn about(opened: &Opened, moved: &Moved) -> AnyView {
    let thing = moved.about.split_once(':').map_or("", |(_, id)| id);
    let number = opened.orders.iter().find(|(id, _)| id == thing).map(|(_, number)| *number);
    let order = number.map(|number| {
        view! {
            <a class="govuk-link" href=super::order::path(number)>
                {order_number(number)}
            </a>
        }
    });
    let gap = (order.is_some() && !moved.reason.is_empty()).then_some(" ");
    view! { {order} {gap} {moved.reason.clone()} }.into_any()
}

fn ledger(opened: &Opened) -> AnyView {
    let words = &text::staff().stock;
    let one = &text::staff().orders.one;
    let who = |made_by: &str| match made_by {
        "buyer" | "consumer" => one.buyer_did.to_owned(),
        made_by => made_by.strip_prefix("account:").map_or_else(
            || one.portal_did.to_owned(),
            |account| {
                let name = opened.names.iter().find(|(id, _)| id.to_string() == account).map(|(_, name)| name.clone());
                name.unwrap_or_else(|| one.someone.to_owned())
            },
        ),
    };
    let columns = vec![
        Cell::new(words.when),
        Cell::new(words.what),
        Cell::new(words.change_on_hand).numeric(),
        Cell::new(words.change_held).numeric(),
        Cell::new(words.who),
        Cell::new(words.why),
    ];
    let rows: Vec<Vec<Cell>> = opened
        .moved
        .iter()
        .map(|moved| {
            let kind = Movement::parse(&moved.kind).map_or("", words.kind);
            vec![
                Cell::new(civil::clock_text(moved.at, LANG)),
                cell(words.what, kind),
                figure(words.change_on_hand, signed(moved.on_hand)),
                figure(words.change_held, signed(moved.held)),
                cell(words.who, who(&moved.made_by)),
                cell(words.why, about(opened, moved)),
            ]
        })
        .collect();
    let latest = (i64::try_from(rows.len()).unwrap_or_default() == LATEST)
        .then(|| view! { <p class="govuk-body">{(words.ledger_latest)(rows.len())}</p> });
    view! {
        {latest}
        <Table caption=words.ledger caption_classes="govuk-visually-hidden" classes="app-reflow" head=columns rows=rows first_cell_is_header=true />
    }
    .into_any()
}
