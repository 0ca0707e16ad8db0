//! A time to publish at, and taking a publication away from readers with a reason.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::{Shown, below, refused, seen_field, summary};
use crate::kit::{Form, civil};
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

type Page = Result<Response, AppError>;

/// A field and what is wrong in it.
pub type Wrong = Option<(&'static str, &'static str)>;

/// `GET /handlaggare/publikationer/{work}/schemalagg`
pub async fn schedule(State(app): State<App>, visit: Visit, Path(work): Path<String>) -> Page {
    let shown = Shown::of(&app, &work).await?;
    let form = visit.typed().cloned().unwrap_or_else(|| {
        let mut form = Form::default();
        if let Some(at) = shown.draft.as_ref().and_then(|draft| draft.publish_at) {
            let at = civil::stockholm(at);
            form.set("dag", at.date.text());
            form.set("klockslag", format!("{:02}.{:02}", at.hour, at.minute));
        }
        form
    });
    schedule_page(&app, &visit, StatusCode::OK, shown, &form, None, None)
}

/// The time, in any state.
pub fn schedule_page(
    app: &App,
    visit: &Visit,
    status: StatusCode,
    shown: Shown,
    form: &Form,
    wrong: Wrong,
    problem: Option<&'static str>,
) -> Page {
    if shown.draft.is_none() {
        return Ok(visit.see_other(&shown.path("")));
    }
    let words = &text::staff().editor.schedule;
    let head = Head { error: wrong.is_some() || problem.is_some(), ..below(words.title, &shown) };
    let form = form.clone();
    Ok(visit.page(app, status, head, move || {
        let at = |field: &str| wrong.filter(|(known, _)| *known == field).map(|(_, sentence)| sentence);
        let entries = wrong.map(|(field, sentence)| (format!("#{field}"), sentence.to_owned())).into_iter().collect();
        view! {
            {refused(problem)}
            {summary(entries)}
            <h1 class="govuk-heading-l">
                <span class="govuk-caption-l">{shown.title()}</span>
                {words.title}
            </h1>
            <p class="govuk-body app-measure">{words.lead}</p>
            <form method="post" novalidate=true>
                {seen_field(&shown)}
                <Input
                    name="dag"
                    label=words.day
                    hint=words.day_hint
                    value=form.get("dag").to_owned()
                    error=at("dag")
                    classes="govuk-input--width-10"
                    autocomplete="off"
                />
                <Input
                    name="klockslag"
                    label=words.time
                    hint=words.time_hint
                    value=form.get("klockslag").to_owned()
                    error=at("klockslag")
                    classes="govuk-input--width-5"
                    autocomplete="off"
                />
                <Button>{words.submit}</Button>
            </form>
        }
    }))
}

/// `GET /handlaggare/publikationer/{work}/avpublicera`
pub async fn withdraw(State(app): State<App>, visit: Visit, Path(work): Path<String>) -> Page {
    let shown = Shown::of(&app, &work).await?;
    let form = visit.typed().cloned().unwrap_or_default();
    withdraw_page(&app, &visit, StatusCode::OK, shown, &form, None)
}

/// The reason, in any state.
pub fn withdraw_page(app: &App, visit: &Visit, status: StatusCode, shown: Shown, form: &Form, wrong: Option<&'static str>) -> Page {
    if shown.standing.is_none() {
        return Ok(visit.see_other(&shown.path("")));
    }
    let words = &text::staff().editor.withdraw;
    let head = Head { error: wrong.is_some(), ..below(words.title, &shown) };
    let reason = form.get("skal").to_owned();
    Ok(visit.page(app, status, head, move || {
        let entries = wrong.map(|sentence| ("#skal".to_owned(), sentence.to_owned())).into_iter().collect();
        view! {
            {summary(entries)}
            <h1 class="govuk-heading-l">
                <span class="govuk-caption-l">{shown.title()}</span>
                {words.title}
            </h1>
            <p class="govuk-body app-measure">{words.lead}</p>
            <form method="post" novalidate=true>
                <Textarea name="skal" label=words.reason hint=words.reason_hint value=reason error=wrong rows=4 />
                <Button warning=true>{words.submit}</Button>
            </form>
        }
    }))
}
