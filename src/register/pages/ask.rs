//! Asking to see documents: of a case, with its documents to choose among, or in one's own words alone.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::case::documents_of;
use super::{path_of, subject, summary, trail};
use crate::kit::{Errors, Form, Lang};
use crate::register::model::Listed;
use crate::register::rules::{MOST_DOCUMENTS, Wrong, field};
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

/// `GET /diarium/begar`
pub async fn anything(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    Ok(form_page(&app, &visit, StatusCode::OK, &[], begun(&app), &Errors::new()))
}

/// `GET /diarium/{number}/begar?handling=3`: the document that the row was about is chosen.
pub async fn of_case(State(app): State<App>, visit: Visit, Path(asked): Path<String>) -> Result<Response, AppError> {
    let documents = documents_of(&app, &asked).await?;
    let mut form = begun(&app);
    let running = visit.asked(field::DOCUMENTS);
    if let Some(chosen) = documents.iter().find(|one| one.running.to_string() == running || documents.len() == 1) {
        form.set(field::DOCUMENTS, chosen.id.to_string());
    }
    Ok(form_page(&app, &visit, StatusCode::OK, &documents, form, &Errors::new()))
}

/// A form with a secret of its own, from which the link follows: so the page is kept in no cache.
fn begun(app: &App) -> Form {
    let mut form = Form::default();
    form.set(field::KEY, app.ids.secret().as_str());
    form
}

/// The form with its values and errors.
pub fn form_page(app: &App, visit: &Visit, status: StatusCode, documents: &[Listed], form: Form, errors: &Errors<Wrong>) -> Response {
    let lang = visit.lang;
    let texts = text::register(lang);
    let words = &texts.ask;
    let number = documents.first().map(|first| first.number.to_string());
    let further: Vec<(String, String)> = number.iter().map(|number| (visit.href(&path_of(number)), (texts.case.title)(number))).collect();
    let head = Head { error: !errors.is_empty(), private: true, trail: trail(visit, &further), ..Head::new(words.title) };
    let at = |name: &'static str| errors.of(name).map(|error| (texts.wrong)(name, *error));
    visit.page(app, status, head, || {
        let chosen = (!documents.is_empty()).then(|| choices(documents, &form, lang));
        let (wish, wish_hint) = if documents.is_empty() { (words.wish, words.wish_hint) } else { (words.wish_more, words.wish_more_hint) };
        view! {
            {summary(lang, errors, None)}
            <h1 class="govuk-heading-l">{words.title}</h1>
            <p class="govuk-body-l app-measure">{words.lead}</p>
            <InsetText>{words.anonymous}</InsetText>
            <form method="post" class="app-measure" novalidate=true data-once="">
                <input type="hidden" name=field::KEY value=form.get(field::KEY).to_owned() />
                {chosen}
                <Textarea name=field::WISH label=wish hint=wish_hint value=form.get(field::WISH) error=at(field::WISH) />
                <Input
                    name=field::EMAIL
                    label=words.email
                    hint=words.email_hint
                    value=form.get(field::EMAIL)
                    error=at(field::EMAIL)
                    kind=InputKind::Email
                    autocomplete="email"
                    spellcheck=false
                />
                <Input
                    name=field::NAME
                    label=words.name
                    hint=words.name_hint
                    value=form.get(field::NAME)
                    error=at(field::NAME)
                    autocomplete="name"
                />
                <p class="govuk-body">{words.kept}</p>
                <Button>{words.submit}</Button>
            </form>
        }
    })
}

fn choices(documents: &[Listed], form: &Form, lang: Lang) -> AnyView {
    let words = &text::register(lang).ask;
    let items = documents
        .iter()
        .take(MOST_DOCUMENTS)
        .map(|one| Choice::new(one.id.to_string(), format!("{} {}", one.number_of_document(), subject(one, lang))))
        .collect();
    let values = form.all(field::DOCUMENTS).map(str::to_owned).collect();
    view! { <Checkboxes name=field::DOCUMENTS legend=words.documents hint=words.documents_hint items=items values=values /> }.into_any()
}
