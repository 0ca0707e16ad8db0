//! Registering by hand, correcting, and marking as secret. What is masked is not shown in a form either: a field that is left empty
//! says that it stays.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::documents::{Opened, now, open, path_of};
use super::{LANG, Page, below};
use crate::kit::{Errors, Form};
use crate::register::actions::today;
use crate::register::model::{Direction, Facts, Party};
use crate::register::pages::summary;
use crate::register::rules::{ACCEPTED_FILES, Wrong, field, masks};
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, LOST_FILE, Visit};

/// `GET /handlaggare/diarium/registrera`
pub async fn new(State(app): State<App>, visit: Visit) -> Page {
    let mut form = visit.typed().cloned().unwrap_or_default();
    if form.get(field::KEY).is_empty() {
        form.set(field::KEY, app.ids.id(app.now()).to_string());
        form.set(field::DAY, today(&app).text());
    }
    Ok(new_page(&app, &visit, StatusCode::OK, &form, &Errors::new()))
}

fn at(errors: &Errors<Wrong>, name: &'static str) -> Option<String> {
    errors.of(name).map(|error| (text::register(LANG).wrong)(name, *error))
}

pub fn new_page(app: &App, visit: &Visit, status: StatusCode, form: &Form, errors: &Errors<Wrong>) -> Response {
    let staff = &text::staff().register;
    let words = &staff.form;
    let lost = !form.get(LOST_FILE).is_empty();
    let head = Head { error: !errors.is_empty() || lost, ..below(words.title, Vec::new()) };
    visit.page(app, status, head, || {
        let problem = lost.then_some(words.lost);
        let file_error = at(errors, field::FILE).or_else(|| problem.map(str::to_owned));
        view! {
            {summary(LANG, errors, problem)}
            <h1 class="govuk-heading-l">{words.title}</h1>
            <p class="govuk-body app-measure">{words.lead}</p>
            <form method="post" enctype="multipart/form-data" class="govuk-!-width-two-thirds" novalidate=true data-once="">
                <input type="hidden" name=field::KEY value=form.get(field::KEY).to_owned() />
                <Input
                    name=field::CASE
                    label=words.case
                    hint=words.case_hint
                    value=form.get(field::CASE)
                    error=at(errors, field::CASE)
                    classes="govuk-input--width-10"
                    spellcheck=false
                />
                {fields(form, errors, None)}
                {secrecy_fields(form, errors, staff.secrecy.ground_new_hint)}
                <FileUpload
                    name=field::FILE
                    label=words.file
                    hint=(words.file_hint)(app.config.upload_megabytes)
                    error=file_error
                    accept=ACCEPTED_FILES
                />
                <Button>{words.submit}</Button>
            </form>
        }
    })
}

/// The fields of what is said of a document; `before` is what is said now, where it is a correction.
fn fields(form: &Form, errors: &Errors<Wrong>, before: Option<&Facts>) -> AnyView {
    let texts = text::register(LANG);
    let words = &text::staff().register.form;
    let secrecy = before.and_then(|before| before.secrecy.as_ref());
    let directions = Direction::ALL.iter().map(|one| Choice::new(one.code(), (texts.direction)(*one))).collect();
    let parties = Party::ALL.iter().map(|one| Choice::new(one.code(), (words.party_name)(*one))).collect();
    let kept = |masked: bool, hint: &'static str| if masked { words.kept } else { hint };
    view! {
        <Radios
            name=field::DIRECTION
            legend=texts.way
            items=directions
            value=form.get(field::DIRECTION)
            error=at(errors, field::DIRECTION)
            classes="govuk-radios--inline"
        />
        <Input
            name=field::DAY
            label=texts.day
            hint=words.day_hint
            value=form.get(field::DAY)
            error=at(errors, field::DAY)
            classes="govuk-input--width-10"
        />
        <Radios
            name=field::PARTY
            legend=words.party
            hint=words.party_hint
            items=parties
            value=form.get(field::PARTY)
            error=at(errors, field::PARTY)
            classes="govuk-radios--inline"
        />
        <Input
            name=field::COUNTERPART
            label=words.counterpart
            hint=kept(secrecy.is_some_and(|secrecy| secrecy.masks_counterpart), words.counterpart_hint)
            value=form.get(field::COUNTERPART)
            error=at(errors, field::COUNTERPART)
            autocomplete="off"
        />
        <Input
            name=field::SUBJECT
            label=texts.subject
            hint=kept(secrecy.is_some_and(|secrecy| secrecy.masks_subject), words.subject_hint)
            value=form.get(field::SUBJECT)
            error=at(errors, field::SUBJECT)
            autocomplete="off"
        />
    }
    .into_any()
}

fn secrecy_fields(form: &Form, errors: &Errors<Wrong>, hint: &'static str) -> AnyView {
    let words = &text::staff().register.secrecy;
    let items = vec![Choice::new(masks::SUBJECT, words.subject), Choice::new(masks::COUNTERPART, words.counterpart)];
    let values = form.all(field::MASKS).map(str::to_owned).collect();
    view! {
        <Input
            name=field::GROUND
            label=words.ground
            hint=hint
            value=form.get(field::GROUND)
            error=at(errors, field::GROUND)
            classes="govuk-input--width-10"
            autocomplete="off"
            spellcheck=false
        />
        <Checkboxes name=field::MASKS legend=words.masks hint=words.masks_hint items=items values=values />
    }
    .into_any()
}

fn reason_field(form: &Form, errors: &Errors<Wrong>) -> AnyView {
    let words = &text::staff().register.form;
    view! {
        <Input
            name=field::REASON
            label=words.reason
            hint=words.reason_hint
            value=form.get(field::REASON)
            error=at(errors, field::REASON)
            autocomplete="off"
        />
    }
    .into_any()
}

/// What is said now, as the form shows it: without what is masked.
fn stored(opened: &Opened) -> Form {
    let mut form = Form::default();
    form.set(field::VERSION, opened.listed.version.to_string());
    if let Some(entry) = opened.entries.first() {
        let facts = &entry.facts;
        let (subject, counterpart) = facts.open();
        form.set(field::DIRECTION, facts.direction.code());
        form.set(field::DAY, facts.day.text());
        form.set(field::PARTY, facts.party.code());
        form.set(field::COUNTERPART, counterpart);
        form.set(field::SUBJECT, subject);
        if let Some(secrecy) = &facts.secrecy {
            form.set(field::GROUND, secrecy.ground.to_string());
            let masked = [(secrecy.masks_subject, masks::SUBJECT), (secrecy.masks_counterpart, masks::COUNTERPART)];
            form.0.extend(masked.iter().filter(|(on, _)| *on).map(|(_, what)| (field::MASKS.to_owned(), (*what).to_owned())));
        }
    }
    form
}

/// The form that stands in a correction's place: what was typed, what was sent before a session ended, or what is stored.
fn begun(visit: &Visit, opened: &Opened) -> Form {
    visit.typed().cloned().unwrap_or_else(|| stored(opened))
}

/// `GET /handlaggare/diarium/handling/{document}/ratta`
pub async fn correct(State(app): State<App>, visit: Visit, Path(document): Path<String>) -> Page {
    let opened = open(&app, &document).await?;
    let form = begun(&visit, &opened);
    Ok(correct_page(&app, &visit, StatusCode::OK, &opened, &form, &Errors::new(), None))
}

pub fn correct_page(
    app: &App,
    visit: &Visit,
    status: StatusCode,
    opened: &Opened,
    form: &Form,
    errors: &Errors<Wrong>,
    problem: Option<&'static str>,
) -> Response {
    let words = &text::staff().register.form;
    let before = opened.entries.first().map(|entry| &entry.facts);
    let rest = || {
        view! {
            <p class="govuk-body app-measure">{words.correct_lead}</p>
            <form method="post" class="govuk-!-width-two-thirds" novalidate=true>
                <input type="hidden" name=field::VERSION value=version(opened, form, problem) />
                {fields(form, errors, before)}
                {reason_field(form, errors)}
                <Button>{words.correct_submit}</Button>
            </form>
        }
        .into_any()
    };
    of_document(app, visit, status, opened, words.correct_title, errors, problem, rest)
}

/// The version that a form says it has seen. Whoever was told that somebody else was first has seen the newest.
fn version(opened: &Opened, form: &Form, problem: Option<&str>) -> String {
    if problem.is_some() { opened.listed.version.to_string() } else { form.get(field::VERSION).to_owned() }
}

/// `GET /handlaggare/diarium/handling/{document}/sekretess`
pub async fn secrecy(State(app): State<App>, visit: Visit, Path(document): Path<String>) -> Page {
    let opened = open(&app, &document).await?;
    let form = begun(&visit, &opened);
    Ok(secrecy_page(&app, &visit, StatusCode::OK, &opened, &form, &Errors::new(), None))
}

pub fn secrecy_page(
    app: &App,
    visit: &Visit,
    status: StatusCode,
    opened: &Opened,
    form: &Form,
    errors: &Errors<Wrong>,
    problem: Option<&'static str>,
) -> Response {
    let words = &text::staff().register.secrecy;
    let rest = || {
        view! {
            <p class="govuk-body app-measure">{words.lead}</p>
            <form method="post" class="govuk-!-width-two-thirds" novalidate=true>
                <input type="hidden" name=field::VERSION value=version(opened, form, problem) />
                {secrecy_fields(form, errors, words.ground_hint)}
                {reason_field(form, errors)}
                <Button>{words.submit}</Button>
            </form>
        }
        .into_any()
    };
    of_document(app, visit, status, opened, words.title, errors, problem, rest)
}

#[expect(clippy::too_many_arguments, reason = "a page in any state takes all that is wrong with it")]
fn of_document(
    app: &App,
    visit: &Visit,
    status: StatusCode,
    opened: &Opened,
    title: fn(&str) -> String,
    errors: &Errors<Wrong>,
    problem: Option<&'static str>,
    rest: impl FnOnce() -> AnyView,
) -> Response {
    let number = opened.listed.number_of_document();
    let further = vec![(path_of(&opened.listed.id), (text::staff().register.document.title)(&number))];
    let head = Head { error: status != StatusCode::OK, ..below(title(&number), further) };
    visit.page(app, status, head, || {
        let now = problem.map(|_| now(opened));
        view! {
            {summary(LANG, errors, problem)}
            <h1 class="govuk-heading-l">{title(&number)}</h1>
            {now}
            {rest()}
        }
    })
}
