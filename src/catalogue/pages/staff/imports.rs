//! `GET /handlaggare/publikationer/import`: the form that takes a file of publications, and the files that were read in;
//! `GET …/import/{import}`: one of them, how far it has come, what the report says, and the button that reads it in.

use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use leptos::prelude::*;

use super::{LANG, cell, head, who};
use crate::catalogue::actions::imports::{Far, far};
use crate::catalogue::labels;
use crate::catalogue::rules::imports::{FileError, field};
use crate::catalogue::store::imports::{self, ImportRow, State as Stage};
use crate::kit::{Id, civil};
use crate::people::store as people;
use crate::platform::db::StoreError;
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, LOST_FILE, Visit};

pub const PATH: &str = "/handlaggare/publikationer/import";

/// How many files the list shows.
const SHOWN: i64 = 50;

/// What the list shows.
pub struct Loaded {
    rows: Vec<ImportRow>,
    names: Vec<(Id, String)>,
}

/// Reads the list. Two statements.
pub async fn load(app: &App) -> Result<Loaded, AppError> {
    let (rows, names) =
        app.db.read(async |tx| Ok::<_, StoreError>((imports::latest(tx, SHOWN).await?, people::staff_names(tx).await?))).await?;
    Ok(Loaded { rows, names })
}

/// `GET /handlaggare/publikationer/import`
pub async fn list(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    let lost = visit.typed().is_some_and(|form| !form.get(LOST_FILE).is_empty());
    Ok(render(&app, &visit, StatusCode::OK, load(&app).await?, None, lost))
}

/// The list in any state.
pub fn render(app: &App, visit: &Visit, status: StatusCode, loaded: Loaded, wrong: Option<FileError>, lost: bool) -> Response {
    let words = &text::staff().imports;
    let megabytes = app.config.upload_megabytes;
    let wrong = wrong.map(|error| (words.error)(error, megabytes)).or_else(|| lost.then(|| words.lost.to_owned()));
    let head = Head { error: wrong.is_some(), ..head(words.title) };
    visit.page(app, status, head, move || {
        let entries: Vec<(String, String)> = wrong.iter().map(|wrong| (format!("#{}", field::FILE), wrong.clone())).collect();
        let rows: Vec<Vec<Cell>> = loaded
            .rows
            .iter()
            .map(|row| {
                let link = view! {
                    <a class="govuk-link app-break" href=format!("{PATH}/{}", row.id)>
                        {row.name.clone()}
                    </a>
                };
                vec![
                    Cell::new(link.into_any()),
                    cell(words.state, stage(row.state())),
                    cell(words.uploaded, (words.by_at)(&who(&loaded.names, &row.uploaded_by), &civil::clock_text(row.uploaded_at, LANG))),
                ]
            })
            .collect();
        let columns = vec![Cell::new(words.name), Cell::new(words.state), Cell::new(words.uploaded)];
        let table = if rows.is_empty() {
            view! { <p class="govuk-body">{words.none}</p> }.into_any()
        } else {
            view! {
                <Table caption=words.history caption_classes="govuk-visually-hidden" classes="app-reflow" head=columns rows=rows first_cell_is_header=true />
            }
            .into_any()
        };
        let hint = (words.hint)(megabytes);
        view! {
            {(!entries.is_empty()).then(|| view! { <ErrorSummary errors=entries /> })}
            <h1 class="govuk-heading-l">{words.title}</h1>
            <p class="govuk-body app-measure">{words.lead}</p>
            <p class="govuk-body app-measure">{words.files}</p>
            <form method="post" enctype="multipart/form-data" class="app-measure" novalidate=true>
                <FileUpload name=field::FILE label=words.choose hint=hint error=wrong accept=".csv,.json,.jsonl,text/csv,application/json" />
                <Button>{words.check}</Button>
            </form>
            <h2 class="govuk-heading-m">{words.history}</h2>
            {table}
        }
    })
}

fn stage(state: Stage) -> AnyView {
    let classes = match state {
        Stage::Checking | Stage::Importing => "govuk-tag--yellow",
        Stage::Checked => "",
        Stage::Imported => "govuk-tag--green",
        Stage::Refused | Stage::Failed => "govuk-tag--red",
    };
    view! { <Tag text=(text::staff().imports.stage)(state.code()) classes=classes /> }.into_any()
}

/// One file with what its page shows.
pub struct Opened {
    pub row: ImportRow,
    far: Far,
    names: Vec<(Id, String)>,
}

/// Opens a file. Two statements.
pub async fn open(app: &App, import: &str) -> Result<Opened, AppError> {
    let id = Id::parse(import).map_err(|_| AppError::NotFound)?;
    let (row, names) = app.db.read(async |tx| Ok::<_, StoreError>((imports::one(tx, &id).await?, people::staff_names(tx).await?))).await?;
    let row = row.ok_or(AppError::NotFound)?;
    Ok(Opened { far: far(app, &row).await, row, names })
}

/// `GET /handlaggare/publikationer/import/{import}`
pub async fn show(State(app): State<App>, visit: Visit, Path(import): Path<String>) -> Result<Response, AppError> {
    let opened = open(&app, &import).await?;
    Ok(render_one(&app, &visit, StatusCode::OK, opened, false))
}

/// One file in any state.
pub fn render_one(app: &App, visit: &Visit, status: StatusCode, opened: Opened, stale: bool) -> Response {
    let words = &text::staff().imports;
    let Opened { row, far, names } = opened;
    let mut head = Head { error: stale, ..head(row.name.clone()) };
    head.trail.push((PATH.to_owned(), words.title.to_owned()));
    let running = row.state().is_running();
    let needs_another = visit.who().is_some_and(|who| row.needs_another(&who.actor()));
    let mut response = visit.page(app, status, head, move || {
        let entries: Vec<(String, String)> = stale.then(|| ("#rapport".to_owned(), words.stale.to_owned())).into_iter().collect();
        let state = row.state();
        let by = |actor: &str, at| (words.by_at)(&who(&names, actor), &civil::clock_text(at, LANG));
        let mut rows = vec![
            SummaryRow::new(words.state, stage(state)),
            SummaryRow::new(words.size, labels::size(row.size, LANG)),
            SummaryRow::new(words.hash, view! { <code class="app-break">{row.shown_hash.clone()}</code> }.into_any()),
            SummaryRow::new(words.uploaded, by(&row.uploaded_by, row.uploaded_at)),
        ];
        if let (Some(actor), Some(at)) = (&row.confirmed_by, row.confirmed_at) {
            rows.push(SummaryRow::new(words.confirmed, by(actor, at)));
        }
        rows.extend(row.finished_at.map(|at| SummaryRow::new(words.finished, civil::clock_text(at, LANG))));
        let lines = row.lines();
        let report = (!lines.is_empty()).then(|| {
            let items = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
            view! { <ul class="govuk-list govuk-list--bullet app-break">{items}</ul> }
        });
        let running = state.is_running().then(|| {
            let of_all = state == Stage::Importing && row.rows_all > 0;
            // The file is looked through once more before the first row is written.
            let told = match (state, far.written) {
                (Stage::Checking, _) => (words.far)(far.rows),
                (_, 0) => (words.judged_of)(far.rows, row.rows_all),
                (_, written) => (words.written_of)(written, row.rows_all),
            };
            let bar = of_all.then(|| {
                view! {
                    <progress
                        class="app-progress"
                        aria-label=words.progress_label
                        max=(2 * row.rows_all).to_string()
                        value=(far.rows.min(row.rows_all) + far.written.min(row.rows_all)).to_string()
                    ></progress>
                }
            });
            view! {
                <p class="govuk-body" role="status">{told}</p>
                {bar}
                {(state == Stage::Importing).then(|| view! { <p class="govuk-body app-measure">{words.reading_in}</p> })}
                <p class="govuk-body app-measure">
                    {words.may_leave}
                    " "
                    <a class="govuk-link" href=format!("{PATH}/{}", row.id)>
                        {words.again}
                    </a>
                </p>
            }
        });
        let confirm = (state == Stage::Checked).then(|| {
            if row.file_hash.is_none() {
                return view! { <p class="govuk-body">{words.gone}</p> }.into_any();
            }
            if needs_another {
                return view! { <p class="govuk-body app-measure">{(words.needs_another)(row.evaluations)}</p> }.into_any();
            }
            view! {
                <p class="govuk-body app-measure">{words.confirm_lead}</p>
                <form method="post" novalidate=true>
                    <input type="hidden" name=field::VERSION value=row.version.to_string() />
                    <Button>{words.confirm}</Button>
                </form>
            }
            .into_any()
        });
        view! {
            {(!entries.is_empty()).then(|| view! { <ErrorSummary errors=entries /> })}
            <h1 class="govuk-heading-l app-break">{row.name.clone()}</h1>
            <SummaryList rows=rows />
            {running}
            <h2 class="govuk-heading-m" id="rapport" tabindex="-1">
                {words.report}
            </h2>
            {report}
            {confirm}
        }
    });
    if running {
        response.headers_mut().insert("refresh", HeaderValue::from_static("4"));
    }
    response
}
