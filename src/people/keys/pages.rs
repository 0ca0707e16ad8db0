//! One's passkeys, and the form that shows one.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::actions;
use super::rules::field;
use super::store::Row;
use crate::kit::{Lang, civil};
use crate::people::pages::mine::head;
use crate::text;
use crate::text::people::KeyTexts;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit, leading_to};

type Page = Result<Response, AppError>;

/// What the page says besides the keys.
#[derive(Debug, Clone, Default)]
pub struct Says {
    pub notice: Option<&'static str>,
    /// What is wrong with the name.
    pub name: Option<&'static str>,
    /// What stood in the way of the whole.
    pub problem: Option<&'static str>,
    pub typed: String,
}

/// `GET /mina-sidor/nycklar`
pub async fn list(State(app): State<App>, visit: Visit) -> Page {
    let words = &text::people(visit.lang).keys;
    let notice = match visit.asked("klart").as_str() {
        "ny" => Some(words.added),
        "borttagen" => Some(words.removed),
        _ => None,
    };
    list_page(&app, &visit, StatusCode::OK, Says { notice, ..Says::default() }).await
}

/// One's passkeys, in any state.
pub async fn list_page(app: &App, visit: &Visit, status: StatusCode, says: Says) -> Page {
    let who = visit.signed_in()?;
    if !who.is_staff() {
        return Err(AppError::NotFound);
    }
    let factors = app.db.read(async |tx| actions::factors(tx, &who.account).await).await?;
    let (possible, free) = (actions::checker(app).is_some(), actions::may_change(who, &factors, app.now()));
    let lang = visit.lang;
    let words = &text::people(lang).keys;
    let entries: Vec<(String, String)> = says
        .name
        .map(|error| (format!("#{}", field::NAME), error.to_owned()))
        .into_iter()
        .chain(says.problem.map(|problem| ("#innehall".to_owned(), problem.to_owned())))
        .collect();
    let head = Head { error: !entries.is_empty(), ..head(visit, words.title) };
    Ok(visit.page(app, status, head, || {
        let add = if !possible {
            view! { <InsetText>{words.no_name}</InsetText> }.into_any()
        } else if free {
            adding(words, visit, &says)
        } else {
            view! {
                <p class="govuk-body app-measure">{words.prove_first}</p>
                <a class="govuk-button" role="button" href=visit.href(&leading_to("/bekrafta", "/mina-sidor/nycklar"))>
                    {words.prove}
                </a>
            }
            .into_any()
        };
        view! {
            {(!entries.is_empty()).then(|| view! { <ErrorSummary errors=entries /> })}
            {says.notice.map(|notice| view! { <NotificationBanner success=true text=notice /> })}
            <h1 class="govuk-heading-l">{words.title}</h1>
            <p class="govuk-body app-measure">{words.lead}</p>
            {table(words, &factors.keys, lang)}
            <h2 class="govuk-heading-m">{words.add}</h2>
            {add}
        }
    }))
}

fn table(words: &'static KeyTexts, keys: &[Row], lang: Lang) -> AnyView {
    if keys.is_empty() {
        return view! { <p class="govuk-body">{words.none}</p> }.into_any();
    }
    let columns: Vec<Cell> = [words.name, words.since, words.used, words.remove].map(Cell::new).into();
    let cell = |label: &'static str, text: String| Cell::new(text).attributes([("data-label", label)]);
    let rows: Vec<Vec<Cell>> = keys
        .iter()
        .map(|key| {
            let label = (words.remove_which)(&key.name);
            let button = view! {
                <button type="submit" name="ta_bort" value=key.id.to_string() class="govuk-button govuk-button--secondary govuk-!-margin-bottom-0" aria-label=label>
                    {words.remove}
                </button>
            };
            vec![
                Cell::new(key.name.clone()),
                cell(words.since, civil::clock_text(key.created_at, lang)),
                cell(words.used, key.used_at.map_or_else(|| words.never.to_owned(), |at| civil::clock_text(at, lang))),
                Cell::new(button.into_any()),
            ]
        })
        .collect();
    view! {
        <form method="post" novalidate=true>
            <Table caption=words.caption caption_classes="govuk-visually-hidden" classes="app-reflow" head=columns rows=rows first_cell_is_header=true />
        </form>
    }
    .into_any()
}

fn adding(words: &'static KeyTexts, visit: &Visit, says: &Says) -> AnyView {
    view! {
        <p class="govuk-body app-measure" data-without="">
            {words.needs_script}
        </p>
        <form method="post" data-passkey="create" data-begin=visit.href("/mina-sidor/nycklar/borja") hidden=true novalidate=true>
            <input type="hidden" name=field::KEY />
            <Input
                name=field::NAME
                label=words.name
                hint=words.name_hint
                value=says.typed.clone()
                error=says.name
                autocomplete="off"
                classes="govuk-input--width-20"
            />
            <Button>{words.add}</Button>
        </form>
    }
    .into_any()
}

/// The form that shows a key, for the page that asks for the second factor.
pub fn showing(lang: Lang, further: &str) -> AnyView {
    let words = &text::people(lang).keys;
    let begin = format!("{}/bekrafta/nyckel", lang.prefix());
    view! {
        <p class="govuk-body app-measure" data-without="">
            {words.needs_script}
        </p>
        <form method="post" data-passkey="get" data-begin=begin hidden=true novalidate=true>
            <input type="hidden" name="vidare" value=further.to_owned() />
            <input type="hidden" name=field::KEY />
            <Button>{words.show}</Button>
        </form>
    }
    .into_any()
}
