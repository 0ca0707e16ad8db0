//! The door to the providers of sign-in by OpenID Connect: asks them over HTTP, and believes nothing that is not signed
//! with their keys and meant for this portal, this browser and this moment. Who that is here, `people::openid` says.
//!
//! [`OpenId::address`] is where a browser is sent; [`OpenId::person`] exchanges the code that it brings back and checks the
//! ID token; [`OpenId::logged_out`] checks what a provider says when someone signed out there. Discovery is kept for an hour
//! and the keys with it; a key that is not known is asked for once a minute at most.

pub mod keys;
pub mod settings;

use std::collections::HashSet;
use std::pin::Pin;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use chrono::{DateTime, Utc};
use data_encoding::BASE64URL_NOPAD;
use http::StatusCode;
use openidconnect::core::{
    CoreAuthPrompt, CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreIdToken, CoreIdTokenVerifier, CoreJsonWebKeySet,
    CoreJwsSigningAlgorithm, CoreProviderMetadata,
};
use openidconnect::{
    AsyncHttpClient, AuthType, AuthenticationContextClass, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken,
    DiscoveryError, HttpRequest, HttpResponse, IssuerUrl, JsonWebKey, JwsSigningAlgorithm, LanguageTag, Nonce, OAuth2TokenResponse,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope, SignatureVerificationError, TokenResponse,
};
use serde_json::{Map, Value, json};
use url::Url;

use self::settings::{Credential, Kind, Provider, is_safe};
use super::clock::SharedClock;
use super::ids::{Secret, SharedIds};
use crate::kit::{Email, Instant, Lang};

/// How long one request to a provider may take. A page waits for five at most (discovery, keys, the exchange, newer keys,
/// userinfo), and they fit into the time that a page may take.
const PATIENCE: Duration = Duration::from_millis(3500);

/// More than any answer here needs.
const LARGEST_ANSWER: usize = 512 * 1024;

/// How long what a provider says of itself is believed.
const KNOWN_SECONDS: i64 = 60 * 60;

/// How often keys are asked for when one is missing.
const KEYS_EVERY_SECONDS: i64 = 60;

/// How much clocks may differ.
const LEEWAY_SECONDS: i64 = 60;

/// How old a signed answer may be.
const LONGEST_WAY_SECONDS: i64 = 10 * 60;

/// How long ago staff may have shown who they are at their provider: as long as a session of theirs lasts in all.
const STAFF_MAX_AGE_SECONDS: i64 = 10 * 60 * 60;

/// How long ago an applicant may have shown who they are. As short as what asks for a fresh sign-in (`web::access`): a provider
/// that remembers the browser must not make an old sign-in look like a new one.
const APPLICANT_MAX_AGE_SECONDS: i64 = 15 * 60;

/// The event of a back-channel logout.
const LOGOUT_EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// What may have been used to sign: nothing that is made with a shared secret, and not `none`.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 3] =
    [CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256, CoreJwsSigningAlgorithm::RsaSsaPssSha256, CoreJwsSigningAlgorithm::EcdsaP256Sha256];

/// Why a provider let nobody in. The words are for the log: they hold no personal data and no secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenIdError {
    /// It does not answer, or not in time.
    #[error("the provider does not answer: {0}")]
    Silent(String),
    /// It answers, but not as a provider must.
    #[error("the provider's answer cannot be used: {0}")]
    Confused(String),
    /// What it says does not hold.
    #[error("the provider's word does not hold: {0}")]
    Untrue(String),
}

impl OpenIdError {
    /// What the page's status is.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Silent(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Confused(_) => StatusCode::BAD_GATEWAY,
            Self::Untrue(_) => StatusCode::FORBIDDEN,
        }
    }
}

fn confused(what: impl Into<String>) -> OpenIdError {
    OpenIdError::Confused(what.into())
}

fn untrue(what: impl Into<String>) -> OpenIdError {
    OpenIdError::Untrue(what.into())
}

/// What a browser is sent away with.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    pub state: &'a Secret,
    pub nonce: &'a Secret,
    pub verifier: &'a Secret,
    /// Where it comes back.
    pub redirect: &'a str,
    pub lang: Lang,
    /// Whether the person must show who they are anew.
    pub fresh: bool,
}

/// What a browser comes back with, and what it was sent away with.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    pub code: &'a str,
    pub nonce: &'a str,
    pub verifier: &'a str,
    pub redirect: &'a str,
    pub fresh: bool,
    pub asked_at: Instant,
}

/// Someone, as a provider vouches for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub subject: String,
    /// The provider's session.
    pub sid: Option<String>,
    pub acr: Option<String>,
    pub auth_time: Option<Instant>,
    pub name: Option<String>,
    /// Only an address that the provider says it has verified.
    pub email: Option<Email>,
    pub personal_identity: Option<String>,
}

/// Someone signed out at the provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedOut {
    pub jti: String,
    pub subject: Option<String>,
    pub sid: Option<String>,
}

/// What a provider says of itself.
#[derive(Clone)]
struct Known {
    metadata: CoreProviderMetadata,
    at: Instant,
    keys_at: Instant,
}

struct Remembered {
    provider: Provider,
    known: RwLock<Option<Arc<Known>>>,
}

/// Every provider that the settings name.
pub struct OpenId {
    all: Vec<Remembered>,
    line: Line,
    clock: SharedClock,
    ids: SharedIds,
    /// Whether plain http on this machine will do.
    loopback: bool,
}

/// The answer to a request, or why there is none.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Unanswered(String);

type Heard = Result<HttpResponse, Unanswered>;

impl OpenId {
    /// Keeps the settings at hand; asks nobody yet.
    pub fn open(providers: &[Provider], loopback: bool, clock: SharedClock, ids: SharedIds) -> Result<Self, OpenIdError> {
        let remembered = |provider: &Provider| Remembered { provider: provider.clone(), known: RwLock::default() };
        let line = match providers {
            [] => Line::default(),
            _ => Line(Some(
                reqwest::Client::builder()
                    // A provider that sends us elsewhere could send us anywhere.
                    .redirect(reqwest::redirect::Policy::none())
                    .connect_timeout(PATIENCE)
                    .timeout(PATIENCE)
                    .build()
                    .map_err(|error| OpenIdError::Silent(error.to_string()))?,
            )),
        };
        Ok(Self { all: providers.iter().map(remembered).collect(), line, clock, ids, loopback })
    }

    /// Every provider, in the order of the settings.
    pub fn providers(&self) -> impl Iterator<Item = &Provider> {
        self.all.iter().map(|one| &one.provider)
    }

    /// The provider with this id.
    pub fn provider(&self, id: &str) -> Option<&Provider> {
        self.providers().find(|provider| provider.id == id)
    }

    /// The provider with this issuer.
    pub fn by_issuer(&self, issuer: &str) -> Option<&Provider> {
        self.providers().find(|provider| provider.issuer == issuer)
    }

    /// Where a browser goes to sign in.
    pub async fn address(&self, provider: &Provider, question: &Question<'_>) -> Result<Url, OpenIdError> {
        let known = self.known(provider).await?;
        let origin = known.metadata.authorization_endpoint().url().origin().ascii_serialization();
        if !provider.origins.contains(&origin) {
            return Err(confused(format!("it signs in at {origin}, which the setting `origins` does not name")));
        }
        let client = CoreClient::from_provider_metadata(known.metadata.clone(), ClientId::new(provider.client_id.clone()), None)
            .set_redirect_uri(redirect(question.redirect)?);
        let verifier = PkceCodeVerifier::new(question.verifier.as_str().to_owned());
        let (state, nonce) = (question.state.as_str().to_owned(), question.nonce.as_str().to_owned());
        let mut request = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, move || CsrfToken::new(state), move || Nonce::new(nonce))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .add_ui_locale(LanguageTag::new(question.lang.code().to_owned()))
            .add_scopes(provider.scopes.iter().filter(|scope| *scope != "openid").map(|scope| Scope::new(scope.clone())));
        for acr in &provider.acr_values {
            request = request.add_auth_context_value(AuthenticationContextClass::new(acr.clone()));
        }
        if question.fresh {
            request = request.add_prompt(CoreAuthPrompt::Login);
        }
        request = request.set_max_age(Duration::from_secs(max_age(provider, question.fresh).unsigned_abs()));
        Ok(request.url().0)
    }

    /// Who comes back from a provider.
    pub async fn person(&self, provider: &Provider, answer: &Answer<'_>) -> Result<Person, OpenIdError> {
        let known = self.known(provider).await?;
        let (token, access) = self.exchange(provider, &known, answer).await?;
        let known = match self.verify(provider, &known, &token, answer.nonce) {
            Ok(()) => known,
            Err(ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey)) => {
                let newer = self.newer_keys(provider, known).await?;
                self.verify(provider, &newer, &token, answer.nonce).map_err(|error| untrue(error.to_string()))?;
                newer
            }
            Err(ClaimsVerificationError::SignatureVerification(error)) => return Err(untrue(error.to_string())),
            // The other messages name what was claimed; what they are about is enough.
            Err(error) => return Err(untrue(kind_of(&error))),
        };
        let mut claims = payload(&token.to_string())?;
        let subject = text(&claims, "sub").filter(|subject| !subject.is_empty() && subject.len() <= 255);
        let subject = subject.ok_or_else(|| untrue("no subject"))?;
        let acr = text(&claims, "acr");
        if !provider.acr_values.is_empty() && !acr.as_ref().is_some_and(|acr| provider.acr_values.contains(acr)) {
            return Err(untrue("the acr is none that was asked for"));
        }
        let auth_time = claims.get("auth_time").and_then(Value::as_i64).map(|seconds| Instant::from_millis(seconds.saturating_mul(1000)));
        let since = if answer.fresh { answer.asked_at } else { self.clock.now().plus_seconds(-max_age(provider, false)) };
        if auth_time.is_none_or(|at| at < since.plus_seconds(-LEEWAY_SECONDS)) {
            return Err(untrue("auth_time is missing or too long ago"));
        }
        if auth_time.is_some_and(|at| at > self.clock.now().plus_seconds(LEEWAY_SECONDS)) {
            return Err(untrue("auth_time lies ahead"));
        }
        if !claims.contains_key(&provider.claims.email)
            && let Some(endpoint) = known.metadata.userinfo_endpoint()
        {
            let more = self.userinfo(endpoint.url(), &access, &subject).await?;
            for (name, value) in more {
                claims.entry(name).or_insert(value);
            }
        }
        let names = &provider.claims;
        let verified = claims.get(&names.email_verified).is_some_and(|value| *value == json!(true) || *value == json!("true"));
        Ok(Person {
            sid: text(&claims, "sid"),
            name: text(&claims, &names.name),
            email: text(&claims, &names.email).filter(|_| verified).and_then(|email| Email::parse(&email.to_lowercase()).ok()),
            personal_identity: text(&claims, &names.personal_identity),
            subject,
            acr,
            auth_time,
        })
    }

    /// Exchanges a code for the ID token and the access token.
    async fn exchange(&self, provider: &Provider, known: &Known, answer: &Answer<'_>) -> Result<(CoreIdToken, String), OpenIdError> {
        let metadata = known.metadata.clone();
        let endpoint = metadata.token_endpoint().cloned().ok_or_else(|| confused("no token endpoint"))?;
        let methods = metadata.token_endpoint_auth_methods_supported().cloned().unwrap_or_default();
        let secret = match &provider.credential {
            Credential::Secret(secret) => Some(ClientSecret::new(secret.clone())),
            Credential::Key(_) => None,
        };
        let client = CoreClient::from_provider_metadata(metadata, ClientId::new(provider.client_id.clone()), secret);
        let mut client = client.set_redirect_uri(redirect(answer.redirect)?).set_token_uri(endpoint.clone());
        let basic = methods.is_empty() || methods.contains(&CoreClientAuthMethod::ClientSecretBasic);
        if !basic || matches!(provider.credential, Credential::Key(_)) {
            client = client.set_auth_type(AuthType::RequestBody);
        }
        let mut request = client
            .exchange_code(AuthorizationCode::new(answer.code.to_owned()))
            .set_pkce_verifier(PkceCodeVerifier::new(answer.verifier.to_owned()));
        if let Credential::Key(key) = &provider.credential {
            let now = self.clock.now().millis() / 1000;
            let assertion = json!({
                "iss": provider.client_id,
                "sub": provider.client_id,
                // Providers differ in which of the two they want to read.
                "aud": [provider.issuer, endpoint.url().as_str()],
                "jti": self.ids.secret().as_str(),
                "iat": now,
                "exp": now + 60,
            });
            let assertion = key.sign(&assertion).map_err(confused)?;
            request = request
                .add_extra_param("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .add_extra_param("client_assertion", assertion);
        }
        let answered = request.request_async(&self.line).await.map_err(|error| match error {
            RequestTokenError::Request(error) => OpenIdError::Silent(error.to_string()),
            RequestTokenError::ServerResponse(said) => confused(format!("the code was refused: {}", plain(said.error().as_ref()))),
            RequestTokenError::Parse(..) | RequestTokenError::Other(_) => confused("the token endpoint's answer cannot be read"),
        })?;
        let token = answered.id_token().cloned().ok_or_else(|| confused("there is no ID token"))?;
        Ok((token, answered.access_token().secret().clone()))
    }

    /// Checks issuer, audience, signature, nonce, and that now lies between when it was issued and when it expires.
    fn verify(&self, provider: &Provider, known: &Known, token: &CoreIdToken, nonce: &str) -> Result<(), ClaimsVerificationError> {
        let issuer = IssuerUrl::new(provider.issuer.clone()).map_err(|error| ClaimsVerificationError::Other(error.to_string()))?;
        let (now, clock) = (self.clock.now(), self.clock.clone());
        let verifier =
            CoreIdTokenVerifier::new_public_client(ClientId::new(provider.client_id.clone()), issuer, known.metadata.jwks().clone())
                .set_allowed_algs(ALGORITHMS)
                .set_time_fn(move || chrono_of(clock.now()))
                .set_issue_time_verifier_fn(move |at| issued(at.timestamp_millis(), now));
        let claims = token.claims(&verifier, &Nonce::new(nonce.to_owned()))?;
        match claims.authorized_party() {
            Some(party) if party.as_str() != provider.client_id => Err(ClaimsVerificationError::InvalidAudience("azp".to_owned())),
            _ => Ok(()),
        }
    }

    /// What the provider tells of the person besides the ID token.
    async fn userinfo(&self, endpoint: &Url, access: &str, subject: &str) -> Result<Map<String, Value>, OpenIdError> {
        let request = http::Request::get(endpoint.as_str())
            .header(http::header::AUTHORIZATION, format!("Bearer {access}"))
            .header(http::header::ACCEPT, "application/json")
            .body(Vec::new())
            .map_err(|_| confused("the access token cannot be sent"))?;
        let answer = self.line.ask(request).await.map_err(|error| OpenIdError::Silent(error.to_string()))?;
        if answer.status() != StatusCode::OK {
            return Err(confused(format!("userinfo answers {}", answer.status())));
        }
        let claims: Map<String, Value> = serde_json::from_slice(answer.body()).map_err(|_| confused("userinfo cannot be read"))?;
        if text(&claims, "sub").as_deref() != Some(subject) {
            return Err(untrue("userinfo speaks of another person"));
        }
        Ok(claims)
    }

    /// Checks a logout token (OpenID Connect Back-Channel Logout 1.0, 2.6). That it comes once is the caller's to see.
    pub async fn logged_out(&self, provider: &Provider, token: &str) -> Result<LoggedOut, OpenIdError> {
        let mut known = self.known(provider).await?;
        if !signed(&known.metadata, token)? {
            known = self.newer_keys(provider, known).await?;
            if !signed(&known.metadata, token)? {
                return Err(untrue("the logout token is signed with an unknown key"));
            }
        }
        let claims = payload(token)?;
        let now = self.clock.now();
        let millis = |name: &str| claims.get(name).and_then(Value::as_i64).map(|seconds| seconds.saturating_mul(1000));
        let for_us = match claims.get("aud") {
            Some(Value::String(one)) => *one == provider.client_id,
            Some(Value::Array(all)) => all.iter().any(|one| *one == json!(provider.client_id)),
            _ => false,
        };
        let event = claims.get("events").and_then(|events| events.get(LOGOUT_EVENT)).is_some_and(Value::is_object);
        let wrong = if text(&claims, "iss").as_ref() != Some(&provider.issuer) {
            "issuer"
        } else if !for_us {
            "audience"
        } else if millis("iat").is_none_or(|at| issued(at, now).is_err()) {
            "iat"
        } else if millis("exp").is_some_and(|at| at <= now.millis()) {
            "exp"
        } else if !event {
            "events"
        } else if claims.contains_key("nonce") {
            "nonce"
        } else {
            let (subject, sid) = (text(&claims, "sub"), text(&claims, "sid"));
            return match text(&claims, "jti").filter(|_| subject.is_some() || sid.is_some()) {
                Some(jti) => Ok(LoggedOut { jti, subject, sid }),
                None => Err(untrue("the logout token's jti, sub or sid is missing")),
            };
        };
        Err(untrue(format!("the logout token's {wrong}")))
    }

    /// Asks a provider for what it says of itself; for `portal doctor`.
    pub async fn greet(&self, provider: &Provider) -> Result<String, OpenIdError> {
        let known = self.known(provider).await?;
        let origin = known.metadata.authorization_endpoint().url().origin().ascii_serialization();
        if !provider.origins.contains(&origin) {
            return Err(confused(format!("it signs in at {origin}, which the setting `origins` does not name")));
        }
        Ok(format!("{} keys", known.metadata.jwks().keys().len()))
    }

    fn remembered(&self, provider: &Provider) -> Option<&Remembered> {
        self.all.iter().find(|one| one.provider.id == provider.id)
    }

    fn remember(&self, provider: &Provider, known: Known) -> Arc<Known> {
        let known = Arc::new(known);
        if let Some(one) = self.remembered(provider) {
            *one.known.write().unwrap_or_else(PoisonError::into_inner) = Some(known.clone());
        }
        known
    }

    /// What a provider says of itself, kept or fresh.
    async fn known(&self, provider: &Provider) -> Result<Arc<Known>, OpenIdError> {
        let now = self.clock.now();
        let kept = self.remembered(provider).and_then(|one| one.known.read().unwrap_or_else(PoisonError::into_inner).clone());
        if let Some(known) = kept.filter(|known| now < known.at.plus_seconds(KNOWN_SECONDS)) {
            return Ok(known);
        }
        let issuer = IssuerUrl::new(provider.issuer.clone()).map_err(|error| confused(error.to_string()))?;
        let metadata = CoreProviderMetadata::discover_async(issuer, &self.line).await.map_err(discovery)?;
        let mut endpoints = vec![metadata.authorization_endpoint().url(), metadata.jwks_uri().url()];
        endpoints.extend(metadata.token_endpoint().map(|endpoint| endpoint.url()));
        endpoints.extend(metadata.userinfo_endpoint().map(|endpoint| endpoint.url()));
        if let Some(unsafe_one) = endpoints.into_iter().find(|url| !is_safe(url, self.loopback)) {
            return Err(confused(format!("{} is not https", unsafe_one.path())));
        }
        Ok(self.remember(provider, Known { metadata, at: now, keys_at: now }))
    }

    /// The provider's keys asked for anew, unless that was a moment ago.
    async fn newer_keys(&self, provider: &Provider, known: Arc<Known>) -> Result<Arc<Known>, OpenIdError> {
        let now = self.clock.now();
        if now < known.keys_at.plus_seconds(KEYS_EVERY_SECONDS) {
            return Ok(known);
        }
        let keys = CoreJsonWebKeySet::fetch_async(known.metadata.jwks_uri(), &self.line).await.map_err(discovery)?;
        let metadata = known.metadata.clone().set_jwks(keys);
        Ok(self.remember(provider, Known { metadata, at: known.at, keys_at: now }))
    }
}

/// Sends requests to providers.
#[derive(Clone, Default)]
struct Line(Option<reqwest::Client>);

impl<'c> AsyncHttpClient<'c> for Line {
    type Error = Unanswered;
    type Future = Pin<Box<dyn Future<Output = Heard> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.ask(request))
    }
}

impl Line {
    async fn ask(&self, request: HttpRequest) -> Heard {
        let failed = |error: reqwest::Error| {
            Unanswered(if error.is_timeout() { "too slow".to_owned() } else { format!("{:?}", error.without_url()) })
        };
        let client = self.0.as_ref().ok_or_else(|| Unanswered("there is no client".to_owned()))?;
        let (parts, body) = request.into_parts();
        let sent = client.request(parts.method, parts.uri.to_string()).headers(parts.headers).body(body).send();
        let mut answer = sent.await.map_err(failed)?;
        let mut response = http::Response::builder().status(answer.status());
        if let Some(headers) = response.headers_mut() {
            headers.clone_from(answer.headers());
        }
        let mut whole = Vec::new();
        while let Some(part) = answer.chunk().await.map_err(failed)? {
            whole.extend_from_slice(&part);
            if whole.len() > LARGEST_ANSWER {
                return Err(Unanswered("the answer is too long".to_owned()));
            }
        }
        response.body(whole).map_err(|error| Unanswered(error.to_string()))
    }
}

/// How long ago the person may have shown who they are.
fn max_age(provider: &Provider, fresh: bool) -> i64 {
    match (fresh, provider.kind) {
        (true, _) => 0,
        (false, Kind::Staff) => STAFF_MAX_AGE_SECONDS,
        (false, Kind::Applicant) => APPLICANT_MAX_AGE_SECONDS,
    }
}

fn issued(millis: i64, now: Instant) -> Result<(), String> {
    let at = Instant::from_millis(millis);
    let fits = at <= now.plus_seconds(LEEWAY_SECONDS) && now <= at.plus_seconds(LONGEST_WAY_SECONDS);
    if fits { Ok(()) } else { Err("issued at another time".to_owned()) }
}

fn redirect(address: &str) -> Result<RedirectUrl, OpenIdError> {
    RedirectUrl::new(address.to_owned()).map_err(|error| confused(error.to_string()))
}

fn chrono_of(now: Instant) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(now.millis()).unwrap_or_default()
}

fn discovery(error: DiscoveryError<Unanswered>) -> OpenIdError {
    match error {
        DiscoveryError::Request(error) => OpenIdError::Silent(error.to_string()),
        DiscoveryError::Response(status, ..) => confused(format!("discovery answers {status}")),
        DiscoveryError::Validation(_) => untrue("discovery names another issuer"),
        _ => confused("discovery or keys cannot be read"),
    }
}

fn kind_of(error: &ClaimsVerificationError) -> &'static str {
    match error {
        ClaimsVerificationError::Expired(_) => "the ID token has expired",
        ClaimsVerificationError::InvalidAudience(_) => "the ID token is meant for another",
        ClaimsVerificationError::InvalidIssuer(_) => "the ID token is from another issuer",
        ClaimsVerificationError::InvalidNonce(_) => "the ID token has another nonce",
        ClaimsVerificationError::Unsupported(_) => "the ID token is of a kind that is not used here",
        _ => "the ID token cannot be read, or was not issued now",
    }
}

/// A provider's error code, as long as it looks like one.
fn plain(code: &str) -> &str {
    let fits = code.len() <= 64 && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    if fits { code } else { "?" }
}

fn text(claims: &Map<String, Value>, name: &str) -> Option<String> {
    claims.get(name).and_then(Value::as_str).map(str::to_owned)
}

fn decoded(part: &str) -> Result<Map<String, Value>, OpenIdError> {
    let bytes = BASE64URL_NOPAD.decode(part.as_bytes()).map_err(|_| untrue("a token cannot be read"))?;
    serde_json::from_slice(&bytes).map_err(|_| untrue("a token cannot be read"))
}

/// The claims of a token whose signature was checked, or is about to be.
fn payload(token: &str) -> Result<Map<String, Value>, OpenIdError> {
    decoded(token.split('.').nth(1).unwrap_or_default())
}

/// Whether a provider's key signed this token; `false` if there is no such key.
fn signed(metadata: &CoreProviderMetadata, token: &str) -> Result<bool, OpenIdError> {
    let parts: Vec<&str> = token.split('.').collect();
    let [header, body, signature] = parts[..] else { return Err(untrue("the logout token is no token")) };
    let head = decoded(header)?;
    let allowed: HashSet<CoreJwsSigningAlgorithm> = ALGORITHMS.into_iter().collect();
    let algorithm = head.get("alg").and_then(|alg| serde_json::from_value(alg.clone()).ok()).filter(|alg| allowed.contains(alg));
    let algorithm = algorithm.ok_or_else(|| untrue("the logout token's algorithm"))?;
    let typed = text(&head, "typ").unwrap_or_else(|| "JWT".to_owned()).to_lowercase();
    if !["jwt", "logout+jwt", "application/logout+jwt"].contains(&typed.as_str()) || head.contains_key("crit") {
        return Err(untrue("the logout token's header"));
    }
    let kid = text(&head, "kid");
    let signature = BASE64URL_NOPAD.decode(signature.as_bytes()).map_err(|_| untrue("the logout token's signature"))?;
    let message = format!("{header}.{body}");
    let mut candidates = metadata.jwks().keys().iter().filter(|key| {
        Some(key.key_type()) == algorithm.key_type().as_ref()
            && kid.as_ref().is_none_or(|kid| key.key_id().is_some_and(|id| id.as_str() == kid))
            && key.key_use().is_none_or(openidconnect::JsonWebKeyUse::allows_signature)
    });
    let Some(key) = candidates.next() else { return Ok(false) };
    key.verify_signature(&algorithm, message.as_bytes(), &signature).map_err(|_| untrue("the logout token's signature"))?;
    Ok(true)
}

/// The address of a page of this machine only.
pub fn is_local(base_url: &str) -> bool {
    Url::parse(base_url).is_ok_and(|url| settings::is_loopback(&url))
}
