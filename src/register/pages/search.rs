//! `GET /diarium`: the search among all documents. Everything stands in the address, and nobody notes who asks.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::{PATH, counterpart, subject, table};
use crate::kit::{Lang, swedish};
use crate::platform::db::StoreError;
use crate::register::model::{Direction, Listed};
use crate::register::rules::field;
use crate::register::store::listing::{self, MOST_FOUND, Narrow, PAGE};
use crate::tables::file::small_csv;
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::ui::prose::prose;
use crate::web::sheets::{self, Value};
use crate::web::{App, AppError, Visit};

/// Rows of the file.
const MOST_IN_FILE: i64 = 5_000;

/// The field with words, the year, and the page.
const WORDS: &str = "q";
const YEAR: &str = "ar";
const AT: &str = "sida";

/// What an address narrows the list to.
pub fn narrow(query: &str) -> Narrow {
    let asked = |name: &str| sheets::asked(query, name);
    Narrow {
        words: swedish::words(&asked(WORDS)),
        counterpart: swedish::words(&asked(field::COUNTERPART)),
        direction: Direction::of_code(&asked(field::DIRECTION)),
        year: asked(YEAR).parse().ok(),
        ..Narrow::default()
    }
}

/// The fields that narrow, without those that are empty, and the page.
fn address(query: &str, path: &str, page: usize) -> String {
    let mut pairs = url::form_urlencoded::Serializer::new(String::new());
    for name in [WORDS, field::COUNTERPART, YEAR, field::DIRECTION] {
        let value = sheets::asked(query, name);
        if !value.is_empty() {
            pairs.append_pair(name, &value);
        }
    }
    if page > 1 {
        pairs.append_pair(AT, &page.to_string());
    }
    let query = pairs.finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// `GET /diarium`
pub async fn show(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    let narrow = narrow(&visit.query);
    let page = visit.asked(AT).parse::<i64>().unwrap_or(1).clamp(1, MOST_FOUND / PAGE);
    let (years, count, rows) = app
        .db
        .read(async |tx| {
            let years = listing::years(tx).await?;
            let (count, rows) = listing::page(tx, &narrow, page).await?;
            Ok::<_, StoreError>((years, count, rows))
        })
        .await?;
    let pages = usize::try_from((count.min(MOST_FOUND) + PAGE - 1) / PAGE).unwrap_or(1).max(1);
    let current = usize::try_from(page).unwrap_or(1);
    if current > pages {
        // The list has become shorter, or the number was typed: the last page is what was meant.
        return Ok(visit.see_other(&address(&visit.query, PATH, pages)));
    }
    let lang = visit.lang;
    let texts = text::register(lang);
    let words = &texts.search;
    let own_page = address(&visit.query, "", current).is_empty();
    let mut title = texts.title.to_owned();
    if current > 1 {
        title.push_str(&(words.page)(current));
    }
    let head = Head {
        description: Some(texts.description.to_owned()),
        canonical: Some(address(&visit.query, PATH, current)),
        noindex: !own_page,
        trail: vec![(visit.href("/"), text::site(lang).home.to_owned())],
        ..Head::new(title)
    };
    Ok(visit.page(&app, StatusCode::OK, head, || {
        let found = if count > MOST_FOUND { (words.many)(MOST_FOUND) } else { (words.found)(count) };
        let list = if rows.is_empty() { nothing(&visit) } else { table(&rows, words.caption.to_owned(), lang, false) };
        let links = PageLinks::numbered(current, pages, |page| visit.href(&address(&visit.query, PATH, page)));
        let further = (pages > 1).then(|| view! { <Pagination links=links /> });
        let csv = (!rows.is_empty()).then(|| {
            view! {
                <p class="govuk-body app-screen-only">
                    <a class="govuk-link" href=visit.href(&address(&visit.query, "/diarium.csv", 1)) rel="nofollow">
                        {(words.csv)(MOST_IN_FILE)}
                    </a>
                </p>
            }
        });
        view! {
            <h1 class="govuk-heading-l">{texts.title}</h1>
            <p class="govuk-body-l app-measure">{texts.lead}</p>
            <Details summary=texts.about>{prose(texts.about_text, 2, None)}</Details>
            {filter(&visit, &years)}
            <p class="govuk-body" role="status">{found}</p>
            {list}
            {further}
            {csv}
        }
    }))
}

fn filter(visit: &Visit, years: &[i64]) -> AnyView {
    let texts = text::register(visit.lang);
    let words = &texts.search;
    let years = std::iter::once(SelectItem::new("", words.any_year))
        .chain(years.iter().map(|year| SelectItem::new(year.to_string(), year.to_string())))
        .collect();
    let directions = std::iter::once(SelectItem::new("", words.any_direction))
        .chain(Direction::ALL.iter().map(|one| SelectItem::new(one.code(), (texts.direction)(*one))))
        .collect();
    view! {
        <search class="app-screen-only">
            <form method="get" action=visit.href(PATH) novalidate=true>
                <Input
                    name=WORDS
                    label=words.words
                    hint=words.words_hint
                    value=visit.asked(WORDS)
                    classes="govuk-!-width-two-thirds"
                    spellcheck=false
                />
                <Input
                    name=field::COUNTERPART
                    label=texts.counterpart
                    hint=words.counterpart_hint
                    value=visit.asked(field::COUNTERPART)
                    classes="govuk-!-width-two-thirds"
                    spellcheck=false
                />
                <div class="app-field-row">
                    <Select name=YEAR label=words.year items=years value=visit.asked(YEAR) />
                    <Select name=field::DIRECTION label=texts.way items=directions value=visit.asked(field::DIRECTION) />
                </div>
                <Button>{words.submit}</Button>
            </form>
        </search>
    }
    .into_any()
}

/// Helps on when nothing was found.
fn nothing(visit: &Visit) -> AnyView {
    let texts = text::register(visit.lang);
    let words = &texts.search;
    view! {
        <div class="app-empty">
            <h2 class="govuk-heading-m">{words.none}</h2>
            <p class="govuk-body">{words.none_help}</p>
            <ul class="govuk-list govuk-list--bullet">
                <li>
                    <a class="govuk-link" href=visit.href(PATH)>
                        {words.clear}
                    </a>
                </li>
                <li>
                    <a class="govuk-link" href=visit.href("/diarium/begar")>
                        {texts.ask.title}
                    </a>
                </li>
            </ul>
        </div>
    }
    .into_any()
}

/// `GET /diarium.csv`: the same search as a file, the first rows of it.
pub async fn csv(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    let narrow = narrow(&visit.query);
    let rows = app.db.read(async |tx| listing::list(tx, &narrow, None, MOST_IN_FILE).await).await?;
    let lang = visit.lang;
    let texts = text::register(lang);
    let heads = [texts.number, texts.day, texts.way, texts.counterpart, texts.subject, texts.secret, texts.search.registered];
    let rows = rows.iter().map(|row| cells(row, lang)).collect();
    small_csv("diarium.csv", &heads, rows).map_err(AppError::internal)
}

fn cells(row: &Listed, lang: Lang) -> Vec<Value> {
    let texts = text::register(lang);
    vec![
        row.number_of_document().into(),
        Value::Day(row.day),
        (texts.direction)(row.direction).into(),
        counterpart(row, lang).into(),
        subject(row, lang).into(),
        if row.is_secret() { texts.secret.into() } else { Value::Empty },
        Value::Clock(row.registered_at),
    ]
}
