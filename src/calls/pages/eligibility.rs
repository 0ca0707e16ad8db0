//! Whether an organisation can apply, asked before anybody has an account: nothing is kept, and the answers stand in the address.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::link;
use super::public::{below, found, path};
use crate::calls::lifecycle::Public;
use crate::calls::rules::{self, Bar, Said};
use crate::calls::store::Published;
use crate::forms::pages::words;
use crate::kit::swedish::sort_key;
use crate::kit::{Form, Lang, Municipality};
use crate::organisations::model::Kind;
use crate::text;
use crate::ui::components::*;
use crate::web::{App, AppError, Visit};

const KIND: &str = "slag";
const SEAT: &str = "kommun";
const ANSWERED: &str = "svar";

/// The field of the requirement with this number, from 0.
fn requirement(number: usize) -> String {
    format!("krav-{}", number + 1)
}

/// `GET /utlysningar/{slug}/kan-vi-soka`
pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(slug): Path<String>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let call = found(&app, &slug).await?;
    let form = Form(asked);
    let lang = visit.lang;
    let texts = &text::calls(lang).eligibility;
    let answered = form.checked(ANSWERED);
    let missing = if answered { missing(&call, &form, lang) } else { Vec::new() };
    let verdict = (answered && missing.is_empty()).then(|| said(&call, &form)).flatten().map(|said| rules::bars(&call.facts, &said));
    let mut head = below(&visit, &call, texts.title);
    head.noindex = answered;
    head.error = !missing.is_empty();
    Ok(visit.page(&app, StatusCode::OK, head, || {
        let summary = (!missing.is_empty()).then(|| {
            let entries: Vec<(String, String)> = missing.iter().map(|(field, label)| (format!("#{field}"), label.clone())).collect();
            view! { <ErrorSummary errors=entries /> }
        });
        view! {
            {summary}
            <span class="govuk-caption-l">{words(&call.facts.name, lang)}</span>
            <h1 class="govuk-heading-l">{texts.title}</h1>
            {verdict.map(|bars| result(&visit, &call, &bars))}
            <p class="govuk-body app-measure">{texts.lead}</p>
            <form method="get" novalidate=true>
                <input type="hidden" name=ANSWERED value="ja" />
                {fields(lang, &call, &form, &missing)}
                <Button>{texts.submit}</Button>
            </form>
        }
    }))
}

/// The questions that lack an answer: field and sentence.
fn missing(call: &Published, form: &Form, lang: Lang) -> Vec<(String, String)> {
    let texts = &text::calls(lang).eligibility;
    let says = text::forms(lang).problem;
    let mut missing = Vec::new();
    let mut ask = |there: bool, field: String, label: &str| {
        if !there {
            missing.push((field, says(label, crate::forms::rules::Problem::Choose)));
        }
    };
    ask(Kind::of_code(form.get(KIND)).is_some(), KIND.to_owned(), texts.kind);
    if !call.facts.municipalities.is_empty() {
        ask(Municipality::parse(form.get(SEAT)).is_ok(), SEAT.to_owned(), texts.seat);
    }
    for (number, one) in call.facts.requirements.iter().enumerate() {
        let field = requirement(number);
        ask(!form.get(&field).is_empty(), field, one.question.text(lang));
    }
    missing
}

fn said(call: &Published, form: &Form) -> Option<Said> {
    let met = (0..call.facts.requirements.len()).map(|number| form.get(&requirement(number)) == "ja").collect();
    Some(Said { applicant: Kind::of_code(form.get(KIND))?, seat: Municipality::parse(form.get(SEAT)).ok(), met })
}

fn result(visit: &Visit, call: &Published, bars: &[Bar]) -> AnyView {
    let lang = visit.lang;
    let texts = &text::calls(lang).eligibility;
    if bars.is_empty() {
        let content = view! {
            <h2 class="govuk-notification-banner__heading">{texts.can}</h2>
            <p class="govuk-body">{texts.can_lead}</p>
            <p class="govuk-body">{link(visit.href(&path(&call.slug, "/fragor")), text::calls(lang).one.all_questions)}</p>
        };
        return view! { <NotificationBanner success=true>{content}</NotificationBanner> }.into_any();
    }
    let reasons = bars
        .iter()
        .map(|bar| {
            let reason = match bar {
                Bar::Applicant(kind) => (texts.wrong_kind)((text::organisations(lang).kind)(*kind)).into_any(),
                Bar::Elsewhere => texts.elsewhere.into_any(),
                Bar::Requirement(number) => call.facts.requirements.get(*number).map(|one| words(&one.why, lang)).into_any(),
            };
            view! { <li>{reason}</li> }
        })
        .collect_view();
    let ask = (call.public == Public::Published).then(|| {
        view! { <p class="govuk-body">{link(visit.href(&path(&call.slug, "/stall-en-fraga")), texts.unsure)}</p> }
    });
    let content = view! {
        <h2 class="govuk-notification-banner__heading">{texts.cannot}</h2>
        <ul class="govuk-list govuk-list--bullet">{reasons}</ul>
        {ask}
    };
    view! { <NotificationBanner>{content}</NotificationBanner> }.into_any()
}

fn fields(lang: Lang, call: &Published, form: &Form, missing: &[(String, String)]) -> AnyView {
    let texts = &text::calls(lang).eligibility;
    let error = |field: &str| missing.iter().find(|(name, _)| name == field).map(|(_, sentence)| sentence.clone());
    let kinds: Vec<Choice> = Kind::ALL.iter().map(|kind| Choice::new(kind.code(), (text::organisations(lang).kind)(*kind))).collect();
    let seat = (!call.facts.municipalities.is_empty()).then(|| {
        let mut all: Vec<&Municipality> = Municipality::all().iter().collect();
        all.sort_by_cached_key(|one| sort_key(one.name()));
        let first = SelectItem::new("", text::forms(lang).choose_municipality);
        let items: Vec<SelectItem> = std::iter::once(first).chain(all.into_iter().map(|one| SelectItem::new(one.code(), one.name()))).collect();
        view! {
            <Select name=SEAT label=texts.seat label_classes="govuk-label--s" items=items value=form.get(SEAT).to_owned() error=error(SEAT) />
        }
    });
    let requirements: Vec<AnyView> = call
        .facts
        .requirements
        .iter()
        .enumerate()
        .map(|(number, one)| {
            let name = requirement(number);
            let items = vec![Choice::new("ja", texts.yes), Choice::new("nej", texts.no)];
            let (value, error) = (form.get(&name).to_owned(), error(&name));
            view! {
                <Radios
                    name=name
                    legend=words(&one.question, lang)
                    legend_classes="govuk-fieldset__legend--s"
                    classes="govuk-radios--inline"
                    items=items
                    value=value
                    error=error
                />
            }
            .into_any()
        })
        .collect();
    view! {
        <Radios
            name=KIND
            legend=texts.kind
            legend_classes="govuk-fieldset__legend--s"
            items=kinds
            value=form.get(KIND).to_owned()
            error=error(KIND)
        />
        {seat}
        {requirements}
    }
    .into_any()
}
