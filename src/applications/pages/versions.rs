//! Earlier versions of an answer, and two answers that were written at once.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::{below, link, named};
use crate::applications::actions::submitting::Whole;
use crate::applications::member::{Editor, Reader};
use crate::applications::model::{Seat, Version};
use crate::applications::rules::token;
use crate::applications::store::answers;
use crate::budget;
use crate::budget::draft::Draft;
use crate::forms;
use crate::forms::answers::shown;
use crate::forms::model::{Kind, Question};
use crate::forms::pages::answer;
use crate::kit::{Form, Id, Lang, civil};
use crate::people as accounts;
use crate::people::model::Account;
use crate::platform::db::StoreError;
use crate::text;
use crate::ui::components::*;
use crate::web::{App, AppError, Visit};

type Page = Result<Response, AppError>;

/// The fields of both forms.
pub mod field {
    pub const NUMBER: &str = "version";
    pub const SEEN: &str = "sett";
    pub const CHOICE: &str = "val";
    pub const MERGED: &str = "text";

    pub const CURRENT: &str = "sparad";
    pub const BESIDE: &str = "andra";
    pub const BOTH: &str = "bada";
}

/// So many versions are shown.
const MOST: i64 = 50;

/// An answer's versions with who wrote them.
pub struct Shown {
    pub whole: Whole,
    pub versions: Vec<Version>,
    pub people: Vec<Account>,
}

impl Shown {
    pub async fn of(app: &App, seat: &Seat, question: &str) -> Result<Self, AppError> {
        let found = app.db.read(async |tx| {
            let whole = Whole::of(tx, &seat.application).await?;
            let versions = answers::history(tx, &seat.application.id, question, MOST).await?;
            let mut ids: Vec<Id> = versions.iter().chain(&whole.standing).map(|one| one.saved_by.clone()).collect();
            ids.sort();
            ids.dedup();
            let people = accounts::store::accounts(tx, &ids).await?;
            Ok::<_, StoreError>(Self { whole, versions, people })
        });
        Ok(found.await?)
    }

    fn question(&self, key: &str) -> Result<&Question, AppError> {
        self.whole.asked.form.question(key).ok_or(AppError::NotFound)
    }

    /// The page that asks the question.
    fn topic(&self, seat: &Seat, key: &str) -> String {
        let section = self.whole.asked.form.sections.iter().find(|section| section.questions.iter().any(|one| one.key.as_str() == key));
        seat.path(&section.map_or_else(String::new, |section| format!("/del/{}", section.key.as_str())))
    }

    fn current(&self, key: &str) -> Option<&Version> {
        self.whole.standing.iter().find(|version| version.question == key)
    }
}

/// An answer in words, or as it was typed.
fn told(lang: Lang, shown_whole: &Whole, question: &Question, fields: &Form) -> AnyView {
    let label = question.label.text(lang);
    if matches!(question.kind, Kind::Budget)
        && let Some(limits) = crate::applications::rules::limits(&shown_whole.asked.facts.budget)
        && let Ok(so_far) = budget::rules::so_far(&Draft::read(fields, question.key.as_str()), &limits)
    {
        return budget::pages::shown(lang, &so_far.reckoned, &so_far.budget);
    }
    match forms::rules::read(question, fields) {
        Ok(Some(value)) => answer(shown(lang, question, &value), label),
        _ => {
            let text: Vec<&str> = fields.0.iter().map(|(_, value)| value.as_str()).filter(|value| !value.is_empty()).collect();
            let text = if text.is_empty() { text::applications(lang).topic.unanswered.to_owned() } else { text.join("\n") };
            view! { <span class="app-lines">{text}</span> }.into_any()
        }
    }
}

/// `GET /ansokan/{application}/historik/{question}`
pub async fn history(State(app): State<App>, visit: Visit, Reader(seat): Reader, Path((_, key)): Path<(String, String)>) -> Page {
    let shown = Shown::of(&app, &seat, &key).await?;
    history_page(&app, &visit, StatusCode::OK, &seat, &shown, &key, None)
}

/// The versions of an answer, in any state.
pub fn history_page(app: &App, visit: &Visit, status: StatusCode, seat: &Seat, shown: &Shown, key: &str, problem: Option<String>) -> Page {
    let lang = visit.lang;
    let texts = text::applications(lang);
    let words = &texts.versions;
    let question = shown.question(key)?;
    let label = question.label.text(lang).to_owned();
    let seen = token(shown.current(key).map_or(&Form::default(), |version| &version.fields));
    let mut head = below(visit, seat, (words.title)(&label));
    head.error = problem.is_some();
    Ok(visit.page(app, status, head, || {
        let items: Vec<AnyView> = shown
            .versions
            .iter()
            .map(|version| {
                let when = (words.by)(&named(&shown.people, &version.saved_by, lang), &civil::clock_text(version.saved_at, lang));
                let how = (texts.how)(version.how);
                let restore = (seat.writes() && !version.is_current).then(|| {
                    let when = when.clone();
                    view! {
                        <form method="post">
                            <input type="hidden" name=field::NUMBER value=version.number.to_string() />
                            <input type="hidden" name=field::SEEN value=seen.clone() />
                            <Button secondary=true prevent_double_click=true>
                                {words.restore} <span class="govuk-visually-hidden">": " {when}</span>
                            </Button>
                        </form>
                    }
                });
                let now = version.is_current.then(|| view! { " " <Tag text=words.current classes="govuk-tag--green" /> });
                view! {
                    <li>
                        <h2 class="govuk-heading-s govuk-!-margin-bottom-1">{when} {now}</h2>
                        <p class="govuk-body app-muted govuk-!-margin-bottom-1">{how}</p>
                        <div class="govuk-body">{told(lang, &shown.whole, question, &version.fields)}</div>
                        {restore}
                    </li>
                }
                .into_any()
            })
            .collect();
        let none = items.is_empty().then(|| view! { <p class="govuk-body">{words.none}</p> });
        let list = (!items.is_empty()).then(|| view! { <ul class="govuk-list app-listed">{items}</ul> });
        view! {
            {problem.map(|problem| view! { <ErrorSummary errors=vec![("#main".to_owned(), problem)] /> })}
            <span class="govuk-caption-l">{words.caption}</span>
            <h1 class="govuk-heading-l">{label}</h1>
            <p class="govuk-body app-measure">{words.lead}</p>
            {none}
            {list}
            <p class="govuk-body">{link(visit.href(&shown.topic(seat, key)), words.back)}</p>
        }
    }))
}

/// `GET /ansokan/{application}/konflikt/{question}`
pub async fn conflict(State(app): State<App>, visit: Visit, Editor(seat): Editor, Path((_, key)): Path<(String, String)>) -> Page {
    let shown = Shown::of(&app, &seat, &key).await?;
    let form = visit.typed().cloned().unwrap_or_default();
    conflict_page(&app, &visit, StatusCode::OK, &seat, &shown, &key, &form, None)
}

/// Two answers beside each other, in any state: `problem` is at the choice.
#[expect(clippy::too_many_arguments, reason = "a page's state, said in full; both callers have each of them at hand")]
pub fn conflict_page(
    app: &App,
    visit: &Visit,
    status: StatusCode,
    seat: &Seat,
    shown: &Shown,
    key: &str,
    typed: &Form,
    problem: Option<String>,
) -> Page {
    let lang = visit.lang;
    let words = &text::applications(lang).conflict;
    let question = shown.question(key)?;
    let label = question.label.text(lang).to_owned();
    let Some(beside) = shown.whole.beside.iter().find(|version| version.question == key) else {
        // Somebody has chosen already.
        return Ok(visit.see_other(&shown.topic(seat, key)));
    };
    let empty = Form::default();
    let current = shown.current(key);
    let standing = current.map_or(&empty, |version| &version.fields);
    let is_text = matches!(question.kind, Kind::Short { .. } | Kind::Long { .. });
    let mut head = below(visit, seat, (words.title)(&label));
    head.error = problem.is_some();
    Ok(visit.page(app, status, head, || {
        let summary = problem.clone().map(|problem| view! { <ErrorSummary errors=vec![(format!("#{}", field::CHOICE), problem)] /> });
        let who = |version: Option<&Version>| {
            version.map_or_else(
                || words.nobody.to_owned(),
                |version| (words.by)(&named(&shown.people, &version.saved_by, lang), &civil::clock_text(version.saved_at, lang)),
            )
        };
        let mut items = vec![
            Choice::new(field::CURRENT, wrapped((words.keep)(&who(current)))),
            Choice::new(field::BESIDE, wrapped((words.take)(&who(Some(beside))))),
        ];
        let merged = is_text.then(|| {
            items.push(Choice::new(field::BOTH, words.merge));
            let merged = match typed.get(field::MERGED) {
                "" => [standing.get(key), beside.fields.get(key)].join("\n\n"),
                merged => merged.to_owned(),
            };
            let most = if let Kind::Short { most } | Kind::Long { most } = question.kind { most } else { 0 };
            view! { <CharacterCount name=field::MERGED label=words.merged value=merged max_length=most rows=12 /> }
        });
        view! {
            {summary}
            <span class="govuk-caption-l">{words.caption}</span>
            <h1 class="govuk-heading-l">{label}</h1>
            <p class="govuk-body app-measure">{words.lead}</p>
            <div class="app-side-by-side">
                <section aria-labelledby="den-sparade">
                    <h2 class="govuk-heading-m" id="den-sparade">{words.saved}</h2>
                    <p class="govuk-body app-muted">{who(current)}</p>
                    <div class="govuk-body">{told(lang, &shown.whole, question, standing)}</div>
                </section>
                <section aria-labelledby="den-andra">
                    <h2 class="govuk-heading-m" id="den-andra">{words.other}</h2>
                    <p class="govuk-body app-muted">{who(Some(beside))}</p>
                    <div class="govuk-body">{told(lang, &shown.whole, question, &beside.fields)}</div>
                </section>
            </div>
            {is_text.then(|| difference(lang, standing.get(key), beside.fields.get(key)))}
            <form method="post" novalidate=true>
                <input type="hidden" name=field::NUMBER value=beside.number.to_string() />
                <input type="hidden" name=field::SEEN value=token(standing) />
                <Radios
                    name=field::CHOICE
                    legend=words.choose
                    legend_classes="govuk-fieldset__legend--m"
                    items=items
                    value=typed.get(field::CHOICE).to_owned()
                    error=problem
                />
                {merged}
                <Button prevent_double_click=true>{words.submit}</Button>
            </form>
            <p class="govuk-body app-muted app-measure">{words.kept}</p>
        }
    }))
}

/// Words that may hold an address longer than the page is wide.
fn wrapped(text: String) -> AnyView {
    view! { <span class="app-lines">{text}</span> }.into_any()
}

/// What differs, word by word, folded away.
fn difference(lang: Lang, one: &str, other: &str) -> AnyView {
    let words = &text::applications(lang).conflict;
    let diff = similar::TextDiff::from_words(one, other);
    let parts: Vec<AnyView> = diff
        .iter_all_changes()
        .map(|change| {
            let text = change.value().to_owned();
            match change.tag() {
                similar::ChangeTag::Equal => text.into_any(),
                similar::ChangeTag::Delete => view! { <del>{text}</del> }.into_any(),
                similar::ChangeTag::Insert => view! { <ins>{text}</ins> }.into_any(),
            }
        })
        .collect();
    view! {
        <Details summary=words.difference>
            <p class="govuk-hint">{words.difference_hint}</p>
            <div class="app-diff">
                <p class="app-diff__text">{parts}</p>
            </div>
        </Details>
    }
    .into_any()
}
