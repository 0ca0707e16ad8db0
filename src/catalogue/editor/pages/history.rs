//! What happened to a publication, and what differs between any two of its versions.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::{Shown, below, cell, diff, id, link, refused, seen_field, writes};
use crate::catalogue::editor::store::{self, Version};
use crate::catalogue::editor::words::LANG;
use crate::catalogue::lifecycle::Draft;
use crate::kit::{Id, civil};
use crate::people::store::staff_names;
use crate::platform::db::StoreError;
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

type Page = Result<Response, AppError>;

/// How many of the latest things the page has.
const MOST: i64 = 300;

/// What a version is called in lists and sentences.
fn name(version: &Version) -> String {
    let words = &text::staff().editor.history;
    (words.version)(version.number, (words.event)(&version.event), &civil::clock_text(version.at, LANG))
}

/// `GET /handlaggare/publikationer/{work}/historik`
pub async fn list(State(app): State<App>, visit: Visit, Path(work): Path<String>) -> Page {
    let work = id(&work)?;
    let loaded = app
        .db
        .read(async |tx| {
            let Some(shown) = Shown::load(tx, &work).await? else { return Ok(None) };
            let versions = store::versions(tx, &work, MOST).await?;
            Ok::<_, StoreError>(Some((shown, versions, staff_names(tx).await?)))
        })
        .await?;
    let (shown, versions, names) = loaded.ok_or(AppError::NotFound)?;
    let words = &text::staff().editor.history;
    let head = below(words.title, &shown);
    Ok(visit.page(&app, StatusCode::OK, head, move || {
        let heading = view! {
            <h1 class="govuk-heading-l">
                <span class="govuk-caption-l">{shown.title()}</span>
                {words.title}
            </h1>
        };
        if versions.is_empty() {
            return view! {
                {heading}
                <p class="govuk-body">{words.none}</p>
            }
            .into_any();
        }
        let columns: Vec<Cell> = [words.number, words.what, words.when, words.who, words.comment].map(Cell::new).into();
        let rows: Vec<Vec<Cell>> = versions.iter().map(|version| row(version, &names)).collect();
        view! {
            {heading}
            {choose(&shown, &versions)}
            <Table
                caption=words.caption
                caption_classes="govuk-visually-hidden"
                classes="app-reflow"
                head=columns
                rows=rows
                first_cell_is_header=true
            />
        }
        .into_any()
    }))
}

fn row(version: &Version, names: &[(Id, String)]) -> Vec<Cell> {
    let words = &text::staff().editor.history;
    let who = match version.made_by.strip_prefix("account:") {
        Some(id) => names.iter().find(|(known, _)| known.as_str() == id).map_or(words.someone, |(_, name)| name.as_str()).to_owned(),
        None => words.portal.to_owned(),
    };
    vec![
        Cell::new(version.number.to_string()),
        cell(words.what, (words.event)(&version.event)),
        cell(words.when, civil::clock_text(version.at, LANG)),
        cell(words.who, who),
        cell(words.comment, version.comment.clone()),
    ]
}

/// Two versions to compare: at first the one before the last and the last.
fn choose(shown: &Shown, versions: &[Version]) -> Option<AnyView> {
    let words = &text::staff().editor.history;
    let texts: Vec<&Version> = versions.iter().filter(|version| version.has_record == 1).collect();
    let (last, before) = (texts.first()?, texts.get(1)?);
    let items = || texts.iter().map(|version| SelectItem::new(version.number.to_string(), name(version))).collect::<Vec<_>>();
    Some(
        view! {
            <form method="get" action=shown.path("/historik/jamfor") novalidate=true>
                <h2 class="govuk-heading-m">{words.compared}</h2>
                <div class="app-side-by-side">
                    <Select name="fran" label=words.from items=items() value=before.number.to_string() classes="govuk-!-width-full" />
                    <Select name="till" label=words.to items=items() value=last.number.to_string() classes="govuk-!-width-full" />
                </div>
                <Button secondary=true>{words.compare}</Button>
            </form>
        }
        .into_any(),
    )
}

/// `GET /handlaggare/publikationer/{work}/historik/jamfor?fran=1&till=2`
pub async fn compare(State(app): State<App>, visit: Visit, Path(work): Path<String>) -> Page {
    compare_page(&app, &visit, StatusCode::OK, &id(&work)?, None).await
}

/// Two versions, in any state.
pub async fn compare_page(app: &App, visit: &Visit, status: StatusCode, work: &Id, problem: Option<&'static str>) -> Page {
    let number = |field: &str| visit.asked(field).parse::<i64>().map_err(|_| AppError::NotFound);
    let (from, to) = (number("fran")?, number("till")?);
    let loaded = app
        .db
        .read(async |tx| {
            let Some(shown) = Shown::load(tx, work).await? else { return Ok(None) };
            let (old, new) = (store::record_at(tx, work, from).await?, store::record_at(tx, work, to).await?);
            let Some((old, new)) = old.zip(new) else { return Ok(None) };
            Ok::<_, StoreError>(Some((shown, old, new, store::versions(tx, work, MOST).await?)))
        })
        .await?;
    let (shown, (from, old), (to, new), versions) = loaded.ok_or(AppError::NotFound)?;
    let words = &text::staff().editor.history;
    let mut head = Head { error: problem.is_some(), ..below(words.compared, &shown) };
    head.trail.push((shown.path("/historik"), words.title.to_owned()));
    let writer = writes(visit);
    Ok(visit.page(app, status, head, move || {
        let called = |number: i64| versions.iter().find(|version| version.number == number).map_or_else(|| number.to_string(), name);
        let restores = writer && shown.state.draft != Draft::Scheduled && old != shown.record;
        let restore = restores.then(|| {
            view! {
                <form method="post" novalidate=true>
                    {seen_field(&shown)}
                    <input type="hidden" name="nummer" value=from.to_string() />
                    <p class="govuk-body">{words.restore_lead}</p>
                    <Button secondary=true>{words.restore}</Button>
                </form>
            }
        });
        view! {
            {refused(problem)}
            <h1 class="govuk-heading-l">
                <span class="govuk-caption-l">{shown.title()}</span>
                {words.compared}
            </h1>
            <h2 class="govuk-heading-m">{(words.between)(&called(from), &called(to))}</h2>
            {diff::records(&old, &new)}
            {restore}
            <p class="govuk-body">{link(shown.path("/historik"), words.title)}</p>
        }
    }))
}
