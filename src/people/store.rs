//! SQL of accounts, roles, sign-in mail and sessions.

use sqlx::FromRow;

use super::model::{Account, RoleRow, SessionRow, SignInLink};
use super::rules::Profile;
use crate::kit::{CivilDate, Email, Id, Instant, Lang, StaffRole, swedish};
use crate::platform::db::{StoreError, Tx, exactly_one, pattern};

const ACCOUNT_BY_ID: &str = "SELECT * FROM accounts WHERE id = $1";
const ACCOUNT_BY_EMAIL: &str = "SELECT * FROM accounts WHERE email = $1";

pub async fn account(tx: &mut Tx, id: &Id) -> Result<Option<Account>, StoreError> {
    Ok(sqlx::query_as(ACCOUNT_BY_ID).bind(id.clone()).fetch_optional(tx).await?)
}

pub async fn account_by_email(tx: &mut Tx, email: &Email) -> Result<Option<Account>, StoreError> {
    Ok(sqlx::query_as(ACCOUNT_BY_EMAIL).bind(email.clone()).fetch_optional(tx).await?)
}

/// How many ids [`accounts`] asks for at a time.
const AT_A_TIME: usize = 20;

/// The accounts with these ids, in no order. One statement for each twenty.
pub async fn accounts(tx: &mut Tx, ids: &[Id]) -> Result<Vec<Account>, StoreError> {
    let mut all = Vec::with_capacity(ids.len());
    for some in ids.chunks(AT_A_TIME) {
        let statement = sqlx::query_as(
            "SELECT * FROM accounts
             WHERE id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)",
        );
        let padded = some.iter().map(Id::as_str).chain(std::iter::repeat("")).take(AT_A_TIME);
        let found: Vec<Account> = padded.fold(statement, |statement, id| statement.bind(id)).fetch_all(&mut *tx).await?;
        all.extend(found);
    }
    Ok(all)
}

/// The accounts whose addresses end so.
pub async fn accounts_like(tx: &mut Tx, ending: &str) -> Result<Vec<Account>, StoreError> {
    Ok(sqlx::query_as("SELECT * FROM accounts WHERE email LIKE $1").bind(format!("%{ending}")).fetch_all(tx).await?)
}

/// What everybody who works here or has worked here is called, for what they did.
pub async fn staff_names(tx: &mut Tx) -> Result<Vec<(Id, String)>, StoreError> {
    let names = sqlx::query_as(
        "SELECT a.id, CASE WHEN a.name = '' THEN a.email ELSE a.name END AS name FROM accounts a
         WHERE EXISTS (SELECT 1 FROM staff_roles r WHERE r.account_id = a.id)",
    );
    Ok(names.fetch_all(tx).await?)
}

/// Opens an account for an address. An address that has one already is a unique violation.
pub async fn insert_account(tx: &mut Tx, id: &Id, email: &Email, name: &str, lang: Lang, now: Instant) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO accounts (id, email, name, folded, sorted, lang, status, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, 'active', $7, $7)",
    )
    .bind(id.clone())
    .bind(email.clone())
    .bind(name)
    .bind(swedish::fold(name))
    .bind(swedish::sort_key(name))
    .bind(lang)
    .bind(now)
    .execute(tx)
    .await?;
    Ok(())
}

/// Writes what someone says of themselves, if nobody did since `version` was read.
pub async fn update_profile(tx: &mut Tx, id: &Id, version: i64, profile: &Profile, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE accounts SET name = $3, phone = $4, lang = $5, folded = $7, sorted = $8, version = version + 1, updated_at = $6
         WHERE id = $1 AND version = $2 AND status = 'active'",
    )
    .bind(id.clone())
    .bind(version)
    .bind(profile.name.clone())
    .bind(profile.phone.clone())
    .bind(profile.lang)
    .bind(now)
    .bind(swedish::fold(&profile.name))
    .bind(swedish::sort_key(&profile.name))
    .execute(tx)
    .await?;
    exactly_one(done.rows_affected(), "accounts.version")
}

/// Blocks an active account, or opens a blocked one.
pub async fn set_status(tx: &mut Tx, id: &Id, from: &str, to: &str, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE accounts SET status = $3, version = version + 1, updated_at = $4 WHERE id = $1 AND status = $2")
        .bind(id.clone())
        .bind(from)
        .bind(to)
        .bind(now)
        .execute(tx)
        .await?;
    exactly_one(done.rows_affected(), "accounts.status")
}

/// Closes an account: what says who it was goes, the row stays for what refers to it.
pub async fn close_account(tx: &mut Tx, id: &Id, nobody: &Email, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE accounts SET status = 'closed', email = $2, name = '', folded = '', sorted = '', phone = NULL, version = version + 1, updated_at = $3
         WHERE id = $1 AND status = 'active'",
    )
    .bind(id.clone())
    .bind(nobody.clone())
    .bind(now)
    .execute(tx)
    .await?;
    exactly_one(done.rows_affected(), "accounts.status")
}

pub async fn note_sign_in(tx: &mut Tx, id: &Id, now: Instant) -> Result<(), StoreError> {
    sqlx::query("UPDATE accounts SET last_sign_in_at = $2 WHERE id = $1").bind(id.clone()).bind(now).execute(tx).await?;
    Ok(())
}

/// What the list of accounts is narrowed by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Narrow {
    /// Part of a name or an address.
    pub words: String,
    pub only_staff: bool,
}

/// An account in the list, with the roles that it holds on the day, joined by commas.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct ListedAccount {
    pub id: Id,
    pub email: Email,
    pub name: String,
    pub status: String,
    pub last_sign_in_at: Option<Instant>,
    /// What the list is put in order by.
    pub sorted: String,
}

/// How many accounts there are within `narrow`.
pub async fn count_accounts(tx: &mut Tx, narrow: &Narrow, day: CivilDate) -> Result<i64, StoreError> {
    let (count,): (i64,) = sqlx::query_as(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM accounts a WHERE (a.folded LIKE $1 ESCAPE '!' OR a.email LIKE $1 ESCAPE '!')
         AND ($2 = 0 OR EXISTS (SELECT 1 FROM staff_roles r WHERE r.account_id = a.id AND r.valid_from <= $3
                                AND (r.valid_until IS NULL OR r.valid_until >= $3)))",
    )
    .bind(pattern(&narrow.words))
    .bind(i64::from(narrow.only_staff))
    .bind(day)
    .fetch_one(tx)
    .await?;
    Ok(count)
}

/// Some of them, by name and address: those after `last`, without the first `offset` of these.
pub async fn list_accounts(
    tx: &mut Tx,
    narrow: &Narrow,
    day: CivilDate,
    last: Option<&ListedAccount>,
    limit: i64,
    offset: i64,
) -> Result<Vec<ListedAccount>, StoreError> {
    let rows = sqlx::query_as(
        "SELECT a.id, a.email, a.name, a.status, a.last_sign_in_at, a.sorted
         FROM accounts a WHERE (a.folded LIKE $1 ESCAPE '!' OR a.email LIKE $1 ESCAPE '!')
         AND ($2 = 0 OR EXISTS (SELECT 1 FROM staff_roles r WHERE r.account_id = a.id AND r.valid_from <= $3
                                AND (r.valid_until IS NULL OR r.valid_until >= $3)))
         AND (a.sorted, a.email) > ($4, $5) ORDER BY a.sorted, a.email LIMIT $6 OFFSET $7",
    )
    .bind(pattern(&narrow.words))
    .bind(i64::from(narrow.only_staff))
    .bind(day)
    .bind(last.map(|last| last.sorted.clone()).unwrap_or_default())
    .bind(last.map(|last| last.email.as_str().to_owned()).unwrap_or_default())
    .bind(limit)
    .bind(offset)
    .fetch_all(tx)
    .await?;
    Ok(rows)
}

/// Every role that these accounts hold on a day.
pub async fn roles_on(tx: &mut Tx, day: CivilDate) -> Result<Vec<RoleRow>, StoreError> {
    let rows = sqlx::query_as("SELECT * FROM staff_roles WHERE valid_from <= $1 AND (valid_until IS NULL OR valid_until >= $1)");
    Ok(rows.bind(day).fetch_all(tx).await?)
}

/// The roles that someone holds on a day; none when the account is shut.
pub async fn roles_held(tx: &mut Tx, account: &Id, day: CivilDate) -> Result<Vec<StaffRole>, StoreError> {
    let rows = sqlx::query_scalar(
        "SELECT r.role FROM staff_roles r JOIN accounts a ON a.id = r.account_id
         WHERE r.account_id = $1 AND a.status = 'active' AND r.valid_from <= $2 AND (r.valid_until IS NULL OR r.valid_until >= $2)",
    );
    Ok(rows.bind(account).bind(day).fetch_all(tx).await?)
}

/// Every role that someone has held, holds or will hold, the newest first.
pub async fn roles(tx: &mut Tx, account: &Id) -> Result<Vec<RoleRow>, StoreError> {
    let rows = sqlx::query_as("SELECT * FROM staff_roles WHERE account_id = $1 ORDER BY valid_from DESC, id DESC");
    Ok(rows.bind(account.clone()).fetch_all(tx).await?)
}

pub async fn insert_role(tx: &mut Tx, role: &RoleRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO staff_roles (id, account_id, role, valid_from, valid_until, given_by, given_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(role.id.clone())
    .bind(role.account_id.clone())
    .bind(role.role)
    .bind(role.valid_from)
    .bind(role.valid_until)
    .bind(role.given_by.clone())
    .bind(role.given_at)
    .execute(tx)
    .await?;
    Ok(())
}

/// Sets a role's last day; `until` before its first day means that it never held.
pub async fn end_role(tx: &mut Tx, role: &Id, until: CivilDate) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE staff_roles SET valid_until = $2 WHERE id = $1 AND (valid_until IS NULL OR valid_until > $2)")
        .bind(role.clone())
        .bind(until)
        .execute(tx)
        .await?;
    exactly_one(done.rows_affected(), "staff_roles.valid_until")
}

/// How many active accounts hold a role on a day.
pub async fn holders(tx: &mut Tx, role: StaffRole, day: CivilDate) -> Result<i64, StoreError> {
    let (count,): (i64,) = sqlx::query_as(
        "SELECT CAST(COUNT(DISTINCT r.account_id) AS BIGINT) FROM staff_roles r JOIN accounts a ON a.id = r.account_id
         WHERE r.role = $1 AND a.status = 'active' AND r.valid_from <= $2 AND (r.valid_until IS NULL OR r.valid_until >= $2)",
    )
    .bind(role)
    .bind(day)
    .fetch_one(tx)
    .await?;
    Ok(count)
}

/// What someone is called, before they have said it themselves.
pub async fn set_name(tx: &mut Tx, id: &Id, name: &str, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE accounts SET name = $2, folded = $3, sorted = $4, version = version + 1, updated_at = $5
         WHERE id = $1 AND status = 'active'",
    )
    .bind(id.clone())
    .bind(name)
    .bind(swedish::fold(name))
    .bind(swedish::sort_key(name))
    .bind(now)
    .execute(tx)
    .await?;
    exactly_one(done.rows_affected(), "accounts.status")
}

/// Gives an account another address. One that another account has is a unique violation.
pub async fn set_email(tx: &mut Tx, id: &Id, email: &Email, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE accounts SET email = $2, version = version + 1, updated_at = $3 WHERE id = $1 AND status = 'active'")
        .bind(id.clone())
        .bind(email.clone())
        .bind(now)
        .execute(tx)
        .await?;
    exactly_one(done.rows_affected(), "accounts.status")
}

/// A mail that is about to go out.
#[derive(Debug, Clone)]
pub struct NewLink<'a> {
    pub id: &'a Id,
    pub token_hash: &'a str,
    pub code_hash: &'a str,
    pub browser_hash: &'a str,
    pub email: &'a Email,
    pub lang: Lang,
    pub leads_to: &'a str,
    /// Whose address it shows to be theirs; none when it lets someone in.
    pub account: Option<&'a Id>,
    pub created_at: Instant,
    pub expires_at: Instant,
}

pub async fn insert_link(tx: &mut Tx, link: &NewLink<'_>) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO sign_in_links (id, token_hash, code_hash, browser_hash, email, lang, leads_to, created_at, expires_at, account_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(link.id.clone())
    .bind(link.token_hash)
    .bind(link.code_hash)
    .bind(link.browser_hash)
    .bind(link.email.clone())
    .bind(link.lang)
    .bind(link.leads_to)
    .bind(link.created_at)
    .bind(link.expires_at)
    .bind(link.account.cloned())
    .execute(tx)
    .await?;
    Ok(())
}

/// A mail by its link's secret: one that lets someone in, or with an account one that shows its new address.
pub async fn link_by_token(tx: &mut Tx, token_hash: &str, account: Option<&Id>) -> Result<Option<SignInLink>, StoreError> {
    let link = sqlx::query_as(
        "SELECT id, code_hash, browser_hash, email, lang, leads_to, guesses, expires_at, used_at FROM sign_in_links
         WHERE token_hash = $1 AND COALESCE(account_id, '') = $2",
    );
    Ok(link.bind(token_hash).bind(account.map_or("", Id::as_str)).fetch_optional(tx).await?)
}

/// The latest mail of that kind that this browser asked for.
pub async fn link_by_browser(tx: &mut Tx, browser_hash: &str, account: Option<&Id>) -> Result<Option<SignInLink>, StoreError> {
    let link = sqlx::query_as(
        "SELECT id, code_hash, browser_hash, email, lang, leads_to, guesses, expires_at, used_at FROM sign_in_links
         WHERE browser_hash = $1 AND COALESCE(account_id, '') = $2 ORDER BY created_at DESC, id DESC LIMIT 1",
    );
    Ok(link.bind(browser_hash).bind(account.map_or("", Id::as_str)).fetch_optional(tx).await?)
}

/// Ends what still waits for an account: mails that would let someone in at an address, and those that would change it.
pub async fn end_links(tx: &mut Tx, account: &Id, email: &Email, now: Instant) -> Result<(), StoreError> {
    sqlx::query("UPDATE sign_in_links SET used_at = $3 WHERE used_at IS NULL AND (account_id = $1 OR (account_id IS NULL AND email = $2))")
        .bind(account.clone())
        .bind(email.clone())
        .bind(now)
        .execute(tx)
        .await?;
    Ok(())
}

/// Uses a mail up; a second time is [`StoreError::Stale`].
pub async fn use_link(tx: &mut Tx, link: &Id, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE sign_in_links SET used_at = $2 WHERE id = $1 AND used_at IS NULL")
        .bind(link.clone())
        .bind(now)
        .execute(tx)
        .await?;
    exactly_one(done.rows_affected(), "sign_in_links.used_at")
}

pub async fn count_guess(tx: &mut Tx, link: &Id) -> Result<(), StoreError> {
    sqlx::query("UPDATE sign_in_links SET guesses = guesses + 1 WHERE id = $1").bind(link.clone()).execute(tx).await?;
    Ok(())
}

/// A session that begins.
#[derive(Debug, Clone)]
pub struct NewSession<'a> {
    pub id: &'a Id,
    pub token_hash: &'a str,
    pub account: &'a Id,
    pub method: &'static str,
    pub agent: &'a str,
    /// When the second factor was shown, if signing in was that already.
    pub proved_at: Option<Instant>,
    pub now: Instant,
}

pub async fn insert_session(tx: &mut Tx, session: &NewSession<'_>) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO sessions (id, token_hash, account_id, method, agent, created_at, last_seen_at, proved_at)
         VALUES ($1, $2, $3, $4, $5, $6, $6, $7)",
    )
    .bind(session.id.clone())
    .bind(session.token_hash)
    .bind(session.account.clone())
    .bind(session.method)
    .bind(session.agent)
    .bind(session.now)
    .bind(session.proved_at)
    .execute(tx)
    .await?;
    Ok(())
}

/// What a request must know of its session: one row for each role held that day, or one without.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Recognised {
    pub session_id: Id,
    pub account_id: Id,
    pub created_at: Instant,
    pub last_seen_at: Instant,
    pub proved_at: Option<Instant>,
    pub method: String,
    pub name: String,
    pub email: Email,
    pub role: Option<StaffRole>,
}

pub async fn recognise(tx: &mut Tx, token_hash: &str, day: CivilDate) -> Result<Vec<Recognised>, StoreError> {
    let rows = sqlx::query_as(
        "SELECT s.id AS session_id, s.account_id, s.created_at, s.last_seen_at, s.proved_at, s.method, a.name, a.email, r.role
         FROM sessions s JOIN accounts a ON a.id = s.account_id
         LEFT JOIN staff_roles r ON r.account_id = a.id AND r.valid_from <= $2 AND (r.valid_until IS NULL OR r.valid_until >= $2)
         WHERE s.token_hash = $1 AND s.ended_at IS NULL AND a.status = 'active'",
    );
    Ok(rows.bind(token_hash).bind(day).fetch_all(tx).await?)
}

pub async fn touch_session(tx: &mut Tx, session: &Id, now: Instant) -> Result<(), StoreError> {
    sqlx::query("UPDATE sessions SET last_seen_at = $2 WHERE id = $1 AND ended_at IS NULL")
        .bind(session.clone())
        .bind(now)
        .execute(tx)
        .await?;
    Ok(())
}

/// The sessions of an account that have not been ended, the newest first. Some of them may have run out.
pub async fn sessions(tx: &mut Tx, account: &Id) -> Result<Vec<SessionRow>, StoreError> {
    let rows = sqlx::query_as(
        "SELECT id, method, agent, created_at, last_seen_at FROM sessions WHERE account_id = $1 AND ended_at IS NULL
         ORDER BY created_at DESC, id DESC",
    );
    Ok(rows.bind(account.clone()).fetch_all(tx).await?)
}

/// What the browsers said of themselves that an account was signed in with.
pub async fn agents(tx: &mut Tx, account: &Id) -> Result<Vec<(String,)>, StoreError> {
    let rows = sqlx::query_as("SELECT DISTINCT agent FROM sessions WHERE account_id = $1");
    Ok(rows.bind(account.clone()).fetch_all(tx).await?)
}

/// Ends one session of an account; how many that were (none if it had ended, or was another's).
pub async fn end_session(tx: &mut Tx, account: &Id, session: &Id, why: &str, now: Instant) -> Result<u64, StoreError> {
    let done = sqlx::query("UPDATE sessions SET ended_at = $3, ended_why = $4 WHERE account_id = $1 AND id = $2 AND ended_at IS NULL")
        .bind(account.clone())
        .bind(session.clone())
        .bind(now)
        .bind(why)
        .execute(tx)
        .await?;
    Ok(done.rows_affected())
}

/// Ends every session of an account, but for one that may be kept.
pub async fn end_sessions(tx: &mut Tx, account: &Id, keep: Option<&Id>, why: &str, now: Instant) -> Result<u64, StoreError> {
    let done = sqlx::query("UPDATE sessions SET ended_at = $3, ended_why = $4 WHERE account_id = $1 AND id <> $2 AND ended_at IS NULL")
        .bind(account.clone())
        .bind(keep.map_or("", Id::as_str))
        .bind(now)
        .bind(why)
        .execute(tx)
        .await?;
    Ok(done.rows_affected())
}

/// Ends whatever session a cookie opens.
pub async fn end_by_token(tx: &mut Tx, token_hash: &str, why: &str, now: Instant) -> Result<u64, StoreError> {
    let done = sqlx::query("UPDATE sessions SET ended_at = $2, ended_why = $3 WHERE token_hash = $1 AND ended_at IS NULL")
        .bind(token_hash)
        .bind(now)
        .bind(why)
        .execute(tx)
        .await?;
    Ok(done.rows_affected())
}

/// Someone's second factor.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Authenticator {
    /// The secret, enciphered.
    pub sealed: String,
    /// The latest half minute whose code was used: none is taken twice.
    pub last_step: i64,
    /// When its first code was shown; before that it proves nothing.
    pub confirmed_at: Option<Instant>,
}

pub async fn authenticator(tx: &mut Tx, account: &Id) -> Result<Option<Authenticator>, StoreError> {
    let found = sqlx::query_as("SELECT sealed, last_step, confirmed_at FROM authenticators WHERE account_id = $1");
    Ok(found.bind(account.clone()).fetch_optional(tx).await?)
}

/// Begins a second factor, in place of one that was begun and never confirmed.
pub async fn begin_authenticator(tx: &mut Tx, account: &Id, sealed: &str, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query(
        "INSERT INTO authenticators (account_id, sealed, created_at) VALUES ($1, $2, $3)
         ON CONFLICT (account_id) DO UPDATE SET sealed = excluded.sealed, created_at = excluded.created_at, last_step = 0
         WHERE authenticators.confirmed_at IS NULL",
    )
    .bind(account.clone())
    .bind(sealed)
    .bind(now)
    .execute(tx)
    .await?;
    exactly_one(done.rows_affected(), "authenticators.confirmed_at")
}

/// Uses the code of a half minute up, and confirms a second factor that was begun.
pub async fn use_step(tx: &mut Tx, account: &Id, step: i64, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE authenticators SET last_step = $2, confirmed_at = COALESCE(confirmed_at, $3) WHERE account_id = $1 AND last_step < $2",
    )
    .bind(account.clone())
    .bind(step)
    .bind(now)
    .execute(tx)
    .await?;
    exactly_one(done.rows_affected(), "authenticators.last_step")
}

pub async fn remove_authenticator(tx: &mut Tx, account: &Id) -> Result<u64, StoreError> {
    let done = sqlx::query("DELETE FROM authenticators WHERE account_id = $1").bind(account.clone()).execute(tx).await?;
    Ok(done.rows_affected())
}

/// Gives a session a new secret.
pub async fn renew_session(tx: &mut Tx, session: &Id, token_hash: &str) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE sessions SET token_hash = $2 WHERE id = $1 AND ended_at IS NULL")
        .bind(session.clone())
        .bind(token_hash)
        .execute(tx)
        .await?;
    exactly_one(done.rows_affected(), "sessions.token_hash")
}

/// Notes that the second factor was shown, and gives the session a new secret (OWASP ASVS 5.0, 7.2.4).
pub async fn prove_session(tx: &mut Tx, session: &Id, token_hash: &str, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE sessions SET token_hash = $2, proved_at = $3, last_seen_at = $3 WHERE id = $1 AND ended_at IS NULL")
        .bind(session.clone())
        .bind(token_hash)
        .bind(now)
        .execute(tx)
        .await?;
    exactly_one(done.rows_affected(), "sessions.token_hash")
}
