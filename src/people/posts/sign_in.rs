//! Being let in, and leaving.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;

use crate::kit::{Errors, Id};
use crate::people::actions::{self, Begun, CodeOutcome, Refusal};
use crate::people::demo as made_up;
use crate::people::pages::sign_in::{SEEKERS, asking, code_page, link_refused};
use crate::people::rules::{self, CodeError, field, leads_to};
use crate::platform::ids::Secret;
use crate::text;
use crate::web::cookies::{SESSION, SIGN_IN};
use crate::web::forms::Posted;
use crate::web::{App, AppError, Visit, see_other, set_cookie};

type Answer = Result<Response, AppError>;

pub fn agent(headers: &HeaderMap) -> &str {
    headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default()
}

/// Someone is in: the session's cookie, and on to where they wanted.
pub fn entered(app: &App, visit: &Visit, begun: &Begun) -> Response {
    let mut response = visit.see_other(leads_to(&begun.leads_to));
    set_cookie(app, &mut response, &SESSION, Some(&begun.token));
    set_cookie(app, &mut response, &SIGN_IN, None);
    response
}

/// `POST /logga-in`: asks for a mail.
pub async fn ask(State(app): State<App>, visit: Visit, Posted(form): Posted) -> Answer {
    let email = match rules::email(&form) {
        Ok(email) => email,
        Err(error) => {
            let mut errors = Errors::new();
            errors.push(field::EMAIL, (text::site(visit.lang).email)(error).to_owned());
            return asking(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, form, errors).await;
        }
    };
    let browser = app.ids.secret();
    actions::ask(&app, &visit, &browser, &email, leads_to(form.get("vidare"))).await?;
    let mut response = visit.see_other("/logga-in/e-post");
    set_cookie(&app, &mut response, &SIGN_IN, Some(&browser));
    Ok(response)
}

/// `POST /logga-in/e-post`: the code.
pub async fn code(State(app): State<App>, visit: Visit, headers: HeaderMap, Posted(form): Posted) -> Answer {
    let typed = form.get(field::CODE).to_owned();
    let again = |error| Ok(code_page(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, typed.clone(), Some(error)));
    let Some(browser) = visit.cookie(&app, SIGN_IN.name) else { return again(CodeError::Dead) };
    let code = match rules::code(&typed) {
        Ok(code) => code,
        Err(error) => return again(error),
    };
    let old = visit.cookie(&app, SESSION.name);
    match actions::try_code(&app, &visit, &browser, &code, old.as_ref(), agent(&headers)).await? {
        CodeOutcome::Begun(begun) => Ok(entered(&app, &visit, &begun)),
        CodeOutcome::Wrong(error) => again(error),
        CodeOutcome::Disabled => Ok(link_refused(&app, &visit, text::people(visit.lang).link.disabled)),
    }
}

/// `POST /logga-in/lank/{token}`
pub async fn link(State(app): State<App>, visit: Visit, Path(token): Path<String>, headers: HeaderMap) -> Answer {
    let words = &text::people(visit.lang).link;
    let Some(token) = Secret::parse(&token) else { return Ok(link_refused(&app, &visit, words.dead)) };
    let (browser, old) = (visit.cookie(&app, SIGN_IN.name), visit.cookie(&app, SESSION.name));
    match actions::open_link(&app, &visit, &token, browser.as_ref(), old.as_ref(), agent(&headers)).await? {
        Ok(begun) => Ok(entered(&app, &visit, &begun)),
        Err(Refusal::OtherBrowser) => Ok(link_refused(&app, &visit, words.other_browser)),
        Err(Refusal::Disabled) => Ok(link_refused(&app, &visit, words.disabled)),
        Err(_) => Ok(link_refused(&app, &visit, words.dead)),
    }
}

/// `POST /logga-in/demo`: in as somebody made up, in demonstration mode only.
pub async fn demo(State(app): State<App>, visit: Visit, headers: HeaderMap, Posted(form): Posted) -> Answer {
    if !app.config.demo {
        return Err(AppError::NotFound);
    }
    let people = app.db.read(async |tx| made_up::everybody(tx).await).await?;
    let chosen = Id::parse(form.get("konto")).ok().filter(|id| people.find(id).is_some());
    let works_here = chosen.as_ref().is_some_and(|id| people.staff.iter().any(|account| account.id == *id));
    let old = visit.cookie(&app, SESSION.name);
    let further = match form.get("vidare") {
        "" if works_here => "/handlaggare",
        asked => leads_to(asked),
    };
    let begun = match chosen {
        Some(account) => actions::enter_as(&app, &account, further, old.as_ref(), agent(&headers)).await?.ok(),
        None => None,
    };
    match begun {
        Some(begun) => Ok(entered(&app, &visit, &begun)),
        None => {
            let mut errors = Errors::new();
            let words = &text::people(visit.lang).sign_in;
            let (list, words) = if form.get("lista") == SEEKERS { (SEEKERS, &words.demo_applicants) } else { ("konto", &words.demo_staff) };
            errors.push(list, words.missing.to_owned());
            asking(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, form, errors).await
        }
    }
}

/// `POST /logga-ut`
pub async fn sign_out(State(app): State<App>, visit: Visit) -> Answer {
    if let Some(who) = visit.who() {
        actions::sign_out(&app, who).await?;
    }
    let mut response = see_other(&visit.href("/logga-ut"));
    set_cookie(&app, &mut response, &SESSION, None);
    // Not `cookies`: the basket stays.
    response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cache\", \"storage\""));
    Ok(response)
}
