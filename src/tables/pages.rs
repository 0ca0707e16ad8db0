//! The pages about tables: which columns, saving and changing a view, asking for a file and waiting for it. Each carries the
//! table's filters in its own address, so that nothing is lost on the way.

use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use leptos::prelude::*;

use super::actions::{note_fetched, sheet_for};
use super::model::{ALL, Choice, Export, Format, View};
use super::rules::{self, ViewError, field};
use super::store;
use super::view::{VIEW, address};
use crate::kit::{Errors, Form, Id, Lang, StaffRole, civil};
use crate::platform::db::StoreError;
use crate::platform::files::FilesError;
use crate::text;
use crate::ui::components::{Choice as Tick, *};
use crate::ui::page::Head;
use crate::web::sheets::{self, Facts, Sheet};
use crate::web::{App, AppError, SignedIn, Visit};

type Page = Result<Response, AppError>;

/// How many of one's files are listed.
const LISTED: i64 = 100;

fn head(title: impl Into<String>) -> Head {
    Head { private: true, staff: true, ..Head::new(title) }
}

/// The way back to a table as it was.
pub fn back_to(facts: &Facts, visit: &Visit) -> String {
    let view = visit.asked(VIEW);
    address(facts.path, &sheets::clean(facts, &visit.query), Some(view.as_str()).filter(|view| !view.is_empty()))
}

fn trail(facts: &Facts, visit: &Visit) -> Vec<(String, String)> {
    vec![(back_to(facts, visit), (facts.title)().to_owned())]
}

/// The view that the address names, if one sees it, and one's own choice of columns.
pub async fn looking(app: &App, visit: &Visit, who: &SignedIn, facts: &Facts) -> Result<(Option<View>, Choice), AppError> {
    let named = Id::parse(&visit.asked(VIEW)).ok();
    let found = app
        .db
        .read(async |tx| {
            let view = match &named {
                Some(id) => store::view(tx, id).await?,
                None => None,
            };
            Ok::<_, StoreError>((view, store::choice(tx, facts.code, &who.account).await?.unwrap_or_default()))
        })
        .await?;
    let (view, choice) = found;
    Ok((view.filter(|view| view.sheet == facts.code && view.is_seen_by(&who.account, who.roles)), choice))
}

/// A heading with its buttons: what the forms here have in common.
fn buttons(submit: &'static str, back: String) -> AnyView {
    let words = &text::staff().tables;
    view! {
        <div class="govuk-button-group">
            <Button>{submit}</Button>
            <a class="govuk-link" href=back>
                {words.back}
            </a>
        </div>
    }
    .into_any()
}

/// `GET /handlaggare/tabeller/{sheet}/kolumner`
pub async fn columns(State(app): State<App>, visit: Visit, Path(sheet): Path<String>) -> Page {
    let who = visit.signed_in()?;
    let sheet = sheet_for(&app, who, &sheet, |facts| facts.sees).await?;
    let facts = sheet.facts();
    let (view, choice) = looking(&app, &visit, who, facts).await?;
    let words = &text::staff().tables;
    let headings = sheet.headings();
    let stored = view.as_ref().map_or(&choice.columns, |view| &view.columns);
    let seen: Vec<String> = rules::places(&headings, stored)
        .into_iter()
        .filter_map(|place| headings.get(place))
        .map(|heading| heading.code.to_owned())
        .collect();
    let lead = match &view {
        Some(view) if view.owner_id == who.account => (words.columns_of_view)(&view.name),
        _ => words.columns_lead.to_owned(),
    };
    let (title, back, trail) = ((words.columns_of)((facts.title)()), back_to(facts, &visit), trail(facts, &visit));
    Ok(visit.page(&app, StatusCode::OK, Head { trail, ..head(title.clone()) }, move || {
        // The first column is the row's header, and always there.
        let items: Vec<Tick> = headings.iter().skip(1).map(|heading| Tick::new(heading.code, (heading.label)())).collect();
        view! {
            <h1 class="govuk-heading-l">{title}</h1>
            <p class="govuk-body app-measure">{lead}</p>
            <form method="post" novalidate=true>
                <Checkboxes name=field::COLUMNS legend=words.columns_legend items=items values=seen classes="govuk-checkboxes--small" />
                {buttons(words.columns_save, back)}
            </form>
        }
    }))
}

/// `GET /handlaggare/tabeller/{sheet}/ny-vy`
pub async fn new_view(State(app): State<App>, visit: Visit, Path(sheet): Path<String>) -> Page {
    let who = visit.signed_in()?;
    let sheet = sheet_for(&app, who, &sheet, |facts| facts.sees).await?;
    let form = visit.typed().cloned().unwrap_or_default();
    Ok(render_new_view(&app, &visit, StatusCode::OK, sheet, &form, &Errors::new()))
}

pub fn render_new_view(
    app: &App,
    visit: &Visit,
    status: StatusCode,
    sheet: &dyn Sheet,
    form: &Form,
    errors: &Errors<ViewError>,
) -> Response {
    let words = &text::staff().tables;
    let facts = sheet.facts();
    let title = (words.new_view)((facts.title)());
    let (back, trail) = (back_to(facts, visit), trail(facts, visit));
    let head = Head { error: !errors.is_empty(), trail, ..head(title.clone()) };
    visit.page(app, status, head, move || {
        view! {
            {summary(errors)}
            <h1 class="govuk-heading-l">{title}</h1>
            <p class="govuk-body app-measure">{words.new_view_lead}</p>
            <form method="post" novalidate=true>
                {view_fields(facts, form, errors)}
                {buttons(words.save_view, back)}
            </form>
        }
    })
}

fn sentence(error: ViewError) -> String {
    let words = &text::staff().tables;
    match error {
        ViewError::NameMissing => words.name_missing.to_owned(),
        ViewError::NameLong => (words.name_long)(rules::MAX_NAME),
        ViewError::NobodyChosen => words.nobody_chosen.to_owned(),
        ViewError::NameTaken => words.name_taken.to_owned(),
        ViewError::FiltersLong => words.filters_long.to_owned(),
        ViewError::Stale => words.stale.to_owned(),
    }
}

fn summary(errors: &Errors<ViewError>) -> Option<impl IntoView + use<>> {
    let entries: Vec<(String, String)> = errors.iter().map(|entry| (format!("#{}", entry.field), sentence(entry.error))).collect();
    (!entries.is_empty()).then(|| view! { <ErrorSummary errors=entries /> })
}

fn shared_name(with: &str) -> String {
    let staff = text::staff();
    match with {
        "" => staff.tables.shared_nobody.to_owned(),
        ALL => staff.tables.shared_all.to_owned(),
        role => StaffRole::parse(role).map_or_else(|_| role.to_owned(), |role| (staff.role)(role).to_owned()),
    }
}

/// Name, readers, and whether the table opens with it.
fn view_fields(facts: &Facts, form: &Form, errors: &Errors<ViewError>) -> AnyView {
    let words = &text::staff().tables;
    let at = |name: &str| errors.of(name).map(|error| sentence(*error));
    let shares: Vec<SelectItem> = std::iter::once(String::new())
        .chain(rules::shares(facts.sees))
        .map(|with| {
            let name = shared_name(&with);
            SelectItem::new(with, name)
        })
        .collect();
    let first: Vec<String> = form.checked(field::FIRST).then(|| "ja".to_owned()).into_iter().collect();
    view! {
        <Input
            name=field::NAME
            label=words.view_name
            hint=words.view_name_hint
            value=form.get(field::NAME).to_owned()
            error=at(field::NAME)
            classes="govuk-input--width-20"
            autocomplete="off"
        />
        <Select name=field::SHARED label=words.shared hint=words.shared_hint items=shares value=form.get(field::SHARED).to_owned() error=at(field::SHARED) />
        <Checkboxes name=field::FIRST items=vec![Tick::new("ja", words.first)] values=first classes="govuk-checkboxes--small" />
    }
    .into_any()
}

/// A view that one sees, with its table, and whether the table opens with it for oneself.
pub struct Opened {
    pub view: View,
    pub sheet: &'static dyn Sheet,
    pub first: bool,
}

pub async fn open_view(app: &App, who: &SignedIn, id: &str) -> Result<Opened, AppError> {
    let id = Id::parse(id).map_err(|_| AppError::NotFound)?;
    let found = app
        .db
        .read(async |tx| {
            let Some(view) = store::view(tx, &id).await? else { return Ok(None) };
            let choice = store::choice(tx, &view.sheet, &who.account).await?;
            Ok::<_, StoreError>(Some((view, choice.unwrap_or_default())))
        })
        .await?;
    // What is not shared is not there for others.
    let (view, choice) = found.filter(|(view, _)| view.is_seen_by(&who.account, who.roles)).ok_or(AppError::NotFound)?;
    let sheet = sheet_for(app, who, &view.sheet, |facts| facts.sees).await?;
    Ok(Opened { first: choice.view_id.as_ref() == Some(&view.id), view, sheet })
}

/// `GET /handlaggare/vyer/{view}`
pub async fn one_view(State(app): State<App>, visit: Visit, Path(id): Path<String>) -> Page {
    let who = visit.signed_in()?;
    let opened = open_view(&app, who, &id).await?;
    let form = visit.typed().cloned().unwrap_or_else(|| as_form(&opened));
    Ok(render_view(&app, &visit, StatusCode::OK, who, &opened, &form, &Errors::new()))
}

fn as_form(opened: &Opened) -> Form {
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let first = opened.first.then(|| pair(field::FIRST, "ja"));
    let view = &opened.view;
    Form([pair(field::NAME, &view.name), pair(field::SHARED, &view.shared_with)].into_iter().chain(first).collect())
}

pub fn render_view(
    app: &App,
    visit: &Visit,
    status: StatusCode,
    who: &SignedIn,
    opened: &Opened,
    form: &Form,
    errors: &Errors<ViewError>,
) -> Response {
    let words = &text::staff().tables;
    let (view, facts) = (&opened.view, opened.sheet.facts());
    let own = view.owner_id == who.account;
    let query = sheets::clean(facts, &visit.query);
    let other_filters = own && !visit.query.is_empty() && query != view.query;
    let title = (words.one_view)(&view.name);
    let table = address(facts.path, &view.query, Some(view.id.as_str()));
    let trail = vec![(table.clone(), (facts.title)().to_owned())];
    let head = Head { error: !errors.is_empty(), trail, ..head(title.clone()) };
    let removes = view.is_removed_by(&who.account, who.roles).then(|| format!("/handlaggare/vyer/{}/ta-bort", view.id));
    let shared = if own { words.yours.to_owned() } else { (words.shared_with)(&shared_name(&view.shared_with)) };
    visit.page(app, status, head, move || {
        let filters = other_filters.then(|| {
            let ticked: Vec<String> = vec!["ja".to_owned()];
            view! {
                <Checkboxes name=field::FILTERS items=vec![Tick::new("ja", words.take_filters)] values=ticked classes="govuk-checkboxes--small" />
            }
        });
        let fields = if own {
            view_fields(facts, form, errors)
        } else {
            let first: Vec<String> = form.checked(field::FIRST).then(|| "ja".to_owned()).into_iter().collect();
            view! { <Checkboxes name=field::FIRST items=vec![Tick::new("ja", words.first)] values=first classes="govuk-checkboxes--small" /> }
                .into_any()
        };
        view! {
            {summary(errors)}
            <h1 class="govuk-heading-l">{title}</h1>
            <p class="govuk-body">{shared}</p>
            <form method="post" novalidate=true>
                <input type="hidden" name=field::VERSION value=view.version.to_string() />
                {fields}
                {filters}
                {buttons(words.save_view, table)}
            </form>
            {removes
                .map(|href| {
                    view! {
                        <p class="govuk-body">
                            <a class="govuk-link" href=href>
                                {words.remove_view}
                            </a>
                        </p>
                    }
                })}
        }
    })
}

/// `GET /handlaggare/vyer/{view}/ta-bort`
pub async fn remove_view(State(app): State<App>, visit: Visit, Path(id): Path<String>) -> Page {
    let who = visit.signed_in()?;
    let opened = open_view(&app, who, &id).await?;
    if !opened.view.is_removed_by(&who.account, who.roles) {
        return Err(AppError::Forbidden);
    }
    let words = &text::staff().tables;
    let view = opened.view;
    let title = (words.remove_title)(&view.name);
    let back = format!("/handlaggare/vyer/{}", view.id);
    let lead = if view.is_shared() { (words.remove_shared)(&shared_name(&view.shared_with)) } else { words.remove_lead.to_owned() };
    Ok(visit.page(&app, StatusCode::OK, head(title.clone()), move || {
        view! {
            <h1 class="govuk-heading-l">{title}</h1>
            <p class="govuk-body app-measure">{lead}</p>
            <form method="post" novalidate=true>
                <div class="govuk-button-group">
                    <button type="submit" class="govuk-button govuk-button--warning">
                        {words.remove_view}
                    </button>
                    <a class="govuk-link" href=back>
                        {words.keep_view}
                    </a>
                </div>
            </form>
        }
    }))
}

/// `GET /handlaggare/tabeller/{sheet}/exportera`
pub async fn new_export(State(app): State<App>, visit: Visit, Path(sheet): Path<String>) -> Page {
    let who = visit.signed_in()?;
    let sheet = sheet_for(&app, who, &sheet, |facts| facts.takes).await?;
    let form = visit.typed().cloned().unwrap_or_default();
    Ok(render_new_export(&app, &visit, StatusCode::OK, sheet, &form, None))
}

pub fn render_new_export(app: &App, visit: &Visit, status: StatusCode, sheet: &dyn Sheet, form: &Form, error: Option<String>) -> Response {
    let words = &text::staff().tables;
    let facts = sheet.facts();
    let title = (words.new_export)((facts.title)());
    let (back, trail) = (back_to(facts, visit), trail(facts, visit));
    let all = sheets::clean(facts, &visit.query).is_empty();
    let head = Head { error: error.is_some(), trail, ..head(title.clone()) };
    let chosen = |name: &str, usual: &str| if form.get(name).is_empty() { usual.to_owned() } else { form.get(name).to_owned() };
    let (format, which) = (chosen(field::FORMAT, "xlsx"), chosen(field::WHICH, "visade"));
    visit.page(app, status, head, move || {
        let entries: Vec<(String, String)> = error.iter().map(|sentence| (format!("#{}", field::FORMAT), sentence.clone())).collect();
        let formats = Format::ALL.map(|format| Tick::new(format.code(), (words.format)(format.code())));
        let which_items = vec![Tick::new("visade", words.seen_columns), Tick::new("alla", words.all_columns)];
        view! {
            {(!entries.is_empty()).then(|| view! { <ErrorSummary errors=entries /> })}
            <h1 class="govuk-heading-l">{title}</h1>
            <p class="govuk-body app-measure">{if all { words.export_all } else { words.export_some }}</p>
            <p class="govuk-body app-measure">{words.export_lead}</p>
            <form method="post" novalidate=true>
                <Radios name=field::FORMAT legend=words.format_legend items=formats.into() value=format error=error classes="govuk-radios--small" />
                <Radios name=field::WHICH legend=words.which_legend items=which_items value=which classes="govuk-radios--small" />
                {buttons(words.export_submit, back)}
            </form>
        }
    })
}

fn state_tag(export: &Export) -> AnyView {
    let words = &text::staff().tables;
    let classes = match export.state.as_str() {
        "ready" => "govuk-tag--green",
        "failed" => "govuk-tag--red",
        _ => "govuk-tag--yellow",
    };
    view! { <Tag text=(words.state)(&export.state) classes=classes /> }.into_any()
}

/// `GET /handlaggare/exporter`
pub async fn exports(State(app): State<App>, visit: Visit) -> Page {
    let who = visit.signed_in()?;
    let since = app.now().plus_days(-super::model::DAYS_KEPT);
    let exports = app.db.read(async |tx| store::exports_of(tx, &who.account, since, LISTED).await).await?;
    let words = &text::staff().tables;
    let sheets = app.sheets;
    Ok(visit.page(&app, StatusCode::OK, head(words.exports), move || {
        let title = |code: &str| sheets.iter().map(|sheet| sheet.facts()).find(|facts| facts.code == code).map_or("", |facts| (facts.title)());
        let rows: Vec<Vec<Cell>> = exports
            .iter()
            .map(|export| {
                let link = view! {
                    <a class="govuk-link" href=format!("/handlaggare/exporter/{}", export.id)>
                        {title(&export.sheet)}
                    </a>
                };
                let cell = |label: &'static str, content: AnyView| Cell::new(content).attributes([("data-label", label)]);
                vec![
                    Cell::new(link.into_any()),
                    cell(words.asked_at, civil::clock_text(export.created_at, Lang::Sv).into_any()),
                    cell(words.format_legend, (words.format)(&export.format).into_any()),
                    cell(words.rows, export.rows_done.to_string().into_any()).numeric(),
                    cell(words.state_label, state_tag(export)),
                ]
            })
            .collect();
        let columns = vec![
            Cell::new(words.table),
            Cell::new(words.asked_at),
            Cell::new(words.format_legend),
            Cell::new(words.rows).numeric(),
            Cell::new(words.state_label),
        ];
        let table = if rows.is_empty() {
            view! { <p class="govuk-body app-measure">{words.no_exports}</p> }.into_any()
        } else {
            view! {
                <Table caption=words.exports caption_classes="govuk-visually-hidden" classes="app-reflow" head=columns rows=rows first_cell_is_header=true />
            }
            .into_any()
        };
        view! {
            <h1 class="govuk-heading-l">{words.exports}</h1>
            <p class="govuk-body app-measure">{words.exports_lead}</p>
            {table}
        }
    }))
}

/// One's own file; another's is not there.
pub async fn open_export(app: &App, who: &SignedIn, id: &str) -> Result<Export, AppError> {
    let id = Id::parse(id).map_err(|_| AppError::NotFound)?;
    let export = app.db.read(async |tx| store::export(tx, &id).await).await?;
    let now = app.now();
    export.filter(|export| export.account_id == who.account && export.ends_at() > now).ok_or(AppError::NotFound)
}

/// `GET /handlaggare/exporter/{export}`: how far it has come. Asks again by itself until it is done.
pub async fn one_export(State(app): State<App>, visit: Visit, Path(id): Path<String>) -> Page {
    let who = visit.signed_in()?;
    let export = open_export(&app, who, &id).await?;
    let words = &text::staff().tables;
    let title = (words.one_export)(app.sheet(&export.sheet).map_or("", |sheet| (sheet.facts().title)()));
    let trail = vec![("/handlaggare/exporter".to_owned(), words.exports.to_owned())];
    let over = export.is_over();
    let mut response = visit.page(&app, StatusCode::OK, Head { trail, ..head(title.clone()) }, move || {
        let path = format!("/handlaggare/exporter/{}", export.id);
        let body = if export.is_ready() {
            view! {
                <p class="govuk-body" role="status">
                    {(words.ready)(export.rows_done)}
                </p>
                <a class="govuk-button" href=format!("{path}/fil") role="button" draggable="false" download="">
                    {(words.fetch)(&export.format)}
                </a>
                <p class="govuk-body app-measure">{(words.kept_until)(&civil::clock_text(export.ends_at(), Lang::Sv))}</p>
            }
            .into_any()
        } else if export.has_failed() {
            view! {
                <p class="govuk-body app-measure" role="status">
                    {(words.fault)(&export.fault)}
                </p>
                <form method="post" novalidate=true>
                    <Button>{words.again}</Button>
                </form>
            }
            .into_any()
        } else {
            view! {
                <p class="govuk-body" role="status">
                    {(words.progress)(export.rows_done, export.rows_total)}
                </p>
                <progress class="app-progress" aria-label=words.progress_label max=export.rows_total.max(1).to_string() value=export.rows_done.to_string()></progress>
                <p class="govuk-body app-measure">{words.leave}</p>
                <p class="govuk-body">
                    <a class="govuk-link" href=path>
                        {words.look_again}
                    </a>
                </p>
            }
            .into_any()
        };
        view! {
            <h1 class="govuk-heading-l">{title}</h1>
            {body}
        }
    });
    if !over {
        response.headers_mut().insert("refresh", HeaderValue::from_static("4"));
    }
    Ok(response)
}

/// `GET /handlaggare/exporter/{export}/fil`: only to whoever asked for it, and only as long as they hold the role.
pub async fn file(State(app): State<App>, visit: Visit, Path(id): Path<String>) -> Page {
    let who = visit.signed_in()?;
    let export = open_export(&app, who, &id).await?;
    let sheet = sheet_for(&app, who, &export.sheet, |facts| facts.takes).await?;
    if !export.is_ready() {
        return Err(AppError::NotFound);
    }
    let format = export.format();
    let day = civil::stockholm(export.created_at).date.text();
    let name = format!("{}-{day}.{}", sheet.facts().file, format.code());
    let answer = match app.files.answer_passing(&export.id, &name, format.media_type()).await {
        Ok(answer) => answer,
        // Thrown away meanwhile.
        Err(FilesError::Missing) => return Err(AppError::NotFound),
        Err(error) => return Err(error.into()),
    };
    note_fetched(&app, who, &export).await?;
    Ok(answer)
}
