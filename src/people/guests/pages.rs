//! The form that asks a reviewer in, the list and the page of invitations for administrators, and what the mail's link opens.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::actions;
use super::model::{self, GuestInvitation};
use super::rules::GuestError;
use super::store;
use crate::kit::{Errors, Form, Id, Instant, Lang, civil};
use crate::people::actions::Refusal;
use crate::people::pages::staff::head;
use crate::people::pages::{staff, summary};
use crate::people::rules::{NameError, field};
use crate::people::store as people;
use crate::platform::db::StoreError;
use crate::platform::ids::Secret;
use crate::text;
use crate::text::staff::guests::GuestsTexts;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

type Page = Result<Response, AppError>;

/// How many invitations the page of people shows.
pub const SHOWN: i64 = 50;

/// The page of one invitation.
pub fn path_of(id: &Id) -> String {
    format!("/handlaggare/anvandare/inbjudan/{id}")
}

fn days(invitation: &GuestInvitation, lang: Lang) -> String {
    (text::people(lang).guest.days)(&invitation.valid_from.long(lang), &invitation.valid_until.long(lang))
}

fn state_name(invitation: &GuestInvitation, now: Instant) -> &'static str {
    let words = &text::staff().guests;
    match invitation.state(now) {
        model::State::Waits => words.waits,
        model::State::Accepted => words.accepted,
        model::State::Withdrawn => words.withdrawn,
        model::State::Expired => words.expired,
    }
}

/// The invitations, for the page of people.
pub fn list(invitations: &[GuestInvitation], now: Instant) -> AnyView {
    let words = &text::staff().guests;
    if invitations.is_empty() {
        return ().into_any();
    }
    let columns: Vec<Cell> = [words.name, words.email, words.days, words.state].map(Cell::new).into();
    let cell = |label: &'static str, text: String| Cell::new(text).attributes([("data-label", label)]);
    let rows: Vec<Vec<Cell>> = invitations
        .iter()
        .map(|one| {
            let link = view! {
                <a class="govuk-link" href=path_of(&one.id)>
                    {one.name.clone()}
                </a>
            };
            vec![
                Cell::new(link.into_any()),
                cell(words.email, one.email.to_string()).classes("app-break"),
                cell(words.days, days(one, Lang::Sv)),
                cell(words.state, state_name(one, now).to_owned()),
            ]
        })
        .collect();
    view! {
        <h2 class="govuk-heading-m govuk-!-margin-top-6">{words.title}</h2>
        <Table
            caption=words.title
            caption_classes="govuk-visually-hidden"
            classes="app-reflow"
            head=columns
            rows=rows
            first_cell_is_header=true
        />
    }
    .into_any()
}

/// `GET /handlaggare/anvandare/bjud-in`
pub async fn invite(State(app): State<App>, visit: Visit) -> Page {
    let form = visit.typed().cloned().unwrap_or_default();
    Ok(invite_page(&app, &visit, StatusCode::OK, form, Errors::new(), None))
}

fn sentence(words: &'static GuestsTexts, error: GuestError) -> &'static str {
    let people = &text::staff().people;
    match error {
        GuestError::Name(NameError::Missing) => people.add.name_missing,
        GuestError::Name(NameError::Long) => people.add.name_long,
        GuestError::Email => words.email_wrong,
        GuestError::From => people.one.from_wrong,
        GuestError::FromPast => words.from_past,
        GuestError::UntilMissing => words.until_missing,
        GuestError::Until => people.one.until_wrong,
        GuestError::Backwards => people.one.until_before,
        GuestError::Far => words.until_far,
    }
}

/// The form that asks someone in, in any state; with what stood in the way of the address.
pub fn invite_page(
    app: &App,
    visit: &Visit,
    status: StatusCode,
    form: Form,
    errors: Errors<GuestError>,
    problem: Option<&'static str>,
) -> Response {
    let words = &text::staff().guests;
    let people = &text::staff().people;
    let head = Head { error: !errors.is_empty() || problem.is_some(), trail: staff::trail(), ..head(words.invite) };
    visit.page(app, status, head, move || {
        let at = |field: &str| errors.of(field).map(|error| sentence(words, *error));
        let value = |field: &str| form.get(field).to_owned();
        let entries = problem.map(|problem| vec![(format!("#{}", field::EMAIL), problem.to_owned())]);
        view! {
            {summary(&errors, |error| sentence(words, error).to_owned())}
            {entries.map(|entries| view! { <ErrorSummary errors=entries /> })}
            <h1 class="govuk-heading-l">{words.invite}</h1>
            <p class="govuk-body app-measure">{words.lead}</p>
            <form method="post" class="govuk-!-width-one-half" novalidate=true>
                <Input name=field::NAME label=people.name value=value(field::NAME) error=at(field::NAME) autocomplete="off" />
                <Input
                    name=field::EMAIL
                    label=people.email
                    hint=words.email_hint
                    value=value(field::EMAIL)
                    error=at(field::EMAIL).or(problem)
                    kind=InputKind::Email
                    autocomplete="off"
                    spellcheck=false
                />
                <Input
                    name=field::FROM
                    label=people.one.from
                    hint=people.one.from_hint
                    value=value(field::FROM)
                    error=at(field::FROM)
                    classes="govuk-input--width-10"
                    autocomplete="off"
                />
                <Input
                    name=field::UNTIL
                    label=words.until
                    hint=words.until_hint
                    value=value(field::UNTIL)
                    error=at(field::UNTIL)
                    classes="govuk-input--width-10"
                    autocomplete="off"
                />
                <Button>{words.submit}</Button>
            </form>
        }
    })
}

/// `GET /handlaggare/anvandare/inbjudan/{invitation}`
pub async fn one(State(app): State<App>, visit: Visit, Path(invitation): Path<String>) -> Page {
    let words = &text::staff().guests;
    let notice = match visit.asked("klart").as_str() {
        "skickad" => Some(words.was_sent),
        "igen" => Some(words.was_sent_again),
        "tillbaka" => Some(words.was_withdrawn),
        _ => None,
    };
    one_page(&app, &visit, StatusCode::OK, &invitation, notice, None).await
}

/// One invitation, in any state.
pub async fn one_page(
    app: &App,
    visit: &Visit,
    status: StatusCode,
    invitation: &str,
    notice: Option<&'static str>,
    problem: Option<&'static str>,
) -> Page {
    let id = Id::parse(invitation).map_err(|_| AppError::NotFound)?;
    let loaded = app
        .db
        .read(async |tx| {
            let Some(invitation) = store::invitation(tx, &id).await? else { return Ok(None) };
            let by = people::account(tx, &invitation.invited_by).await?;
            Ok::<_, StoreError>(Some((invitation, by)))
        })
        .await?;
    let (invitation, by) = loaded.ok_or(AppError::NotFound)?;
    let now = app.now();
    let day = civil::stockholm(now).date;
    let words = &text::staff().guests;
    let head = Head { error: problem.is_some(), trail: staff::trail(), ..head(invitation.name.clone()) };
    Ok(visit.page(app, status, head, move || {
        let state = invitation.state(now);
        let open = matches!(state, model::State::Waits | model::State::Expired);
        let mut rows = vec![
            SummaryRow::new(words.email, invitation.email.to_string()),
            SummaryRow::new(words.days, days(&invitation, Lang::Sv)),
            SummaryRow::new(words.state, state_name(&invitation, now)),
            SummaryRow::new(words.by, by.map(|by| by.shown().to_owned()).unwrap_or_default()),
            SummaryRow::new(words.sent, civil::clock_text(invitation.created_at, Lang::Sv)),
        ];
        if open {
            rows.push(SummaryRow::new(words.answer_by, civil::clock_text(invitation.expires_at, Lang::Sv)));
        }
        let again = (open && day <= invitation.valid_until).then(|| button("igen", words.again, words.again_lead, false));
        let back = (state == model::State::Waits).then(|| button("tillbaka", words.withdraw, words.withdraw_lead, true));
        let person = invitation.accepted_by.as_ref().map(|account| {
            view! {
                <p class="govuk-body">
                    <a class="govuk-link" href=format!("/handlaggare/anvandare/{account}")>
                        {words.person}
                    </a>
                </p>
            }
        });
        view! {
            {problem.map(|problem| view! { <ErrorSummary errors=vec![("#innehall".to_owned(), problem.to_owned())] /> })}
            {notice.map(|notice| view! { <NotificationBanner success=true text=notice /> })}
            <h1 class="govuk-heading-l">{(words.one)(&invitation.name)}</h1>
            <SummaryList rows=rows />
            {person}
            {again}
            {back}
        }
    }))
}

fn button(name: &'static str, title: &'static str, lead: &'static str, warning: bool) -> AnyView {
    let kind = if warning { "govuk-button govuk-button--warning" } else { "govuk-button govuk-button--secondary" };
    view! {
        <form method="post" novalidate=true>
            <h2 class="govuk-heading-m">{title}</h2>
            <p class="govuk-body app-measure">{lead}</p>
            <button type="submit" name="gor" value=name class=kind>
                {title}
            </button>
        </form>
    }
    .into_any()
}

/// `GET /granskare/{token}`: a button and no more, so that a mail scanner that opens the link uses nothing up.
pub async fn invited(State(app): State<App>, visit: Visit, Path(token): Path<String>) -> Page {
    let who = visit.signed_in()?;
    let Some(token) = Secret::parse(&token) else { return Ok(refused(&app, &visit, Refusal::Dead)) };
    let invitation = match actions::look(&app, who, &token).await? {
        Ok(found) => found,
        Err(refusal) => return Ok(refused(&app, &visit, refusal)),
    };
    if invitation.accepted_by.is_some() {
        return Ok(accepted(&app, &visit, &invitation));
    }
    let words = &text::people(visit.lang).guest;
    let (period, head) = (days(&invitation, visit.lang), Head { private: true, ..Head::new(words.title) });
    Ok(visit.page(&app, StatusCode::OK, head, move || {
        view! {
            <h1 class="govuk-heading-l">{words.title}</h1>
            <p class="govuk-body app-measure">{words.lead}</p>
            <SummaryList rows=vec![SummaryRow::new(words.period, period)] />
            <p class="govuk-body app-measure">{words.second_factor}</p>
            <form method="post" novalidate=true>
                <Button>{words.submit}</Button>
            </form>
        }
    }))
}

/// Why an invitation gave nobody a role.
pub fn refused(app: &App, visit: &Visit, refusal: Refusal) -> Response {
    let words = &text::people(visit.lang).guest;
    let (status, title, sentence) = match refusal {
        Refusal::OtherAddress => {
            let who = visit.who().map(|who| who.email.to_string()).unwrap_or_default();
            (StatusCode::FORBIDDEN, words.other_title, (words.other)(&who))
        }
        Refusal::HasRole => (StatusCode::GONE, words.has_role_title, words.has_role.to_owned()),
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

/// The receipt of a yes.
fn accepted(app: &App, visit: &Visit, invitation: &GuestInvitation) -> Response {
    let words = &text::people(visit.lang).guest;
    let head = Head { private: true, ..Head::new(words.done_title) };
    let day = civil::stockholm(app.now()).date;
    let (begun, over) = (invitation.valid_from <= day, invitation.valid_until < day);
    let sentence = (words.done)(&days(invitation, visit.lang));
    visit.page(app, StatusCode::OK, head, move || {
        let on = if over {
            ().into_any()
        } else if begun {
            view! {
                <a class="govuk-button" role="button" href="/handlaggare">
                    {words.on}
                </a>
            }
            .into_any()
        } else {
            view! { <p class="govuk-body app-measure">{words.later}</p> }.into_any()
        };
        view! {
            <h1 class="govuk-heading-l">{words.done_title}</h1>
            <p class="govuk-body app-measure">{sentence}</p>
            {on}
        }
    })
}
