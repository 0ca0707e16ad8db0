//! Who writes in an application: those of the organisation, those asked in to it alone, and asking somebody in.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::{below, called, link, named, refused};
use crate::applications::actions::{self, Refusal};
use crate::applications::member::Reader;
use crate::applications::model::{Guest, Invitation, Seat};
use crate::applications::store::people;
use crate::kit::{Form, Id, OrgRole, civil};
use crate::organisations;
use crate::organisations::model::Membership;
use crate::people as accounts;
use crate::people::model::Account;
use crate::platform::db::StoreError;
use crate::platform::ids::Secret;
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

type Page = Result<Response, AppError>;

/// The fields of the forms.
pub mod field {
    pub const EMAIL: &str = "epost";
    pub const ROLE: &str = "roll";
    /// Whose place is ended, or which invitation is taken back.
    pub const END: &str = "avsluta";
    pub const WITHDRAW: &str = "ta-tillbaka";
}

struct Shown {
    members: Vec<Membership>,
    guests: Vec<Guest>,
    invitations: Vec<Invitation>,
    people: Vec<Account>,
}

/// `GET /ansokan/{application}/personer`
pub async fn show(State(app): State<App>, visit: Visit, Reader(seat): Reader) -> Page {
    let form = visit.typed().cloned().unwrap_or_default();
    page(&app, &visit, StatusCode::OK, &seat, &form, None).await
}

/// Everybody, in any state of the form that asks someone in; `problem` is a field and what is wrong with it.
pub async fn page(app: &App, visit: &Visit, status: StatusCode, seat: &Seat, form: &Form, problem: Option<(&'static str, String)>) -> Page {
    let who = visit.signed_in()?;
    let organisation = seat.organisation.merged_into.as_ref().unwrap_or(&seat.organisation.id);
    let shown = app.db.read(async |tx| {
        let members = organisations::store::members(tx, organisation).await?;
        let guests = people::guests(tx, &seat.application.id).await?;
        let invitations = people::open_invitations(tx, &seat.application.id).await?;
        let mut ids: Vec<Id> = members.iter().map(|one| one.account_id.clone()).collect();
        ids.extend(guests.iter().map(|one| one.account_id.clone()));
        ids.sort();
        ids.dedup();
        let people = accounts::store::accounts(tx, &ids).await?;
        Ok::<_, StoreError>(Shown { members, guests, invitations, people })
    });
    let shown = shown.await?;
    let lang = visit.lang;
    let words = &text::applications(lang).people;
    let roles = text::organisations(lang).role;
    let done = match visit.asked("klart").as_str() {
        "skickad" => Some(words.was_sent),
        "tillbaka" => Some(words.was_withdrawn),
        "avslutad" => Some(words.was_ended),
        _ => None,
    };
    let invites = seat.belongs && seat.may(OrgRole::Editor);
    let now = app.now();
    let mut head = below(visit, seat, words.title);
    head.error = problem.is_some();
    Ok(visit.page(app, status, head, || {
        let cell = |label: &'static str, text: String| Cell::new(text).attributes([("data-label", label)]);
        let mut rows: Vec<Vec<Cell>> = shown
            .members
            .iter()
            .map(|one| {
                vec![
                    Cell::new(named(&shown.people, &one.account_id, lang)),
                    cell(words.role, roles(one.role).to_owned()),
                    cell(words.from, seat.organisation.name.clone()),
                    Cell::new(""),
                ]
            })
            .collect();
        rows.extend(shown.guests.iter().map(|one| {
            let name = named(&shown.people, &one.account_id, lang);
            let end = (invites || one.account_id == who.account).then(|| {
                let name = name.clone();
                view! {
                    <form method="post">
                        <Button secondary=true name=field::END value=one.id.to_string() classes="govuk-!-margin-bottom-0">
                            {words.end} <span class="govuk-visually-hidden">": " {name}</span>
                        </Button>
                    </form>
                }
            });
            vec![
                Cell::new(name.clone()),
                cell(words.role, roles(one.role).to_owned()),
                cell(words.from, words.invited.to_owned()),
                Cell::new(end.into_any()),
            ]
        }));
        let columns: Vec<Cell> = [words.name, words.role, words.from, words.doing].map(Cell::new).into();
        let summary = problem.clone().map(|(field, says)| view! { <ErrorSummary errors=vec![(format!("#{field}"), says)] /> });
        let waiting: Vec<AnyView> = shown
            .invitations
            .iter()
            .map(|one| {
                let says = (words.waits)(one.email.as_str(), roles(one.role), &civil::clock_text(one.expires_at, lang), one.expires_at <= now);
                let back = invites.then(|| {
                    let email = one.email.to_string();
                    view! {
                        <form method="post">
                            <Button secondary=true name=field::WITHDRAW value=one.id.to_string()>
                                {words.withdraw} <span class="govuk-visually-hidden">": " {email}</span>
                            </Button>
                        </form>
                    }
                });
                view! { <li><p class="govuk-body">{says}</p> {back}</li> }.into_any()
            })
            .collect();
        let waiting = (!waiting.is_empty()).then(|| {
            view! {
                <h2 class="govuk-heading-m">{words.waiting}</h2>
                <ul class="govuk-list app-listed">{waiting}</ul>
            }
        });
        let error = |name: &str| problem.as_ref().filter(|(field, _)| *field == name).map(|(_, says)| says.clone());
        let invite = invites.then(|| {
            let items: Vec<Choice> = [OrgRole::Editor, OrgRole::Reader]
                .map(|role| Choice::new(role.code(), roles(role)).hint((words.role_may)(role)))
                .into();
            let value = if form.get(field::ROLE).is_empty() { OrgRole::Editor.code().to_owned() } else { form.get(field::ROLE).to_owned() };
            view! {
                <h2 class="govuk-heading-m">{words.invite}</h2>
                <p class="govuk-body app-measure">{words.invite_lead}</p>
                <form method="post" class="govuk-!-width-two-thirds" novalidate=true>
                    <Input
                        name=field::EMAIL
                        label=words.email
                        value=form.get(field::EMAIL).to_owned()
                        error=error(field::EMAIL)
                        kind=InputKind::Email
                        autocomplete="off"
                    />
                    <Radios name=field::ROLE legend=words.role items=items value=value error=error(field::ROLE) />
                    <Button prevent_double_click=true>{words.send}</Button>
                </form>
            }
        });
        view! {
            {summary}
            {done.map(|text| view! { <NotificationBanner success=true text=text /> })}
            <span class="govuk-caption-l">{called(lang, &seat.application.title)}</span>
            <h1 class="govuk-heading-l">{words.title}</h1>
            <Table caption=words.caption caption_classes="govuk-visually-hidden" classes="app-reflow" head=columns rows=rows first_cell_is_header=true />
            {seat.belongs.then(|| view! { <p class="govuk-body">{link(visit.href(&format!("/organisation/{organisation}/personer")), words.members)}</p> })}
            {waiting}
            {invite}
        }
    }))
}

/// `GET /ansokan/inbjudan/{token}`
pub async fn invited(State(app): State<App>, visit: Visit, Path(token): Path<String>) -> Page {
    let who = visit.signed_in()?;
    let token = Secret::parse(&token).ok_or(AppError::NotFound)?;
    match actions::people::look(&app, who, &token).await? {
        Ok((invitation, organisation, title)) => {
            let lang = visit.lang;
            let words = &text::applications(lang).invited;
            let head = Head { private: true, ..Head::new(words.title) };
            Ok(visit.page(&app, StatusCode::OK, head, || {
                let rows = vec![
                    SummaryRow::new(words.organisation, organisation),
                    SummaryRow::new(words.work, called(lang, &title)),
                    SummaryRow::new(words.role, (text::organisations(lang).role)(invitation.role)),
                ];
                view! {
                    <h1 class="govuk-heading-l">{words.title}</h1>
                    <SummaryList rows=rows />
                    <form method="post">
                        <Button prevent_double_click=true>{words.submit}</Button>
                    </form>
                }
            }))
        }
        Err(refusal) => dead(&app, &visit, &refusal),
    }
}

/// An invitation that lets nobody in, said in words.
pub fn dead(app: &App, visit: &Visit, refusal: &Refusal) -> Page {
    let says = refused(visit.lang, refusal)?;
    let words = &text::applications(visit.lang).invited;
    let head = Head { private: true, ..Head::new(words.title) };
    Ok(visit.page(app, StatusCode::GONE, head, || {
        view! {
            <h1 class="govuk-heading-l">{words.title}</h1>
            <p class="govuk-body app-measure">{says}</p>
        }
    }))
}
