//! Adding, showing and removing passkeys. A challenge is taken back before its answer is judged, so that no answer counts twice,
//! right or wrong.

use data_encoding::BASE64URL_NOPAD;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use uuid::Uuid;
use webauthn_rs::prelude::{
    AuthenticationResult, Passkey, PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential,
    WebauthnError,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};

use super::rules;
use super::store::{self, Row};
use crate::kit::{Id, Instant, Lang};
use crate::people::actions as people;
use crate::people::letters;
use crate::people::rules::KeyError;
use crate::people::store::{self as accounts, Authenticator};
use crate::platform::audit;
use crate::platform::db::{StoreError, Tx};
use crate::platform::ids::Secret;
use crate::platform::outbox;
use crate::text;
use crate::web::{App, AppError, SignedIn};

/// How long a browser has to answer.
const ANSWER_SECONDS: i64 = 5 * 60;

const ADD: &str = "add";
const SHOW: &str = "show";

/// What came of it: done, what is wrong, or a fault.
pub type Outcome<T> = Result<Result<T, KeyError>, AppError>;

/// What checks signatures for this portal's address; none where the address can have no keys.
pub fn checker(app: &App) -> Option<Webauthn> {
    let (id, origin) = rules::relying_party(&app.config.base_url)?;
    WebauthnBuilder::new(&id, &origin).ok()?.rp_name(text::site(Lang::Sv).agency).build().ok()
}

fn checker_or_fault(app: &App) -> Result<Webauthn, AppError> {
    checker(app).ok_or(AppError::NotFound)
}

fn read<T: DeserializeOwned>(json: &str) -> Result<T, AppError> {
    serde_json::from_str(json).map_err(|error| AppError::internal(format!("a stored passkey cannot be read: {error}")))
}

fn write<T: Serialize>(value: &T) -> Result<String, AppError> {
    serde_json::to_string(value).map_err(AppError::internal)
}

fn fault(error: WebauthnError) -> AppError {
    AppError::internal(format!("a passkey's challenge cannot be made: {error}"))
}

/// The second factors that an account can show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Factors {
    pub app_code: bool,
    pub keys: Vec<Row>,
}

impl Factors {
    pub fn any(&self) -> bool {
        self.app_code || !self.keys.is_empty()
    }
}

/// What an account can show. Two statements.
pub async fn factors(tx: &mut Tx, account: &Id) -> Result<Factors, StoreError> {
    let app_code = accounts::authenticator(tx, account).await?.is_some_and(|held: Authenticator| held.confirmed_at.is_some());
    Ok(Factors { app_code, keys: store::all(tx, account).await? })
}

/// Whether someone may change their factors: they have none yet, or have shown one just now.
pub fn may_change(who: &SignedIn, factors: &Factors, now: Instant) -> bool {
    !factors.any() || who.proved_lately(now)
}

/// What the browser is asked, to add a key: options for its script.
pub async fn ask_to_add(app: &App, who: &SignedIn) -> Outcome<Value> {
    let checker = checker_or_fault(app)?;
    let now = app.now();
    let factors = app.db.read(async |tx| factors(tx, &who.account).await).await?;
    if !may_change(who, &factors, now) {
        return Ok(Err(KeyError::Dead));
    }
    let account = Uuid::parse_str(who.account.as_str()).map_err(AppError::internal)?;
    let known = factors.keys.iter().filter_map(|key| BASE64URL_NOPAD.decode(key.credential_id.as_bytes()).ok());
    let known = known.collect();
    let (options, state) = checker.start_passkey_registration(account, who.email.as_str(), who.shown(), Some(known)).map_err(fault)?;
    keep(app, who, ADD, &write(&state)?).await?;
    Ok(Ok(serde_json::to_value(options).map_err(AppError::internal)?))
}

/// What the browser is asked, to show a key.
pub async fn ask_to_show(app: &App, who: &SignedIn) -> Outcome<Value> {
    let checker = checker_or_fault(app)?;
    let rows = app.db.read(async |tx| store::all(tx, &who.account).await).await?;
    if rows.is_empty() {
        return Ok(Err(KeyError::Dead));
    }
    let keys = rows.iter().map(|row| read::<Passkey>(&row.stored)).collect::<Result<Vec<_>, _>>()?;
    let (options, state) = checker.start_passkey_authentication(&keys).map_err(fault)?;
    keep(app, who, SHOW, &write(&state)?).await?;
    Ok(Ok(serde_json::to_value(options).map_err(AppError::internal)?))
}

async fn keep(app: &App, who: &SignedIn, kind: &'static str, state: &str) -> Result<(), AppError> {
    let until = app.now().plus_seconds(ANSWER_SECONDS);
    app.db.write(async |tx| store::begin(tx, &who.session, kind, state, until).await).await?;
    Ok(())
}

async fn taken(app: &App, who: &SignedIn, kind: &'static str) -> Result<Option<String>, AppError> {
    let now = app.now();
    Ok(app.db.write(async |tx| store::take(tx, &who.session, kind, now).await).await?)
}

/// Adds the key that the browser has made. The owner is told by mail.
pub async fn add(app: &App, who: &SignedIn, name: &str, answer: &str) -> Outcome<()> {
    let checker = checker_or_fault(app)?;
    let Some(state) = taken(app, who, ADD).await? else { return Ok(Err(KeyError::Dead)) };
    let state: PasskeyRegistration = read(&state)?;
    let Ok(answer) = serde_json::from_str::<RegisterPublicKeyCredential>(answer) else { return Ok(Err(KeyError::Refused)) };
    let key = match checker.finish_passkey_registration(&answer, &state) {
        Ok(key) => key,
        Err(error) => {
            tracing::info!(%error, "a passkey was not added");
            return Ok(Err(KeyError::Refused));
        }
    };
    let now = app.now();
    let row = Row {
        id: app.ids.id(now),
        credential_id: BASE64URL_NOPAD.encode(key.cred_id().as_ref()),
        name: name.to_owned(),
        stored: write(&key)?,
        created_at: now,
        used_at: None,
    };
    // The counter that the library has read stands in what it writes; the column is what rivals are held against.
    let counter = serde_json::to_value(&key).ok().and_then(|value| value["cred"]["counter"].as_i64()).unwrap_or(0);
    let mail = letters::changed(app, &row.id, &who.email, app_lang(app, who).await?, letters::Change::KeyAdded(name));
    let result = app
        .db
        .write_in_line(async |tx| {
            let factors = factors(tx, &who.account).await?;
            if !may_change(who, &factors, now) {
                return Ok(Err(KeyError::Dead));
            }
            if !store::insert(tx, &who.account, &row, counter).await? {
                return Ok(Err(KeyError::Known));
            }
            outbox::put(tx, &app.ids, now, &mail).await?;
            audit::append(tx, now, &who.actor(), "passkey.added", &format!("passkey:{}", row.id), &json!({})).await?;
            Ok::<_, StoreError>(Ok(()))
        })
        .await?;
    app.bell.ring();
    Ok(result)
}

async fn app_lang(app: &App, who: &SignedIn) -> Result<Lang, AppError> {
    let account = app.db.read(async |tx| accounts::account(tx, &who.account).await).await?;
    Ok(account.map_or(Lang::Sv, |account| account.lang))
}

/// Shows the second factor by a key; gives the session's new secret.
pub async fn show(app: &App, who: &SignedIn, answer: &str) -> Outcome<Secret> {
    people::limit_proofs(app, who).await?;
    let checker = checker_or_fault(app)?;
    let Some(state) = taken(app, who, SHOW).await? else { return Ok(Err(KeyError::Dead)) };
    let state: PasskeyAuthentication = read(&state)?;
    let Ok(answer) = serde_json::from_str::<PublicKeyCredential>(answer) else { return refused(app, who, KeyError::Refused).await };
    let result = match checker.finish_passkey_authentication(&answer, &state) {
        Ok(result) => result,
        Err(WebauthnError::CredentialPossibleCompromise) => return refused(app, who, KeyError::Copied).await,
        Err(error) => {
            tracing::info!(%error, "a passkey was not taken");
            return refused(app, who, KeyError::Refused).await;
        }
    };
    let now = app.now();
    let token = app.ids.long_secret();
    let done = app.db.write_in_line(async |tx| use_key(tx, who, &result, &token, now).await).await;
    match done {
        Ok(true) => Ok(Ok(token)),
        // It was removed meanwhile.
        Ok(false) => refused(app, who, KeyError::Refused).await,
        Err(StoreError::Stale("passkeys.counter")) => refused(app, who, KeyError::Copied).await,
        // The session has ended meanwhile.
        Err(StoreError::Stale(_)) => Ok(Err(KeyError::Dead)),
        Err(error) => Err(error.into()),
    }
}

async fn use_key(tx: &mut Tx, who: &SignedIn, result: &AuthenticationResult, token: &Secret, now: Instant) -> Result<bool, StoreError> {
    let id = BASE64URL_NOPAD.encode(result.cred_id().as_ref());
    let Some(mut row) = store::all(tx, &who.account).await?.into_iter().find(|row| row.credential_id == id) else { return Ok(false) };
    let corrupt = |error: serde_json::Error| StoreError::Corrupt(format!("a passkey: {error}"));
    let mut key: Passkey = serde_json::from_str(&row.stored).map_err(corrupt)?;
    key.update_credential(result);
    row.stored = serde_json::to_string(&key).map_err(corrupt)?;
    store::used(tx, &who.account, &row, i64::from(result.counter()), now).await?;
    accounts::prove_session(tx, &who.session, &token.hash(), now).await?;
    let detail = json!({ "how": "passkey", "key": row.id.as_str() });
    audit::append(tx, now, &who.actor(), "second_factor.shown", &format!("session:{}", who.session), &detail).await?;
    Ok(true)
}

/// Notes in the chain that a key was refused.
async fn refused<T>(app: &App, who: &SignedIn, error: KeyError) -> Outcome<T> {
    let now = app.now();
    let detail = json!({ "why": if error == KeyError::Copied { "counter" } else { "signature" } });
    let object = format!("session:{}", who.session);
    app.db.write_in_line(async |tx| audit::append(tx, now, &who.actor(), "passkey.refused", &object, &detail).await).await?;
    Ok(Err(error))
}

/// Why a key was not removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotRemoved {
    /// Somebody who works here would have no second factor left.
    Last,
    /// The second factor was not shown lately.
    NotProved,
    Unknown,
}

/// Removes one of one's own keys. The owner is told by mail.
pub async fn remove(app: &App, who: &SignedIn, id: &Id) -> Result<Result<(), NotRemoved>, AppError> {
    let now = app.now();
    let lang = app_lang(app, who).await?;
    let result = app
        .db
        .write_in_line(async |tx| {
            let factors = factors(tx, &who.account).await?;
            let Some(row) = factors.keys.iter().find(|key| key.id == *id) else { return Ok(Err(NotRemoved::Unknown)) };
            if !may_change(who, &factors, now) {
                return Ok(Err(NotRemoved::NotProved));
            }
            if who.is_staff() && !factors.app_code && factors.keys.len() == 1 {
                return Ok(Err(NotRemoved::Last));
            }
            store::remove(tx, &who.account, Some(id)).await?;
            let mail = letters::changed(app, &app.ids.id(now), &who.email, lang, letters::Change::KeyRemoved(&row.name));
            outbox::put(tx, &app.ids, now, &mail).await?;
            audit::append(tx, now, &who.actor(), "passkey.removed", &format!("passkey:{id}"), &json!({})).await?;
            Ok::<_, StoreError>(Ok(()))
        })
        .await?;
    app.bell.ring();
    Ok(result)
}
