//! `GET /handlaggare/publikationer`: every publication, published or not, narrowed and put in order by the address. To add a
//! column: a line in `COLUMNS`; those that are `extra` are seen by who chooses them, and in files.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::{tag, writes};
use crate::catalogue::editor::READERS;
use crate::catalogue::editor::store::{self, By, From, Listed, MOST_FOUND, Narrow, PAGE};
use crate::catalogue::editor::words::{LANG, kind_name, path_of};
use crate::catalogue::labels;
use crate::catalogue::lifecycle::Headline;
use crate::catalogue::model::Kind;
use crate::kit::{Instant, civil};
use crate::platform::db::{StoreError, Tx};
use crate::tables::view::{Shown, Sorted, shown};
use crate::text;
use crate::text::staff::editor::EditorTexts;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::sheets::{self, Column, Facts, Field, Listing, SheetOf, Value};
use crate::web::{App, AppError, Tying, Visit};

pub const PATH: &str = "/handlaggare/publikationer";

/// The table of publications, for those who see it and those who take it away as a file.
pub const SHEET: SheetOf<Asked> = SheetOf::new();

const FACTS: Facts = Facts {
    code: "publications",
    path: PATH,
    title: || text::staff().editor.title,
    file: "publikationer",
    sees: READERS,
    takes: READERS,
    fields: &[
        Field::words("q"),
        Field::plain("status"),
        Field::plain("typ"),
        Field::plain("serie"),
        Field::plain("sortera"),
        Field::plain("ordning"),
    ],
};

fn words() -> &'static EditorTexts {
    &text::staff().editor
}

type Col = Column<Listed>;

const COLUMNS: &[Col] = &[
    Col::new("titel", || words().name, |row| title(row).into()).shown(title_link),
    Col::new("ar", || words().year, |row| if row.year == 0 { Value::Empty } else { Value::Text(row.year.to_string()) }),
    Col::new("typ", || words().kind, |row| kind_name(&row.kind).into()),
    Col::new("serie", || words().series, |row| row.series.clone().into()).shown(|row| in_series(row).into_any()),
    Col::new("nummer", || (words().form.label)("number"), |row| row.number.clone().into()).extra(),
    Col::new("status", || words().state, state).shown(|row| Headline::parse(&row.state).map_or_else(|| ().into_any(), tag)),
    Col::new("andrad", || words().changed, |row| Value::Clock(row.changed_at))
        .shown(|row| civil::stockholm(row.changed_at).date.text().into_any())
        .classes("app-nowrap"),
];

fn title(row: &Listed) -> String {
    if row.title.is_empty() { words().untitled.to_owned() } else { row.title.clone() }
}

fn title_link(row: &Listed) -> AnyView {
    super::link(path_of(&row.work_id), title(row))
}

fn in_series(row: &Listed) -> String {
    [row.series.as_str(), row.number.as_str()].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

fn state(row: &Listed) -> Value {
    Headline::parse(&row.state).map_or(Value::Empty, |state| (words().headline)(state).into())
}

impl Listing for Asked {
    type Row = Listed;
    const FACTS: &'static Facts = &FACTS;
    const COLUMNS: &'static [Col] = COLUMNS;

    fn read(query: &str, _: Instant) -> Self {
        Self::of(query)
    }

    fn total<'a>(&'a self, tx: &'a mut Tx) -> Tying<'a, i64> {
        Box::pin(store::total_entries(tx, &self.narrow))
    }

    fn after<'a>(&'a self, tx: &'a mut Tx, last: Option<&'a Listed>, limit: i64) -> Tying<'a, Vec<Listed>> {
        Box::pin(store::list_entries(tx, &self.narrow, limit, From::After(last)))
    }
}

/// What stands in the address, read.
pub struct Asked {
    narrow: Narrow,
    /// The fields as they were typed, without order and page.
    typed: Vec<(&'static str, String)>,
}

impl Asked {
    fn of(query: &str) -> Self {
        let asked = |name: &str| sheets::asked(query, name);
        let typed: Vec<(&'static str, String)> = ["q", "status", "typ", "serie"].map(|name| (name, asked(name))).into();
        let by = match asked("sortera").as_str() {
            "titel" => By::Title,
            "ar" => By::Year,
            _ => By::Changed,
        };
        let rising = match asked("ordning").as_str() {
            "stigande" => true,
            "fallande" => false,
            _ => by == By::Title,
        };
        let mut all = Self { narrow: Narrow { by, rising, ..Narrow::default() }, typed };
        all.narrow.words = store::words_of(&all.value("q"));
        all.narrow.state = Headline::parse(&all.value("status"));
        all.narrow.kind = Kind::of_code(&all.value("typ"));
        all.narrow.series = all.value("serie");
        all
    }

    fn value(&self, name: &str) -> String {
        self.typed.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// The address with this order and page.
    fn href(&self, shown: &Shown, by: By, rising: bool, page: usize) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.typed.iter().filter(|(_, value)| !value.is_empty()));
        query.extend_pairs(shown.carried());
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
    let who = visit.signed_in()?;
    let asked = Asked::of(&visit.query);
    let page = visit.asked("sida").parse::<i64>().unwrap_or(1).clamp(1, MOST_FOUND / PAGE);
    let (shown, count, rows, series) = app
        .db
        .read(async |tx| {
            let shown = shown::<Asked>(tx, &visit, who).await?;
            let count = store::count_entries(tx, &asked.narrow).await?;
            let rows = store::list_entries(tx, &asked.narrow, PAGE, From::Row((page - 1) * PAGE)).await?;
            Ok::<_, StoreError>((shown, count, rows, store::series_names(tx).await?))
        })
        .await?;
    if let Some(address) = shown.leads_to() {
        return Ok(visit.see_other(&address));
    }
    let words = words();
    let head = Head { private: true, staff: true, ..Head::new(words.title) };
    let begins = writes(&visit);
    Ok(visit.page(&app, StatusCode::OK, head, move || {
        let pages = usize::try_from((count.min(MOST_FOUND) + PAGE - 1) / PAGE).unwrap_or(1);
        let current = usize::try_from(page).unwrap_or(1);
        let links = PageLinks::numbered(current, pages, |page| asked.href(&shown, asked.narrow.by, asked.narrow.rising, page));
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
            {filters(words, &asked, &shown, &series)}
            {shown.bar()}
            <p class="govuk-body" role="status">
                {found}
            </p>
            {table(words, &asked, &shown, &rows)}
            {further}
        }
    }))
}

fn filters(words: &'static EditorTexts, asked: &Asked, shown: &Shown, series: &[String]) -> AnyView {
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
            {shown.kept()}
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

fn table(words: &'static EditorTexts, asked: &Asked, shown: &Shown, rows: &[Listed]) -> AnyView {
    if rows.is_empty() {
        return view! { <p class="govuk-body">{words.none}</p> }.into_any();
    }
    // Titles are read from the first, the rest from the latest.
    let sorted = |column: &str| {
        let (by, first_rising) = match column {
            "titel" => (By::Title, true),
            "ar" => (By::Year, false),
            "andrad" => (By::Changed, false),
            _ => return None,
        };
        let current = asked.narrow.by == by;
        let next = if current { !asked.narrow.rising } else { first_rising };
        Some(Sorted::by(asked.href(shown, by, next, 1), current, asked.narrow.rising))
    };
    shown.table::<Asked>(words.caption, rows, sorted)
}
