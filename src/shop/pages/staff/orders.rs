//! `GET /handlaggare/bestallningar`: every order, narrowed and put in order by what stands in the address. To add a column: a
//! line in `COLUMNS`; those that are `extra` are seen by who chooses them, and in files.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::{LANG, head, headline_of};
use crate::kit::StaffRole::{Administrator, Economist, Warehouse};
use crate::kit::{CivilDate, Errors, Instant, civil};
use crate::platform::db::{StoreError, Tx};
use crate::shop::lifecycle::{Fulfilment, Invoice, Order, Payment};
use crate::shop::model::order_number;
use crate::shop::store::listing::{self, By, Listed, MOST_FOUND, Narrow, PAGE};
use crate::tables::view::{Shown, Sorted, shown};
use crate::text;
use crate::text::staff::orders::OrdersTexts;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::sheets::{self, Column, Facts, Field, Listing, SheetOf, Value};
use crate::web::{App, AppError, Tying, Visit};

pub const PATH: &str = "/handlaggare/bestallningar";

/// Names of the fields in the address.
pub mod field {
    pub const WORDS: &str = "q";
    pub const STATE: &str = "status";
    pub const FULFILMENT: &str = "leverans";
    pub const BUYER: &str = "kopare";
    pub const FROM: &str = "fran";
    pub const UNTIL: &str = "till";
    pub const BY: &str = "sortera";
    pub const DIRECTION: &str = "ordning";
    pub const PAGE: &str = "sida";
}

/// The table of orders, for those who see it and those who take it away as a file.
pub const SHEET: SheetOf<Asked> = SheetOf::new();

const FACTS: Facts = Facts {
    code: "orders",
    path: PATH,
    title: || text::staff().orders.title,
    file: "bestallningar",
    sees: &[Warehouse, Economist, Administrator],
    takes: &[Warehouse, Economist],
    fields: &[
        Field::words(field::WORDS),
        Field::plain(field::STATE),
        Field::plain(field::FULFILMENT),
        Field::plain(field::BUYER),
        Field::plain(field::FROM),
        Field::plain(field::UNTIL),
        Field::plain(field::BY),
        Field::plain(field::DIRECTION),
    ],
};

fn words() -> &'static OrdersTexts {
    &text::staff().orders
}

type Col = Column<Listed>;

const COLUMNS: &[Col] = &[
    Col::new("nummer", || words().number, |row| order_number(row.number).into()).shown(number_link),
    Col::new("bestalld", || words().placed, |row| Value::Clock(row.placed_at)),
    Col::new("kopare", || words().buyer, |row| buyer(row).into()),
    Col::new("slag", || words().buyer_kind_long, |row| buyer_kind(row).into()).extra(),
    Col::new("organisation", || words().organisation, |row| row.organisation.clone().map_or(Value::Empty, Value::Text)).extra(),
    Col::new("namn", || words().name, |row| row.name.clone().into()).extra(),
    Col::new("epost", || words().email, |row| row.email.clone().into()).extra().classes("app-break"),
    Col::new("innehall", || words().content, |row| (words().lines)(row.titles, row.copies).into()),
    Col::new("titlar", || words().titles, |row| Value::Count(row.titles)).extra().figures(),
    Col::new("exemplar", || words().copies, |row| Value::Count(row.copies)).extra().figures(),
    Col::new("summa", || words().sum, |row| Value::Money(row.gross)).figures(),
    Col::new("status", || words().status, headline).shown(|row| headline_of(row.state())),
    Col::new(
        "leverans",
        || words().fulfilment,
        |row| Fulfilment::parse(&row.fulfilment).map_or(Value::Empty, |state| (words().fulfilment_state)(state).into()),
    )
    .extra(),
    Col::new(
        "betalning",
        || words().one.payment,
        |row| Payment::parse(&row.payment).map_or(Value::Empty, |state| (words().payment_state)(state).into()),
    )
    .extra(),
    Col::new(
        "faktura",
        || words().one.invoice,
        |row| Invoice::parse(&row.invoice).map_or(Value::Empty, |state| (words().invoice_state)(state).into()),
    )
    .extra(),
    Col::new("paket", || words().one.parcels, |row| Value::Count(row.parcels)).extra().figures(),
];

fn number_link(row: &Listed) -> AnyView {
    let number = order_number(row.number);
    view! {
        <a class="govuk-link" href=format!("{PATH}/{number}")>
            {number.clone()}
        </a>
    }
    .into_any()
}

fn buyer_kind(row: &Listed) -> &'static str {
    if row.buyer == "private" { words().private } else { words().organisation }
}

fn buyer(row: &Listed) -> String {
    row.organisation.as_deref().map_or_else(
        || format!("{} ({})", row.name, words().private.to_lowercase()),
        |organisation| format!("{organisation}, {}", row.name),
    )
}

fn headline(row: &Listed) -> Value {
    row.state().map_or(Value::Empty, |state| (text::shop(LANG).headline)(state.headline()).into())
}

impl Listing for Asked {
    type Row = Listed;
    const FACTS: &'static Facts = &FACTS;
    const COLUMNS: &'static [Column<Listed>] = COLUMNS;

    fn read(query: &str, _: Instant) -> Self {
        Self::of(query)
    }

    fn total<'a>(&'a self, tx: &'a mut Tx) -> Tying<'a, i64> {
        Box::pin(listing::total_orders(tx, &self.narrow))
    }

    fn after<'a>(&'a self, tx: &'a mut Tx, last: Option<&'a Listed>, limit: i64) -> Tying<'a, Vec<Listed>> {
        Box::pin(listing::list_orders(tx, &self.narrow, limit, last))
    }
}

/// What is wrong with a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DateWrong {
    NotADate,
    Backwards,
}

/// What stands in the address, read.
pub struct Asked {
    narrow: Narrow,
    /// The fields as they were typed, without order and page.
    typed: Vec<(&'static str, String)>,
    errors: Errors<DateWrong>,
}

impl Asked {
    fn of(query: &str) -> Self {
        let asked = |name: &str| sheets::asked(query, name);
        let fields = [field::WORDS, field::STATE, field::FULFILMENT, field::BUYER, field::FROM, field::UNTIL];
        let typed: Vec<(&'static str, String)> = fields.map(|name| (name, asked(name))).into();
        let value = |name: &str| typed.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone()).unwrap_or_default();
        let mut errors = Errors::new();
        let mut date = |name: &'static str| {
            let text = value(name);
            if text.is_empty() { None } else { errors.keep(name, CivilDate::read(&text).map_err(|_| DateWrong::NotADate)) }
        };
        let (from, until) = (date(field::FROM), date(field::UNTIL));
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            errors.push(field::UNTIL, DateWrong::Backwards);
        }
        let by = match asked(field::BY).as_str() {
            "kopare" => By::Buyer,
            "summa" => By::Sum,
            _ => By::Number,
        };
        let bounds = |date: Option<CivilDate>| date.and_then(|date| civil::day_bounds(date).ok());
        let narrow = Narrow {
            state: Order::parse(&value(field::STATE)),
            fulfilment: Fulfilment::parse(&value(field::FULFILMENT)),
            private: match value(field::BUYER).as_str() {
                "private" => Some(true),
                "organisation" => Some(false),
                _ => None,
            },
            from: bounds(from).map(|(start, _)| start),
            until: bounds(until).map(|(_, end)| end),
            by,
            rising: match asked(field::DIRECTION).as_str() {
                "stigande" => true,
                "fallande" => false,
                // Names are read from the first, orders from the newest, sums from the largest.
                _ => by == By::Buyer,
            },
            ..Narrow::of_words(&value(field::WORDS))
        };
        Self { narrow, typed, errors }
    }

    fn value(&self, name: &str) -> String {
        self.typed.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// The address with this order and page.
    fn href(&self, shown: &Shown, by: By, rising: bool, page: usize) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.typed.iter().filter(|(_, value)| !value.is_empty()));
        query.extend_pairs(shown.carried());
        if by != By::Number || rising {
            query.append_pair(field::BY, by_code(by)).append_pair(field::DIRECTION, if rising { "stigande" } else { "fallande" });
        }
        if page > 1 {
            query.append_pair(field::PAGE, &page.to_string());
        }
        let query = query.finish();
        if query.is_empty() { PATH.to_owned() } else { format!("{PATH}?{query}") }
    }
}

fn by_code(by: By) -> &'static str {
    match by {
        By::Number => "nummer",
        By::Buyer => "kopare",
        By::Sum => "summa",
    }
}

/// `GET /handlaggare/bestallningar`
pub async fn show(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    let who = visit.signed_in()?;
    let asked = Asked::of(&visit.query);
    let most_pages = MOST_FOUND / PAGE;
    let page = visit.asked(field::PAGE).parse::<i64>().unwrap_or(1).clamp(1, most_pages);
    let (shown, count, rows) = app
        .db
        .read(async |tx| {
            let shown = shown::<Asked>(tx, &visit, who).await?;
            let narrow = listing::rarest_first(tx, &asked.narrow).await?;
            let (count, rows) = listing::page_of_orders(tx, &narrow, page).await?;
            Ok::<_, StoreError>((shown, count, rows))
        })
        .await?;
    if let Some(address) = shown.leads_to() {
        return Ok(visit.see_other(&address));
    }
    let words = &text::staff().orders;
    let head = Head { error: !asked.errors.is_empty(), ..head(words.title) };
    let status = if asked.errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(visit.page(&app, status, head, move || {
        let pages = usize::try_from((count.min(MOST_FOUND) + PAGE - 1) / PAGE).unwrap_or(1);
        let current = usize::try_from(page).unwrap_or(1);
        let links = PageLinks::numbered(current, pages, |page| asked.href(&shown, asked.narrow.by, asked.narrow.rising, page));
        let found = if count > MOST_FOUND { (words.too_many)(MOST_FOUND) } else { (words.count)(count) };
        let further = (pages > 1).then(|| view! { <Pagination links=links /> });
        let entries: Vec<(String, String)> =
            asked.errors.iter().map(|entry| (format!("#{}", entry.field), sentence(words, entry.error).to_owned())).collect();
        view! {
            {(!entries.is_empty()).then(|| view! { <ErrorSummary errors=entries /> })}
            <h1 class="govuk-heading-l">{words.title}</h1>
            <p class="govuk-body app-screen-only">
                <a class="govuk-link" href=format!("{PATH}/plocklista")>
                    {text::staff().stock.print.picking}
                </a>
            </p>
            {filters(words, &asked, &shown)}
            {shown.bar()}
            <p class="govuk-body" role="status">
                {found}
            </p>
            {table(words, &asked, &shown, &rows)}
            {further}
        }
    }))
}

fn sentence(words: &OrdersTexts, error: DateWrong) -> &'static str {
    match error {
        DateWrong::NotADate => words.date_wrong,
        DateWrong::Backwards => words.until_before,
    }
}

fn filters(words: &'static OrdersTexts, asked: &Asked, shown: &Shown) -> AnyView {
    let all = || SelectItem::new("", words.all);
    let states: Vec<SelectItem> =
        std::iter::once(all()).chain(Order::ALL.iter().map(|state| SelectItem::new(state.code(), (words.order_state)(*state)))).collect();
    let ways: Vec<SelectItem> = std::iter::once(all())
        .chain(Fulfilment::ALL.iter().map(|state| SelectItem::new(state.code(), (words.fulfilment_state)(*state))))
        .collect();
    let buyers = vec![all(), SelectItem::new("private", words.private), SelectItem::new("organisation", words.organisation)];
    let at = |name: &str| asked.errors.of(name).map(|error| sentence(words, *error));
    // The order of the rows stays when the filters change.
    let kept = (asked.narrow.by != By::Number || asked.narrow.rising).then(|| {
        view! {
            <input type="hidden" name=field::BY value=by_code(asked.narrow.by) />
            <input type="hidden" name=field::DIRECTION value=if asked.narrow.rising { "stigande" } else { "fallande" } />
        }
    });
    let narrowed = asked.typed.iter().any(|(_, value)| !value.is_empty());
    view! {
        <form method="get" action=PATH class="app-screen-only" novalidate=true>
            {kept}
            {shown.kept()}
            <Input
                name=field::WORDS
                label=words.find
                hint=words.find_hint
                value=asked.value(field::WORDS)
                classes="govuk-input--width-30"
                spellcheck=false
            />
            <div class="app-field-row">
                <Select name=field::STATE label=words.state items=states value=asked.value(field::STATE) />
                <Select name=field::FULFILMENT label=words.fulfilment items=ways value=asked.value(field::FULFILMENT) />
                <Select name=field::BUYER label=words.buyer_kind items=buyers value=asked.value(field::BUYER) />
            </div>
            <div class="app-field-row">
                <Input
                    name=field::FROM
                    label=words.from
                    hint=words.date_hint
                    value=asked.value(field::FROM)
                    error=at(field::FROM)
                    classes="govuk-input--width-10"
                    autocomplete="off"
                />
                <Input
                    name=field::UNTIL
                    label=words.until
                    hint=words.date_hint
                    value=asked.value(field::UNTIL)
                    error=at(field::UNTIL)
                    classes="govuk-input--width-10"
                    autocomplete="off"
                />
            </div>
            <div class="govuk-button-group">
                <Button secondary=true>{words.show}</Button>
                {narrowed
                    .then(|| {
                        view! {
                            <a class="govuk-link" href=shown.all()>
                                {words.clear}
                            </a>
                        }
                    })}
            </div>
        </form>
    }
    .into_any()
}

fn table(words: &'static OrdersTexts, asked: &Asked, shown: &Shown, rows: &[Listed]) -> AnyView {
    if rows.is_empty() {
        return view! { <p class="govuk-body">{words.none}</p> }.into_any();
    }
    let sorted = |column: &str| {
        // Names are read from the first, orders from the newest, sums from the largest.
        let (by, first_rising) = match column {
            "nummer" => (By::Number, false),
            "kopare" => (By::Buyer, true),
            "summa" => (By::Sum, false),
            _ => return None,
        };
        let current = asked.narrow.by == by;
        let next = if current { !asked.narrow.rising } else { first_rising };
        Some(Sorted::by(asked.href(shown, by, next, 1), current, asked.narrow.rising))
    };
    shown.table::<Asked>(words.caption, rows, sorted)
}
