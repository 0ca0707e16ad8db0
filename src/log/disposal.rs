//! What is deleted and when, what a clean-up would take now, and what the latest ones took.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use crate::kit::{Lang, civil};
use crate::platform::retention::{self, Cleanup, Swept};
use crate::text;
use crate::text::staff::DisposalTexts;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

pub const PATH: &str = "/handlaggare/gallring";

/// How many clean-ups the page shows.
const LATEST: i64 = 30;

/// `GET /handlaggare/gallring`
pub async fn show(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    let runs = app.db.read(async |tx| retention::cleanups(tx, LATEST).await).await?;
    Ok(page(&app, &visit, None, runs))
}

/// `POST /handlaggare/gallring`: counts what is due. Deletes nothing. A GET must stay cheap, and this reads many rows.
pub async fn count(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    let (due, runs) =
        app.db.read(async |tx| Ok::<_, AppError>((retention::due(tx, app.now()).await?, retention::cleanups(tx, LATEST).await?))).await?;
    Ok(page(&app, &visit, Some(due), runs))
}

fn page(app: &App, visit: &Visit, due: Option<Vec<Swept>>, runs: Vec<Cleanup>) -> Response {
    let words = &text::staff().disposal;
    let head = Head { private: true, staff: true, ..Head::new(words.title) };
    visit.page(app, StatusCode::OK, head, move || {
        let counted = due.as_ref().map(|due| {
            let rows = due.iter().map(|swept| swept.rows).sum();
            view! { <NotificationBanner text=(words.due_in_all)(rows) /> }
        });
        view! {
            {counted}
            <h1 class="govuk-heading-l">{words.title}</h1>
            <p class="govuk-body app-measure">{words.lead}</p>
            {rules(words, due.as_deref())}
            <form method="post" action=PATH class="app-screen-only" novalidate=true>
                <p class="govuk-body app-measure">{words.count_lead}</p>
                <Button secondary=true>{words.count}</Button>
            </form>
            <h2 class="govuk-heading-m">{words.runs}</h2>
            {latest(words, &runs)}
        }
    })
}

fn labelled(label: &'static str, text: String) -> Cell {
    Cell::new(text).attributes([("data-label", label)])
}

/// What is deleted after how long, and how much of it is due if that was counted.
fn rules(words: &'static DisposalTexts, due: Option<&[Swept]>) -> AnyView {
    let mut columns = vec![Cell::new(words.what), Cell::new(words.after)];
    columns.extend(due.map(|_| Cell::new(words.due).numeric()));
    let rows: Vec<Vec<Cell>> = retention::sweeps()
        .enumerate()
        .map(|(at, (_, sweep))| {
            let mut row = vec![Cell::new((words.sweep)(sweep.code)), labelled(words.after, (words.days)(sweep.days))];
            row.extend(due.and_then(|due| due.get(at)).map(|swept| labelled(words.due, swept.rows.to_string()).numeric()));
            row
        })
        .collect();
    view! {
        <Table caption=words.rules caption_classes="govuk-table__caption--m" classes="app-reflow" head=columns rows=rows first_cell_is_header=true />
    }
    .into_any()
}

fn latest(words: &'static DisposalTexts, runs: &[Cleanup]) -> AnyView {
    if runs.is_empty() {
        return view! { <p class="govuk-body">{words.no_runs}</p> }.into_any();
    }
    let columns: Vec<Cell> = [words.at, words.by, words.gone].map(Cell::new).into();
    let rows: Vec<Vec<Cell>> = runs
        .iter()
        .map(|run| {
            let mut gone: Vec<String> = run.gone.iter().map(|(sweep, rows)| format!("{}: {rows}", (words.sweep)(sweep))).collect();
            gone.extend((run.uploads > 0).then(|| format!("{}: {}", words.uploads, run.uploads)));
            let gone = if gone.is_empty() { words.nothing.to_owned() } else { gone.join(", ") };
            let by = if run.by_operator { words.by_operator } else { words.by_night };
            vec![Cell::new(civil::clock_text(run.at, Lang::Sv)), labelled(words.by, by.to_owned()), labelled(words.gone, gone)]
        })
        .collect();
    view! {
        <Table caption=words.runs caption_classes="govuk-visually-hidden" classes="app-reflow" head=columns rows=rows first_cell_is_header=true />
    }
    .into_any()
}
