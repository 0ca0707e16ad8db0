//! The question box as the staff see it: what was asked about a call, and the answer to one question.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::link;
use super::staff::{below, id, loaded, path};
use crate::calls::routes::WRITERS;
use crate::calls::store::{self, Asked, Call};
use crate::forms::model::Both;
use crate::kit::{Form, Lang, civil};
use crate::platform::db::StoreError;
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

type Page = Result<Response, AppError>;

const SV: Lang = Lang::Sv;

/// The fields of an answer.
pub mod at {
    pub const VERSION: &str = "version";
    pub const SHOWN_SV: &str = "fraga-sv";
    pub const SHOWN_EN: &str = "fraga-en";
    pub const ANSWER_SV: &str = "svar-sv";
    pub const ANSWER_EN: &str = "svar-en";
    pub const AS: &str = "vem";
}

/// `GET /handlaggare/utlysningar/{call}/fragelada`
pub async fn list(State(app): State<App>, visit: Visit, Path(call): Path<String>) -> Page {
    let call = id(&call)?;
    let found = app
        .db
        .read(async |tx| {
            let Some(call) = store::call(tx, &call).await? else { return Ok(None) };
            let asked = store::questions(tx, &call.id).await?;
            Ok::<_, StoreError>(Some((call, asked)))
        })
        .await?;
    let (call, asked) = found.ok_or(AppError::NotFound)?;
    let words = &text::staff().calls.inbox;
    let may_write = visit.signed_in()?.roles.any_of(WRITERS);
    let done = visit.asked("klart") == "ja";
    let head = below(&call, words.title);
    Ok(visit.page(&app, StatusCode::OK, head, || {
        let items: Vec<AnyView> = asked.iter().map(|one| item(&call, one, may_write)).collect();
        let none = items.is_empty().then(|| view! { <p class="govuk-body">{words.none}</p> });
        view! {
            {done.then(|| view! { <NotificationBanner success=true text=words.done /> })}
            <h1 class="govuk-heading-l">{words.title}</h1>
            {none}
            {items}
        }
    }))
}

fn item(call: &Call, asked: &Asked, may_write: bool) -> AnyView {
    let words = &text::staff().calls.inbox;
    let open = asked.status == "open";
    let label = if open { words.answer } else { words.change };
    let colour = if open { "govuk-tag--yellow" } else { "govuk-tag--grey" };
    let answer = may_write.then(|| {
        let about = format!("{label}: {}", asked.question.chars().take(60).collect::<String>());
        view! {
            <p class="govuk-body">
                <a class="govuk-link" href=path(&call.id, &format!("/fragelada/{}", asked.id)) aria-label=about>
                    {label}
                </a>
            </p>
        }
    });
    view! {
        <div class="app-answered">
            <p class="govuk-body govuk-!-margin-bottom-1">
                <Tag text=(words.status)(&asked.status) classes=colour />
                " "
                {(words.asked)(&civil::clock_text(asked.asked_at, SV))}
            </p>
            <p class="govuk-body app-measure app-lines" lang=(asked.lang == Lang::En).then_some("en")>
                {asked.question.clone()}
            </p>
            <p class="govuk-body app-measure app-lines">{asked.answer_sv.clone()}</p>
            {answer}
        </div>
    }
    .into_any()
}

/// `GET /handlaggare/utlysningar/{call}/fragelada/{question}`
pub async fn one(State(app): State<App>, visit: Visit, Path((call, question)): Path<(String, String)>) -> Page {
    let (call, asked) = found(&app, &call, &question).await?;
    let form = visit.typed().cloned();
    Ok(page(&app, &visit, StatusCode::OK, &call, &asked, form, None))
}

/// A question of a call's box.
pub async fn found(app: &App, call: &str, question: &str) -> Result<(Call, Asked), AppError> {
    let (call, question) = (id(call)?, id(question)?);
    let call = loaded(app, &call).await?;
    let asked = app.db.read(async |tx| store::question(tx, &question).await).await?;
    let asked = asked.filter(|asked| asked.call_id == call.id).ok_or(AppError::NotFound)?;
    Ok((call, asked))
}

/// One question with its answer as a form, in any state.
pub fn page(
    app: &App,
    visit: &Visit,
    status: StatusCode,
    call: &Call,
    asked: &Asked,
    typed: Option<Form>,
    problem: Option<(&'static str, &'static str)>,
) -> Response {
    let words = &text::staff().calls.inbox;
    let mut head = Head { error: problem.is_some(), ..below(call, words.answer_title) };
    head.trail.push((path(&call.id, "/fragelada"), words.title.to_owned()));
    let form = typed.unwrap_or_else(|| known(asked));
    visit.page(app, status, head, || {
        let summary = problem.map(|(field, sentence)| {
            let entries = vec![(format!("#{field}"), sentence.to_owned())];
            view! { <ErrorSummary errors=entries /> }
        });
        let error = |field: &'static str| problem.filter(|(at, _)| *at == field).map(|(_, sentence)| sentence);
        let text = |name: &'static str, label: &'static str, hint: &'static str, rows: u32| {
            view! { <Textarea name=name label=label hint=hint value=form.get(name).to_owned() error=error(name) rows=rows /> }.into_any()
        };
        let items = vec![
            Choice::new("published", words.publish).hint(words.publish_hint),
            Choice::new("answered", words.only_asker).hint(words.only_asker_hint),
            Choice::new("closed", words.close).hint(words.close_hint),
        ];
        let (lang, question) = ((asked.lang == Lang::En).then_some("en"), asked.question.clone());
        let wants = asked.email.as_ref().map_or_else(|| words.anonymous.to_owned(), |email| (words.wants_mail)(email.as_str()));
        view! {
            {summary}
            <h1 class="govuk-heading-l">{words.answer_title}</h1>
            <p class="govuk-body">{(words.asked)(&civil::clock_text(asked.asked_at, SV))}</p>
            <InsetText>
                <span class="app-lines" lang=lang>
                    {question}
                </span>
            </InsetText>
            <p class="govuk-body">{wants}</p>
            <form method="post" class="govuk-!-width-two-thirds" novalidate=true>
                <input type="hidden" name=at::VERSION value=asked.version.to_string() />
                {text(at::ANSWER_SV, words.answer_sv, "", 6)}
                {text(at::ANSWER_EN, words.answer_en, "", 6)}
                <Radios
                    name=at::AS
                    legend=words.as_what
                    legend_classes="govuk-fieldset__legend--s"
                    items=items
                    value=form.get(at::AS).to_owned()
                    error=error(at::AS)
                />
                {text(at::SHOWN_SV, words.shown_sv, words.shown_hint, 4)}
                {text(at::SHOWN_EN, words.shown_en, "", 4)}
                <Button prevent_double_click=true>{words.submit}</Button>
            </form>
            <p class="govuk-body">{link(path(&call.id, "/fragelada"), words.title)}</p>
        }
    })
}

/// What is stored, as the form shows it; the question itself is the first proposal of how it is published.
fn known(asked: &Asked) -> Form {
    let mut form = Form::default();
    let own = match asked.lang {
        Lang::Sv => Both::new(asked.question.clone(), ""),
        Lang::En => Both::new("", asked.question.clone()),
    };
    let or = |stored: &str, own: String| if stored.is_empty() { own } else { stored.to_owned() };
    form.set(at::SHOWN_SV, or(&asked.shown_sv, own.sv));
    form.set(at::SHOWN_EN, or(&asked.shown_en, own.en));
    form.set(at::ANSWER_SV, asked.answer_sv.clone());
    form.set(at::ANSWER_EN, asked.answer_en.clone());
    form.set(at::AS, if asked.status == "open" { "published" } else { asked.status.as_str() });
    form
}
