//! How someone comes to an organisation: by founding it here, by asking, or by an invitation.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::{fact_fields, head, summary};
use crate::kit::{Errors, Form, OrgNr, civil};
use crate::organisations::actions::{self, Refusal};
use crate::organisations::model::Organisation;
use crate::organisations::rules::{Wrong, field};
use crate::organisations::store;
use crate::platform::db::StoreError;
use crate::platform::ids::Secret;
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

type Page = Result<Response, AppError>;

/// `GET /organisation/ny`
pub async fn number(State(app): State<App>, visit: Visit) -> Page {
    let form = visit.typed().cloned().unwrap_or_default();
    Ok(number_page(&app, &visit, StatusCode::OK, &form, Errors::new()))
}

/// The page that asks for the number, in any state.
pub fn number_page(app: &App, visit: &Visit, status: StatusCode, form: &Form, errors: Errors<Wrong>) -> Response {
    let texts = text::organisations(visit.lang);
    let words = &texts.new;
    let head = Head { error: !errors.is_empty(), ..head(visit, words.title) };
    let typed = form.get(field::ORGNR).to_owned();
    visit.page(app, status, head, move || {
        view! {
            {summary(texts, &errors, None)}
            <h1 class="govuk-heading-l">{words.title}</h1>
            <p class="govuk-body app-measure">{words.lead}</p>
            <form method="post" novalidate=true>
                <Input
                    name=field::ORGNR
                    label=texts.fields.orgnr
                    hint=texts.fields.orgnr_hint
                    value=typed
                    error=errors.of(field::ORGNR).map(|error| (texts.wrong)(field::ORGNR, *error))
                    inputmode="numeric"
                    autocomplete="off"
                    spellcheck=false
                    classes="govuk-input--width-10"
                />
                <Button>{words.next}</Button>
            </form>
        }
    })
}

/// The number in the address of the pages after the first.
pub fn asked_number(visit: &Visit) -> Option<OrgNr> {
    OrgNr::parse(&visit.asked(field::ORGNR)).ok()
}

/// The page after the first, for this number.
pub fn step(page: &str, orgnr: &OrgNr) -> String {
    format!("/organisation/ny/{page}?{}={orgnr}", field::ORGNR)
}

/// `GET /organisation/ny/uppgifter`
pub async fn facts(State(app): State<App>, visit: Visit) -> Page {
    let Some(orgnr) = asked_number(&visit) else { return Ok(visit.see_other("/organisation/ny")) };
    if app.db.read(async |tx| actions::current(tx, &orgnr).await).await?.is_some() {
        return Ok(visit.see_other(&step("ga-med", &orgnr)));
    }
    let form = visit.typed().cloned().unwrap_or_default();
    Ok(facts_page(&app, &visit, StatusCode::OK, &orgnr, form, Errors::new()))
}

/// The page that founds an organisation, in any state.
pub fn facts_page(app: &App, visit: &Visit, status: StatusCode, orgnr: &OrgNr, form: Form, errors: Errors<Wrong>) -> Response {
    let lang = visit.lang;
    let texts = text::organisations(lang);
    let words = &texts.new;
    let head = Head { error: !errors.is_empty(), ..head(visit, words.facts_title) };
    let number = SummaryRow::new(texts.fields.orgnr, orgnr.to_string());
    visit.page(app, status, head, move || {
        view! {
            {summary(texts, &errors, None)}
            <h1 class="govuk-heading-l">{words.facts_title}</h1>
            <p class="govuk-body app-measure">{words.facts_lead}</p>
            <form method="post" class="govuk-!-width-two-thirds" novalidate=true>
                <SummaryList rows=vec![number] />
                {fact_fields(lang, &form, &errors)}
                <Button>{words.submit}</Button>
            </form>
        }
    })
}

/// `GET /organisation/ny/ga-med`
pub async fn join(State(app): State<App>, visit: Visit) -> Page {
    let form = visit.typed().cloned().unwrap_or_default();
    join_page(&app, &visit, StatusCode::OK, form, Errors::new()).await
}

/// The page that asks to be let in, in any state. Nothing on it says who belongs to the organisation.
pub async fn join_page(app: &App, visit: &Visit, status: StatusCode, form: Form, errors: Errors<Wrong>) -> Page {
    let Some(orgnr) = asked_number(visit) else { return Ok(visit.see_other("/organisation/ny")) };
    let who = visit.signed_in()?;
    let (organisation, part, asked) = app
        .db
        .read(async |tx| {
            let Some(organisation) = actions::current(tx, &orgnr).await? else { return Ok((None, None, Vec::new())) };
            let part = store::part(tx, &organisation.id, &who.account).await?;
            Ok::<_, StoreError>((Some(organisation), part, store::requests_of(tx, &who.account).await?))
        })
        .await?;
    let Some(organisation) = organisation else { return Ok(visit.see_other(&step("uppgifter", &orgnr))) };
    if part.is_some() {
        return Ok(visit.see_other(&format!("/organisation/{}", organisation.id)));
    }
    let lang = visit.lang;
    let asked = asked.into_iter().find(|asked| asked.request.is_open() && asked.request.organisation_id == organisation.id);
    let asked = asked.map(|asked| civil::stockholm(asked.request.created_at).date.long(lang));
    let texts = text::organisations(lang);
    let words = &texts.join;
    let head = Head { error: !errors.is_empty(), ..head(visit, words.title) };
    Ok(visit.page(app, status, head, move || {
        let rest = match asked {
            _ if !organisation.status.is_open() => view! { <InsetText>{words.closed}</InsetText> }.into_any(),
            Some(when) => view! { <InsetText>{(words.has_asked)(&when)}</InsetText> }.into_any(),
            None => join_form(visit, &organisation, &form, &errors),
        };
        view! {
            {summary(texts, &errors, None)}
            <h1 class="govuk-heading-l">{words.title}</h1>
            {rest}
        }
    }))
}

fn join_form(visit: &Visit, organisation: &Organisation, form: &Form, errors: &Errors<Wrong>) -> AnyView {
    let texts = text::organisations(visit.lang);
    let words = &texts.join;
    let lead = (words.lead)(&organisation.name, organisation.orgnr.as_str());
    view! {
        <p class="govuk-body app-measure">{lead}</p>
        <p class="govuk-body app-measure">{words.who}</p>
        <form method="post" class="govuk-!-width-two-thirds" novalidate=true>
            <Textarea
                name=field::MESSAGE
                label=words.message
                hint=words.message_hint
                value=form.get(field::MESSAGE).to_owned()
                error=errors.of(field::MESSAGE).map(|error| (texts.wrong)(field::MESSAGE, *error))
            />
            <Button>{words.submit}</Button>
        </form>
    }
    .into_any()
}

/// `GET /inbjudan/{token}`: a button and no more, so that a mail scanner that opens the link uses nothing up.
pub async fn invited(State(app): State<App>, visit: Visit, Path(token): Path<String>) -> Page {
    let who = visit.signed_in()?;
    let Some(token) = Secret::parse(&token) else { return Ok(invited_refused(&app, &visit, Refusal::Dead)) };
    let (invitation, organisation) = match actions::look_at_invitation(&app, who, &token).await? {
        Ok(found) => found,
        Err(refusal) => return Ok(invited_refused(&app, &visit, refusal)),
    };
    let texts = text::organisations(visit.lang);
    let words = &texts.invited;
    let title = (words.title)(&organisation.name);
    let head = Head { private: true, ..Head::new(title.clone()) };
    let lead = (words.lead)((texts.role)(invitation.role));
    let may = (texts.role_may)(invitation.role);
    Ok(visit.page(&app, StatusCode::OK, head, move || {
        view! {
            <h1 class="govuk-heading-l">{title}</h1>
            <p class="govuk-body app-measure">{lead}</p>
            <p class="govuk-body app-measure">{may}</p>
            <form method="post" novalidate=true>
                <Button>{words.submit}</Button>
            </form>
        }
    }))
}

/// Why an invitation let nobody in.
pub fn invited_refused(app: &App, visit: &Visit, refusal: Refusal) -> Response {
    let words = &text::organisations(visit.lang).invited;
    let (status, title, sentence) = match refusal {
        Refusal::OtherAddress => {
            let who = visit.who().map(|who| who.email.to_string()).unwrap_or_default();
            (StatusCode::FORBIDDEN, words.other_title, (words.other)(&who))
        }
        _ => (StatusCode::GONE, words.dead_title, words.dead.to_owned()),
    };
    let head = Head { private: true, ..Head::new(title) };
    visit.page(app, status, head, move || {
        view! {
            <h1 class="govuk-heading-l">{title}</h1>
            <p class="govuk-body app-measure">{sentence}</p>
        }
    })
}
