//! Reading another's draft: what differs from what readers see, and the answer to it.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::{Shown, below, cell, diff, id, link, refused, summary, writes};
use crate::catalogue::editor::actions::needs_two;
use crate::catalogue::editor::attached;
use crate::catalogue::editor::record::{self, Record};
use crate::catalogue::editor::store;
use crate::catalogue::editor::words::{self, LANG};
use crate::catalogue::labels;
use crate::catalogue::lifecycle::{self, Actor, Event};
use crate::catalogue::model::FileInfo;
use crate::catalogue::pages::staff;
use crate::kit::{Form, Id};
use crate::platform::db::StoreError;
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

type Page = Result<Response, AppError>;

/// `GET /handlaggare/publikationer/{work}/granska`
pub async fn show(State(app): State<App>, visit: Visit, Path(work): Path<String>) -> Page {
    let form = visit.typed().cloned().unwrap_or_default();
    page(&app, &visit, StatusCode::OK, &id(&work)?, &form, None, None).await
}

/// The draft to read, in any state.
pub async fn page(
    app: &App,
    visit: &Visit,
    status: StatusCode,
    work: &Id,
    form: &Form,
    wrong: Option<&'static str>,
    problem: Option<&'static str>,
) -> Page {
    let loaded = app
        .db
        .read(async |tx| {
            let Some(shown) = Shown::load(tx, work).await? else { return Ok(None) };
            let public = if shown.standing.is_some() { store::published_record(tx, work).await? } else { None };
            let editors = store::editors(tx, work).await?;
            Ok::<_, StoreError>(Some((shown, public, editors)))
        })
        .await?;
    let (shown, public, editors) = loaded.ok_or(AppError::NotFound)?;
    if shown.draft.is_none() {
        return Ok(visit.see_other(&shown.path("")));
    }
    let words = &text::staff().editor.review;
    let head = Head { error: wrong.is_some() || problem.is_some(), ..below(words.title, &shown) };
    let actor = if visit.who().is_some_and(|who| editors.contains(&who.account)) { Actor::Writer } else { Actor::Other };
    let writer = writes(visit);
    let comment = form.get("kommentar").to_owned();
    Ok(visit.page(app, status, head, move || {
        let two = needs_two(shown.standing.as_ref(), shown.draft.as_ref());
        let may = |event: Event| writer && lifecycle::apply(shown.state, event, actor, two).is_ok();
        let lead = if public.is_some() { words.lead_change } else { words.lead_new };
        let public = public.unwrap_or_default();
        let own = writer && shown.state.draft == lifecycle::Draft::InReview && actor == Actor::Writer;
        let version = shown.draft.as_ref().map_or(0, |draft| draft.version).to_string();
        let approve = may(Event::Approved).then(|| {
            view! {
                <form method="post" novalidate=true>
                    <input type="hidden" name="version" value=version.clone() />
                    <p class="govuk-body">{words.approve_lead}</p>
                    <Button name="svar" value="ja">{words.approve}</Button>
                </form>
            }
        });
        let refuse = may(Event::Refused).then(|| {
            view! {
                <form method="post" novalidate=true>
                    <input type="hidden" name="version" value=version.clone() />
                    <Textarea name="kommentar" label=words.comment hint=words.comment_hint value=comment error=wrong rows=4 />
                    <Button secondary=true name="svar" value="nej">{words.refuse}</Button>
                </form>
            }
        });
        let entries = wrong.map(|wrong| ("#kommentar".to_owned(), wrong.to_owned())).into_iter().collect();
        view! {
            {refused(problem)}
            {summary(entries)}
            <h1 class="govuk-heading-l">
                <span class="govuk-caption-l">{shown.title()}</span>
                {words.title}
            </h1>
            <h2 class="govuk-heading-m">{lead}</h2>
            {attachments(&shown, &public)}
            {diff::records(&public, &shown.record)}
            {own.then(|| view! { <InsetText>{words.own}</InsetText> })}
            {approve}
            {refuse}
        }
    }))
}

/// The files and the cover that a draft brings, changes or takes away, each to be opened by whoever reads it.
fn attachments(shown: &Shown, public: &Record) -> Option<AnyView> {
    let words = &text::staff().editor.review;
    let open = |file: &FileInfo| {
        let label = format!("{} ({})", file.name, labels::size(file.size, LANG));
        link(format!("{}/{}", staff::files::path(&shown.work), file.hash), label)
    };
    let nothing = || view! { {words.nothing} }.into_any();
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut row = |what: String, change: &'static str, before: Option<AnyView>, after: Option<AnyView>| {
        rows.push(vec![
            Cell::new(what),
            cell(words.change, change),
            cell(words.before, before.unwrap_or_else(nothing)),
            cell(words.after, after.unwrap_or_else(nothing)),
        ]);
    };
    let of = |record: &Record, id: &str| record::edition(record, id).and_then(attached::file_of);
    let editions = record::objects(&shown.record, record::EDITIONS);
    let gone = record::objects(public, record::EDITIONS)
        .into_iter()
        .filter(|edition| record::edition(&shown.record, record::text(edition, "id")).is_none());
    for edition in editions.into_iter().chain(gone) {
        let id = record::text(edition, "id");
        let (before, after) = (of(public, id), of(&shown.record, id));
        if before != after {
            let change = change_of(before.is_some(), after.is_some());
            row(words::form_name(edition), change, before.as_ref().map(open), after.as_ref().map(open));
        }
    }
    let (before, after) = (attached::cover_of(public), attached::cover_of(&shown.record));
    if before != after {
        let picture = |named: &attached::NamedCover| {
            let (width, height) = named.cover.size(120);
            let src = staff::covers::staff_src(&shown.work, &named.cover, 120);
            let said = match (&named.cover.alt_sv, &named.cover.alt_en) {
                (Some(sv), Some(en)) => format!("{sv} / {en}"),
                _ => text::staff().covers.decoration.to_owned(),
            };
            view! {
                <a class="govuk-link" href=staff::covers::staff_src(&shown.work, &named.cover, 640)>
                    <img src=src width=width.to_string() height=height.to_string() alt=words.open_cover />
                </a>
                <br />
                {said}
            }
            .into_any()
        };
        let same = before.as_ref().zip(after.as_ref()).is_some_and(|(before, after)| before.cover.id == after.cover.id);
        let change = if same { words.described } else { change_of(before.is_some(), after.is_some()) };
        row(text::staff().covers.title.to_owned(), change, before.as_ref().map(picture), after.as_ref().map(picture));
    }
    (!rows.is_empty()).then(|| {
        let columns: Vec<Cell> = [words.what, words.change, words.before, words.after].map(Cell::new).into();
        view! {
            <h3 class="govuk-heading-s">{words.attachments}</h3>
            <Table
                caption=words.attachments
                caption_classes="govuk-visually-hidden"
                classes="app-reflow"
                head=columns
                rows=rows
                first_cell_is_header=true
            />
        }
        .into_any()
    })
}

fn change_of(before: bool, after: bool) -> &'static str {
    let words = &text::staff().editor.review;
    match (before, after) {
        (false, _) => words.new,
        (true, true) => words.replaced,
        (true, false) => words.removed,
    }
}
