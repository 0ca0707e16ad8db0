//! The pages about the portal, and the form that reports an obstacle.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::rules::{EMAIL, LONGEST_PAGE, LONGEST_PROBLEM, PAGE, PROBLEM, ReportError};
use crate::kit::{CivilDate, Errors, Form, Lang};
use crate::text;
use crate::text::about::{ReportTexts, StaticPage, TERMS_VERSION};
use crate::ui::components::{ErrorSummary, Input, InputKind, InsetText, Textarea};
use crate::ui::gallery::gallery;
use crate::ui::page::Head;
use crate::ui::prose::prose;
use crate::web::cookies::{self, Cookie};
use crate::web::{App, AppError, Visit, cookie_name};

type Page = Result<Response, AppError>;

pub async fn about(State(app): State<App>, visit: Visit) -> Page {
    let texts = &text::about(visit.lang).about;
    Ok(show(&app, &visit, texts, ()))
}

pub async fn contact(State(app): State<App>, visit: Visit) -> Page {
    let texts = text::about(visit.lang);
    let email = app.config.contact.clone().map(|address| {
        view! {
            <h2 class="govuk-heading-m">{texts.contact_email}</h2>
            <p class="govuk-body">
                <a class="govuk-link" href=format!("mailto:{address}")>
                    {address.to_string()}
                </a>
            </p>
        }
    });
    Ok(show(&app, &visit, &texts.contact, email))
}

pub async fn accessibility(State(app): State<App>, visit: Visit) -> Page {
    Ok(show(&app, &visit, &text::about(visit.lang).accessibility, ()))
}

pub async fn personal_data(State(app): State<App>, visit: Visit) -> Page {
    Ok(show(&app, &visit, &text::about(visit.lang).personal_data, ()))
}

pub async fn terms(State(app): State<App>, visit: Visit) -> Page {
    let texts = text::about(visit.lang);
    let day = CivilDate::parse(TERMS_VERSION).map(|day| day.long(visit.lang)).unwrap_or_default();
    let from = view! { <p class="govuk-body app-muted">{(texts.terms_apply_from)(&day)}</p> };
    Ok(show(&app, &visit, &texts.terms, from))
}

pub async fn easy_read(State(app): State<App>, visit: Visit) -> Page {
    Ok(show(&app, &visit, &text::about(visit.lang).easy_read, ()))
}

pub async fn cookies(State(app): State<App>, visit: Visit) -> Page {
    let texts = text::about(visit.lang);
    let table = &texts.cookie_table;
    let row = |cookie: &Cookie| {
        let purpose = match *cookie {
            cookies::BASKET => table.basket_purpose,
            cookies::RECEIPT => table.receipt_purpose,
            cookies::SIGN_IN => table.sign_in_purpose,
            cookies::SESSION => table.session_purpose,
            _ => table.kept_purpose,
        };
        let lifetime = match cookie.max_age_seconds / 60 {
            minutes if minutes >= 24 * 60 => (table.days)(minutes / (24 * 60)),
            minutes => (table.minutes)(minutes),
        };
        view! {
            <tr class="govuk-table__row">
                <th scope="row" class="govuk-table__header">
                    <code>{cookie_name(&app, cookie.name)}</code>
                </th>
                <td class="govuk-table__cell" data-label=table.purpose>
                    {purpose}
                </td>
                <td class="govuk-table__cell app-nowrap" data-label=table.lifetime>
                    {lifetime}
                </td>
            </tr>
        }
    };
    let heading = |label: &'static str| view! { <th scope="col" class="govuk-table__header">{label}</th> };
    let rest = view! {
        <table class="govuk-table app-reflow">
            <caption class="govuk-table__caption govuk-table__caption--m">{table.caption}</caption>
            <thead class="govuk-table__head">
                <tr class="govuk-table__row">{heading(table.name)} {heading(table.purpose)} {heading(table.lifetime)}</tr>
            </thead>
            <tbody class="govuk-table__body">{cookies::ALL.iter().map(row).collect_view()}</tbody>
        </table>
        {prose(table.remove, 2, None)}
    };
    Ok(show(&app, &visit, &texts.cookies, rest))
}

/// A page of text, with what else belongs on it after the text.
fn show(app: &App, visit: &Visit, texts: &'static StaticPage, rest: impl IntoView + 'static) -> Response {
    let demo = texts.demo.filter(|_| app.config.demo).map(str::trim);
    let head =
        Head { description: Some(texts.description.to_owned()), trail: start(visit.lang), ..Head::new(texts.title.replace('\u{ad}', "")) };
    let main = || {
        view! {
            <h1 class="govuk-heading-l">{texts.title}</h1>
            {demo
            .map(|words| {
                view! {
                    <InsetText>
                        <p class="govuk-body govuk-!-margin-bottom-0">{words}</p>
                    </InsetText>
                }
            })}
            {prose(texts.body, 2, None)}
            {rest.into_any()}
        }
    };
    visit.page(app, StatusCode::OK, head, main)
}

/// The way here: from the home page.
fn start(lang: Lang) -> Vec<(String, String)> {
    vec![(format!("{}/", lang.prefix()), text::site(lang).home.to_owned())]
}

pub async fn report(State(app): State<App>, visit: Visit) -> Page {
    // A link to the form may say which page it came from.
    let mut form = Form::default();
    for (name, value) in url::form_urlencoded::parse(visit.query.as_bytes()) {
        if name == PAGE && value.chars().count() <= LONGEST_PAGE {
            form.set(PAGE, value.into_owned());
        }
    }
    Ok(report_form(&app, &visit, StatusCode::OK, &form, &Errors::new()))
}

/// The form with its values and errors.
pub fn report_form(app: &App, visit: &Visit, status: StatusCode, form: &Form, errors: &Errors<ReportError>) -> Response {
    let lang = visit.lang;
    let texts = &text::about(lang).report;
    let statement = &text::about(lang).accessibility;
    let mut trail = start(lang);
    trail.push((visit.href("/tillganglighet"), statement.title.to_owned()));
    let head = Head { error: !errors.is_empty(), description: Some(texts.description.to_owned()), trail, ..Head::new(texts.title) };
    let at = |field: &str| errors.of(field).map(|error| sentence(texts, *error));
    let main = || {
        let summary = (!errors.is_empty()).then(|| {
            let list: Vec<_> = errors.iter().map(|entry| (format!("#{}", entry.field), sentence(texts, entry.error))).collect();
            view! { <ErrorSummary errors=list /> }
        });
        view! {
            {summary}
            <h1 class="govuk-heading-l">{texts.title}</h1>
            <p class="govuk-body-l app-measure">{texts.lead}</p>
            <form method="post" action=visit.href("/tillganglighet/rapportera") novalidate data-once="">
                <Input
                    name=PAGE
                    label=texts.page_label
                    hint=texts.page_hint
                    value=form.get(PAGE)
                    error=at(PAGE)
                    classes="govuk-!-width-two-thirds"
                />
                <Textarea name=PROBLEM label=texts.problem_label hint=texts.problem_hint value=form.get(PROBLEM) error=at(PROBLEM) rows=8 />
                <Input
                    name=EMAIL
                    label=texts.email_label
                    hint=texts.email_hint
                    value=form.get(EMAIL)
                    error=at(EMAIL)
                    kind=InputKind::Email
                    autocomplete="email"
                    spellcheck=false
                    classes="govuk-!-width-two-thirds"
                />
                <p class="govuk-body">
                    <a class="govuk-link" href=visit.href("/personuppgifter")>
                        {texts.privacy}
                    </a>
                </p>
                <button type="submit" class="govuk-button">
                    {texts.submit}
                </button>
            </form>
        }
        .into_any()
    };
    visit.page(app, status, head, main)
}

fn sentence(texts: &ReportTexts, error: ReportError) -> String {
    match error {
        ReportError::ProblemMissing => texts.problem_missing.to_owned(),
        ReportError::ProblemLong => (texts.problem_long)(LONGEST_PROBLEM),
        ReportError::PageLong => (texts.page_long)(LONGEST_PAGE),
        ReportError::EmailWrong => texts.email_wrong.to_owned(),
    }
}

/// The receipt.
pub async fn report_sent(State(app): State<App>, visit: Visit) -> Page {
    let texts = &text::about(visit.lang).report;
    let head = Head { noindex: true, ..Head::new(texts.sent_title) };
    let main = || {
        view! {
            <div class="govuk-panel govuk-panel--confirmation">
                <h1 class="govuk-panel__title">{texts.sent_title}</h1>
            </div>
            <p class="govuk-body">{texts.sent_next}</p>
            <p class="govuk-body">
                <a class="govuk-link" href="https://www.digg.se/tdosanmalan">
                    {texts.sent_digg}
                </a>
                "."
            </p>
            <p class="govuk-body">
                <a class="govuk-link" href=visit.href("/tillganglighet")>
                    {texts.sent_back}
                </a>
            </p>
        }
    };
    Ok(visit.page(&app, StatusCode::OK, head, main))
}

/// `GET /komponenter`: every component in every state, for builders; not in production.
pub async fn components(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    if app.config.production {
        return Err(AppError::NotFound);
    }
    let head = Head { noindex: true, ..Head::new(text::site(visit.lang).components) };
    Ok(visit.page(&app, StatusCode::OK, head, gallery))
}
