//! Putting a call's questions together: the whole form, one section, one question, something new, and taking something away.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::staff::{below, fault, id, loaded, path};
use super::{link, public};
use crate::calls::composing;
use crate::calls::lifecycle::Draft;
use crate::calls::store::Call;
use crate::forms::model::{Kind, Question, Section};
use crate::forms::pages::{field, summary};
use crate::forms::rules::Wrong;
use crate::kit::{Form, Lang};
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

type Page = Result<Response, AppError>;

const SV: Lang = Lang::Sv;

/// The fields of these pages.
pub mod at {
    pub const VERSION: &str = "version";
    /// Moves something up or down: `upp:fraga:key`.
    pub const MOVE: &str = "flytta";
    /// The section that something new comes into.
    pub const SECTION: &str = "del";
    pub const QUESTION: &str = "fraga";
    /// A part of the standard form.
    pub const PART: &str = "vanlig";
    /// A kind of question.
    pub const KIND: &str = "slag";
    pub const WORDS: &str = "text";
}

/// A page below the questions of a call.
fn beneath(call: &Call, title: impl Into<String>) -> Head {
    let mut head = below(call, title);
    head.trail.push((path(&call.id, "/fragor"), text::staff().calls.compose.title.to_owned()));
    head
}

fn section_path(call: &Call, section: &Section) -> String {
    path(&call.id, &format!("/fragor/del/{}", section.key.as_str()))
}

fn question_path(call: &Call, question: &Question) -> String {
    path(&call.id, &format!("/fragor/fraga/{}", question.key.as_str()))
}

/// `GET /handlaggare/utlysningar/{call}/fragor`
pub async fn show(State(app): State<App>, visit: Visit, Path(call): Path<String>) -> Page {
    let call = loaded(&app, &id(&call)?).await?;
    Ok(page(&app, &visit, StatusCode::OK, &call, None))
}

/// The whole form, in any state.
pub fn page(app: &App, visit: &Visit, status: StatusCode, call: &Call, problem: Option<&'static str>) -> Response {
    let words = &text::staff().calls.compose;
    let open = call.state.draft != Draft::None;
    let head = Head { error: problem.is_some(), ..below(call, words.title) };
    let saved = visit.asked("klart") == "sparat" && problem.is_none();
    visit.page(app, status, head, || {
        let problem = problem.map(|problem| {
            let entries = vec![("#innehall".to_owned(), problem.to_owned())];
            view! { <ErrorSummary errors=entries /> }
        });
        let success = saved.then(|| view! { <NotificationBanner success=true text=words.saved /> });
        if !open {
            return view! {
                <h1 class="govuk-heading-l">{words.title}</h1>
                <InsetText>{words.locked}</InsetText>
                {public::all_questions(SV, &call.form)}
            }
            .into_any();
        }
        let faults: Vec<AnyView> = call
            .form
            .faults()
            .iter()
            .filter(|one| !one.what.is_advice())
            .map(|one| {
                let place = match (&one.question, &one.section) {
                    (Some(key), _) => format!("rad-{}", key.as_str()),
                    (None, Some(key)) => format!("del-{}", key.as_str()),
                    (None, None) => "innehall".to_owned(),
                };
                view! { <li>{link(format!("#{place}"), fault(call, one))}</li> }.into_any()
            })
            .collect();
        let faults = (!faults.is_empty()).then(|| {
            view! {
                <InsetText>
                    <p>{words.faults}</p>
                    <ul class="govuk-list">{faults}</ul>
                </InsetText>
            }
        });
        let sections: Vec<AnyView> = call.form.sections.iter().map(|section| one_section(call, section)).collect();
        view! {
            {problem}
            {success}
            <h1 class="govuk-heading-l">{words.title}</h1>
            <p class="govuk-body app-measure">{words.lead}</p>
            {faults}
            <form method="post" novalidate=true>
                <input type="hidden" name=at::VERSION value=call.version.to_string() />
                {sections}
            </form>
            <p class="govuk-body">{link(path(&call.id, "/fragor/ny"), words.add_section)}</p>
        }
        .into_any()
    })
}

fn one_section(call: &Call, section: &Section) -> AnyView {
    let words = &text::staff().calls.compose;
    let rows: Vec<SummaryRow> = section.questions.iter().map(|question| question_row(call, question)).collect();
    let title = section.title.sv.clone();
    view! {
        <section class="app-compose" aria-labelledby=format!("del-{}", section.key.as_str())>
            <h2 class="govuk-heading-m" id=format!("del-{}", section.key.as_str())>
                {(words.section)(&title)}
            </h2>
            <p class="govuk-body">
                <a class="govuk-link" href=section_path(call, section)>
                    {(words.change_section)(&title)}
                </a>
            </p>
            {movers("del", section.key.as_str(), &title)}
            <SummaryList rows=rows />
            <p class="govuk-body">
                {link(path(&call.id, &format!("/fragor/ny?del={}", section.key.as_str())), (words.add_question)(&title))}
            </p>
        </section>
    }
    .into_any()
}

/// The buttons that move something up and down.
fn movers(what: &str, key: &str, about: &str) -> AnyView {
    let words = &text::staff().calls.compose;
    let button = |way: &str, label: &'static str, says: String| {
        view! {
            <button
                type="submit"
                name=at::MOVE
                value=format!("{way}:{what}:{key}")
                class="govuk-button govuk-button--secondary govuk-!-margin-bottom-1"
                aria-label=says
            >
                {label}
            </button>
        }
    };
    view! {
        <div class="govuk-button-group govuk-!-margin-bottom-1">
            {button("upp", words.up, (words.up_which)(about))} {button("ned", words.down, (words.down_which)(about))}
        </div>
    }
    .into_any()
}

fn question_row(call: &Call, question: &Question) -> SummaryRow {
    let texts = text::forms(SV);
    let words = &text::staff().calls.compose;
    let optional = question.optional.then(|| format!(" {}", texts.optional));
    let label = view! {
        <span id=format!("rad-{}", question.key.as_str())>
            <a class="govuk-link" href=question_path(call, question)>
                {question.label.sv.clone()}
            </a>
            {optional}
        </span>
    };
    let value = view! {
        {(words.kind)(&question.kind)}
        <br />
        <span class="govuk-hint">{(texts.takes)(&question.kind)}</span>
        {movers("fraga", question.key.as_str(), &question.label.sv)}
    };
    SummaryRow::new(label.into_any(), value.into_any())
}

/// What a form about a section or a question is about.
pub enum About<'a> {
    Section(&'a Section),
    Question(&'a Question),
}

impl About<'_> {
    pub fn questions(&self, call: &Call) -> Vec<Question> {
        match self {
            Self::Section(_) => composing::about_section(),
            Self::Question(question) => composing::about_question(&question.kind, &composing::earlier(&call.form, question.key.as_str())),
        }
    }

    fn known(&self, call: &Call) -> Form {
        match self {
            Self::Section(section) => composing::of_section(section),
            Self::Question(question) => composing::of_question(question, &composing::earlier(&call.form, question.key.as_str())),
        }
    }

    fn title(&self) -> String {
        let words = &text::staff().calls.compose;
        match self {
            Self::Section(section) => (words.change_section)(&section.title.sv),
            Self::Question(question) => (words.change_question)(&question.label.sv),
        }
    }

    fn kind(&self) -> Option<&Kind> {
        match self {
            Self::Section(_) => None,
            Self::Question(question) => Some(&question.kind),
        }
    }

    fn address(&self) -> String {
        match self {
            Self::Section(section) => format!("{}={}", at::SECTION, section.key.as_str()),
            Self::Question(question) => format!("{}={}", at::QUESTION, question.key.as_str()),
        }
    }
}

/// `GET /handlaggare/utlysningar/{call}/fragor/del/{section}`
pub async fn section(State(app): State<App>, visit: Visit, Path((call, section)): Path<(String, String)>) -> Page {
    let call = loaded(&app, &id(&call)?).await?;
    let section = call.form.section(&section).ok_or(AppError::NotFound)?;
    Ok(edit_page(&app, &visit, StatusCode::OK, &call, &About::Section(section), visit.typed().cloned(), &[], None))
}

/// `GET /handlaggare/utlysningar/{call}/fragor/fraga/{question}`
pub async fn question(State(app): State<App>, visit: Visit, Path((call, question)): Path<(String, String)>) -> Page {
    let call = loaded(&app, &id(&call)?).await?;
    let question = call.form.question(&question).ok_or(AppError::NotFound)?;
    Ok(edit_page(&app, &visit, StatusCode::OK, &call, &About::Question(question), visit.typed().cloned(), &[], None))
}

/// A section or a question as a form, in any state.
#[expect(clippy::too_many_arguments, reason = "a page in any state takes what was typed and all that is wrong with it")]
pub fn edit_page(
    app: &App,
    visit: &Visit,
    status: StatusCode,
    call: &Call,
    about: &About<'_>,
    typed: Option<Form>,
    errors: &[Wrong],
    problem: Option<&'static str>,
) -> Response {
    let words = &text::staff().calls.compose;
    let questions = about.questions(call);
    let answers = typed.unwrap_or_else(|| about.known(call));
    let head = Head { error: !errors.is_empty() || problem.is_some(), ..beneath(call, about.title()) };
    visit.page(app, status, head, || {
        if call.state.draft == Draft::None {
            return view! {
                <h1 class="govuk-heading-l">{about.title()}</h1>
                <InsetText>{words.locked}</InsetText>
            }
            .into_any();
        }
        let label = |key: &str| questions.iter().find(|one| one.key.as_str() == key).map_or_else(String::new, |one| one.label.sv.clone());
        let mut entries = summary(SV, label, errors);
        entries.extend(problem.map(|problem| ("#innehall".to_owned(), problem.to_owned())));
        let summary = (!entries.is_empty()).then(|| view! { <ErrorSummary errors=entries /> });
        let fields: Vec<AnyView> = questions.iter().map(|question| field(SV, question, &answers, errors)).collect();
        view! {
            {summary}
            <h1 class="govuk-heading-l">{about.title()}</h1>
            {about.kind().map(|kind| view! { <p class="govuk-body">{(words.kind)(kind)}</p> })}
            <form method="post" class="govuk-!-width-two-thirds" novalidate=true>
                <input type="hidden" name=at::VERSION value=call.version.to_string() />
                {fields}
                <Button>{words.save}</Button>
            </form>
            <p class="govuk-body">{link(path(&call.id, &format!("/fragor/ta-bort?{}", about.address())), words.remove)}</p>
        }
        .into_any()
    })
}

/// `GET /handlaggare/utlysningar/{call}/fragor/ny`
pub async fn new(State(app): State<App>, visit: Visit, Path(call): Path<String>) -> Page {
    let call = loaded(&app, &id(&call)?).await?;
    let section = visit.asked(at::SECTION);
    if !section.is_empty() && call.form.section(&section).is_none() {
        return Err(AppError::NotFound);
    }
    let form = visit.typed().cloned().unwrap_or_default();
    Ok(new_page(&app, &visit, StatusCode::OK, &call, &section, &form, None))
}

/// Something new for a form, in any state: a question of a section, or a section when none is named.
pub fn new_page(
    app: &App,
    visit: &Visit,
    status: StatusCode,
    call: &Call,
    section: &str,
    form: &Form,
    problem: Option<(&'static str, &'static str)>,
) -> Response {
    let words = &text::staff().calls.compose;
    let (sections, questions) = composing::unused(&call.form);
    let within = call.form.section(section);
    let title = within.map_or_else(|| words.add_section.to_owned(), |section| (words.add_question)(&section.title.sv));
    let head = Head { error: problem.is_some(), ..beneath(call, title.clone()) };
    visit.page(app, status, head, || {
        let summary = problem.map(|(field, sentence)| {
            let entries = vec![(format!("#{field}"), sentence.to_owned())];
            view! { <ErrorSummary errors=entries /> }
        });
        let error = |field: &'static str| problem.filter(|(at, _)| *at == field).map(|(_, sentence)| sentence);
        let parts: Vec<SelectItem> = match within {
            Some(_) => questions.iter().map(|one| SelectItem::new(one.key.as_str(), one.label.sv.clone())).collect(),
            None => sections.iter().map(|one| SelectItem::new(one.key.as_str(), one.title.sv.clone())).collect(),
        };
        let hidden = || {
            view! {
                <input type="hidden" name=at::VERSION value=call.version.to_string() />
                <input type="hidden" name=at::SECTION value=section.to_owned() />
            }
        };
        let from_parts = if parts.is_empty() {
            view! { <p class="govuk-body">{words.all_parts_used}</p> }.into_any()
        } else {
            let items: Vec<SelectItem> = std::iter::once(SelectItem::new("", words.choose)).chain(parts).collect();
            view! {
                <form method="post" class="govuk-!-width-two-thirds" novalidate=true>
                    {hidden()}
                    <Select
                        name=at::PART
                        label=words.add_part
                        label_classes="govuk-label--s"
                        hint=words.add_part_hint
                        items=items
                        value=form.get(at::PART).to_owned()
                        error=error(at::PART)
                    />
                    <Button>{words.add_submit}</Button>
                </form>
            }
            .into_any()
        };
        let kinds = within.map(|_| {
            let kinds = Kind::all().into_iter().map(|kind| SelectItem::new(kind.code(), (words.kind)(&kind)));
            let items: Vec<SelectItem> = std::iter::once(SelectItem::new("", words.choose)).chain(kinds).collect();
            view! {
                <Select
                    name=at::KIND
                    label=words.add_new
                    label_classes="govuk-label--s"
                    items=items
                    value=form.get(at::KIND).to_owned()
                    error=error(at::KIND)
                />
            }
        });
        let label = if within.is_some() { words.label_sv } else { words.title_sv };
        view! {
            {summary}
            <h1 class="govuk-heading-l">{title}</h1>
            {from_parts}
            <hr class="govuk-section-break govuk-section-break--m govuk-section-break--visible" />
            <form method="post" class="govuk-!-width-two-thirds" novalidate=true>
                {hidden()} {kinds}
                <Input
                    name=at::WORDS
                    label=label
                    label_classes="govuk-label--s"
                    value=form.get(at::WORDS).to_owned()
                    error=error(at::WORDS)
                    autocomplete="off"
                />
                <Button secondary=true>{words.add_submit}</Button>
            </form>
        }
    })
}

/// `GET /handlaggare/utlysningar/{call}/fragor/ta-bort`
pub async fn remove(State(app): State<App>, visit: Visit, Path(call): Path<String>) -> Page {
    let call = loaded(&app, &id(&call)?).await?;
    let (section, question) = (visit.asked(at::SECTION), visit.asked(at::QUESTION));
    let words = &text::staff().calls.compose;
    let title = match (call.form.section(&section), call.form.question(&question)) {
        (Some(section), _) => (words.remove_section_title)(&section.title.sv),
        (None, Some(question)) => (words.remove_question_title)(&question.label.sv),
        (None, None) => return Err(AppError::NotFound),
    };
    let head = beneath(&call, title.clone());
    Ok(visit.page(&app, StatusCode::OK, head, || {
        view! {
            <h1 class="govuk-heading-l">{title}</h1>
            <p class="govuk-body app-measure">{words.remove_lead}</p>
            <form method="post" novalidate=true>
                <input type="hidden" name=at::VERSION value=call.version.to_string() />
                <input type="hidden" name=at::SECTION value=section />
                <input type="hidden" name=at::QUESTION value=question />
                <Button warning=true>{words.remove}</Button>
            </form>
        }
    }))
}
