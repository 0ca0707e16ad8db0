//! My organisations, one organisation with its facts, changing them, and leaving.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::{fact_fields, fact_rows, head, success, summary};
use crate::kit::{Errors, Form, OrgRole, civil};
use crate::organisations::member::{Editor, Leaver, Member, Reader};
use crate::organisations::model::{Organisation, Status};
use crate::organisations::rules::{self, Wrong, field};
use crate::organisations::store::{self, OwnInvitation, Part};
use crate::platform::db::StoreError;
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

type Page = Result<Response, AppError>;

/// `GET /mina-sidor/organisationer`
pub async fn mine(State(app): State<App>, visit: Visit) -> Page {
    let who = visit.signed_in()?;
    let now = app.now();
    let (parts, asked, invited) = app
        .db
        .read(async |tx| {
            let parts = store::parts(tx, &who.account).await?;
            let asked = store::requests_of(tx, &who.account).await?;
            let invited = store::invitations_for(tx, &who.account, now).await?;
            Ok::<_, StoreError>((parts, asked, invited))
        })
        .await?;
    let lang = visit.lang;
    let texts = text::organisations(lang);
    let words = &texts.mine;
    let notice = match visit.asked("klart").as_str() {
        "lamnat" => Some(words.left),
        "skickad" => Some(words.sent),
        "avbojd" => Some(words.declined),
        _ => None,
    };
    let trail = vec![(visit.href("/mina-sidor"), text::people(lang).mine.title.to_owned())];
    let head = Head { private: true, trail, ..Head::new(words.title) };
    Ok(visit.page(&app, StatusCode::OK, head, || {
        let columns: Vec<Cell> = [texts.fields.name, texts.fields.orgnr, words.role, texts.fields.status].map(Cell::new).into();
        let rows: Vec<Vec<Cell>> = parts.iter().map(|part| row(&visit, part)).collect();
        let table = if rows.is_empty() {
            view! { <p class="govuk-body app-measure">{words.none}</p> }.into_any()
        } else {
            view! {
                <Table caption=words.caption caption_classes="govuk-visually-hidden" classes="app-reflow" head=columns rows=rows first_cell_is_header=true />
            }
            .into_any()
        };
        let asked: Vec<AnyView> = asked
            .iter()
            .filter(|asked| asked.request.is_open())
            .map(|asked| {
                let when = civil::stockholm(asked.request.created_at).date.long(lang);
                view! { <li>{(words.asked)(&asked.name, &when)}</li> }.into_any()
            })
            .collect();
        let asked = (!asked.is_empty()).then(|| {
            view! {
                <h2 class="govuk-heading-m">{words.asked_title}</h2>
                <ul class="govuk-list">{asked}</ul>
            }
        });
        view! {
            {success(notice)}
            <h1 class="govuk-heading-l">{words.title}</h1>
            {invitations(&visit, &invited)}
            {table}
            {asked}
            <a class="govuk-button" role="button" href=visit.href("/organisation/ny")>
                {words.add}
            </a>
        }
    }))
}

/// What someone is invited to, with a button each way.
fn invitations(visit: &Visit, invited: &[OwnInvitation]) -> AnyView {
    if invited.is_empty() {
        return ().into_any();
    }
    let texts = text::organisations(visit.lang);
    let words = &texts.mine;
    let items = invited
        .iter()
        .map(|one| {
            let until = civil::stockholm(one.expires_at).date.long(visit.lang);
            let id = one.id.to_string();
            view! {
                <li>
                    <p class="govuk-body">{(words.invited)(&one.name, (texts.role)(one.role), &until)}</p>
                    <div class="govuk-button-group">
                        <button type="submit" name="tacka_ja" value=id.clone() class="govuk-button" aria-label=(words.accept_which)(&one.name)>
                            {words.accept}
                        </button>
                        <button
                            type="submit"
                            name="tacka_nej"
                            value=id
                            class="govuk-button govuk-button--secondary"
                            aria-label=(words.decline_which)(&one.name)
                        >
                            {words.decline}
                        </button>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! {
        <h2 class="govuk-heading-m">{words.invited_title}</h2>
        <form method="post" action=visit.href("/mina-sidor/organisationer") novalidate=true>
            <ul class="govuk-list">{items}</ul>
        </form>
    }
    .into_any()
}

fn row(visit: &Visit, part: &Part) -> Vec<Cell> {
    let texts = text::organisations(visit.lang);
    let link = view! {
        <a class="govuk-link" href=visit.href(&format!("/organisation/{}", part.organisation.id))>
            {part.organisation.name.clone()}
        </a>
    };
    let cell = |label: &'static str, text: &str| Cell::new(text).attributes([("data-label", label)]);
    vec![
        Cell::new(link.into_any()),
        cell(texts.fields.orgnr, part.organisation.orgnr.as_str()),
        cell(texts.mine.role, (texts.role)(part.role)),
        cell(texts.fields.status, (texts.status)(part.organisation.status)),
    ]
}

/// A page below one organisation.
pub fn below(visit: &Visit, member: &Member, title: impl Into<String>) -> Head {
    let mut head = head(visit, title);
    head.trail.push((visit.href(&member.path("")), member.organisation.name.clone()));
    head
}

/// `GET /organisation/{organisation}`
pub async fn show(State(app): State<App>, visit: Visit, Reader(member): Reader) -> Page {
    let lang = visit.lang;
    let texts = text::organisations(lang);
    let words = &texts.one;
    let notice = match visit.asked("klart").as_str() {
        "ny" => Some(words.created),
        "med" => Some(words.accepted),
        "sparat" => Some(words.saved),
        _ => None,
    };
    let head = head(&visit, member.organisation.name.clone());
    Ok(visit.page(&app, StatusCode::OK, head, || {
        let says = match member.organisation.status {
            Status::Unverified => Some(words.unverified),
            Status::Retired => Some(words.retired),
            Status::Verified | Status::Merged => None,
        };
        let links =
            [(member.may(OrgRole::Editor), "/uppgifter", words.edit), (true, "/personer", words.people), (true, "/lamna", words.leave)];
        let links: Vec<AnyView> = links
            .into_iter()
            .filter(|(may, _, _)| *may)
            .map(|(_, path, label)| {
                view! {
                    <li>
                        <a class="govuk-link" href=visit.href(&member.path(path))>
                            {label}
                        </a>
                    </li>
                }
                .into_any()
            })
            .collect();
        view! {
            {success(notice)}
            <h1 class="govuk-heading-l">{member.organisation.name.clone()}</h1>
            <p class="govuk-body">{(words.your_role)((texts.role)(member.role))}</p>
            {says.map(|says| view! { <InsetText>{says}</InsetText> })}
            <SummaryList rows=fact_rows(lang, &member.organisation) />
            <ul class="govuk-list govuk-list--spaced">{links}</ul>
        }
    }))
}

/// `GET /organisation/{organisation}/uppgifter`
pub async fn edit(State(app): State<App>, visit: Visit, Editor(member): Editor) -> Page {
    if !member.organisation.status.is_open() {
        return Ok(visit.see_other(&member.path("")));
    }
    let form = visit.typed().cloned().unwrap_or_else(|| rules::stored(&member.organisation));
    Ok(edit_page(&app, &visit, StatusCode::OK, &member, form, Errors::new(), None))
}

/// The form of an organisation's facts, in any state; with what holds now when somebody saved in between.
pub fn edit_page(
    app: &App,
    visit: &Visit,
    status: StatusCode,
    member: &Member,
    form: Form,
    errors: Errors<Wrong>,
    now: Option<&Organisation>,
) -> Response {
    let lang = visit.lang;
    let texts = text::organisations(lang);
    let words = &texts.edit;
    let head = Head { error: !errors.is_empty(), ..below(visit, member, words.title) };
    // What was typed is saved upon what was shown: the version is that of the page, not of what somebody sent.
    let version = now.unwrap_or(&member.organisation).version;
    let now = now.cloned();
    let orgnr = SummaryRow::new(texts.fields.orgnr, member.organisation.orgnr.to_string());
    visit.page(app, status, head, move || {
        let stale = now.map(|now| {
            let content = view! {
                <p class="govuk-body">{words.stale}</p>
                <p class="govuk-body">{words.holds_now}</p>
                <SummaryList rows=fact_rows(lang, &now) />
            };
            view! { <NotificationBanner role="alert">{content}</NotificationBanner> }
        });
        view! {
            {summary(texts, &errors, None)}
            {stale}
            <h1 class="govuk-heading-l">{words.title}</h1>
            <form method="post" class="govuk-!-width-two-thirds" novalidate=true>
                <input type="hidden" name=field::VERSION value=version.to_string() />
                <SummaryList rows=vec![orgnr] />
                <p class="govuk-hint">{words.number_stays}</p>
                {fact_fields(lang, &form, &errors)}
                <Button>{words.submit}</Button>
            </form>
        }
    })
}

/// `GET /organisation/{organisation}/lamna`
pub async fn leave(State(app): State<App>, visit: Visit, Leaver(member): Leaver) -> Page {
    Ok(leave_page(&app, &visit, StatusCode::OK, &member, None))
}

/// The page that ends one's membership, in any state.
pub fn leave_page(app: &App, visit: &Visit, status: StatusCode, member: &Member, problem: Option<&'static str>) -> Response {
    let texts = text::organisations(visit.lang);
    let words = &texts.leave;
    let head = Head { error: problem.is_some(), ..below(visit, member, words.title) };
    let open = member.organisation.status.is_open();
    let lead = (if open { words.lead } else { words.lead_closed })(&member.organisation.name);
    visit.page(app, status, head, move || {
        view! {
            {summary(texts, &Errors::new(), problem)}
            <h1 class="govuk-heading-l">{words.title}</h1>
            <p class="govuk-body app-measure">{lead}</p>
            <form method="post" novalidate=true>
                <Button warning=true>{words.submit}</Button>
            </form>
        }
    })
}
