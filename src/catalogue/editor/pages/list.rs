//! `GET /handlaggare/publikationer`: every publication, published or not, narrowed and put in order by the address.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::{cell, tag, writes};
use crate::catalogue::editor::store::{self, By, Listed, MOST_FOUND, Narrow, PAGE};
use crate::catalogue::editor::words::{LANG, kind_name, path_of};
use crate::catalogue::labels;
use crate::catalogue::lifecycle::Headline;
use crate::catalogue::model::Kind;
use crate::kit::civil;
use crate::platform::db::StoreError;
use crate::text;
use crate::text::staff::editor::EditorTexts;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

pub const PATH: &str = "/handlaggare/publikationer";

/// What stands in the address, read.
struct Asked {
    narrow: Narrow,
    /// The fields as they were typed, without order and page.
    typed: Vec<(&'static str, String)>,
}

impl Asked {
    fn read(visit: &Visit) -> Self {
        let typed: Vec<(&'static str, String)> =
            ["q", "status", "typ", "serie"].map(|name| (name, visit.asked(name).trim().to_owned())).into();
        let by = match visit.asked("sortera").as_str() {
            "titel" => By::Title,
            "ar" => By::Year,
            _ => By::Changed,
        };
        let mut asked = Self { narrow: Narrow { by, ..Narrow::default() }, typed };
        asked.narrow.words = store::words_of(&asked.value("q"));
        asked.narrow.state = Headline::parse(&asked.value("status"));
        asked.narrow.kind = Kind::of_code(&asked.value("typ"));
        asked.narrow.series = asked.value("serie");
        asked.narrow.rising = match visit.asked("ordning").as_str() {
            "stigande" => true,
            "fallande" => false,
            _ => by == By::Title,
        };
        asked
    }

    fn value(&self, name: &str) -> String {
        self.typed.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// The address with this order and page.
    fn href(&self, by: By, rising: bool, page: usize) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.typed.iter().filter(|(_, value)| !value.is_empty()));
        if by != By::Changed || rising {
            query.append_pair("sortera", by_code(by)).append_pair("ordning", if rising { "stigande" } else { "fallande" });
        }
        if page > 1 {
            query.append_pair("sida", &page.to_string());
        }
        let query = query.finish();
        if query.is_empty() { PATH.to_owned() } else { format!("{PATH}?{query}") }
    }
}

fn by_code(by: By) -> &'static str {
    match by {
        By::Changed => "andrad",
        By::Title => "titel",
        By::Year => "ar",
    }
}

/// `GET /handlaggare/publikationer`
pub async fn show(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    let asked = Asked::read(&visit);
    let page = visit.asked("sida").parse::<i64>().unwrap_or(1).clamp(1, MOST_FOUND / PAGE);
    let (count, rows, series) = app
        .db
        .read(async |tx| {
            let count = store::count_entries(tx, &asked.narrow).await?;
            let rows = store::list_entries(tx, &asked.narrow, (page - 1) * PAGE).await?;
            Ok::<_, StoreError>((count, rows, store::series_names(tx).await?))
        })
        .await?;
    let words = &text::staff().editor;
    let head = Head { private: true, staff: true, ..Head::new(words.title) };
    let begins = writes(&visit);
    Ok(visit.page(&app, StatusCode::OK, head, move || {
        let pages = usize::try_from((count.min(MOST_FOUND) + PAGE - 1) / PAGE).unwrap_or(1);
        let current = usize::try_from(page).unwrap_or(1);
        let links = PageLinks::numbered(current, pages, |page| asked.href(asked.narrow.by, asked.narrow.rising, page));
        let found = if count > MOST_FOUND { (words.too_many)(MOST_FOUND) } else { (words.count)(count) };
        let further = (pages > 1).then(|| view! { <Pagination links=links /> });
        view! {
            <h1 class="govuk-heading-l">{words.title}</h1>
            {begins
                .then(|| {
                    view! {
                        <div class="govuk-button-group">
                            <Button href=format!("{PATH}/ny")>{words.new}</Button>
                            {super::link(format!("{PATH}/import"), text::staff().imports.title)}
                        </div>
                    }
                })}
            {filters(words, &asked, &series)}
            <p class="govuk-body" role="status">
                {found}
            </p>
            {table(words, &asked, &rows)}
            {further}
        }
    }))
}

fn filters(words: &'static EditorTexts, asked: &Asked, series: &[String]) -> AnyView {
    let all = || std::iter::once(SelectItem::new("", words.all));
    let states: Vec<SelectItem> =
        all().chain(Headline::ALL.iter().map(|state| SelectItem::new(state.code(), (words.headline)(*state)))).collect();
    let kinds: Vec<SelectItem> =
        all().chain(Kind::ALL.iter().map(|kind| SelectItem::new(kind.code(), labels::kind(*kind, LANG)))).collect();
    let series: Vec<SelectItem> = all().chain(series.iter().map(|name| SelectItem::new(name.clone(), name.clone()))).collect();
    // The order of the rows stays when the filters change.
    let kept = (asked.narrow.by != By::Changed || asked.narrow.rising).then(|| {
        view! {
            <input type="hidden" name="sortera" value=by_code(asked.narrow.by) />
            <input type="hidden" name="ordning" value=if asked.narrow.rising { "stigande" } else { "fallande" } />
        }
    });
    let narrowed = asked.typed.iter().any(|(_, value)| !value.is_empty());
    view! {
        <form method="get" action=PATH class="app-screen-only" novalidate=true>
            {kept}
            <Input name="q" label=words.find hint=words.find_hint value=asked.value("q") classes="govuk-input--width-30" spellcheck=false />
            <div class="app-field-row">
                <Select name="status" label=words.state items=states value=asked.value("status") />
                <Select name="typ" label=words.kind items=kinds value=asked.value("typ") />
                <Select name="serie" label=words.series items=series value=asked.value("serie") />
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

fn table(words: &'static EditorTexts, asked: &Asked, rows: &[Listed]) -> AnyView {
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
        sorted(By::Title, words.name, true),
        sorted(By::Year, words.year, false),
        Cell::new(words.kind),
        Cell::new(words.series),
        Cell::new(words.state),
        sorted(By::Changed, words.changed, false),
    ];
    let rows: Vec<Vec<Cell>> = rows.iter().map(|row| entry(words, row)).collect();
    view! {
        <Table caption=words.caption caption_classes="govuk-visually-hidden" classes="app-reflow" head=columns rows=rows first_cell_is_header=true />
    }
    .into_any()
}

fn entry(words: &'static EditorTexts, row: &Listed) -> Vec<Cell> {
    let title = if row.title.is_empty() { words.untitled.to_owned() } else { row.title.clone() };
    let year = if row.year == 0 { String::new() } else { row.year.to_string() };
    let series = [row.series.as_str(), row.number.as_str()].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
    let state = Headline::parse(&row.state).map_or_else(|| ().into_any(), tag);
    vec![
        Cell::new(super::link(path_of(&row.work_id), title)),
        cell(words.year, year),
        cell(words.kind, kind_name(&row.kind)),
        cell(words.series, series),
        cell(words.state, state),
        cell(words.changed, civil::stockholm(row.changed_at).date.text()).classes("app-nowrap"),
    ]
}
