//! One topic of an application: its questions with what was typed, right or wrong.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::{below, is_missing, link, named, of_section, sentence};
use crate::applications::actions::submitting::Whole;
use crate::applications::actions::writing::{THERE_MINUTES, seen_field};
use crate::applications::member::Reader;
use crate::applications::model::{Presence, Seat, Version};
use crate::applications::rules::{self, Wrong, token};
use crate::applications::store::people;
use crate::attachments;
use crate::attachments::model::Attachment;
use crate::budget;
use crate::budget::draft::Draft;
use crate::forms;
use crate::forms::answers::shown;
use crate::forms::model::{Kind, Question, Section};
use crate::forms::pages::{answer, paragraphs, words as both};
use crate::kit::{Form, Id, Lang, civil};
use crate::people as accounts;
use crate::people::model::Account;
use crate::platform::db::StoreError;
use crate::text;
use crate::ui::components::*;
use crate::web::{App, AppError, Visit};

type Page = Result<Response, AppError>;

/// The buttons of the form.
pub mod button {
    /// On to the next topic.
    pub const ON: &str = "vidare";
    /// To the files that answer the question with this key.
    pub const FILES: &str = "filer";
}

/// What a topic's page shows.
pub struct Shown {
    pub whole: Whole,
    pub present: Vec<Presence>,
    pub people: Vec<Account>,
}

impl Shown {
    pub async fn of(app: &App, seat: &Seat) -> Result<Self, AppError> {
        let since = app.now().plus_seconds(-THERE_MINUTES * 60);
        let shown = app.db.read(async |tx| {
            let whole = Whole::of(tx, &seat.application).await?;
            let present = people::present(tx, &seat.application.id, since).await?;
            let mut ids: Vec<Id> = present.iter().map(|one| one.account_id.clone()).collect();
            ids.extend(whole.standing.iter().chain(&whole.beside).map(|one| one.saved_by.clone()));
            ids.sort();
            ids.dedup();
            let people = accounts::store::accounts(tx, &ids).await?;
            Ok::<_, StoreError>(Self { whole, present, people })
        });
        Ok(shown.await?)
    }
}

/// `GET /ansokan/{application}/del/{section}`
pub async fn show(State(app): State<App>, visit: Visit, Reader(seat): Reader, Path((_, section)): Path<(String, String)>) -> Page {
    let shown = Shown::of(&app, &seat).await?;
    if shown.whole.asked.form.section(&section).is_none() {
        return Err(AppError::NotFound);
    }
    page(&app, &visit, &seat, &shown, &section)
}

fn page(app: &App, visit: &Visit, seat: &Seat, shown: &Shown, section: &str) -> Page {
    let who = visit.signed_in()?;
    let typed = visit.typed();
    let lang = visit.lang;
    let texts = text::applications(lang);
    let words = &texts.topic;
    let section = shown.whole.asked.form.section(section).ok_or(AppError::NotFound)?;
    let title = section.title.text(lang).to_owned();
    let writes = seat.writes();
    // What was typed and cannot be used is said at once; what is not there yet only to who comes from the list of what is missing.
    let with_missing = visit.asked("saknas") == "ja";
    let wrong: Vec<Wrong> = if writes {
        let all = of_section(&shown.whole, section, &shown.whole.counted());
        all.into_iter().filter(|one| with_missing || !is_missing(one)).collect()
    } else {
        Vec::new()
    };
    let entries: Vec<(String, String)> =
        wrong.iter().map(|one| (format!("#{}", one.field()), sentence(lang, &shown.whole.asked.form, one))).collect();
    let mut head = below(visit, seat, title.clone());
    head.error = !entries.is_empty();
    head.island = writes && section.questions.iter().any(|question| matches!(question.kind, Kind::Budget));
    let there: Vec<String> = shown
        .present
        .iter()
        .filter(|one| one.section == section.key.as_str() && one.account_id != who.account)
        .map(|one| named(&shown.people, &one.account_id, lang))
        .collect();
    Ok(visit.page(app, StatusCode::OK, head, || {
        let summary = (!entries.is_empty()).then(|| view! { <ErrorSummary errors=entries /> });
        let there = (!there.is_empty()).then(|| view! { <InsetText>{(words.there)(&there.join(", "))}</InsetText> });
        let body = if writes { form(visit, seat, shown, section, typed, &wrong) } else { read_only(lang, shown, section) };
        view! {
            {summary}
            <span class="govuk-caption-l">{super::called(lang, &seat.application.title)}</span>
            <h1 class="govuk-heading-l">{both(&section.title, lang)}</h1>
            {paragraphs(&section.lead, lang)}
            {there}
            {body}
        }
    }))
}

fn form(visit: &Visit, seat: &Seat, shown: &Shown, section: &Section, typed: Option<&Form>, wrong: &[Wrong]) -> AnyView {
    let lang = visit.lang;
    let texts = text::applications(lang);
    let words = &texts.topic;
    let answers = typed.unwrap_or(&shown.whole.answers);
    let fields: Vec<AnyView> = section.questions.iter().map(|question| one(visit, seat, shown, question, answers, typed, wrong)).collect();
    let href = |below: &str| visit.href(&seat.path(below));
    let versions: Vec<AnyView> = shown
        .whole
        .standing
        .iter()
        .filter_map(|version| {
            let question = section.questions.iter().find(|question| question.key.as_str() == version.question)?;
            let when = (words.saved_by)(&named(&shown.people, &version.saved_by, lang), &civil::clock_text(version.saved_at, lang));
            let to = href(&format!("/historik/{}", version.question));
            Some(view! { <li>{link(to, question.label.text(lang).to_owned())} ". " {when}</li> }.into_any())
        })
        .collect();
    let versions = (!versions.is_empty()).then(|| {
        view! {
            <Details summary=words.versions>
                <ul class="govuk-list govuk-list--spaced">{versions}</ul>
            </Details>
        }
    });
    view! {
        <form id="fragor" method="post" action=href(&format!("/del/{}", section.key.as_str())) novalidate=true>
            // Enter in a field saves and goes on; it never takes a row away.
            <button type="submit" name=button::ON value="ja" class="govuk-visually-hidden" tabindex="-1" aria-hidden="true">
                {words.save_on}
            </button>
            {fields}
            <div class="govuk-button-group">
                <Button name=button::ON value="ja">{words.save_on}</Button>
                <Button secondary=true>{words.save}</Button>
            </div>
        </form>
        {versions}
        <p class="govuk-body">{link(href(""), words.back)}</p>
    }
    .into_any()
}

/// One question with what stands there, what waits beside it, and what the page has seen of it.
fn one(visit: &Visit, seat: &Seat, shown: &Shown, question: &Question, answers: &Form, typed: Option<&Form>, wrong: &[Wrong]) -> AnyView {
    let lang = visit.lang;
    let words = &text::applications(lang).topic;
    let key = question.key.as_str();
    let standing = shown.whole.standing.iter().find(|version| version.question == key);
    // What somebody sends again has seen what it had seen then.
    let seen = match typed.map(|typed| typed.get(&seen_field(key))) {
        Some(seen) if !seen.is_empty() => seen.to_owned(),
        _ => token(standing.map_or(&Form::default(), |version| &version.fields)),
    };
    let beside = shown.whole.beside.iter().any(|version| version.question == key).then(|| {
        let compare = link(visit.href(&seat.path(&format!("/konflikt/{key}"))), words.compare);
        view! { <InsetText>{words.beside} " " {compare}</InsetText> }
    });
    let condition = asked_when(lang, shown, question);
    let fields = match &question.kind {
        Kind::Budget => match rules::limits(&shown.whole.asked.facts.budget) {
            Some(limits) => {
                let errors: Vec<budget::model::Wrong> = wrong
                    .iter()
                    .filter_map(|one| if let Wrong::Budget(of, wrong) = one { (of == key).then(|| wrong.clone()) } else { None })
                    .collect();
                budget::pages::fields(lang, &Draft::read(answers, key), &limits, &errors)
            }
            None => ().into_any(),
        },
        Kind::File { .. } => files(visit, seat, shown, question, wrong),
        _ => {
            let errors: Vec<forms::rules::Wrong> =
                wrong.iter().filter_map(|one| if let Wrong::Answer(wrong) = one { Some(wrong.clone()) } else { None }).collect();
            forms::pages::field(lang, question, answers, &errors)
        }
    };
    view! {
        {condition}
        {beside}
        <input type="hidden" name=seen_field(key) value=seen />
        {fields}
    }
    .into_any()
}

/// What somebody typed and could not be saved any more, to be taken elsewhere: it stands on the page as it came.
pub fn unsaved(app: &App, visit: &Visit, seat: &Seat, shown: &Shown, section: &str, typed: &Form, says: String) -> Page {
    let lang = visit.lang;
    let words = &text::applications(lang).topic;
    let section = shown.whole.asked.form.section(section).ok_or(AppError::NotFound)?;
    let mut head = below(visit, seat, section.title.text(lang));
    head.error = true;
    Ok(visit.page(app, StatusCode::CONFLICT, head, || {
        let rows: Vec<SummaryRow> = section
            .questions
            .iter()
            .filter_map(|question| {
                let fields = rules::typed(question, typed);
                let text: Vec<String> = fields.0.into_iter().map(|(_, value)| value).filter(|value| !value.is_empty()).collect();
                let text = text.join("\n");
                (!text.is_empty()).then(|| {
                    SummaryRow::new(question.label.text(lang).to_owned(), view! { <span class="app-lines">{text}</span> }.into_any())
                })
            })
            .collect();
        view! {
            <ErrorSummary errors=vec![("#main".to_owned(), says)] />
            <h1 class="govuk-heading-l">{both(&section.title, lang)}</h1>
            <p class="govuk-body app-measure">{words.unsaved}</p>
            <SummaryList rows=rows />
            <p class="govuk-body">{link(visit.href(&seat.path("")), words.back)}</p>
        }
    }))
}

/// When a question is asked only of some, said above it: without script it stands there for everybody.
fn asked_when(lang: Lang, shown: &Shown, question: &Question) -> Option<AnyView> {
    let condition = question.shown_when.as_ref()?;
    let earlier = shown.whole.asked.form.question(condition.question.as_str())?;
    let texts = text::forms(lang);
    let answers: Vec<String> = match &earlier.kind {
        Kind::Choice { options } | Kind::Several { options } => {
            options.iter().filter(|one| condition.any_of.contains(&one.key)).map(|one| one.label.text(lang).to_owned()).collect()
        }
        _ => vec![texts.confirmed.to_owned()],
    };
    let says = (texts.asked_when)(&answers, earlier.label.text(lang));
    Some(view! { <p class="govuk-hint govuk-!-margin-bottom-1">{says}</p> }.into_any())
}

/// The files of a question. Others come and go on a page of their own, which the button leads to: it saves what was typed first.
fn files(visit: &Visit, seat: &Seat, shown: &Shown, question: &Question, wrong: &[Wrong]) -> AnyView {
    let lang = visit.lang;
    let words = &text::applications(lang).files;
    let attached: Vec<&Attachment> = shown.whole.attached.iter().filter(|one| one.slot == question.key.as_str()).collect();
    let list = attachments::pages::list(lang, &attached, |one| visit.href(&seat.path(&format!("/fil/{}", one.id))), false);
    let key = question.key.as_str().to_owned();
    let error = wrong.iter().find(|one| matches!(one, Wrong::NoFile(of) if *of == key)).map(|_| {
        let says = (text::applications(lang).no_file)(question.label.text(lang));
        view! { <ErrorMessage>{says}</ErrorMessage> }
    });
    let optional = question.optional.then(|| format!(" {}", text::forms(lang).optional));
    let label = question.label.text(lang).to_owned();
    view! {
        <div class="govuk-form-group" id=key.clone() tabindex="-1">
            <h2 class="govuk-heading-s govuk-!-margin-bottom-1">{both(&question.label, lang)} {optional}</h2>
            {paragraphs(&question.help, lang)}
            {error}
            {list}
            <Button secondary=true name=button::FILES value=key.clone()>
                {words.change} <span class="govuk-visually-hidden">": " {label}</span>
            </Button>
        </div>
    }
    .into_any()
}

/// The answers to one topic, for who may not write.
fn read_only(lang: Lang, shown: &Shown, section: &Section) -> AnyView {
    let rows: Vec<SummaryRow> = section.questions.iter().filter_map(|question| row(lang, &shown.whole, question)).collect();
    view! { <SummaryList rows=rows /> }.into_any()
}

/// A question with its answer as it stands, if it is asked.
pub fn row(lang: Lang, whole: &Whole, question: &Question) -> Option<SummaryRow> {
    whole.asked.form.is_asked(question, &whole.answers).then(|| {
        let label = question.label.text(lang).to_owned();
        SummaryRow::new(label.clone(), standing_answer(lang, whole, question, &label))
    })
}

/// What stands as answer: in words where it can be read, as it was typed where it cannot.
pub fn standing_answer(lang: Lang, whole: &Whole, question: &Question, label: &str) -> AnyView {
    let words = &text::applications(lang).topic;
    let key = question.key.as_str();
    let none = || view! { <span class="app-muted">{words.unanswered}</span> }.into_any();
    match &question.kind {
        Kind::Budget => {
            let limits = rules::limits(&whole.asked.facts.budget);
            let so_far = limits.and_then(|limits| budget::rules::so_far(&Draft::read(&whole.answers, key), &limits).ok());
            so_far.map_or_else(none, |so_far| budget::pages::shown(lang, &so_far.reckoned, &so_far.budget))
        }
        Kind::File { .. } => {
            let items: Vec<AnyView> = whole
                .files
                .iter()
                .filter(|file| file.question == key)
                .map(|file| view! { <li>{file.name.clone()}</li> }.into_any())
                .collect();
            if items.is_empty() { none() } else { view! { <ul class="govuk-list">{items}</ul> }.into_any() }
        }
        _ => match forms::rules::read(question, &whole.answers) {
            Ok(Some(value)) => answer(shown(lang, question, &value), label),
            Ok(None) => none(),
            Err(_) => raw(whole.standing.iter().find(|version| version.question == key)).unwrap_or_else(none),
        },
    }
}

/// An answer as it was typed.
pub fn raw(version: Option<&Version>) -> Option<AnyView> {
    let text: Vec<String> = version?.fields.0.iter().map(|(_, value)| value.clone()).filter(|value| !value.is_empty()).collect();
    (!text.is_empty()).then(|| view! { <span class="app-lines">{text.join("\n")}</span> }.into_any())
}
