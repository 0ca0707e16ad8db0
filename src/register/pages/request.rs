//! What whoever holds a request's link sees: where it is, what was answered, the files that were given out.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use leptos::prelude::*;

use super::{subject, summary, swedish};
use crate::kit::{Errors, Id, Lang, civil};
use crate::platform::db::StoreError;
use crate::platform::files::Download;
use crate::platform::ids::Secret;
use crate::platform::rate_limit::Limit;
use crate::register::letters;
use crate::register::lifecycle::{Actor, Event};
use crate::register::model::{Answer, Disclosure, Listed, StoredFile};
use crate::register::store::{disclosures, listing};
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

/// Enough for somebody who mistypes a link.
const WRONG_LINKS: Limit = Limit { purpose: "disclosure_link", times: 60, seconds: 3600 };

/// A request as its page shows it.
pub struct Opened {
    pub link: Secret,
    pub request: Disclosure,
    documents: Vec<Listed>,
    answers: Vec<Answer>,
    files: Vec<StoredFile>,
}

/// The request that a path's secret opens; others get 404, as if there were none.
pub async fn open(app: &App, visit: &Visit, token: &str) -> Result<Opened, AppError> {
    let opened = match Secret::parse(token) {
        None => None,
        Some(link) => {
            let found = app.db.read(async |tx| {
                let Some(request) = disclosures::by_link(tx, &link.hash()).await? else { return Ok(None) };
                let documents = listing::of_disclosure(tx, &request.id).await?;
                let answers = disclosures::answers(tx, &request.id).await?;
                let files = disclosures::answered_files(tx, &request.id).await?;
                Ok::<_, StoreError>(Some((request, documents, answers, files)))
            });
            found.await?.map(|(request, documents, answers, files)| Opened { link, request, documents, answers, files })
        }
    };
    match opened {
        Some(opened) => Ok(opened),
        None => {
            app.limit(&WRONG_LINKS, visit.client).await?;
            Err(AppError::NotFound)
        }
    }
}

fn head(title: String) -> Head {
    Head { private: true, ..Head::new(title) }
}

/// `GET /diarium/begaran/{token}`
pub async fn show(State(app): State<App>, visit: Visit, Path(token): Path<String>) -> Result<Response, AppError> {
    let opened = open(&app, &visit, &token).await?;
    Ok(render(&app, &visit, StatusCode::OK, opened, None))
}

/// The page, with what stood in the way.
pub fn render(app: &App, visit: &Visit, status: StatusCode, opened: Opened, problem: Option<&'static str>) -> Response {
    let lang = visit.lang;
    let words = &text::register(lang).request;
    let number = opened.request.number.to_string();
    let head = Head { error: problem.is_some(), ..head((words.title)(&number)) };
    let done = visit.asked("klart");
    visit.page(app, status, head, || {
        let request = &opened.request;
        let received = (words.received_number)(&number);
        let top = match done.as_str() {
            "mottagen" => view! {
                <Panel title=words.received>{received}</Panel>
                <p class="govuk-body">{words.received_next}</p>
                <p class="govuk-body">{words.save_link}</p>
                <h2 class="govuk-heading-m">{(words.title)(&number)}</h2>
            }
            .into_any(),
            _ => {
                let notice = match done.as_str() {
                    "beslut" => Some(words.decision_done),
                    "aterkallad" => Some(words.withdraw_done),
                    _ => None,
                };
                view! {
                    {super::success(notice)}
                    <h1 class="govuk-heading-l">{(words.title)(&number)}</h1>
                }
                .into_any()
            }
        };
        view! {
            {summary(lang, &Errors::new(), problem)}
            {top}
            <p class="govuk-body app-measure">{(words.state_lead)(request.state)}</p>
            <SummaryList rows=facts(&opened, lang) />
            {answers(&opened, visit)}
            {doings(&opened, visit)}
        }
    })
}

fn facts(opened: &Opened, lang: Lang) -> Vec<SummaryRow> {
    let words = &text::register(lang).request;
    let request = &opened.request;
    let mut rows = vec![
        SummaryRow::new(words.state_label, (words.state)(request.state)),
        SummaryRow::new(words.number, request.number.to_string()),
        SummaryRow::new(words.came, civil::clock_text(request.received_at, lang)),
    ];
    if !opened.documents.is_empty() {
        let items: Vec<AnyView> = opened
            .documents
            .iter()
            .map(|one| {
                view! {
                    <li>
                        {one.number_of_document()} " " <span lang=swedish(lang, one.subject.is_none())>{subject(one, lang)}</span>
                    </li>
                }
                .into_any()
            })
            .collect();
        rows.push(SummaryRow::new(words.documents, view! { <ul class="govuk-list">{items}</ul> }.into_any()));
    }
    if !request.wish.is_empty() {
        rows.push(SummaryRow::new(words.wish, lines(&request.wish)));
    }
    let address = request.email.as_ref().map_or_else(|| words.address_gone.to_owned(), ToString::to_string);
    rows.push(SummaryRow::new(words.address, address).value_classes("app-break"));
    rows
}

/// A text with its line breaks.
pub fn lines(text: &str) -> AnyView {
    text.split('\n')
        .enumerate()
        .map(|(place, line)| view! { {(place > 0).then(|| view! { <br /> })} {line.to_owned()} })
        .collect_view()
        .into_any()
}

/// How large a file is, in words.
pub fn size(bytes: i64, lang: Lang) -> String {
    let words = &text::catalogue(lang).publication;
    if bytes < 1_000_000 { (words.kilobytes)((bytes / 1000).max(1)) } else { (words.megabytes)((bytes + 50_000) / 100_000) }
}

fn answers(opened: &Opened, visit: &Visit) -> AnyView {
    let lang = visit.lang;
    let texts = text::register(lang);
    let words = &texts.request;
    if opened.answers.is_empty() {
        return ().into_any();
    }
    let each = opened.answers.iter().map(|answer| {
        let grounds = answer.grounds();
        let grounds = (!grounds.is_empty()).then(|| {
            let all = grounds.iter().map(|ground| (texts.ground)(ground)).collect::<Vec<_>>().join(", ");
            view! { <p class="govuk-body">{format!("{}: {all}.", words.grounds)}</p> }
        });
        let files: Vec<AnyView> = opened
            .files
            .iter()
            .filter(|file| file.document_id == answer.document_id)
            .map(|file| {
                let href = visit.href(&format!("{}/fil/{}", letters::path_of(&opened.link), file.id));
                view! {
                    <li>
                        <a class="govuk-link app-break" href=href>
                            {(words.file)(&file.name, &size(file.size, lang))}
                        </a>
                    </li>
                }
                .into_any()
            })
            .collect();
        let files = (!files.is_empty()).then(|| {
            view! {
                <h4 class="govuk-heading-s">{words.files}</h4>
                <ul class="govuk-list">{files}</ul>
            }
        });
        let message = (!answer.message.is_empty())
            .then(|| view! { <p class="govuk-body app-measure" lang=swedish(lang, false)>{lines(&answer.message)}</p> });
        view! {
            <h3 class="govuk-heading-s">{(words.answer)(answer.kind)}</h3>
            <p class="govuk-body app-muted">{(words.answered)(&civil::clock_text(answer.answered_at, lang))}</p>
            {message}
            {grounds}
            {files}
        }
    });
    view! {
        <h2 class="govuk-heading-m">{words.answers}</h2>
        {each.collect_view()}
    }
    .into_any()
}

/// What whoever asked may do now.
fn doings(opened: &Opened, visit: &Visit) -> AnyView {
    let words = &text::register(visit.lang).request;
    let path = visit.href(&letters::path_of(&opened.link));
    let may = |event| opened.request.state.allows(event, Actor::Requester);
    let decision = may(Event::DecisionAsked).then(|| {
        view! {
            <h2 class="govuk-heading-m">{words.decision_title}</h2>
            <p class="govuk-body app-measure">{words.decision_lead}</p>
            <form method="post" action=path.clone() novalidate=true data-once="">
                <Button>{words.decision_submit}</Button>
            </form>
        }
    });
    let withdraw = may(Event::Withdrawn).then(|| {
        view! {
            <p class="govuk-body">
                <a class="govuk-link" href=format!("{path}/aterkalla")>
                    {words.withdraw}
                </a>
            </p>
        }
    });
    view! {
        <div class="app-screen-only">
            {decision}
            {withdraw}
        </div>
    }
    .into_any()
}

/// `GET /diarium/begaran/{token}/aterkalla`
pub async fn withdraw(State(app): State<App>, visit: Visit, Path(token): Path<String>) -> Result<Response, AppError> {
    let opened = open(&app, &visit, &token).await?;
    let path = letters::path_of(&opened.link);
    if !opened.request.state.allows(Event::Withdrawn, Actor::Requester) {
        return Ok(visit.see_other(&path));
    }
    let words = &text::register(visit.lang).request;
    let number = opened.request.number.to_string();
    let back = Some((visit.href(&path), (words.title)(&number)));
    let head = Head { back, ..head(words.withdraw.to_owned()) };
    Ok(visit.page(&app, StatusCode::OK, head, move || {
        view! {
            <h1 class="govuk-heading-l">{words.withdraw}</h1>
            <p class="govuk-body app-measure">{words.withdraw_lead}</p>
            <form method="post" novalidate=true>
                <Button warning=true>{words.withdraw_submit}</Button>
            </form>
        }
    }))
}

/// `GET /diarium/begaran/{token}/fil/{file}`: a file that was given out, and no other.
pub async fn file(
    State(app): State<App>,
    visit: Visit,
    headers: HeaderMap,
    Path((token, file)): Path<(String, String)>,
) -> Result<Response, AppError> {
    let opened = open(&app, &visit, &token).await?;
    let id = Id::parse(&file).map_err(|_| AppError::NotFound)?;
    let file = opened.files.iter().find(|file| file.id == id).ok_or(AppError::NotFound)?;
    answer(&app, &headers, file).await
}

/// A file as an attachment that no cache keeps.
pub async fn answer(app: &App, headers: &HeaderMap, file: &StoredFile) -> Result<Response, AppError> {
    let offered = Download { hash: &file.file_hash, name: &file.name, media_type: &file.media_type, changed: None };
    let mut response = app.files.answer(&offered, headers).await?;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
