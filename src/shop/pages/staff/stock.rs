//! The stock: `GET /handlaggare/lager`, every printed edition with what is there; and one edition with its ledger and the
//! forms that change it.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::{LANG, cell, figure, head};
use crate::catalogue::model::Movement;
use crate::catalogue::store::stock::{self, Moved, Shelf};
use crate::kit::StaffRole::{Administrator, Economist, Warehouse};
use crate::kit::{Form, Id, Instant, Isbn, civil, swedish};
use crate::people::store as people;
use crate::platform::db::{StoreError, Tx};
use crate::shop::model::order_number;
use crate::shop::rules::staff::field;
use crate::shop::store::dispatch;
use crate::tables::view::shown;
use crate::text;
use crate::text::staff::stock::StockTexts;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::sheets::{self, Column, Facts, Field, Listing, SheetOf, Value};
use crate::web::{App, AppError, Tying, Visit};

pub const PATH: &str = "/handlaggare/lager";

/// Editions of a page.
const PAGE: usize = 50;

/// How much of the ledger is shown.
const LATEST: i64 = dispatch::MOST_ABOUT as i64;

/// The table of the stock.
pub const SHEET: SheetOf<Asked> = SheetOf::new();

const FACTS: Facts = Facts {
    code: "stock",
    path: PATH,
    title: || text::staff().stock.title,
    file: "lager",
    sees: &[Warehouse, Economist, Administrator],
    takes: &[Warehouse, Economist, Administrator],
    fields: &[Field::plain("q"), Field::plain("lagt")],
};

/// An edition on its shelf, and how many copies orders wait for.
pub struct Row {
    shelf: Shelf,
    waits: i64,
}

type Col = Column<Row>;

fn stock_words() -> &'static StockTexts {
    &text::staff().stock
}

const COLUMNS: &[Col] = &[
    Col::new("publikation", || stock_words().publication, |row| row.shelf.title.as_str().into()).shown(shelf_link),
    Col::new("isbn", || stock_words().isbn, |row| row.shelf.isbn.map_or(Value::Empty, |isbn| isbn.to_string().into()))
        .classes("app-nowrap"),
    Col::new("saldo", || stock_words().on_hand, |row| Value::Count(row.shelf.on_hand)).figures(),
    Col::new("reserverade", || stock_words().held, |row| Value::Count(row.shelf.held)).figures(),
    Col::new("fria", || stock_words().free, |row| Value::Count(row.shelf.free())).figures(),
    Col::new("vantar", || stock_words().waits, |row| Value::Count(row.waits)).figures(),
    Col::new("niva", || stock_words().level, |row| level_word(&row.shelf).into()).shown(|row| level(&row.shelf)),
];

fn shelf_link(row: &Row) -> AnyView {
    view! {
        <a class="govuk-link" href=format!("{PATH}/{}", row.shelf.id)>
            {row.shelf.title.as_str().to_owned()}
        </a>
    }
    .into_any()
}

fn level_word(shelf: &Shelf) -> &'static str {
    if shelf.is_low() { stock_words().low } else { stock_words().enough }
}

/// What stands in the address, read.
pub struct Asked {
    words: String,
    low: bool,
}

impl Asked {
    /// Every edition that was asked for, by title: in order here, since the engines do not agree on Swedish letters. Two
    /// statements.
    async fn rows(&self, tx: &mut Tx) -> Result<Vec<Row>, StoreError> {
        let mut shelves = stock::shelves(tx).await?;
        let waiting = dispatch::waiting(tx).await?;
        let isbn = Isbn::parse(&self.words).ok();
        let part = swedish::fold(&self.words);
        shelves.retain(|shelf| {
            let found = if isbn.is_some() { shelf.isbn == isbn } else { swedish::fold(shelf.title.as_str()).contains(&part) };
            found && (!self.low || shelf.is_low())
        });
        shelves.sort_by_cached_key(|shelf| (swedish::sort_key(shelf.title.as_str()), shelf.id.to_string()));
        Ok(shelves.into_iter().map(|shelf| Row { waits: waits(&waiting, &shelf.id), shelf }).collect())
    }
}

impl Listing for Asked {
    type Row = Row;
    const FACTS: &'static Facts = &FACTS;
    const COLUMNS: &'static [Col] = COLUMNS;

    fn read(query: &str, _: Instant) -> Self {
        Self { words: sheets::asked(query, "q"), low: !sheets::asked(query, "lagt").is_empty() }
    }

    fn total<'a>(&'a self, tx: &'a mut Tx) -> Tying<'a, i64> {
        Box::pin(async move { Ok(i64::try_from(self.rows(tx).await?.len()).unwrap_or_default()) })
    }

    fn after<'a>(&'a self, tx: &'a mut Tx, last: Option<&'a Row>, limit: i64) -> Tying<'a, Vec<Row>> {
        Box::pin(async move {
            let place = |row: &Row| (swedish::sort_key(row.shelf.title.as_str()), row.shelf.id.to_string());
            let after = last.map(place);
            let rows = self.rows(tx).await?.into_iter().filter(|row| after.as_ref().is_none_or(|after| place(row) > *after));
            Ok(rows.take(usize::try_from(limit).unwrap_or_default()).collect())
        })
    }
}

/// `GET /handlaggare/lager`
pub async fn list(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    let who = visit.signed_in()?;
    let asked = Asked::read(&visit.query, app.now());
    let (shown, rows) =
        app.db.read(async |tx| Ok::<_, StoreError>((shown::<Asked>(tx, &visit, who).await?, asked.rows(tx).await?))).await?;
    if let Some(address) = shown.leads_to() {
        return Ok(visit.see_other(&address));
    }
    let pages = rows.len().div_ceil(PAGE);
    let page = visit.asked("sida").parse::<usize>().unwrap_or(1).clamp(1, pages.max(1));
    let words = &text::staff().stock;
    Ok(visit.page(&app, StatusCode::OK, head(words.title), move || {
        let count = (words.count)(rows.len());
        let links = PageLinks::numbered(page, pages, |page| shown.page(page));
        let further = (pages > 1).then(|| view! { <Pagination links=links /> });
        let first = (page - 1) * PAGE;
        let seen = rows.get(first..rows.len().min(first + PAGE)).unwrap_or_default();
        let table = if seen.is_empty() {
            view! { <p class="govuk-body">{words.none}</p> }.into_any()
        } else {
            shown.table::<Asked>(words.caption, seen, |_| None)
        };
        let ticked: Vec<String> = asked.low.then(|| "ja".to_owned()).into_iter().collect();
        view! {
            <h1 class="govuk-heading-l">{words.title}</h1>
            <form method="get" action=PATH class="app-screen-only" novalidate=true>
                {shown.kept()}
                <Input name="q" label=words.find hint=words.find_hint value=asked.words.clone() classes="govuk-input--width-20" spellcheck=false />
                <Checkboxes name="lagt" items=vec![Choice::new("ja", words.only_low)] values=ticked classes="govuk-checkboxes--small" />
                <Button secondary=true>{words.show}</Button>
            </form>
            {shown.bar()}
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
