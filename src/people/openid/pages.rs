//! The buttons of providers on the sign-in page, the page about how one signs in, and the page that says why a provider's
//! word let nobody in.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::actions::Refusal;
use super::model::Identity;
use super::store;
use crate::kit::civil;
use crate::people::pages::mine::head;
use crate::platform::openid::OpenIdError;
use crate::platform::openid::settings::{Kind, Provider};
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit, forms_lead_to};

/// Lets the forms of a page lead to the providers: for every page that has a button to one.
pub fn allow(app: &App, response: &mut Response) {
    forms_lead_to(response, app.openid.providers().flat_map(|provider| provider.origins.iter().map(String::as_str)));
}

/// The buttons to the providers of a kind; the staff's under a heading of their own.
pub fn buttons(app: &App, visit: &Visit, kind: Kind, further: &str) -> Option<AnyView> {
    let words = text::openid(visit.lang);
    let forms: Vec<AnyView> = app
        .openid
        .providers()
        .filter(|provider| provider.kind == kind)
        .map(|provider| {
            let label = (words.with)(provider.name(visit.lang));
            view! {
                <form method="post" action=visit.href(&format!("/logga-in/openid/{}", provider.id)) novalidate=true>
                    <input type="hidden" name="vidare" value=further.to_owned() />
                    <Button secondary=kind == Kind::Staff>{label}</Button>
                </form>
            }
            .into_any()
        })
        .collect();
    let heading = (kind == Kind::Staff).then(|| {
        view! {
            <h2 class="govuk-heading-m govuk-!-margin-top-6">{words.for_staff}</h2>
            <p class="govuk-body app-measure">{words.for_staff_lead}</p>
        }
    });
    (!forms.is_empty()).then(|| {
        view! {
            {heading}
            {forms}
        }
        .into_any()
    })
}

/// Why a provider's word let nobody in, said to the person and, for the operator, in the log.
pub fn refused(app: &App, visit: &Visit, provider: &Provider, refusal: &Refusal) -> Response {
    let words = &text::openid(visit.lang).refused;
    let name = provider.name(visit.lang);
    let (status, sentence) = match refusal {
        Refusal::Dead => (StatusCode::FORBIDDEN, words.dead.to_owned()),
        Refusal::OtherBrowser => (StatusCode::FORBIDDEN, words.other_browser.to_owned()),
        Refusal::Cancelled => (StatusCode::FORBIDDEN, words.cancelled.to_owned()),
        Refusal::Disabled => (StatusCode::FORBIDDEN, words.disabled.to_owned()),
        Refusal::NotStaff | Refusal::NotLinked => (StatusCode::FORBIDDEN, words.not_staff.to_owned()),
        Refusal::HasAccount => (StatusCode::FORBIDDEN, (words.has_account)(name)),
        Refusal::NoAddress => (StatusCode::FORBIDDEN, (words.no_address)(name)),
        Refusal::OtherAccount => (StatusCode::FORBIDDEN, (words.other_account)(name)),
        Refusal::Provider(error) => {
            let sentence = match error {
                OpenIdError::Silent(_) => words.silent,
                OpenIdError::Confused(_) => words.confused,
                OpenIdError::Untrue(_) => words.untrue,
            };
            (error.status(), sentence(name))
        }
    };
    match refusal {
        Refusal::Provider(error) => tracing::warn!(provider = %provider.id, %error, "a provider let nobody in"),
        other => tracing::info!(provider = %provider.id, why = ?other, "a provider let nobody in"),
    }
    // The address holds what the provider sent; the page's own links lead to the sign-in page.
    let mut visit = visit.clone();
    (visit.path, visit.query) = ("/logga-in".to_owned(), String::new());
    let (way, to, title) = match visit.who() {
        Some(_) => ("/mina-sidor/inloggningssatt", words.to_ways, text::openid(visit.lang).ways.title),
        None => ("/logga-in", words.again, words.title),
    };
    let (href, head) = (visit.href(way), Head { private: true, ..Head::new(title) });
    visit.page(app, status, head, move || {
        view! {
            <h1 class="govuk-heading-l">{title}</h1>
            <p class="govuk-body app-measure">{sentence}</p>
            <p class="govuk-body">
                <a class="govuk-link" href=href>
                    {to}
                </a>
            </p>
        }
    })
}

/// `GET /mina-sidor/inloggningssatt`
pub async fn ways(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    let who = visit.signed_in()?;
    let identities = app.db.read(async |tx| store::identities(tx, &who.account).await).await?;
    let words = &text::openid(visit.lang).ways;
    let notice = match (visit.asked("kopplad").as_str(), visit.asked("borttagen").as_str()) {
        ("ja", _) => Some(words.linked),
        (_, "ja") => Some(words.removed),
        _ => None,
    };
    let by_mail = (words.mail)(who.email.as_str());
    let missing: Vec<(String, String)> = app
        .openid
        .providers()
        .filter(|provider| provider.kind == Kind::Applicant && !identities.iter().any(|identity| identity.issuer == provider.issuer))
        .map(|provider| (provider.id.clone(), (words.link)(provider.name(visit.lang))))
        .collect();
    let rows: Vec<AnyView> = identities.iter().map(|identity| row(&app, &visit, identity)).collect();
    let mut response = visit.page(&app, StatusCode::OK, head(&visit, words.title), || {
        let more = missing
            .into_iter()
            .map(|(id, label)| {
                view! {
                    <form method="post" action=visit.href("/mina-sidor/inloggningssatt") novalidate=true>
                        <button type="submit" name="koppla" value=id class="govuk-button govuk-button--secondary">
                            {label}
                        </button>
                    </form>
                }
            })
            .collect::<Vec<_>>();
        view! {
            {notice.map(|text| view! { <NotificationBanner success=true text=text /> })}
            <h1 class="govuk-heading-l">{words.title}</h1>
            <p class="govuk-body">{words.lead}</p>
            <ul class="govuk-list govuk-list--bullet govuk-list--spaced">
                <li>{by_mail}</li>
                {rows}
            </ul>
            {(!more.is_empty())
                .then(|| {
                    view! {
                        <h2 class="govuk-heading-m">{words.more}</h2>
                        {more}
                    }
                })}
        }
    });
    allow(&app, &mut response);
    Ok(response)
}

fn row(app: &App, visit: &Visit, identity: &Identity) -> AnyView {
    let words = &text::openid(visit.lang).ways;
    let name = app.openid.by_issuer(&identity.issuer).map_or(words.unknown, |provider| provider.name(visit.lang));
    let day = civil::stockholm(identity.created_at).date.long(visit.lang);
    let label = (words.remove_which)(name);
    view! {
        <li>
            <form method="post" class="app-inline-form" action=visit.href("/mina-sidor/inloggningssatt") novalidate=true>
                {(words.since)(name, &day)} " "
                <button
                    type="submit"
                    name="ta_bort"
                    value=identity.id.to_string()
                    class="govuk-button govuk-button--secondary govuk-!-margin-bottom-0"
                    aria-label=label
                >
                    {words.remove}
                </button>
            </form>
        </li>
    }
    .into_any()
}
