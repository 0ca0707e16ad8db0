//! The pages that change an address: the new one, its code, and what the mail's link opens.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::rules::AddressError;
use super::{CODE_PATH, PATH, actions};
use crate::kit::{Errors, Form};
use crate::people::pages::mine::head;
use crate::people::pages::sign_in::{CodePage, asking_for_code, open_page, refused_page};
use crate::people::pages::summary;
use crate::people::rules::{CodeError, field};
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

type Page = Result<Response, AppError>;

/// `GET /mina-sidor/uppgifter/e-post`
pub async fn show(State(app): State<App>, visit: Visit) -> Page {
    let form = visit.typed().cloned().unwrap_or_default();
    page(&app, &visit, StatusCode::OK, &form, None)
}

/// The page that asks for a new address, in any state.
pub fn page(app: &App, visit: &Visit, status: StatusCode, form: &Form, error: Option<AddressError>) -> Page {
    let who = visit.signed_in()?;
    let lang = visit.lang;
    let words = &text::people(lang).address;
    let sentence = move |error: AddressError| match error {
        AddressError::Email(error) => (text::site(lang).email)(error).to_owned(),
        AddressError::Same => words.same.to_owned(),
    };
    let mut errors = Errors::new();
    if let Some(error) = error {
        errors.push(field::EMAIL, error);
    }
    let (current, typed) = (who.email.to_string(), form.get(field::EMAIL).to_owned());
    let mut trail = head(visit, words.title).trail;
    trail.push((visit.href("/mina-sidor/uppgifter"), text::people(lang).profile.title.to_owned()));
    let head = Head { error: error.is_some(), trail, ..head(visit, words.title) };
    let action = visit.href(PATH);
    Ok(visit.page(app, status, head, move || {
        view! {
            {summary(&errors, sentence)}
            <h1 class="govuk-heading-l">{words.title}</h1>
            <p class="govuk-body app-measure">{words.lead}</p>
            <SummaryList rows=vec![SummaryRow::new(words.current, current)] />
            <form method="post" action=action novalidate=true>
                <Input
                    name=field::EMAIL
                    label=words.new
                    value=typed
                    error=error.map(sentence)
                    kind=InputKind::Email
                    autocomplete="email"
                    spellcheck=false
                    classes="govuk-!-width-two-thirds"
                />
                <p class="govuk-body app-measure">{words.then}</p>
                <Button>{words.submit}</Button>
            </form>
        }
    }))
}

/// `GET /mina-sidor/uppgifter/e-post/kod`
pub async fn code(State(app): State<App>, visit: Visit) -> Page {
    if !actions::waits(&app, visit.signed_in()?).await? {
        return Ok(visit.see_other(PATH));
    }
    Ok(code_page(&app, &visit, StatusCode::OK, String::new(), None))
}

/// The page that asks for the code, in any state.
pub fn code_page(app: &App, visit: &Visit, status: StatusCode, typed: String, error: Option<CodeError>) -> Response {
    let words = &text::people(visit.lang).address;
    let page = CodePage { title: words.sent_title, lead: words.sent, submit: words.title, action: CODE_PATH, back: PATH };
    asking_for_code(app, visit, status, page, typed, error)
}

/// `GET /mina-sidor/uppgifter/e-post/lank/{token}`: a button and nothing else, as for signing in.
pub async fn link(State(app): State<App>, visit: Visit, Path(_): Path<String>) -> Page {
    let words = &text::people(visit.lang).address;
    Ok(open_page(&app, &visit, words.title, words.open_lead))
}

/// Why a link changed nothing.
pub fn refused(app: &App, visit: &Visit, title: &'static str, sentence: &'static str) -> Response {
    refused_page(app, visit, title, sentence, PATH, text::people(visit.lang).address.again)
}
