//! Being let in by a provider, each step in one transaction with its place in the audit chain.
//!
//! Who someone is, is issuer and subject, never an address (docs/decisions/0017): an address only finds an account that an
//! administrator has vouched for, and only when the agency's own provider says that it has verified it.

use serde_json::json;

use super::model::{Identity, Purpose, Request};
use super::store;
use crate::kit::field::clean_line;
use crate::kit::{Id, Instant, Lang};
use crate::people::actions::{Begun, Failure, Session};
use crate::people::letters;
use crate::people::model::Method;
use crate::people::rules::{LONGEST_NAME, leads_to};
use crate::people::store as people;
use crate::platform::audit;
use crate::platform::db::{StoreError, Transient, Tx};
use crate::platform::ids::{Secret, sha256_hex};
use crate::platform::openid::settings::{Kind, Provider};
use crate::platform::openid::{Answer, OpenIdError, Person, Question};
use crate::platform::outbox;
use crate::platform::rate_limit::Limit;
use crate::web::{App, AppError, SignedIn, Visit};

/// How long someone may take at the provider.
pub const REQUEST_MINUTES: i64 = 10;

/// Ways to a provider begun from one network: as many as mails, since a municipality has one address.
const BEGUN_FROM: Limit = Limit { purpose: "openid_begin", times: 120, seconds: 3600 };

/// Ways back tried from one network.
const BACK_FROM: Limit = Limit { purpose: "openid_back", times: 240, seconds: 3600 };

/// Why nobody was let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The way back is too old, was used, or was never begun.
    Dead,
    /// It was begun in another browser.
    OtherBrowser,
    /// The person turned back at the provider.
    Cancelled,
    /// The account is blocked.
    Disabled,
    /// No administrator has added anyone with that address.
    NotStaff,
    /// There is an account with that address already, and nobody has linked it.
    HasAccount,
    /// The provider gives no verified address, so there is nothing to open an account with.
    NoAddress,
    /// The person at the provider is another account here than the one signed in.
    OtherAccount,
    /// The agency's own provider is not linked by oneself.
    NotLinked,
    /// The provider itself.
    Provider(OpenIdError),
}

/// Ends a transaction without effect.
#[derive(Debug)]
enum Halt {
    Store(StoreError),
    Refused(Refusal),
}

impl From<StoreError> for Halt {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Failure> for Halt {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Store(error) => Self::Store(error),
            Failure::Refused(_) => Self::Refused(Refusal::Disabled),
        }
    }
}

impl From<Refusal> for Halt {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl Transient for Halt {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_transient())
    }
}

/// What came of an action: done, refused, or a fault.
pub type Outcome<T> = Result<Result<T, Refusal>, AppError>;

fn outcome<T>(result: Result<T, Halt>) -> Outcome<T> {
    match result {
        Ok(value) => Ok(Ok(value)),
        Err(Halt::Refused(refusal)) => Ok(Err(refusal)),
        Err(Halt::Store(error)) => Err(error.into()),
    }
}

/// Where a provider sends browsers back to.
fn callback(app: &App, provider: &Provider) -> String {
    app.url(&format!("/logga-in/openid/{}", provider.id))
}

/// Sends someone to a provider: the address to go to.
pub async fn begin(app: &App, visit: &Visit, provider: &Provider, purpose: Purpose, further: &str, browser: &Secret) -> Outcome<String> {
    app.limit(&BEGUN_FROM, visit.client).await?;
    let account = match purpose {
        Purpose::SignIn => None,
        Purpose::Link if provider.kind == Kind::Staff => return Ok(Err(Refusal::NotLinked)),
        Purpose::Link | Purpose::Prove => Some(&visit.signed_in()?.account),
    };
    let now = app.now();
    let (id, state, nonce, verifier) = (app.ids.id(now), app.ids.long_secret(), app.ids.long_secret(), app.ids.long_secret());
    let redirect = callback(app, provider);
    let fresh = purpose == Purpose::Prove;
    let question = Question { state: &state, nonce: &nonce, verifier: &verifier, redirect: &redirect, lang: visit.lang, fresh };
    let address = match app.openid.address(provider, &question).await {
        Ok(address) => address.to_string(),
        Err(error) => return Ok(Err(Refusal::Provider(error))),
    };
    let (state_hash, browser_hash) = (state.hash(), browser.hash());
    let request = store::NewRequest {
        id: &id,
        state_hash: &state_hash,
        nonce: nonce.as_str(),
        verifier: verifier.as_str(),
        issuer: &provider.issuer,
        purpose,
        account,
        lang: visit.lang,
        leads_to: leads_to(further),
        browser_hash: &browser_hash,
        created_at: now,
        expires_at: now.plus_seconds(REQUEST_MINUTES * 60),
    };
    app.db.write(async |tx| store::insert_request(tx, &request).await).await?;
    Ok(Ok(address))
}

/// What a browser brings back.
#[derive(Debug, Clone, Default)]
pub struct Back {
    pub state: String,
    pub code: String,
    pub error: String,
    /// RFC 9207: who says so.
    pub issuer: String,
}

/// What came of it.
#[derive(Debug, Clone)]
pub enum Done {
    Begun(Begun),
    /// The provider can be used from now on.
    Linked,
}

/// Someone comes back from a provider. The language is the one in which they were sent away, as far as that is known.
pub async fn finish(
    app: &App,
    visit: &Visit,
    provider: &Provider,
    back: &Back,
    browser: Option<&Secret>,
    old: Option<&Secret>,
    agent: &str,
) -> Result<(Lang, Result<Done, Refusal>), AppError> {
    app.limit(&BACK_FROM, visit.client).await?;
    match take(app, provider, back, browser).await? {
        Err(refusal) => Ok((visit.lang, Err(refusal))),
        Ok(request) => Ok((request.lang, arrive(app, visit, provider, back, &request, old, agent).await?)),
    }
}

/// Finds what the browser was sent away with.
async fn take(app: &App, provider: &Provider, back: &Back, browser: Option<&Secret>) -> Outcome<Request> {
    let now = app.now();
    let Some(state) = Secret::parse(&back.state) else { return Ok(Err(Refusal::Dead)) };
    // Used up in a transaction of its own, before the provider is asked: a state is good for one try, whatever comes of it.
    let taken = app.db.write(async |tx| {
        let request = store::request(tx, &state.hash()).await?;
        let request = request.filter(|request| request.lives(now) && request.issuer == provider.issuer).ok_or(Refusal::Dead)?;
        if browser.is_none_or(|browser| browser.hash() != request.browser_hash) {
            return Err(Halt::Refused(Refusal::OtherBrowser));
        }
        if !store::use_request(tx, &request.id, now).await? {
            return Err(Halt::Refused(Refusal::Dead));
        }
        Ok(request)
    });
    outcome(taken.await)
}

async fn arrive(
    app: &App,
    visit: &Visit,
    provider: &Provider,
    back: &Back,
    request: &Request,
    old: Option<&Secret>,
    agent: &str,
) -> Outcome<Done> {
    if !back.issuer.is_empty() && back.issuer != provider.issuer {
        return Ok(Err(Refusal::Provider(OpenIdError::Untrue("the answer comes from another issuer".to_owned()))));
    }
    if !back.error.is_empty() {
        return Ok(Err(match back.error.as_str() {
            "access_denied" | "login_required" | "interaction_required" | "consent_required" => Refusal::Cancelled,
            _ => Refusal::Provider(OpenIdError::Confused("it answers with an error".to_owned())),
        }));
    }
    let Some(purpose) = request.purpose() else { return Ok(Err(Refusal::Dead)) };
    let answer = Answer {
        code: &back.code,
        nonce: &request.nonce,
        verifier: &request.verifier,
        redirect: &callback(app, provider),
        fresh: purpose == Purpose::Prove,
        asked_at: request.created_at,
    };
    let person = match app.openid.person(provider, &answer).await {
        Ok(person) => person,
        Err(error) => return Ok(Err(Refusal::Provider(error))),
    };
    let arrival = Arrival { app, provider, person: &person, request, now: app.now() };
    match purpose {
        Purpose::SignIn => arrival.sign_in(old, agent, None).await,
        Purpose::Link => arrival.link(visit.who()).await,
        Purpose::Prove => match visit.who().filter(|who| Some(&who.account) == request.account_id.as_ref()) {
            Some(who) => arrival.sign_in(old, agent, Some(who)).await,
            None => Ok(Err(Refusal::OtherAccount)),
        },
    }
}

/// Someone whom a provider vouches for.
struct Arrival<'a> {
    app: &'a App,
    provider: &'a Provider,
    person: &'a Person,
    request: &'a Request,
    now: Instant,
}

impl Arrival<'_> {
    /// Begins a session. `same` is who must come back, when the second factor is asked for.
    async fn sign_in(&self, old: Option<&Secret>, agent: &str, same: Option<&SignedIn>) -> Outcome<Done> {
        if same.is_some() && self.proved_at().is_none() {
            let low = OpenIdError::Untrue("the acr is none that counts as the second factor".to_owned());
            return Ok(Err(Refusal::Provider(low)));
        }
        let session = Session::new(self.app, self.now, agent, old);
        let (account, identity) = (self.app.ids.id(self.now), self.app.ids.id(self.now));
        let result = self.app.db.write_in_line(async |tx| {
            let account = self.account(tx, &account, &identity).await?;
            if same.is_some_and(|same| same.account != account) {
                return Err(Halt::Refused(Refusal::OtherAccount));
            }
            let begun = session.begin(tx, &account, Method::OpenId, self.proved_at(), self.request.leads_to.clone()).await?;
            store::note_session(tx, session.id(), &self.provider.issuer, &self.person.subject, self.person.sid.as_deref()).await?;
            Ok(Done::Begun(begun))
        });
        outcome(result.await)
    }

    /// When the second factor was shown: when the agency's own provider says so, and at a level that the operator accepts.
    fn proved_at(&self) -> Option<Instant> {
        let accepted = self.person.acr.as_ref().is_some_and(|acr| self.provider.acr_accepted.contains(acr));
        let at = self.person.auth_time.map(|at| at.min(self.now));
        at.filter(|_| accepted && self.provider.kind == Kind::Staff)
    }

    /// Whose account it is, and opens one for whoever is new and may have one.
    async fn account(&self, tx: &mut Tx, account: &Id, identity: &Id) -> Result<Id, Halt> {
        if let Some(known) = store::identity(tx, &self.provider.issuer, &self.person.subject).await? {
            let account = people::account(tx, &known.account_id).await?.filter(|account| account.is_active());
            let account = account.ok_or(Refusal::Disabled)?;
            store::note_use(tx, &known.id, self.now).await?;
            return Ok(account.id);
        }
        let nobody = match self.provider.kind {
            Kind::Staff => Refusal::NotStaff,
            Kind::Applicant => Refusal::NoAddress,
        };
        let email = self.person.email.as_ref().ok_or(nobody)?;
        let account = match (self.provider.kind, people::account_by_email(tx, email).await?) {
            (Kind::Staff, None) => return Err(Halt::Refused(Refusal::NotStaff)),
            (Kind::Staff, Some(found)) => {
                // An administrator has vouched for the address by giving it a role, and nobody has come by this provider yet.
                if people::roles(tx, &found.id).await?.is_empty() {
                    return Err(Halt::Refused(Refusal::NotStaff));
                }
                if !found.is_active() {
                    return Err(Halt::Refused(Refusal::Disabled));
                }
                if store::identities(tx, &found.id).await?.iter().any(|known| known.issuer == self.provider.issuer) {
                    return Err(Halt::Refused(Refusal::OtherAccount));
                }
                found.id
            }
            (Kind::Applicant, Some(_)) => return Err(Halt::Refused(Refusal::HasAccount)),
            (Kind::Applicant, None) => {
                let name: String = clean_line(self.person.name.as_deref().unwrap_or_default()).chars().take(LONGEST_NAME).collect();
                people::insert_account(tx, account, email, &name, self.request.lang, self.now).await?;
                let object = format!("account:{account}");
                audit::append(tx, self.now, &object, "account.opened", &object, &json!({})).await?;
                account.clone()
            }
        };
        self.note_identity(tx, &account, identity).await?;
        Ok(account)
    }

    async fn note_identity(&self, tx: &mut Tx, account: &Id, id: &Id) -> Result<(), StoreError> {
        let identity = Identity {
            id: id.clone(),
            account_id: account.clone(),
            issuer: self.provider.issuer.clone(),
            subject: self.person.subject.clone(),
            created_at: self.now,
            last_used_at: self.now,
        };
        store::insert_identity(tx, &identity).await?;
        let (actor, object) = (format!("account:{account}"), format!("identity:{id}"));
        audit::append(tx, self.now, &actor, "identity.linked", &object, &json!({ "provider": self.provider.id })).await?;
        Ok(())
    }

    /// Links the provider to whoever is signed in and asked for it.
    async fn link(&self, who: Option<&SignedIn>) -> Outcome<Done> {
        let Some(who) = who.filter(|who| Some(&who.account) == self.request.account_id.as_ref()) else {
            return Ok(Err(Refusal::OtherAccount));
        };
        let id = self.app.ids.id(self.now);
        let result = self.app.db.write_in_line(async |tx| {
            match store::identity(tx, &self.provider.issuer, &self.person.subject).await? {
                Some(known) if known.account_id == who.account => {}
                Some(_) => return Err(Halt::Refused(Refusal::OtherAccount)),
                None => {
                    self.note_identity(tx, &who.account, &id).await?;
                    tell(tx, self.app, who, |name| letters::Change::Linked(name), &self.provider.issuer, self.now).await?;
                }
            }
            Ok(Done::Linked)
        });
        let result = outcome(result.await);
        self.app.bell.ring();
        result
    }
}

/// Tells an account's owner that a provider was linked to it or taken from it.
async fn tell(
    tx: &mut Tx,
    app: &App,
    who: &SignedIn,
    what: fn(&str) -> letters::Change<'_>,
    issuer: &str,
    now: Instant,
) -> Result<(), StoreError> {
    let lang = people::account(tx, &who.account).await?.map_or(Lang::Sv, |account| account.lang);
    // One that the operator has removed since has no other name than its address.
    let name = app.openid.by_issuer(issuer).map_or(issuer, |provider| provider.name(lang));
    let mail = letters::changed(app, &app.ids.id(now), &who.email, lang, what(name));
    outbox::put(tx, &app.ids, now, &mail).await?;
    Ok(())
}

/// Takes one of one's own identities away.
pub async fn unlink(app: &App, who: &SignedIn, identity: &Id) -> Result<(), AppError> {
    let now = app.now();
    let removed = app.db.write_in_line(async |tx| {
        let held = store::identities(tx, &who.account).await?.into_iter().find(|held| held.id == *identity);
        if let Some(held) = held
            && store::remove_identity(tx, &who.account, identity).await? > 0
        {
            tell(tx, app, who, |name| letters::Change::Unlinked(name), &held.issuer, now).await?;
            let object = format!("identity:{identity}");
            audit::append(tx, now, &who.actor(), "identity.removed", &object, &json!({})).await?;
        }
        Ok::<_, StoreError>(())
    });
    removed.await?;
    app.bell.ring();
    Ok(())
}

/// A provider says that someone signed out there: their sessions here end. A token that comes again ends nothing.
pub async fn logged_out(app: &App, provider: &Provider, token: &str) -> Outcome<()> {
    let said = match app.openid.logged_out(provider, token).await {
        Ok(said) => said,
        Err(error) => return Ok(Err(Refusal::Provider(error))),
    };
    let now = app.now();
    let jti_hash = sha256_hex(said.jti.as_bytes());
    let result = app.db.write_in_line(async |tx| {
        if !store::note_logout(tx, &provider.issuer, &jti_hash, now).await? {
            let again = OpenIdError::Untrue("the logout token came before".to_owned());
            return Err(Halt::Refused(Refusal::Provider(again)));
        }
        for (account, session) in store::sessions_of(tx, &provider.issuer, said.subject.as_deref(), said.sid.as_deref()).await? {
            people::end_session(tx, &account, &session, "provider", now).await?;
            let (actor, object) = (format!("account:{account}"), format!("session:{session}"));
            let detail = json!({ "why": "provider", "sessions": 1 });
            audit::append(tx, now, &actor, "session.ended", &object, &detail).await?;
        }
        Ok(())
    });
    outcome(result.await)
}
