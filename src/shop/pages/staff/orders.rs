//! `GET /handlaggare/bestallningar`: every order, narrowed and put in order by what stands in the address.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::{LANG, cell, figure, head, headline_of};
use crate::kit::{CivilDate, Errors, Isbn, civil};
use crate::platform::db::StoreError;
use crate::shop::lifecycle::{Fulfilment, Order};
use crate::shop::model::order_number;
use crate::shop::store::listing::{self, By, Listed, MOST_FOUND, MOST_WORDS, Narrow, PAGE};
use crate::text;
use crate::text::staff::orders::OrdersTexts;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

pub const PATH: &str = "/handlaggare/bestallningar";

/// Names of the fields in the address.
mod field {
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

/// What is wrong with a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DateWrong {
    NotADate,
    Backwards,
}

/// What stands in the address, read.
struct Asked {
    narrow: Narrow,
    /// The fields as they were typed, without order and page.
    typed: Vec<(&'static str, String)>,
    errors: Errors<DateWrong>,
}

impl Asked {
    fn read(visit: &Visit) -> Self {
        let fields = [field::WORDS, field::STATE, field::FULFILMENT, field::BUYER, field::FROM, field::UNTIL];
        let typed: Vec<(&'static str, String)> = fields.map(|name| (name, visit.asked(name).trim().to_owned())).into();
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
        let by = match visit.asked(field::BY).as_str() {
            "kopare" => By::Buyer,
            "summa" => By::Sum,
            _ => By::Number,
        };
        let bounds = |date: Option<CivilDate>| date.and_then(|date| civil::day_bounds(date).ok());
        let narrow = Narrow {
            words: words(&value(field::WORDS)),
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
            rising: match visit.asked(field::DIRECTION).as_str() {
                "stigande" => true,
                "fallande" => false,
                // Names are read from the first, orders from the newest, sums from the largest.
                _ => by == By::Buyer,
            },
        };
        Self { narrow, typed, errors }
    }

    fn value(&self, name: &str) -> String {
        self.typed.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// The address with this order and page.
    fn href(&self, by: By, rising: bool, page: usize) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.typed.iter().filter(|(_, value)| !value.is_empty()));
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

/// What is looked for: an ISBN as one word however it is hyphenated, and otherwise the words.
fn words(typed: &str) -> Vec<String> {
    let mut words = Isbn::parse(typed).map_or_else(|_| listing::words_of(typed), |isbn| vec![isbn.compact()]);
    words.truncate(MOST_WORDS);
    words
}

/// What the address narrows the list to, for its file.
pub fn narrowed(visit: &Visit) -> Narrow {
    Asked::read(visit).narrow
}

/// The columns of the file.
pub fn columns() -> Vec<String> {
    let words = &text::staff().orders;
    let names =
        [words.number, words.placed, words.buyer_kind, words.organisation, words.name, words.titles, words.copies, words.sum, words.status];
    names.map(str::to_owned).into()
}

/// One row of the file. Sums are written with two decimals and a comma, without a unit, for spreadsheets.
pub fn values(row: &Listed) -> Vec<String> {
    let words = &text::staff().orders;
    let kind = if row.buyer == "private" { words.private } else { words.organisation };
    let headline = row.state().map_or("", |state| (text::shop(LANG).headline)(state.headline()));
    vec![
        order_number(row.number),
        civil::stockholm(row.placed_at).date.text(),
        kind.to_owned(),
        row.organisation.clone().unwrap_or_default(),
        row.name.clone(),
        row.titles.to_string(),
        row.copies.to_string(),
        row.gross.decimal().replace('.', ","),
        headline.to_owned(),
    ]
}

/// `GET /handlaggare/bestallningar`
pub async fn show(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    let asked = Asked::read(&visit);
    let most_pages = MOST_FOUND / PAGE;
    let page = visit.asked(field::PAGE).parse::<i64>().unwrap_or(1).clamp(1, most_pages);
    let (count, rows) = app
        .db
        .read(async |tx| {
            let count = listing::count_orders(tx, &asked.narrow).await?;
            Ok::<_, StoreError>((count, listing::list_orders(tx, &asked.narrow, PAGE, (page - 1) * PAGE).await?))
        })
        .await?;
    let words = &text::staff().orders;
    let head = Head { error: !asked.errors.is_empty(), ..head(words.title) };
    let writes = visit.who().is_some_and(|who| who.roles.any_of(crate::shop::WRITERS));
    let status = if asked.errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(visit.page(&app, status, head, move || {
        let pages = usize::try_from((count.min(MOST_FOUND) + PAGE - 1) / PAGE).unwrap_or(1);
        let current = usize::try_from(page).unwrap_or(1);
        let links = PageLinks::numbered(current, pages, |page| asked.href(asked.narrow.by, asked.narrow.rising, page));
        let found = if count > MOST_FOUND { (words.too_many)(MOST_FOUND) } else { (words.count)(count) };
        let further = (pages > 1).then(|| view! { <Pagination links=links /> });
        let export = (writes && count > 0).then(|| {
            view! {
                <form method="post" action=asked.href(asked.narrow.by, asked.narrow.rising, 1) class="app-screen-only" novalidate=true>
                    <p class="govuk-body app-measure">{words.export_lead}</p>
                    <Button secondary=true>{words.export}</Button>
                </form>
            }
        });
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
            {filters(words, &asked)}
            <p class="govuk-body" role="status">
                {found}
            </p>
            {table(words, &asked, &rows)}
            {further}
            {export}
        }
    }))
}

fn sentence(words: &OrdersTexts, error: DateWrong) -> &'static str {
    match error {
        DateWrong::NotADate => words.date_wrong,
        DateWrong::Backwards => words.until_before,
    }
}

fn filters(words: &'static OrdersTexts, asked: &Asked) -> AnyView {
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
                            <a class="govuk-link" href=PATH>
                                {words.clear}
                            </a>
                        }
                    })}
            </div>
        </form>
    }
    .into_any()
}

fn table(words: &'static OrdersTexts, asked: &Asked, rows: &[Listed]) -> AnyView {
    if rows.is_empty() {
        return view! { <p class="govuk-body">{words.none}</p> }.into_any();
    }
    let sorted = |by: By, label: &'static str, first_rising: bool| {
        let current = asked.narrow.by == by;
        let next = if current { !asked.narrow.rising } else { first_rising };
        let link = view! {
            <a class="govuk-link" href=asked.href(by, next, 1)>
                {label}
            </a>
        };
        let direction = match (current, asked.narrow.rising) {
            (false, _) => "none",
            (true, true) => "ascending",
            (true, false) => "descending",
        };
        Cell::new(link.into_any()).attributes([("aria-sort", direction)])
    };
    let columns = vec![
        sorted(By::Number, words.number, false),
        Cell::new(words.placed),
        sorted(By::Buyer, words.buyer, true),
        Cell::new(words.content),
        sorted(By::Sum, words.sum, false).numeric(),
        Cell::new(words.status),
    ];
    let rows: Vec<Vec<Cell>> = rows.iter().map(|row| order_row(words, row)).collect();
    view! {
        <Table caption=words.caption caption_classes="govuk-visually-hidden" classes="app-reflow" head=columns rows=rows first_cell_is_header=true />
    }
    .into_any()
}

fn order_row(words: &'static OrdersTexts, row: &Listed) -> Vec<Cell> {
    let number = order_number(row.number);
    let link = view! {
        <a class="govuk-link" href=format!("{PATH}/{number}")>
            {number.clone()}
        </a>
    };
    let buyer = row
        .organisation
        .as_deref()
        .map_or_else(|| format!("{} ({})", row.name, words.private.to_lowercase()), |organisation| format!("{organisation}, {}", row.name));
    vec![
        Cell::new(link.into_any()),
        cell(words.placed, civil::clock_text(row.placed_at, LANG)),
        cell(words.buyer, buyer),
        cell(words.content, (words.lines)(row.titles, row.copies)),
        figure(words.sum, row.gross.text(LANG)),
        cell(words.status, headline_of(row.state())),
    ]
}
