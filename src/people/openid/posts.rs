//! Being sent to a provider, coming back, and what the provider says by itself.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::actions::{self, Back, Done, Refusal};
use super::model::Purpose;
use super::pages::refused;
use super::store;
use crate::kit::Id;
use crate::people::posts::sign_in::{agent, entered};
use crate::platform::openid::settings::{Kind, Provider};
use crate::web::cookies::{SESSION, SIGN_IN};
use crate::web::forms::Posted;
use crate::web::{App, AppError, Visit, see_other, set_cookie};

type Answer = Result<Response, AppError>;

/// Sends the browser to a provider. The cookie that binds it is kept if there is one, so that two windows do not quarrel.
async fn send(app: &App, visit: &Visit, provider: &Provider, purpose: Purpose, further: &str) -> Answer {
    let browser = visit.cookie(app, SIGN_IN.name).unwrap_or_else(|| app.ids.secret());
    match actions::begin(app, visit, provider, purpose, further, &browser).await? {
        Ok(address) => {
            let mut response = see_other(&address);
            set_cookie(app, &mut response, &SIGN_IN, Some(&browser));
            Ok(response)
        }
        Err(refusal) => Ok(refused(app, visit, provider, &refusal)),
    }
}

/// `POST /logga-in/openid/{provider}`
pub async fn begin(State(app): State<App>, visit: Visit, Path(provider): Path<String>, Posted(form): Posted) -> Answer {
    let provider = app.openid.provider(&provider).ok_or(AppError::NotFound)?;
    send(&app, &visit, provider, Purpose::SignIn, form.get("vidare")).await
}

/// Sends someone who came by the agency's own provider there again, to show anew who they are; they come back to `further`
/// with the second factor fresh. `None` for whoever came another way, or by a provider that is no second factor. The page
/// whose form this answers must [allow](super::pages::allow) the way to the provider.
pub async fn prove(app: &App, visit: &Visit, further: &str) -> Result<Option<Response>, AppError> {
    match prover(app, visit).await? {
        Some(provider) => Ok(Some(send(app, visit, provider, Purpose::Prove, further).await?)),
        None => Ok(None),
    }
}

/// The provider at which this session's second factor can be shown anew.
pub async fn prover<'a>(app: &'a App, visit: &Visit) -> Result<Option<&'a Provider>, AppError> {
    let who = visit.signed_in()?;
    let issuer = app.db.read(async |tx| store::issuer_of(tx, &who.session).await).await?;
    let provider = issuer.and_then(|issuer| app.openid.by_issuer(&issuer));
    Ok(provider.filter(|provider| provider.kind == Kind::Staff && !provider.acr_accepted.is_empty()))
}

/// `GET /logga-in/openid/{provider}`: the browser comes back. A GET that changes something, since the protocol has it so.
pub async fn back(State(app): State<App>, mut visit: Visit, Path(provider): Path<String>, headers: HeaderMap) -> Answer {
    let provider = app.openid.provider(&provider).ok_or(AppError::NotFound)?;
    let back = Back { state: visit.asked("state"), code: visit.asked("code"), error: visit.asked("error"), issuer: visit.asked("iss") };
    let (browser, old) = (visit.cookie(&app, SIGN_IN.name), visit.cookie(&app, SESSION.name));
    let (lang, done) = actions::finish(&app, &visit, provider, &back, browser.as_ref(), old.as_ref(), agent(&headers)).await?;
    visit.lang = lang;
    match done {
        Ok(Done::Begun(begun)) => Ok(entered(&app, &visit, &begun)),
        Ok(Done::Linked) => Ok(visit.see_other("/mina-sidor/inloggningssatt?kopplad=ja")),
        Err(refusal) => Ok(refused(&app, &visit, provider, &refusal)),
    }
}

/// `POST /mina-sidor/inloggningssatt`: links a provider, or takes an identity away.
pub async fn ways(State(app): State<App>, visit: Visit, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    if let Some(provider) = app.openid.provider(form.get("koppla")) {
        return send(&app, &visit, provider, Purpose::Link, "").await;
    }
    if let Ok(identity) = Id::parse(form.get("ta_bort")) {
        actions::unlink(&app, who, &identity).await?;
        return Ok(visit.see_other("/mina-sidor/inloggningssatt?borttagen=ja"));
    }
    Ok(visit.see_other("/mina-sidor/inloggningssatt"))
}

/// `POST /logga-in/openid/{provider}/utloggad`: the provider says that someone signed out there (back-channel logout). It
/// comes from the provider itself, without cookies; the token is what it is believed by.
pub async fn logged_out(State(app): State<App>, Path(provider): Path<String>, Posted(form): Posted) -> Answer {
    let provider = app.openid.provider(&provider).ok_or(AppError::NotFound)?;
    match actions::logged_out(&app, provider, form.get("logout_token")).await? {
        Ok(()) => Ok(StatusCode::OK.into_response()),
        Err(refusal) => {
            if let Refusal::Provider(error) = &refusal {
                tracing::warn!(provider = %provider.id, %error, "a logout token ended nothing");
            }
            Err(AppError::BadRequest)
        }
    }
}
