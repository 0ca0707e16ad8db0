//! One's own applications, and beginning one.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::{MINE, called, link, refused, when};
use crate::applications::actions::Refusal;
use crate::applications::lifecycle::State as Stands;
use crate::applications::model::path;
use crate::applications::store::{self, Mine};
use crate::calls::store::{Published, published_by_slug};
use crate::forms::model::Both;
use crate::kit::{Form, Lang, OrgRole, Slug, civil};
use crate::organisations::store::{Part, parts};
use crate::platform::db::StoreError;
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

type Page = Result<Response, AppError>;

/// The fields of the form that begins one.
pub const CALL: &str = "utlysning";
pub const ORGANISATION: &str = "organisation";

/// `GET /mina-sidor/ansokningar`
pub async fn mine(State(app): State<App>, visit: Visit) -> Page {
    let who = visit.signed_in()?;
    let mine = app.db.read(async |tx| store::mine(tx, &who.account).await).await?;
    let lang = visit.lang;
    let words = &text::applications(lang).mine;
    let done = match visit.asked("klart").as_str() {
        "borttagen" => Some(words.discarded),
        "lamnad" => Some(words.left),
        _ => None,
    };
    let trail = vec![(visit.href("/mina-sidor"), text::people(lang).mine.title.to_owned())];
    let head = Head { private: true, trail, ..Head::new(words.title) };
    Ok(visit.page(&app, StatusCode::OK, head, || {
        let (written, received): (Vec<&Mine>, Vec<&Mine>) = mine.iter().partition(|one| one.application.state.is_written());
        let group = |title: &'static str, all: &[&Mine]| {
            let items = all.iter().map(|one| item(&visit, one)).collect_view();
            (!all.is_empty()).then(|| {
                view! {
                    <h2 class="govuk-heading-m">{title}</h2>
                    <ul class="govuk-list app-listed">{items}</ul>
                }
            })
        };
        view! {
            {done.map(|text| view! { <NotificationBanner success=true text=text /> })}
            <h1 class="govuk-heading-l">{words.title}</h1>
            {mine.is_empty().then(|| view! { <p class="govuk-body">{words.none}</p> })}
            {group(words.written, &written)}
            {group(words.received, &received)}
            <p class="govuk-body">{link(visit.href("/utlysningar"), words.find)}</p>
        }
    }))
}

fn item(visit: &Visit, one: &Mine) -> AnyView {
    let lang = visit.lang;
    let words = &text::applications(lang).mine;
    let call = Both::new(one.call_sv.clone(), one.call_en.clone());
    let when = match (one.application.state, &one.number, one.application.submitted_at) {
        (Stands::Draft, ..) => (words.closes)(&when(one.closes_at, lang)),
        (_, Some(number), Some(at)) => (words.was_received)(&number.to_string(), &civil::clock_text(at, lang)),
        _ => String::new(),
    };
    view! {
        <li>
            <h3 class="govuk-heading-s govuk-!-margin-bottom-1">
                {link(visit.href(&path(&one.application.id, "")), called(lang, &one.application.title))} " " {state_tag(lang, one.application.state)}
            </h3>
            <p class="govuk-body govuk-!-margin-bottom-1">{one.organisation.clone()} ". " {call.text(lang).to_owned()}</p>
            <p class="govuk-body app-muted">{when}</p>
        </li>
    }
    .into_any()
}

/// Where an application stands, in a word.
pub fn state_tag(lang: Lang, state: Stands) -> AnyView {
    let colour = match state {
        Stands::Draft => "govuk-tag--yellow",
        Stands::Submitted => "govuk-tag--green",
        Stands::Completing => "govuk-tag--red",
        Stands::Withdrawn | Stands::Discarded => "govuk-tag--grey",
    };
    view! { <Tag text=(text::applications(lang).state)(state) classes=colour /> }.into_any()
}

/// `GET /ansokan/ny`
pub async fn new(State(app): State<App>, visit: Visit) -> Page {
    let form = visit.typed().cloned().unwrap_or_else(|| {
        let mut form = Form::default();
        form.set(CALL, visit.asked(CALL));
        form
    });
    new_page(&app, &visit, StatusCode::OK, &form, None).await
}

/// For which organisation, in any state: `problem` is why it was not begun.
pub async fn new_page(app: &App, visit: &Visit, status: StatusCode, form: &Form, problem: Option<&Refusal>) -> Page {
    let who = visit.signed_in()?;
    let slug = Slug::parse(form.get(CALL)).map_err(|_| AppError::NotFound)?;
    let found = app
        .db
        .read(async |tx| {
            let call = published_by_slug(tx, &slug).await?;
            Ok::<_, StoreError>((call, parts(tx, &who.account).await?))
        })
        .await?;
    let (Some(call), parts) = found else { return Err(AppError::NotFound) };
    let lang = visit.lang;
    let words = &text::applications(lang).begin;
    let error = match problem {
        Some(Refusal::Unknown) => Some(words.choose.to_owned()),
        Some(refusal) => Some(refused(lang, refusal)?),
        None => None,
    };
    let first = problem.and_then(|refusal| if let Refusal::Exists(id) = refusal { Some(id.clone()) } else { None });
    let name = call.facts.name.text(lang).to_owned();
    let trail = vec![
        (visit.href("/utlysningar"), text::calls(lang).title.to_owned()),
        (visit.href(&format!("/utlysningar/{}", call.slug)), name.clone()),
    ];
    let head = Head { private: true, trail, error: error.is_some(), ..Head::new(words.title) };
    Ok(visit.page(app, status, head, || {
        let summary = error.clone().map(|error| {
            let entries = vec![(format!("#{ORGANISATION}"), error)];
            view! { <ErrorSummary errors=entries /> }
        });
        let first = first.map(|id| view! { <p class="govuk-body">{link(visit.href(&path(&id, "")), words.first)}</p> });
        let may: Vec<&Part> = parts.iter().filter(|part| part.role >= OrgRole::Editor && part.organisation.status.is_open()).collect();
        let body = if may.is_empty() { nobody(visit, &call, !parts.is_empty()) } else { choose(visit, &call, &may, form, error) };
        view! {
            {summary}
            <span class="govuk-caption-l">{name}</span>
            <h1 class="govuk-heading-l">{words.title}</h1>
            {first}
            {body}
        }
    }))
}

/// Who belongs nowhere, or may only read, is shown the way.
fn nobody(visit: &Visit, call: &Published, reads: bool) -> AnyView {
    let words = &text::applications(visit.lang).begin;
    let back = format!("/ansokan/ny?{CALL}={}", call.slug);
    view! {
        <p class="govuk-body app-measure">{if reads { words.only_reads } else { words.no_organisation }}</p>
        <ul class="govuk-list govuk-list--bullet">
            <li>{link(visit.href("/organisation/ny"), words.add_organisation)}</li>
            <li>{link(visit.href("/mina-sidor/organisationer"), words.see_organisations)}</li>
            <li>{link(visit.href(MINE), words.see_mine)}</li>
        </ul>
        <p class="govuk-body">{link(visit.href(&back), words.again)}</p>
    }
    .into_any()
}

fn choose(visit: &Visit, call: &Published, parts: &[&Part], form: &Form, error: Option<String>) -> AnyView {
    let lang = visit.lang;
    let words = &text::applications(lang).begin;
    let items: Vec<Choice> = parts
        .iter()
        .map(|part| Choice::new(part.organisation.id.as_str(), part.organisation.name.clone()).hint(part.organisation.orgnr.to_string()))
        .collect();
    let chosen = match (form.get(ORGANISATION), parts) {
        ("", [only]) => only.organisation.id.to_string(),
        (typed, _) => typed.to_owned(),
    };
    view! {
        <p class="govuk-body app-measure">{words.lead}</p>
        <form method="post" action=visit.href("/ansokan/ny") novalidate=true>
            <input type="hidden" name=CALL value=call.slug.to_string() />
            <Radios name=ORGANISATION legend=words.organisation legend_classes="govuk-fieldset__legend--m" items=items value=chosen error=error />
            <Button prevent_double_click=true>{words.submit}</Button>
        </form>
    }
    .into_any()
}
