//! Series and subjects: the list of all, and the publications of one.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::address::{Address, Filter};
use super::parts::{Heading, page_count, pagination, results, shown};
use super::search::first_upper;
use super::trail;
use crate::catalogue::labels;
use crate::catalogue::search::{self, Sort};
use crate::catalogue::store;
use crate::kit::{Lang, Slug};
use crate::text;
use crate::text::catalogue::BrowseTexts;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

pub async fn all_series(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    let series = app.db.read(async |tx| store::all_series(tx).await).await?;
    let lang = visit.lang;
    let texts = &text::catalogue(lang).series;
    let items = series
        .into_iter()
        .filter(|(_, works)| *works > 0)
        .map(|(series, works)| {
            let works = works.unsigned_abs();
            view! {
                <li class="app-file">
                    <a class="govuk-link app-file__link" href=visit.href(&format!("/serier/{}", series.slug)) lang=labels::other(Lang::Sv, lang)>
                        {series.name.to_string()}
                    </a>
                    <span class="app-file__meta">
                        {(text::catalogue(lang).publications)(works, &labels::number(works, lang))}
                        {series.issn.map(|issn| format!(", ISSN {issn}"))}
                    </span>
                </li>
            }
            .into_any()
        })
        .collect::<Vec<_>>();
    let list = if items.is_empty() { empty(texts) } else { view! { <ul class="app-files">{items}</ul> }.into_any() };
    Ok(overview(&app, &visit, texts, list))
}

pub async fn all_subjects(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    let subjects = app.db.read(async |tx| store::all_subjects(tx).await).await?;
    let lang = visit.lang;
    let texts = &text::catalogue(lang).subjects;
    // The rows come in the order of Swedish letters; under one heading stand those with the same first letter.
    let mut letters: Vec<(String, Vec<AnyView>)> = Vec::new();
    for (subject, works) in subjects.into_iter().filter(|(_, works)| *works > 0) {
        let letter: String = first_upper(subject.name_sv.as_str()).chars().take(1).collect();
        let (name, of) = subject.name(lang);
        let item = view! {
            <li>
                <a class="govuk-link" href=visit.href(&format!("/amnen/{}", subject.slug)) lang=labels::other(of, lang)>
                    {first_upper(name.as_str())}
                </a>
                " "
                <span class="app-muted app-nowrap">{format!("({works})")}</span>
            </li>
        }
        .into_any();
        match letters.last_mut().filter(|(last, _)| *last == letter) {
            Some((_, items)) => items.push(item),
            None => letters.push((letter, vec![item])),
        }
    }
    let list = if letters.is_empty() {
        empty(texts)
    } else {
        letters
            .into_iter()
            .map(|(letter, items)| {
                view! {
                    <h2 class="govuk-heading-s">{letter}</h2>
                    <ul class="app-inline-list">{items}</ul>
                }
            })
            .collect_view()
            .into_any()
    };
    Ok(overview(&app, &visit, texts, list))
}

fn empty(texts: &BrowseTexts) -> AnyView {
    view! {
        <div class="app-empty">
            <p class="govuk-body">{texts.empty}</p>
        </div>
    }
    .into_any()
}

fn overview(app: &App, visit: &Visit, texts: &'static BrowseTexts, list: AnyView) -> Response {
    let lang = visit.lang;
    let publications = text::site(lang).publications;
    let head = Head {
        description: Some(texts.description.to_owned()),
        trail: trail(lang, &[("/publikationer", publications)]),
        ..Head::new(texts.heading)
    };
    let main = || {
        view! {
            <h1 class="govuk-heading-l">{texts.heading}</h1>
            <p class="govuk-body-l app-measure">{texts.lead}</p>
            {list}
        }
    };
    visit.page(app, StatusCode::OK, head, main)
}

pub async fn one_series(State(app): State<App>, visit: Visit, Path(slug): Path<String>) -> Result<Response, AppError> {
    let slug = Slug::parse(&slug).map_err(|_| AppError::NotFound)?;
    let series = app.db.read(async |tx| store::series(tx, &slug).await).await?.ok_or(AppError::NotFound)?;
    let texts = &text::catalogue(visit.lang).series;
    let about = series.issn.map(|issn| format!("ISSN {issn}"));
    one(&app, &visit, texts, "/serier", Filter::Series(slug.as_str()), series.name.as_str(), about).await
}

pub async fn one_subject(State(app): State<App>, visit: Visit, Path(slug): Path<String>) -> Result<Response, AppError> {
    let slug = Slug::parse(&slug).map_err(|_| AppError::NotFound)?;
    let subject = app.db.read(async |tx| store::subject(tx, &slug).await).await?.ok_or(AppError::NotFound)?;
    let texts = &text::catalogue(visit.lang).subjects;
    one(&app, &visit, texts, "/amnen", Filter::Subject(slug.as_str()), subject.name(visit.lang).0.as_str(), None).await
}

/// The publications of one series or subject, newest first.
async fn one(
    app: &App,
    visit: &Visit,
    texts: &'static BrowseTexts,
    parent: &str,
    filter: Filter<'_>,
    name: &str,
    about: Option<String>,
) -> Result<Response, AppError> {
    let lang = visit.lang;
    let page = Address::parse(&visit.query).page;
    let search = Address::parse("").toggled(filter);
    let mut query = search.at(page).query;
    query.sort = Sort::Newest;
    let (found, works) = search::find_listed(app, &query).await?;
    let path = visit.path.clone();
    let to = |page: usize| if page > 1 { format!("{path}?sida={page}") } else { path.clone() };
    let pages = page_count(found.total);
    if page > pages {
        return Ok(visit.see_other(&to(pages)));
    }
    let heading = (texts.one)(name);
    let mut title = heading.clone();
    if page > 1 {
        title.push_str(&(text::catalogue(lang).search.title_page)(page, pages));
    }
    let publications = text::site(lang).publications;
    let head = Head {
        description: Some((texts.one_description)(name)),
        canonical: Some(to(page)),
        trail: trail(lang, &[("/publikationer", publications), (parent, texts.heading)]),
        ..Head::new(title)
    };
    let list = if works.is_empty() {
        empty(texts)
    } else {
        view! {
            <div class="app-results-bar">
                <p class="app-results-bar__count">{shown(found.total, page, lang)}</p>
                <p class="app-results-bar__sort">
                    <a class="govuk-link" href=search.href(lang)>
                        {(texts.search_in)(name)}
                    </a>
                </p>
            </div>
            {results(&works, lang, Heading::Two)}
        }
        .into_any()
    };
    let total = found.total;
    let main = || {
        view! {
            <h1 class="govuk-heading-l">{heading}</h1>
            {about.map(|about| view! { <p class="govuk-body app-muted">{about}</p> })}
            {list}
            {pagination(page, total, |page| visit.href(&to(page)))}
        }
        .into_any()
    };
    Ok(visit.page(app, StatusCode::OK, head, main))
}
