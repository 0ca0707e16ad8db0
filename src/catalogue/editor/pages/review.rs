//! Reading another's draft: what differs from what readers see, and the answer to it.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::{Shown, below, diff, id, refused, summary, writes};
use crate::catalogue::editor::actions::needs_two;
use crate::catalogue::editor::record::Record;
use crate::catalogue::editor::store;
use crate::catalogue::lifecycle::{self, Actor, Event};
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
            {diff::records(&public.unwrap_or_else(Record::new), &shown.record)}
            {own.then(|| view! { <InsetText>{words.own}</InsetText> })}
            {approve}
            {refuse}
        }
    }))
}
