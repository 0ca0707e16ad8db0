//! The home page: what one can do here, the search box, the newest publications, ways in by kind and subject.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::address::Address;
use super::parts::{Heading, results, search_box};
use super::search::choice_label;
use crate::catalogue::search::{self, Query, Sort};
use crate::text;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

/// How many of each.
const NEWEST: usize = 5;
const SUBJECTS: usize = 18;

pub async fn home(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    let query = Query { sort: Sort::Newest, limit: NEWEST, ..Query::default() };
    let (found, newest) = search::find_listed(&app, &query).await?;
    let lang = visit.lang;
    let texts = &text::catalogue(lang).home;
    let href = |path: &str| visit.href(path);
    let way_in = |choices: &[search::Choice], most: usize, part: &'static str| {
        choices
            .iter()
            .take(most)
            .map(|choice| {
                let address =
                    if part == "amne" { format!("/amnen/{}", choice.value) } else { format!("/publikationer?{part}={}", choice.value) };
                let (label, label_lang) = choice_label(choice, part, lang);
                view! {
                    <li>
                        <a class="govuk-link" href=href(&address) lang=label_lang>
                            {label}
                        </a>
                        " "
                        <span class="app-muted app-nowrap">{format!("({})", choice.count)}</span>
                    </li>
                }
            })
            .collect_view()
    };
    let cards = texts
        .cards
        .iter()
        .map(|(path, heading, about)| {
            view! {
                <li class="app-card">
                    <h3 class="app-card__title">
                        <a class="govuk-link" href=href(path)>
                            {*heading}
                        </a>
                    </h3>
                    <p class="app-card__text">{*about}</p>
                </li>
            }
        })
        .collect_view();
    let head = Head { description: Some(texts.description.to_owned()), wide: true, ..Head::new(texts.title) };
    let section = |heading: &'static str, list: AnyView| {
        view! {
            <h2 class="govuk-heading-m">{heading}</h2>
            <ul class="app-inline-list">{list}</ul>
        }
    };
    let main = || {
        view! {
            <div class="app-intro">
                <div class="govuk-width-container">
                    <h1 class="govuk-heading-xl">{texts.heading}</h1>
                    <p class="govuk-body-l app-measure">{texts.lead}</p>
                    {search_box(&Address::parse(""), lang)}
                </div>
            </div>
            <div class="govuk-width-container">
                <div class="govuk-main-wrapper">
                    {(!newest.is_empty())
                        .then(|| {
                            view! {
                                <h2 class="govuk-heading-m">{texts.newest}</h2>
                                {results(&newest, lang, Heading::Three)}
                                <p class="govuk-body">
                                    <a class="govuk-link" href=href("/publikationer")>
                                        {texts.all_publications}
                                    </a>
                                </p>
                            }
                        })}
                    {(!found.facets.kinds.is_empty())
                        .then(|| section(texts.kinds, way_in(&found.facets.kinds, usize::MAX, "typ").into_any()))}
                    {(!found.facets.subjects.is_empty())
                        .then(|| {
                            view! {
                                {section(texts.subjects, way_in(&found.facets.subjects, SUBJECTS, "amne").into_any())}
                                <p class="govuk-body">
                                    <a class="govuk-link" href=href("/amnen")>
                                        {texts.all_subjects}
                                    </a>
                                </p>
                            }
                        })}
                    <h2 class="govuk-heading-m">{texts.more}</h2>
                    <ul class="app-cards">{cards}</ul>
                </div>
            </div>
        }
    };
    Ok(visit.page(&app, StatusCode::OK, head, main))
}
