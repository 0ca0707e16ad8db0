//! Bringing together a draft and what readers see, when that changed beside it: by an import, a file, a price that came due.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::topic::{MET, choice_name};
use super::{Shown, below, id, summary};
use crate::catalogue::editor::record;
use crate::catalogue::editor::store;
use crate::catalogue::editor::words;
use crate::kit::{Form, Id};
use crate::platform::db::StoreError;
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

type Page = Result<Response, AppError>;

/// `GET /handlaggare/publikationer/{work}/sammanfoga`
pub async fn show(State(app): State<App>, visit: Visit, Path(work): Path<String>) -> Page {
    page(&app, &visit, StatusCode::OK, &id(&work)?, &Form::default(), Vec::new()).await
}

/// Both texts and the choices, in any state.
pub async fn page(app: &App, visit: &Visit, status: StatusCode, work: &Id, form: &Form, unchosen: Vec<String>) -> Page {
    let loaded = app
        .db
        .read(async |tx| {
            let Some(shown) = Shown::load(tx, work).await? else { return Ok(None) };
            let Some(draft) = &shown.draft else { return Ok(Some((shown, None))) };
            let base = store::record_at(tx, work, draft.base_version).await?.map(|(_, record)| record);
            let public = store::published_record(tx, work).await?;
            Ok::<_, StoreError>(Some((shown, public.map(|public| (base, public)))))
        })
        .await?;
    let (shown, both) = loaded.ok_or(AppError::NotFound)?;
    let Some((base, public)) = both else { return Ok(visit.see_other(&shown.path(""))) };
    let texts = &text::staff().editor;
    let words = &texts.moved;
    let head = Head { error: status != StatusCode::OK, ..below(words.title, &shown) };
    let form = form.clone();
    Ok(visit.page(app, status, head, move || {
        let merged = record::merge(base.as_ref(), &shown.record, &public);
        let (own, theirs) = (record::parts(&shown.record), record::parts(&public));
        let taken: Vec<AnyView> = record::differing(&own, &record::parts(&merged.record))
            .into_iter()
            .filter(|part| !merged.conflicts.contains(part))
            .map(|part| {
                let label = words::label(&part, &public);
                view! { <li>{format!("{label}: {}", crate::catalogue::rules::excerpt(&words::shown(&part, theirs.get(&part))))}</li> }
                    .into_any()
            })
            .collect();
        let mut entries = Vec::new();
        let choices: Vec<AnyView> = merged
            .conflicts
            .iter()
            .map(|part| {
                let label = words::label(part, &shown.record);
                let name = choice_name(part);
                let missing = unchosen.contains(part);
                if missing {
                    entries.push((format!("#{name}"), (texts.clash.choose)(&label)));
                }
                let both = [(words.published, theirs.get(part)), (words.draft, own.get(part))].map(|(heading, value)| {
                    let text = words::shown(part, value);
                    let text = if text.is_empty() { texts.clash.nothing.to_owned() } else { text };
                    view! {
                        <div>
                            <h3 class="govuk-heading-s govuk-!-margin-bottom-1">{heading}</h3>
                            <p class="govuk-body app-diff__text">{text}</p>
                        </div>
                    }
                });
                let items = vec![Choice::new("sparat", words.keep_published), Choice::new("mitt", words.keep_draft)];
                view! {
                    <div class="app-diff">
                        <div class="app-side-by-side">{both.into_iter().collect::<Vec<_>>()}</div>
                        <input type="hidden" name=MET value=part.clone() />
                        <Radios
                            name=name.clone()
                            legend=(texts.clash.which)(&label)
                            items=items
                            value=form.get(&name).to_owned()
                            error=missing.then(|| (texts.clash.choose)(&label))
                            classes="govuk-radios--small"
                        />
                    </div>
                }
                .into_any()
            })
            .collect();
        let nothing = taken.is_empty() && choices.is_empty();
        let version = shown.draft.as_ref().map_or(0, |draft| draft.version).to_string();
        view! {
            {summary(entries)}
            <h1 class="govuk-heading-l">
                <span class="govuk-caption-l">{shown.title()}</span>
                {words.title}
            </h1>
            <p class="govuk-body app-measure">{if nothing { words.nothing } else { words.lead }}</p>
            {(!taken.is_empty())
                .then(|| {
                    view! {
                        <p class="govuk-body">{words.taken_over}</p>
                        <ul class="govuk-list govuk-list--bullet">{taken}</ul>
                    }
                })}
            {(!nothing)
                .then(|| {
                    view! {
                        <form method="post" novalidate=true>
                            <input type="hidden" name="version" value=version />
                            {choices}
                            <Button>{words.submit}</Button>
                        </form>
                    }
                })}
        }
    }))
}
