//! `/handlaggare/publikationer/markdown`: what one writes and what it becomes, with a field to try it in; and [`preview`], which
//! shows a text as readers will see it with what makes it hard to use.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::{LANG, head};
use crate::catalogue::labels;
use crate::kit::{Form, Lang};
use crate::text;
use crate::ui::components::*;
use crate::ui::{hints, prose::prose};
use crate::web::{App, AppError, Visit};

/// Names of the form's fields.
pub mod field {
    pub const TEXT: &str = "text";
    pub const LANG: &str = "sprak";
}

/// A text as readers will see it under the page's own headings, and the hints about it. Pages of the staff are in Swedish, so
/// an English text says that it is. `id` and `title` are the heading's,
/// since a page may show several.
pub fn preview(markdown: &str, lang: Lang, id: &str, title: &str) -> AnyView {
    let words = &text::staff().markdown;
    if markdown.trim().is_empty() {
        return view! { <p class="govuk-body">{words.nothing}</p> }.into_any();
    }
    let found = hints::of(markdown, lang);
    let told = if found.is_empty() {
        view! { <p class="govuk-body app-measure">{words.no_hints}</p> }.into_any()
    } else {
        let items = found
            .into_iter()
            .map(|hint| {
                view! {
                    <li>
                        <strong>{(words.at)(hint.line, &hint.quote)}</strong>
                        {(words.hint)(&hint.code)}
                    </li>
                }
            })
            .collect_view();
        view! {
            <p class="govuk-body app-measure">{words.hints_lead}</p>
            <ul class="govuk-list govuk-list--bullet app-measure">{items}</ul>
        }
        .into_any()
    };
    view! {
        <section class="govuk-inset-text" aria-labelledby=id.to_owned()>
            <h2 class="govuk-heading-s" id=id.to_owned()>
                {title.to_owned()}
            </h2>
            {prose(markdown, 3, labels::other(lang, LANG))}
        </section>
        <h2 class="govuk-heading-s">{words.hints}</h2>
        {told}
    }
    .into_any()
}

pub async fn show(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    let form = visit.typed().cloned().unwrap_or_default();
    Ok(render(&app, &visit, form, false))
}

/// The page; after the button, with what the text becomes.
pub fn render(app: &App, visit: &Visit, form: Form, tried: bool) -> Response {
    let words = &text::staff().markdown;
    let head = head(words.title);
    visit.page(app, StatusCode::OK, head, move || {
        let rows: Vec<Vec<Cell>> = words
            .examples
            .iter()
            .map(|(written, becomes)| {
                let written = view! { <code class="app-pre">{*written}</code> }.into_any();
                vec![Cell::new(written), Cell::new(*becomes).attributes([("data-label", words.it_becomes)])]
            })
            .collect();
        let columns = vec![Cell::new(words.you_write), Cell::new(words.it_becomes)];
        let lang = if form.get(field::LANG) == "en" { Lang::En } else { Lang::Sv };
        let shown = tried.then(|| preview(form.get(field::TEXT), lang, "forhandsgranskning", words.shown));
        let chosen = lang.code().to_owned();
        view! {
            <h1 class="govuk-heading-l">{words.title}</h1>
            <p class="govuk-body app-measure">{words.lead}</p>
            <Table caption=words.caption caption_classes="govuk-visually-hidden" classes="app-reflow" head=columns rows=rows first_cell_is_header=true />
            <p class="govuk-body app-measure">{words.not_taken}</p>
            <h2 class="govuk-heading-m">{words.try_it}</h2>
            {shown}
            <form method="post" class="app-measure" novalidate=true>
                <Textarea name=field::TEXT label=words.text hint=words.text_hint value=form.get(field::TEXT).to_owned() rows=12 />
                <Radios
                    name=field::LANG
                    legend=words.lang
                    items=vec![Choice::new("sv", words.swedish), Choice::new("en", words.english)]
                    value=chosen
                    classes="govuk-radios--inline"
                />
                <Button>{words.preview}</Button>
            </form>
        }
    })
}
