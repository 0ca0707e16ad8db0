//! Showing the second factor, and setting it up the first time.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use data_encoding::BASE32_NOPAD;
use leptos::prelude::*;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::people::actions;
use crate::people::keys::actions as keys;
use crate::people::keys::pages::showing;
use crate::people::model::Method;
use crate::people::openid;
use crate::people::rules::field;
use crate::people::store;
use crate::platform::db::StoreError;
use crate::text;
use crate::text::people::SecondFactorTexts;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, SignedIn, Visit};

/// `GET /bekrafta`
pub async fn show(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    page(&app, &visit, StatusCode::OK, visit.asked("vidare"), String::new(), None).await
}

/// What someone has of a second factor.
enum Stage {
    /// In demonstration mode nothing is needed.
    Demo,
    /// The agency's own provider, which the person came by, is asked again; its name.
    Provider(String),
    Nothing,
    /// A secret that no app has answered for yet.
    Begun(Vec<u8>),
    /// What can be shown: a passkey, or the app's code, or both.
    Ready {
        key: bool,
        code: bool,
    },
}

async fn stage(app: &App, visit: &Visit, who: &SignedIn) -> Result<Stage, AppError> {
    if app.config.demo && who.method == Method::Demo.code() {
        return Ok(Stage::Demo);
    }
    if let Some(provider) = openid::posts::prover(app, visit).await? {
        return Ok(Stage::Provider(provider.name(visit.lang).to_owned()));
    }
    let (factors, begun) = app
        .db
        .read(async |tx| Ok::<_, StoreError>((keys::factors(tx, &who.account).await?, store::authenticator(tx, &who.account).await?)))
        .await?;
    if factors.any() {
        return Ok(Stage::Ready { key: !factors.keys.is_empty() && keys::checker(app).is_some(), code: factors.app_code });
    }
    match begun {
        None => Ok(Stage::Nothing),
        Some(held) => Ok(Stage::Begun(actions::secret(app, who, &held)?)),
    }
}

/// The page in any state.
pub async fn page(
    app: &App,
    visit: &Visit,
    status: StatusCode,
    further: String,
    typed: String,
    error: Option<&'static str>,
) -> Result<Response, AppError> {
    let who = visit.signed_in()?;
    let stage = stage(app, visit, who).await?;
    let words = &text::people(visit.lang).second_factor;
    let head = Head { private: true, error: error.is_some(), ..Head::new(words.title) };
    let address = who.email.to_string();
    let leaves = matches!(stage, Stage::Provider(_));
    let ready = matches!(stage, Stage::Ready { .. });
    let (key, key_only) = (matches!(stage, Stage::Ready { key: true, .. }), matches!(stage, Stage::Ready { code: false, .. }));
    let lang = visit.lang;
    // Where there is no field for a code, the summary leads to the top.
    let at = if key_only { "innehall" } else { field::CODE };
    let mut response = visit.page(app, status, head, move || {
        let content = match stage {
            Stage::Demo => demo(words),
            Stage::Provider(name) => view! {
                <p class="govuk-body app-measure">{(words.provider)(&name)}</p>
                <Button>{words.submit}</Button>
            }
            .into_any(),
            Stage::Nothing => nothing(words),
            Stage::Begun(secret) => view! {
                {begun(words, &secret, &address)}
                {code(words, typed, error)}
                <button type="submit" name="ny" value="ja" class="govuk-button govuk-button--secondary">
                    {words.anew}
                </button>
            }
            .into_any(),
            Stage::Ready { code: true, .. } => code(words, typed, error),
            Stage::Ready { .. } => ().into_any(),
        };
        view! {
            {error.map(|error| view! { <ErrorSummary errors=vec![(format!("#{at}"), error.to_owned())] /> })}
            <h1 class="govuk-heading-l">{words.title}</h1>
            <p class="govuk-body app-measure">{words.why}</p>
            {key.then(|| showing(lang, &further))}
            {(key && !key_only).then(|| view! { <h2 class="govuk-heading-m">{words.or_code}</h2> })}
            {(!key_only)
                .then(|| {
                    view! {
                        <form method="post" novalidate=true>
                            <input type="hidden" name="vidare" value=further />
                            {content}
                        </form>
                    }
                })}
            {ready.then(|| view! { <p class="govuk-body">{words.lost}</p> })}
        }
    });
    if leaves {
        openid::pages::allow(app, &mut response);
    }
    Ok(response)
}

fn demo(words: &'static SecondFactorTexts) -> AnyView {
    view! {
        <p class="govuk-body app-measure">{words.demo}</p>
        <Button>{words.submit}</Button>
    }
    .into_any()
}

fn nothing(words: &'static SecondFactorTexts) -> AnyView {
    view! {
        <p class="govuk-body app-measure">{words.none}</p>
        <button type="submit" name="ny" value="ja" class="govuk-button">
            {words.begin}
        </button>
    }
    .into_any()
}

fn code(words: &'static SecondFactorTexts, typed: String, error: Option<&'static str>) -> AnyView {
    view! {
        <Input
            name=field::CODE
            label=words.code
            hint=words.code_hint
            value=typed
            error=error
            inputmode="numeric"
            autocomplete="one-time-code"
            spellcheck=false
            classes="govuk-input--width-10 govuk-input--extra-letter-spacing"
        />
        <Button>{words.submit}</Button>
    }
    .into_any()
}

/// The secret, as a pattern for a camera and as text.
fn begun(words: &'static SecondFactorTexts, secret: &[u8], address: &str) -> AnyView {
    let secret = BASE32_NOPAD.encode(secret);
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let issuer = encoded(text::site(crate::kit::Lang::Sv).agency);
    let uri = format!("otpauth://totp/{issuer}:{}?secret={secret}&issuer={issuer}", encoded(address));
    let groups: Vec<String> = secret.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect();
    // An address this short always fits; without the pattern there is still the key.
    let picture = qrcode::QrCode::new(uri.as_bytes()).ok().map(|code| {
        let path = squares(&code);
        let side = code.width() + 8;
        view! {
            <svg class="app-pattern" role="img" aria-label=words.picture viewBox=format!("0 0 {side} {side}") width="240" height="240" shape-rendering="crispEdges">
                <rect width=side.to_string() height=side.to_string() fill="#fff" />
                <path d=path fill="#000" />
            </svg>
        }
    });
    view! {
        <p class="govuk-body app-measure">{words.begun}</p>
        {picture}
        <dl class="govuk-summary-list">
            <div class="govuk-summary-list__row">
                <dt class="govuk-summary-list__key">{words.secret}</dt>
                <dd class="govuk-summary-list__value">
                    <code>{groups.join(" ")}</code>
                </dd>
            </div>
        </dl>
    }
    .into_any()
}

/// The dark squares of a pattern as one path, with the quiet border of four squares that scanners ask for.
fn squares(code: &qrcode::QrCode) -> String {
    let width = code.width();
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, colour)| *colour == qrcode::Color::Dark);
    dark.map(|(place, _)| format!("M{} {}h1v1h-1z", place % width + 4, place / width + 4)).collect()
}
