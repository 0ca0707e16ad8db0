//! What people do with accounts, each in one transaction with its place in the audit chain. Events name accounts by id.

use data_encoding::BASE32_NOPAD;
use serde_json::{Map, Value, json};
use totp_rs::{Algorithm, TOTP};

use super::guests;
use super::keys;
use super::letters;
use super::model::{self, Account, Method, NoticeKind, RoleRow, SignInLink};
use super::notices::{self, Notice, To};
use super::openid;
use super::rules::{CodeError, Colleague, Profile, RoleGiven};
use super::store::{self, Authenticator, NewLink, NewSession};
use crate::kit::{CivilDate, Email, Id, Instant, Lang, StaffRole, StaffRoles, civil};
use crate::platform::audit;
use crate::platform::db::{StoreError, Transient, Tx};
use crate::platform::ids::{Secret, sha256_hex};
use crate::platform::outbox;
use crate::platform::rate_limit::{self, Limit, Verdict};
use crate::text;
use crate::web::{App, AppError, SignedIn, Visit};

/// How long a mail lets someone in.
pub const LINK_MINUTES: i64 = 10;

/// How many codes may be tried against one mail.
pub const MOST_GUESSES: i64 = 10;

/// From one network: enough for a whole municipality behind one address.
const ASKS_FROM: Limit = Limit { purpose: "sign_in_from", times: 60, seconds: 3600 };

/// For one account from one network: whoever goes through many accounts runs into [`ASKS_FROM`], whoever sticks to one into
/// this; the rightful person elsewhere meets neither.
const ASKS_FOR_FROM: Limit = Limit { purpose: "sign_in_for_from", times: 6, seconds: 3600 };

/// For one account from everywhere, so that nobody's mailbox is filled.
const ASKS_FOR: Limit = Limit { purpose: "sign_in_for", times: 30, seconds: 3600 };

/// Codes and links tried from one network.
pub const TRIES_FROM: Limit = Limit { purpose: "sign_in_try", times: 120, seconds: 3600 };

/// Why something was not done. Nothing was changed then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The mail is too old, was used, or was guessed at too often.
    Dead,
    /// The mail was asked for in another browser.
    OtherBrowser,
    /// The account is blocked or closed.
    Disabled,
    /// Another account has the address.
    Taken,
    /// Someone else changed it meanwhile.
    Stale,
    /// There is no such account or role.
    Unknown,
    /// The role is held already during those days.
    HasRole,
    /// Nobody takes the administrator's role or account from themselves.
    Yourself,
    /// Nobody would be left who can give roles.
    LastAdministrator,
    /// Whoever holds a role cannot close their account.
    IsStaff,
    /// The code of the second factor is another one, or was used already.
    WrongCode,
    /// The address has an invitation that still holds.
    IsInvited,
    /// The invitation is for another address.
    OtherAddress,
    /// Another area holds the account; its sentence says why.
    Tied(&'static str),
}

/// Ends a transaction without effect: the database's fault or a rule's.
#[derive(Debug)]
pub enum Failure {
    Store(StoreError),
    Refused(Refusal),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale("authenticators.last_step") => Self::Refused(Refusal::WrongCode),
            StoreError::Stale("authenticators.confirmed_at" | "sessions.token_hash") => Self::Refused(Refusal::Stale),
            StoreError::Stale("sign_in_links.used_at" | "guest_invitations.accepted_at") => Self::Refused(Refusal::Dead),
            StoreError::Stale("accounts.version" | "accounts.status" | "staff_roles.valid_until") => Self::Refused(Refusal::Stale),
            error => Self::Store(error),
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl Transient for Failure {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_transient())
    }
}

/// What came of an action: done, refused by a rule, or a fault.
pub type Outcome<T> = Result<Result<T, Refusal>, AppError>;

pub fn outcome<T>(result: Result<T, Failure>) -> Outcome<T> {
    match result {
        Ok(value) => Ok(Ok(value)),
        Err(Failure::Refused(refusal)) => Ok(Err(refusal)),
        Err(Failure::Store(error)) => Err(error.into()),
    }
}

/// The day in Stockholm: what roles hold by.
pub fn today(app: &App) -> CivilDate {
    civil::stockholm(app.now()).date
}

/// The roles that someone holds now, whatever their session says.
pub async fn roles_now(app: &App, account: &Id) -> Result<StaffRoles, StoreError> {
    let day = today(app);
    Ok(app.db.read(async |tx| store::roles_held(tx, account, day).await).await?.into_iter().collect())
}

/// A code as it is stored: hashed with its mail's id, so that equal codes do not look alike.
pub fn code_hash(link: &Id, code: &str) -> String {
    sha256_hex(format!("{link}:{code}").as_bytes())
}

/// Counts a mail with a link and a code to an address against the limits.
pub async fn limit_mail(app: &App, visit: &Visit, email: &Email) -> Result<(), AppError> {
    let now = app.now();
    let from = rate_limit::address(visit.client, now);
    let whom = sha256_hex(format!("{email}|{}", now.utc_date().text()).as_bytes());
    let both = sha256_hex(format!("{from}|{whom}").as_bytes());
    let counts = [(&ASKS_FROM, &from), (&ASKS_FOR_FROM, &both), (&ASKS_FOR, &whom)];
    let verdict = app
        .db
        .write(async |tx| {
            for (limit, subject) in counts {
                let verdict = rate_limit::check(tx, limit, subject, now).await?;
                // Whoever is stopped here does not use up what the rightful person has.
                if !verdict.is_allowed() {
                    return Ok(verdict);
                }
            }
            Ok::<_, StoreError>(Verdict::Allowed)
        })
        .await?;
    match verdict {
        Verdict::Allowed => Ok(()),
        Verdict::Wait { seconds } => Err(AppError::TooMany { wait_seconds: seconds }),
    }
}

/// Sends a mail that lets the holder of an address in. The same happens, in the same time, whether or not there is an
/// account: the account is opened when the mail is used.
pub async fn ask(app: &App, visit: &Visit, browser: &Secret, email: &Email, leads_to: &str) -> Result<(), AppError> {
    limit_mail(app, visit, email).await?;
    let now = app.now();
    let (id, token, code) = (app.ids.id(now), app.ids.long_secret(), app.ids.code());
    let expires_at = now.plus_seconds(LINK_MINUTES * 60);
    let mail = letters::sign_in(app, &id, email, visit.lang, &token, &code, expires_at);
    let (token_hash, code_hash, browser_hash) = (token.hash(), code_hash(&id, &code), browser.hash());
    let link = NewLink {
        id: &id,
        token_hash: &token_hash,
        code_hash: &code_hash,
        browser_hash: &browser_hash,
        email,
        lang: visit.lang,
        leads_to,
        account: None,
        created_at: now,
        expires_at,
    };
    app.db
        .write(async |tx| {
            store::insert_link(tx, &link).await?;
            outbox::put(tx, &app.ids, now, &mail).await
        })
        .await?;
    app.bell.ring();
    Ok(())
}

/// A session that has begun: the secret for its cookie, and where it leads.
#[derive(Debug, Clone)]
pub struct Begun {
    pub token: Secret,
    pub leads_to: String,
}

/// Lets in whoever opens the mail's link in the browser that asked for it.
pub async fn open_link(
    app: &App,
    visit: &Visit,
    token: &Secret,
    browser: Option<&Secret>,
    old: Option<&Secret>,
    agent: &str,
) -> Outcome<Begun> {
    app.limit(&TRIES_FROM, visit.client).await?;
    let now = app.now();
    let session = Session::new(app, now, agent, old);
    let result = app.db.write_in_line(async |tx| {
        let link = store::link_by_token(tx, &token.hash(), None).await?.filter(|link| link.lives(now)).ok_or(Refusal::Dead)?;
        if browser.is_none_or(|browser| browser.hash() != link.browser_hash) {
            return Err(Failure::Refused(Refusal::OtherBrowser));
        }
        session.begin_by_mail(tx, &link).await
    });
    outcome(result.await)
}

/// What came of a code.
pub enum CodeOutcome {
    Begun(Begun),
    Wrong(CodeError),
    Disabled,
}

/// Lets in whoever types the code of the latest mail in the browser that asked for it. A wrong code counts.
pub async fn try_code(
    app: &App,
    visit: &Visit,
    browser: &Secret,
    code: &str,
    old: Option<&Secret>,
    agent: &str,
) -> Result<CodeOutcome, AppError> {
    app.limit(&TRIES_FROM, visit.client).await?;
    let now = app.now();
    let session = Session::new(app, now, agent, old);
    let result = app.db.write_in_line(async |tx| {
        let link = store::link_by_browser(tx, &browser.hash(), None).await?.filter(|link| link.lives(now)).ok_or(Refusal::Dead)?;
        if code_hash(&link.id, code) != link.code_hash {
            store::count_guess(tx, &link.id).await?;
            let dead = link.guesses + 1 >= MOST_GUESSES;
            return Ok(Err(if dead { CodeError::Dead } else { CodeError::Wrong }));
        }
        session.begin_by_mail(tx, &link).await.map(Ok)
    });
    Ok(match outcome(result.await)? {
        Ok(Ok(begun)) => CodeOutcome::Begun(begun),
        Ok(Err(error)) => CodeOutcome::Wrong(error),
        Err(Refusal::Disabled) => CodeOutcome::Disabled,
        Err(_) => CodeOutcome::Wrong(CodeError::Dead),
    })
}

/// A session about to begin: its secrets are made before the transaction, which may run twice.
#[derive(Clone)]
pub struct Session<'a> {
    app: &'a App,
    id: Id,
    token: Secret,
    account: Id,
    agent: &'a str,
    /// The session that the browser had: it ends, so that nobody can have prepared it (session fixation).
    old: Option<&'a Secret>,
    now: Instant,
}

impl<'a> Session<'a> {
    pub fn new(app: &'a App, now: Instant, agent: &'a str, old: Option<&'a Secret>) -> Self {
        Self { app, id: app.ids.id(now), token: app.ids.long_secret(), account: app.ids.id(now), agent, old, now }
    }

    /// The session's id.
    pub fn id(&self) -> &Id {
        &self.id
    }

    async fn begin_by_mail(&self, tx: &mut Tx, link: &SignInLink) -> Result<Begun, Failure> {
        store::use_link(tx, &link.id, self.now).await?;
        let account = match store::account_by_email(tx, &link.email).await? {
            Some(account) if account.is_active() => account.id,
            Some(_) => return Err(Failure::Refused(Refusal::Disabled)),
            None => {
                store::insert_account(tx, &self.account, &link.email, "", link.lang, self.now).await?;
                let object = format!("account:{}", self.account);
                audit::append(tx, self.now, &object, "account.opened", &object, &json!({})).await?;
                self.account.clone()
            }
        };
        self.begin(tx, &account, Method::Mail, None, link.leads_to.clone()).await
    }

    /// Begins the session of an account that has been let in.
    pub async fn begin(
        &self,
        tx: &mut Tx,
        account: &Id,
        method: Method,
        proved_at: Option<Instant>,
        leads_to: String,
    ) -> Result<Begun, Failure> {
        let now = self.now;
        if let Some(old) = self.old {
            store::end_by_token(tx, &old.hash(), "new_sign_in", now).await?;
        }
        let token_hash = self.token.hash();
        let agent: String = self.agent.chars().take(200).collect();
        self.tell_of_new_browser(tx, account, method, &agent).await?;
        let new = NewSession { id: &self.id, token_hash: &token_hash, account, method: method.code(), agent: &agent, proved_at, now };
        store::insert_session(tx, &new).await?;
        store::note_sign_in(tx, account, now).await?;
        let detail = json!({ "method": method.code() });
        audit::append(tx, now, &format!("account:{account}"), "session.begun", &format!("session:{}", self.id), &detail).await?;
        Ok(Begun { token: self.token.clone(), leads_to })
    }
}

impl Session<'_> {
    /// Whoever has signed in before, and now with a browser on a system that the account was not known by, is told.
    async fn tell_of_new_browser(&self, tx: &mut Tx, account: &Id, method: Method, agent: &str) -> Result<(), StoreError> {
        if method == Method::Demo {
            return Ok(());
        }
        let device = model::device(agent);
        let before = store::agents(tx, account).await?;
        if before.is_empty() || before.iter().any(|(agent,)| model::device(agent) == device) {
            return Ok(());
        }
        let browser = match device {
            (Some(browser), Some(system)) => format!("{browser} – {system}"),
            (browser, system) => browser.or(system).unwrap_or_default().to_owned(),
        };
        let notice = Notice::new(NoticeKind::NewSignIn, "/mina-sidor/inloggningar").with("browser", browser);
        notices::tell(tx, self.app, To::Accounts(std::slice::from_ref(account)), &notice, self.now).await
    }
}

/// Lets a made-up member of staff in, in demonstration mode. Choosing a name stands for both factors.
pub async fn enter_as(app: &App, account: &Id, leads_to: &str, old: Option<&Secret>, agent: &str) -> Outcome<Begun> {
    let now = app.now();
    let session = Session::new(app, now, agent, old);
    let result = app.db.write_in_line(async |tx| {
        let account = store::account(tx, account).await?.ok_or(Refusal::Unknown)?;
        if !account.is_active() {
            return Err(Failure::Refused(Refusal::Disabled));
        }
        session.begin(tx, &account.id, Method::Demo, Some(now), leads_to.to_owned()).await
    });
    outcome(result.await)
}

/// Ends the session that a cookie opens.
pub async fn sign_out(app: &App, who: &SignedIn) -> Result<(), AppError> {
    end(app, who, Some(&who.session), "signed_out").await
}

/// Ends one of one's own sessions, or with none every one but this.
pub async fn end(app: &App, who: &SignedIn, session: Option<&Id>, why: &str) -> Result<(), AppError> {
    let now = app.now();
    app.db
        .write_in_line(async |tx| {
            let ended = match session {
                Some(session) => store::end_session(tx, &who.account, session, why, now).await?,
                None => store::end_sessions(tx, &who.account, Some(&who.session), why, now).await?,
            };
            if ended > 0 {
                let object = session.map_or_else(|| who.actor(), |session| format!("session:{session}"));
                let detail = json!({ "why": why, "sessions": ended });
                audit::append(tx, now, &who.actor(), "session.ended", &object, &detail).await?;
            }
            Ok::<_, StoreError>(())
        })
        .await?;
    Ok(())
}

/// Saves what someone says of themselves.
pub async fn save_profile(app: &App, who: &SignedIn, version: i64, profile: &Profile) -> Outcome<()> {
    let now = app.now();
    let result = app.db.write_in_line(async |tx| {
        store::update_profile(tx, &who.account, version, profile, now).await?;
        audit::append(tx, now, &who.actor(), "account.changed", &who.actor(), &json!({})).await?;
        Ok::<_, Failure>(())
    });
    outcome(result.await)
}

/// Closes one's own account.
pub async fn close(app: &App, who: &SignedIn, lang: Lang) -> Outcome<()> {
    let (now, day) = (app.now(), today(app));
    let nobody = Email::parse(&format!("avslutat.{}@konto.invalid", who.account))
        .map_err(|_| AppError::internal("no address for a closed account"))?;
    let result = app.db.write_in_line(async |tx| {
        if store::roles(tx, &who.account).await?.iter().any(|role| role.valid_until.is_none_or(|until| until >= day)) {
            return Err(Failure::Refused(Refusal::IsStaff));
        }
        for tie in &app.ties {
            tie.close(tx, &who.account, lang, now).await?.map_err(Refusal::Tied)?;
        }
        store::close_account(tx, &who.account, &nobody, now).await?;
        store::remove_authenticator(tx, &who.account).await?;
        keys::store::remove(tx, &who.account, None).await?;
        openid::store::forget(tx, &who.account).await?;
        notices::store::forget(tx, &who.account).await?;
        store::end_sessions(tx, &who.account, None, "closed", now).await?;
        audit::append(tx, now, &who.actor(), "account.closed", &who.actor(), &json!({})).await?;
        Ok(())
    });
    outcome(result.await)
}

/// What the portal has kept of someone, as they may have it (GDPR article 15).
pub async fn own_data(app: &App, who: &SignedIn) -> Result<Value, AppError> {
    let data = app
        .db
        .read(async |tx| {
            let account = store::account(tx, &who.account).await?;
            let roles = store::roles(tx, &who.account).await?;
            let sessions = store::sessions(tx, &who.account).await?;
            let identities = openid::store::identities(tx, &who.account).await?;
            let keys = keys::store::all(tx, &who.account).await?;
            let told = notices::store::list(tx, &who.account, 10_000, 0).await?;
            let chosen = notices::store::choices(tx, &who.account).await?;
            let invitations = guests::store::of_account(tx, &who.account, &who.email).await?;
            let mut tied = Map::new();
            for tie in &app.ties {
                let (name, data) = tie.own_data(tx, &who.account).await?;
                tied.insert(name.to_owned(), data);
            }
            Ok::<_, StoreError>((account, roles, sessions, identities, keys, told, chosen, invitations, tied))
        })
        .await?;
    let (Some(account), roles, sessions, identities, keys, told, chosen, invitations, tied) = data else {
        return Err(AppError::NotFound);
    };
    let roles: Vec<Value> = roles
        .iter()
        .map(|role| json!({ "role": role.role.code(), "from": role.valid_from.text(), "until": role.valid_until.map(CivilDate::text) }))
        .collect();
    let sessions: Vec<Value> = sessions
        .iter()
        .map(|session| {
            json!({ "method": session.method, "browser": session.agent, "began": session.created_at.text(), "last_seen": session.last_seen_at.text() })
        })
        .collect();
    let told: Vec<Value> = told
        .iter()
        .map(|notice| {
            let sentence = (text::notices(account.lang).told)(notice.kind, &notice.words);
            json!({ "about": sentence, "told": notice.created_at.text(), "read": notice.read_at.map(Instant::text) })
        })
        .collect();
    let keys: Vec<Value> = keys
        .iter()
        .map(|key| json!({ "name": key.name, "added": key.created_at.text(), "last_used": key.used_at.map(Instant::text) }))
        .collect();
    let invitations: Vec<Value> = invitations
        .iter()
        .map(|sent| {
            json!({
                "to": sent.email.as_str(),
                "name": sent.name,
                "from": sent.valid_from.text(),
                "until": sent.valid_until.text(),
                "sent": sent.created_at.text(),
                "accepted": sent.accepted_at.map(Instant::text),
                "withdrawn": sent.withdrawn_at.map(Instant::text),
            })
        })
        .collect();
    let chosen: Map<String, Value> = chosen.into_iter().map(|(kind, by_mail)| (kind, Value::from(by_mail))).collect();
    let mut data = json!({
        "account": {
            "id": account.id.as_str(),
            "email": account.email.as_str(),
            "name": account.name,
            "phone": account.phone.map(|phone| phone.to_string()),
            "language": account.lang.code(),
            "notices": account.notices,
            "opened": account.created_at.text(),
            "last_sign_in": account.last_sign_in_at.map(Instant::text),
        },
        "roles": roles,
        "sessions": sessions,
        "passkeys": keys,
        "notices": told,
        "mail_about_notices": chosen,
        "invitations_to_review": invitations,
        "identities": identities.iter().map(openid::model::Identity::told).collect::<Vec<_>>(),
    });
    if let Value::Object(map) = &mut data {
        map.extend(tied);
    }
    Ok(data)
}

/// How often the second factor may be tried in a quarter of an hour.
const PROOFS: Limit = Limit { purpose: "second_factor", times: 10, seconds: 900 };

/// How long one code of the app holds (RFC 6238 § 5.2).
const STEP_SECONDS: i64 = 30;

/// The codes that an app shows for a secret: SHA-1, six digits, as every app knows them.
pub fn codes(secret: &[u8]) -> Result<TOTP, AppError> {
    TOTP::new(Algorithm::SHA1, 6, 0, STEP_SECONDS.unsigned_abs(), secret.to_vec()).map_err(|error| AppError::internal(error.to_string()))
}

/// The secret of a second factor, read out of its row.
pub fn secret(app: &App, who: &SignedIn, authenticator: &Authenticator) -> Result<Vec<u8>, AppError> {
    let text = app.key.open_sealed(&who.actor(), &authenticator.sealed);
    text.and_then(|text| BASE32_NOPAD.decode(text.as_bytes()).ok())
        .ok_or_else(|| AppError::internal("a second factor cannot be deciphered: was PORTAL_KEY changed?"))
}

/// Makes a secret for someone whose app shows no codes yet. Whoever has another second factor shows that one first: a stolen
/// mailbox must not bring a factor of its own.
pub async fn begin_second_factor(app: &App, who: &SignedIn) -> Outcome<()> {
    let now = app.now();
    let mut random = [0; 20];
    app.ids.fill(&mut random);
    let sealed = app.key.seal(&*app.ids, &who.actor(), &BASE32_NOPAD.encode(&random));
    let sealed = sealed.ok_or_else(|| AppError::internal("a second factor cannot be enciphered"))?;
    let result = app.db.write_in_line(async |tx| {
        if !keys::actions::may_change(who, &keys::actions::factors(tx, &who.account).await?, now) {
            return Err(Failure::Refused(Refusal::Unknown));
        }
        store::begin_authenticator(tx, &who.account, &sealed, now).await?;
        audit::append(tx, now, &who.actor(), "second_factor.begun", &who.actor(), &json!({})).await?;
        Ok(())
    });
    outcome(result.await)
}

/// Counts an attempt to show the second factor.
pub async fn limit_proofs(app: &App, who: &SignedIn) -> Result<(), AppError> {
    let now = app.now();
    match app.db.write(async |tx| rate_limit::check(tx, &PROOFS, who.account.as_str(), now).await).await? {
        Verdict::Allowed => Ok(()),
        Verdict::Wait { seconds } => Err(AppError::TooMany { wait_seconds: seconds }),
    }
}

/// Shows the second factor by a code of the app; gives the session's new secret.
pub async fn show_code(app: &App, who: &SignedIn, code: &str) -> Outcome<Secret> {
    limit_proofs(app, who).await?;
    let now = app.now();
    let held = app.db.read(async |tx| store::authenticator(tx, &who.account).await).await?;
    let Some(held) = held else { return Ok(Err(Refusal::Unknown)) };
    let codes = codes(&secret(app, who, &held)?)?;
    // A telephone's clock may be half a minute off.
    let this = now.millis() / (STEP_SECONDS * 1000);
    let step = (this - 1..=this + 1).find(|step| codes.generate((step * STEP_SECONDS).unsigned_abs()) == code);
    let Some(step) = step else { return Ok(Err(Refusal::WrongCode)) };
    let token = app.ids.long_secret();
    let result = app.db.write_in_line(async |tx| {
        // The first code confirms the app: not for whoever has another factor and has not shown it.
        if held.confirmed_at.is_none() && !keys::actions::may_change(who, &keys::actions::factors(tx, &who.account).await?, now) {
            return Err(Failure::Refused(Refusal::Unknown));
        }
        store::use_step(tx, &who.account, step, now).await?;
        prove(tx, who, &token, "code", now).await
    });
    outcome(result.await).map(|outcome| outcome.map(|()| token))
}

/// Stands for the second factor of somebody made up.
pub async fn show_nothing(app: &App, who: &SignedIn) -> Outcome<Secret> {
    let (now, token) = (app.now(), app.ids.long_secret());
    let result = app.db.write_in_line(async |tx| prove(tx, who, &token, Method::Demo.code(), now).await);
    outcome(result.await).map(|outcome| outcome.map(|()| token))
}

async fn prove(tx: &mut Tx, who: &SignedIn, token: &Secret, how: &str, now: Instant) -> Result<(), Failure> {
    store::prove_session(tx, &who.session, &token.hash(), now).await?;
    audit::append(tx, now, &who.actor(), "second_factor.shown", &format!("session:{}", who.session), &json!({ "how": how })).await?;
    Ok(())
}

/// Takes a colleague's second factor away, so that they can set up a new one: the old telephone is lost.
pub async fn take_second_factor(app: &App, by: &SignedIn, account: &Id) -> Outcome<()> {
    let now = app.now();
    let result = app.db.write_in_line(async |tx| {
        if *account == by.account {
            return Err(Failure::Refused(Refusal::Yourself));
        }
        let gone = store::remove_authenticator(tx, account).await? + keys::store::remove(tx, account, None).await?;
        let owner = store::account(tx, account).await?;
        let Some(owner) = owner.filter(|_| gone > 0) else { return Err(Failure::Refused(Refusal::Unknown)) };
        let mail = letters::changed(app, &app.ids.id(now), &owner.email, owner.lang, letters::Change::FactorTaken);
        outbox::put(tx, &app.ids, now, &mail).await?;
        store::end_sessions(tx, account, None, "second_factor_taken", now).await?;
        audit::append(tx, now, &by.actor(), "second_factor.taken", &format!("account:{account}"), &json!({})).await?;
        Ok(())
    });
    outcome(result.await)
}

/// Adds an administrator from the command line, and tells them by mail where to sign in. Gives whether the role is new.
pub async fn invite_administrator(app: &App, colleague: &Colleague) -> Result<bool, AppError> {
    let (now, day) = (app.now(), today(app));
    let id = add_colleague(app, "system", colleague).await?.map_err(|_| AppError::internal("the account could not be opened"))?;
    let role = RoleRow {
        id: app.ids.id(now),
        account_id: id.clone(),
        role: StaffRole::Administrator,
        valid_from: day,
        valid_until: None,
        given_by: id.clone(),
        given_at: now,
    };
    let mail = letters::invitation(app, &role.id, &colleague.email);
    let new = app
        .db
        .write_in_line(async |tx| {
            if store::roles(tx, &id).await?.iter().any(|held| held.role == StaffRole::Administrator && held.holds_on(day)) {
                return Ok(false);
            }
            store::insert_role(tx, &role).await?;
            outbox::put(tx, &app.ids, now, &mail).await?;
            let detail = json!({ "role": role.role.code(), "from": role.valid_from.text(), "until": null });
            audit::append(tx, now, "system", "role.given", &format!("account:{id}"), &detail).await?;
            Ok::<_, StoreError>(true)
        })
        .await?;
    Ok(new)
}

/// Adds a colleague, or finds the account that the address has already; gives its id.
pub async fn add_colleague(app: &App, by: &str, colleague: &Colleague) -> Outcome<Id> {
    let now = app.now();
    let id = app.ids.id(now);
    let result = app.db.write_in_line(async |tx| {
        if let Some(account) = store::account_by_email(tx, &colleague.email).await? {
            return Ok(account.id);
        }
        store::insert_account(tx, &id, &colleague.email, &colleague.name, Lang::Sv, now).await?;
        audit::append(tx, now, by, "account.opened", &format!("account:{id}"), &json!({})).await?;
        Ok::<_, Failure>(id.clone())
    });
    outcome(result.await)
}

/// Gives someone a role. Their sessions end, so that the next one has it.
pub async fn give_role(app: &App, by: &SignedIn, account: &Id, given: RoleGiven) -> Outcome<()> {
    let now = app.now();
    let role = RoleRow {
        id: app.ids.id(now),
        account_id: account.clone(),
        role: given.role,
        valid_from: given.from,
        valid_until: given.until,
        given_by: by.account.clone(),
        given_at: now,
    };
    let result = app.db.write_in_line(async |tx| {
        let account = store::account(tx, account).await?.filter(Account::is_active).ok_or(Refusal::Unknown)?;
        let overlaps = |held: &RoleRow| {
            held.role == given.role
                && held.valid_until.is_none_or(|until| given.from <= until && held.valid_from <= until)
                && given.until.is_none_or(|until| held.valid_from <= until)
        };
        if store::roles(tx, &account.id).await?.iter().any(overlaps) {
            return Err(Failure::Refused(Refusal::HasRole));
        }
        store::insert_role(tx, &role).await?;
        let keep = (account.id == by.account).then_some(&by.session);
        store::end_sessions(tx, &account.id, keep, "role_changed", now).await?;
        let detail = json!({ "role": given.role.code(), "from": given.from.text(), "until": given.until.map(CivilDate::text) });
        audit::append(tx, now, &by.actor(), "role.given", &format!("account:{}", account.id), &detail).await?;
        Ok(())
    });
    outcome(result.await)
}

/// Ends a role from today on. Sessions end with it.
pub async fn take_role(app: &App, by: &SignedIn, account: &Id, role: &Id) -> Outcome<()> {
    let (now, day) = (app.now(), today(app));
    let result = app.db.write_in_line(async |tx| {
        let held = store::roles(tx, account).await?.into_iter().find(|held| held.id == *role).ok_or(Refusal::Unknown)?;
        if held.role == StaffRole::Administrator && held.holds_on(day) {
            if held.account_id == by.account {
                return Err(Failure::Refused(Refusal::Yourself));
            }
            if store::holders(tx, StaffRole::Administrator, day).await? <= 1 {
                return Err(Failure::Refused(Refusal::LastAdministrator));
            }
        }
        store::end_role(tx, role, day.plus_days(-1)).await?;
        if held.role == StaffRole::Reviewer
            && let Some(account) = store::account(tx, account).await?
        {
            guests::actions::withdraw_open(tx, &account.email, by, now).await?;
        }
        store::end_sessions(tx, account, None, "role_changed", now).await?;
        let detail = json!({ "role": held.role.code() });
        audit::append(tx, now, &by.actor(), "role.taken", &format!("account:{account}"), &detail).await?;
        Ok(())
    });
    outcome(result.await)
}

/// Signs someone out everywhere. An administrator who does it to themselves keeps the session they are in.
pub async fn sign_out_everywhere(app: &App, by: &SignedIn, account: &Id) -> Outcome<()> {
    let now = app.now();
    let result = app.db.write_in_line(async |tx| {
        let account = store::account(tx, account).await?.ok_or(Refusal::Unknown)?.id;
        let keep = (account == by.account).then_some(&by.session);
        let ended = store::end_sessions(tx, &account, keep, "ended_by_administrator", now).await?;
        let detail = json!({ "why": "ended_by_administrator", "sessions": ended });
        audit::append(tx, now, &by.actor(), "session.ended", &format!("account:{account}"), &detail).await?;
        Ok::<_, Failure>(())
    });
    outcome(result.await)
}

/// Ends one of someone's sessions.
pub async fn end_session_of(app: &App, by: &SignedIn, account: &Id, session: &Id) -> Outcome<()> {
    let now = app.now();
    let result = app.db.write_in_line(async |tx| {
        if store::end_session(tx, account, session, "ended_by_administrator", now).await? == 0 {
            return Err(Failure::Refused(Refusal::Stale));
        }
        let detail = json!({ "why": "ended_by_administrator", "account": account.as_str(), "sessions": 1 });
        audit::append(tx, now, &by.actor(), "session.ended", &format!("session:{session}"), &detail).await?;
        Ok(())
    });
    outcome(result.await)
}

/// Takes someone's identity at a provider of sign-in away, and signs them out: it may be another who comes by it now.
pub async fn take_identity(app: &App, by: &SignedIn, account: &Id, identity: &Id) -> Outcome<()> {
    let now = app.now();
    let result = app.db.write_in_line(async |tx| {
        if openid::store::remove_identity(tx, account, identity).await? == 0 {
            return Err(Failure::Refused(Refusal::Stale));
        }
        let keep = (*account == by.account).then_some(&by.session);
        store::end_sessions(tx, account, keep, "identity_taken", now).await?;
        let detail = json!({ "account": account.as_str() });
        audit::append(tx, now, &by.actor(), "identity.removed", &format!("identity:{identity}"), &detail).await?;
        Ok(())
    });
    outcome(result.await)
}

/// Blocks an account and ends its sessions, or opens it again.
pub async fn set_disabled(app: &App, by: &SignedIn, account: &Id, disabled: bool) -> Outcome<()> {
    let (now, day) = (app.now(), today(app));
    let result = app.db.write_in_line(async |tx| {
        if *account == by.account {
            return Err(Failure::Refused(Refusal::Yourself));
        }
        let held = store::roles(tx, account).await?;
        let administrator = held.iter().any(|role| role.role == StaffRole::Administrator && role.holds_on(day));
        if disabled && administrator && store::holders(tx, StaffRole::Administrator, day).await? <= 1 {
            return Err(Failure::Refused(Refusal::LastAdministrator));
        }
        let (from, to, action) =
            if disabled { ("active", "disabled", "account.disabled") } else { ("disabled", "active", "account.enabled") };
        store::set_status(tx, account, from, to, now).await?;
        if let Some(account) = store::account(tx, account).await?.filter(|_| disabled) {
            guests::actions::withdraw_open(tx, &account.email, by, now).await?;
        }
        store::end_sessions(tx, account, None, "disabled", now).await?;
        audit::append(tx, now, &by.actor(), action, &format!("account:{account}"), &json!({})).await?;
        Ok(())
    });
    outcome(result.await)
}
