//! The files that answer one question: what is there, one more, and fetching one.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::{below, link, topic};
use crate::applications::actions::writing::place;
use crate::applications::member::{Editor, Reader};
use crate::applications::model::{Seat, reference};
use crate::attachments;
use crate::attachments::model::Attachment;
use crate::attachments::rules::FileError;
use crate::forms::pages::{paragraphs, words as both};
use crate::kit::Id;
use crate::text;
use crate::ui::components::*;
use crate::web::{App, AppError, LOST_FILE, Visit};

type Page = Result<Response, AppError>;

/// `GET /ansokan/{application}/filer/{question}`
pub async fn show(State(app): State<App>, visit: Visit, Editor(seat): Editor, Path((_, question)): Path<(String, String)>) -> Page {
    let lost = visit.typed().is_some_and(|typed| typed.checked(LOST_FILE)).then_some(FileError::BrokenOff);
    page(&app, &visit, StatusCode::OK, &seat, &question, lost).await
}

/// The files and the form for one more, in any state.
pub async fn page(app: &App, visit: &Visit, status: StatusCode, seat: &Seat, key: &str, wrong: Option<FileError>) -> Page {
    let shown = topic::Shown::of(app, seat).await?;
    let asked = &shown.whole.asked;
    let place = place(seat, asked, key).ok_or(AppError::NotFound)?;
    let question = asked.form.question(key).ok_or(AppError::NotFound)?;
    let section = asked.form.sections.iter().find(|section| section.questions.iter().any(|one| one.key.as_str() == key));
    let section = section.map_or_else(String::new, |section| format!("/del/{}", section.key.as_str()));
    let lang = visit.lang;
    let words = &text::applications(lang).files;
    let says = wrong.map(|wrong| (text::attachments(lang).wrong)(wrong));
    let mut head = below(visit, seat, question.label.text(lang));
    head.error = says.is_some();
    let here = seat.path(&format!("/filer/{key}"));
    let done = (visit.asked("klart") == "ja" && says.is_none()).then_some(words.was_attached);
    Ok(visit.page(app, status, head, || {
        let files: Vec<&Attachment> = shown.whole.attached.iter().filter(|one| one.slot == key).collect();
        let room = files.iter().filter(|one| one.state.counts()).count() < usize::from(place.most);
        let list = attachments::pages::list(lang, &files, |one| visit.href(&seat.path(&format!("/fil/{}", one.id))), seat.writes());
        let summary = says.map(|says| view! { <ErrorSummary errors=vec![(format!("#{}", attachments::pages::FIELD), says)] /> });
        let add = (seat.writes() && room).then(|| {
            view! {
                <h2 class="govuk-heading-m">{words.add}</h2>
                <form method="post" action=visit.href(&here) enctype="multipart/form-data" novalidate=true>
                    {attachments::pages::field(lang, place.megabytes, wrong)}
                    <Button prevent_double_click=true>{words.submit}</Button>
                </form>
            }
        });
        let full = (seat.writes() && !room).then(|| view! { <p class="govuk-body">{(words.full)(place.most)}</p> });
        view! {
            {summary}
            {done.map(|text| view! { <NotificationBanner success=true text=text /> })}
            <span class="govuk-caption-l">{words.caption}</span>
            <h1 class="govuk-heading-l">{both(&question.label, lang)}</h1>
            {paragraphs(&question.help, lang)}
            <form method="post" action=visit.href(&format!("{here}/ta-bort"))>{list}</form>
            {add}
            {full}
            <p class="govuk-body">{link(visit.href(&seat.path(&section)), words.back)}</p>
        }
    }))
}

/// `GET /ansokan/{application}/fil/{file}`
pub async fn fetch(State(app): State<App>, Reader(seat): Reader, Path((_, file)): Path<(String, String)>, headers: HeaderMap) -> Page {
    let file = Id::parse(&file).map_err(|_| AppError::NotFound)?;
    let owner = reference(&seat.application.id);
    let file = app.db.read(async |tx| attachments::store::one(tx, &owner, &file).await).await?.ok_or(AppError::NotFound)?;
    let answer = attachments::actions::fetch(&app, &file, &headers).await?.ok_or(AppError::NotFound)?;
    Ok(answer.into_response())
}
