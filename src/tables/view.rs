//! A table on its page, as whoever asks looks at it: with their columns, the views that they may choose, and what can be done
//! with it. An area's list calls [`shown`] beside its own reading, [`Shown::leads_to`] before anything else is done, and
//! [`Shown::bar`] and [`Shown::table`] in its page.

use leptos::prelude::*;

use super::model::{Choice, View};
use super::{rules, store};
use crate::kit::{Lang, civil};
use crate::platform::db::{StoreError, Tx};
use crate::text;
use crate::ui::components::*;
use crate::web::sheets::{self, Column, Facts, Listing, Value};
use crate::web::{SignedIn, Visit};

/// The field of the address that names a view.
pub const VIEW: &str = "vy";

/// Its value where no view is wanted, not even one's own first one.
pub const NONE: &str = "ingen";

/// How somebody looks at a table.
#[derive(Debug)]
pub struct Shown {
    facts: &'static Facts,
    /// The views that one sees, by name.
    views: Vec<View>,
    first: Option<View>,
    current: Option<View>,
    columns: String,
    /// What the address narrows the table to.
    query: String,
    /// Nothing was asked for at all.
    bare: bool,
    own_current: bool,
    takes: bool,
}

/// Reads how whoever asks looks at a table. Two statements.
pub async fn shown<L: Listing>(tx: &mut Tx, visit: &Visit, who: &SignedIn) -> Result<Shown, StoreError> {
    let facts = L::FACTS;
    let views = store::views(tx, facts.code, &who.account).await?;
    let choice = store::choice(tx, facts.code, &who.account).await?.unwrap_or_default();
    Ok(Shown::of(facts, visit, who, views, choice))
}

impl Shown {
    fn of(facts: &'static Facts, visit: &Visit, who: &SignedIn, mut views: Vec<View>, choice: Choice) -> Self {
        views.retain(|view| view.is_seen_by(&who.account, who.roles));
        views.sort_by_cached_key(|view| crate::kit::swedish::sort_key(&view.name));
        let named = visit.asked(VIEW);
        let find = |id: &str| views.iter().find(|view| view.id.to_string() == id).cloned();
        let current = find(&named);
        let first = choice.view_id.and_then(|id| find(id.as_str()));
        let columns = current.as_ref().map_or(choice.columns, |view| view.columns.clone());
        Self {
            facts,
            first,
            columns,
            query: sheets::clean(facts, &visit.query),
            bare: visit.query.is_empty(),
            own_current: current.as_ref().is_some_and(|view| view.owner_id == who.account),
            takes: who.roles.any_of(facts.takes),
            current,
            views,
        }
    }

    /// Where a table that was opened by its name alone leads: to the view that it opens with.
    pub fn leads_to(&self) -> Option<String> {
        self.first.as_ref().filter(|_| self.bare).map(|view| self.href(&view.query, Some(view.id.as_str())))
    }

    /// The address of the table without filters.
    pub fn all(&self) -> String {
        if self.first.is_some() { self.href("", Some(NONE)) } else { self.facts.path.to_owned() }
    }

    fn href(&self, query: &str, view: Option<&str>) -> String {
        address(self.facts.path, query, view)
    }

    /// What links to other pages and orders of the table carry, besides its own fields.
    pub fn carried(&self) -> Option<(&'static str, String)> {
        let first = self.first.is_some().then(|| NONE.to_owned());
        self.current.as_ref().map(|view| view.id.to_string()).or(first).map(|view| (VIEW, view))
    }

    /// The address of a page of the table, as it is now.
    pub fn page(&self, page: usize) -> String {
        let carried = self.carried().map(|(_, view)| view);
        let address = self.href(&self.query, carried.as_deref());
        let joint = if address.contains('?') { '&' } else { '?' };
        if page > 1 { format!("{address}{joint}sida={page}") } else { address }
    }

    /// The same for the form with the filters.
    pub fn kept(&self) -> impl IntoView + use<> {
        self.carried().map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
    }

    /// The columns that are seen.
    pub fn columns<L: Listing>(&self) -> Vec<&'static Column<L::Row>> {
        rules::places(&sheets::headings::<L>(), &self.columns).into_iter().filter_map(|place| L::COLUMNS.get(place)).collect()
    }

    /// The views to choose among, and what can be done with the table.
    pub fn bar(&self) -> AnyView {
        let words = &text::staff().tables;
        let link = |href: String, label: String, here: bool| {
            view! {
                <li>
                    <a class="govuk-link" href=href aria-current=here.then_some("true")>
                        {label}
                    </a>
                </li>
            }
        };
        let changed = self.current.as_ref().is_some_and(|view| view.query != self.query);
        let views = (!self.views.is_empty()).then(|| {
            let all = link(self.all(), words.no_view.to_owned(), self.current.is_none() && self.query.is_empty());
            let views = self.views.iter().map(|view| {
                let id = view.id.to_string();
                let here = !changed && self.current.as_ref().is_some_and(|current| current.id == view.id);
                link(self.href(&view.query, Some(&id)), view.name.clone(), here)
            });
            view! {
                <nav class="app-views" aria-label=words.views>
                    <ul class="govuk-list app-inline-list">{std::iter::once(all).chain(views).collect::<Vec<_>>()}</ul>
                </nav>
            }
        });
        let under = |page: &str| {
            let view = self.current.as_ref().map(|view| view.id.to_string());
            address(&format!("/handlaggare/tabeller/{}/{page}", self.facts.code), &self.query, view.as_deref())
        };
        let one = self.current.as_ref().map(|view| {
            let label = if changed && self.own_current { (words.save_changed)(&view.name) } else { (words.about_view)(&view.name) };
            link(address(&format!("/handlaggare/vyer/{}", view.id), &self.query, None), label, false)
        });
        let export = self.takes.then(|| link(under("exportera"), words.export.to_owned(), false));
        view! {
            <div class="app-table-bar app-screen-only">
                {views}
                <ul class="govuk-list app-inline-list">
                    {one}
                    {link(under("ny-vy"), words.save_as.to_owned(), false)}
                    {link(under("kolumner"), words.columns.to_owned(), false)}
                    {export}
                </ul>
            </div>
        }
        .into_any()
    }

    /// The table. `sorted` says of a column where its head leads and in which direction the rows stand by it, if one can put
    /// them in order by it at all.
    pub fn table<L: Listing>(&self, caption: &'static str, rows: &[L::Row], sorted: impl Fn(&str) -> Option<Sorted>) -> AnyView {
        let columns = self.columns::<L>();
        let head: Vec<Cell> = columns
            .iter()
            .map(|column| {
                let label = (column.label)();
                let head = match sorted(column.code) {
                    None => Cell::new(label),
                    Some(Sorted { href, direction }) => {
                        let link = view! {
                            <a class="govuk-link" href=href>
                                {label}
                            </a>
                        };
                        Cell::new(link.into_any()).attributes([("aria-sort", direction)])
                    }
                };
                if column.figures { head.numeric() } else { head }
            })
            .collect();
        let rows: Vec<Vec<Cell>> =
            rows.iter().map(|row| columns.iter().enumerate().map(|(index, column)| cell(column, row, index > 0)).collect()).collect();
        view! {
            <Table caption=caption caption_classes="govuk-visually-hidden" classes="app-reflow" head=head rows=rows first_cell_is_header=true />
        }
        .into_any()
    }
}

/// How the rows stand by a column.
pub struct Sorted {
    pub href: String,
    /// As `aria-sort` says it.
    pub direction: &'static str,
}

impl Sorted {
    /// A column by which the rows stand, rising or falling, or by which they could stand.
    pub fn by(href: String, current: bool, rising: bool) -> Self {
        let direction = match (current, rising) {
            (false, _) => "none",
            (true, true) => "ascending",
            (true, false) => "descending",
        };
        Self { href, direction }
    }
}

/// A cell with its column's name, for narrow screens.
fn cell<Row>(column: &Column<Row>, row: &Row, labelled: bool) -> Cell {
    let content = column.show.map_or_else(|| on_page((column.value)(row)), |show| show(row));
    let cell = Cell::new(content).classes(column.classes);
    let cell = if column.figures { cell.numeric() } else { cell };
    if labelled { cell.attributes([("data-label", (column.label)())]) } else { cell }
}

/// A value as the staff read it.
fn on_page(value: Value) -> AnyView {
    match value {
        Value::Empty => ().into_any(),
        Value::Text(text) => text.into_any(),
        Value::Count(count) => count.to_string().into_any(),
        Value::Money(sum) => sum.text(Lang::Sv).into_any(),
        Value::Day(day) => day.long(Lang::Sv).into_any(),
        Value::Clock(at) => civil::clock_text(at, Lang::Sv).into_any(),
    }
}

/// An address with filters and a view.
pub fn address(path: &str, query: &str, view: Option<&str>) -> String {
    let mut pairs = url::form_urlencoded::Serializer::new(String::new());
    pairs.extend_pairs(url::form_urlencoded::parse(query.as_bytes()));
    pairs.extend_pairs(view.map(|view| (VIEW, view)));
    let query = pairs.finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}
