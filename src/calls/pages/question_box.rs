//! The question box: anybody asks, and reads the answer on the call's page or in a mail.

use std::sync::LazyLock;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::link;
use super::public::{below, found, path};
use crate::calls::actions;
use crate::calls::store::Published;
use crate::forms::model::{Both, Key, Kind, Question, SeenBy};
use crate::forms::pages::{field, summary, words};
use crate::forms::rules::Wrong;
use crate::kit::{Form, Lang};
use crate::text;
use crate::ui::components::*;
use crate::web::{App, AppError, Visit};

/// Longest question.
const LONGEST: u32 = 2000;

/// What somebody is asked who asks: the question, and where the answer goes.
pub static QUESTIONS: LazyLock<Vec<Question>> = LazyLock::new(|| {
    let (sv, en) = (&text::calls(Lang::Sv).ask, &text::calls(Lang::En).ask);
    [
        asked("fraga", Both::new(sv.question, en.question), Both::default(), Kind::Long { most: LONGEST }, false),
        asked("epost", Both::new(sv.email, en.email), Both::new(sv.email_hint, en.email_hint), Kind::Email, true),
    ]
    .into_iter()
    .flatten()
    .collect()
});

fn asked(key: &str, label: Both, help: Both, kind: Kind, optional: bool) -> Option<Question> {
    Some(Question { key: Key::parse(key).ok()?, label, help, kind, optional, shown_when: None, seen_by: SeenBy::Everybody })
}

/// `GET /utlysningar/{slug}/stall-en-fraga`
pub async fn show(State(app): State<App>, visit: Visit, Path(slug): Path<String>) -> Result<Response, AppError> {
    let call = found(&app, &slug).await?;
    let form = visit.typed().cloned().unwrap_or_default();
    Ok(page(&app, &visit, StatusCode::OK, &call, &form, &[]))
}

/// The form in any state.
pub fn page(app: &App, visit: &Visit, status: StatusCode, call: &Published, form: &Form, errors: &[Wrong]) -> Response {
    let lang = visit.lang;
    let texts = &text::calls(lang).ask;
    let done = visit.asked("klart") == "ja" && errors.is_empty();
    let mut head = below(visit, call, texts.title);
    head.error = !errors.is_empty();
    visit.page(app, status, head, || {
        let label = |key: &str| QUESTIONS.iter().find(|one| one.key.as_str() == key).map_or_else(String::new, |one| one.label.text(lang).to_owned());
        let wrong = (!errors.is_empty()).then(|| view! { <ErrorSummary errors=summary(lang, label, errors) /> });
        let success = done.then(|| {
            let content = view! {
                <h2 class="govuk-notification-banner__heading">{texts.done}</h2>
                <p class="govuk-body">{texts.done_lead}</p>
            };
            view! { <NotificationBanner success=true>{content}</NotificationBanner> }
        });
        let takes = actions::takes_questions(call.public);
        let form = takes.then(|| {
            let fields: Vec<AnyView> = QUESTIONS.iter().map(|question| field(lang, question, form, errors)).collect();
            view! {
                <p class="govuk-body app-measure">{texts.lead}</p>
                <form method="post" action=visit.href(&path(&call.slug, "/stall-en-fraga")) class="govuk-!-width-two-thirds" novalidate=true>
                    {fields}
                    <Button prevent_double_click=true>{texts.submit}</Button>
                </form>
            }
        });
        let late = (!takes).then(|| {
            view! {
                <p class="govuk-body app-measure">{texts.too_late}</p>
                <p class="govuk-body">{link(visit.href(&path(&call.slug, "#kontakt")), text::calls(lang).one.contact)}</p>
            }
        });
        view! {
            {wrong}
            {success}
            <span class="govuk-caption-l">{words(&call.facts.name, lang)}</span>
            <h1 class="govuk-heading-l">{texts.title}</h1>
            {form}
            {late}
        }
    })
}
