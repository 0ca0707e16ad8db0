//! SQL of organisations, memberships, invitations and requests. Names and addresses of people come from `people`.

use sqlx::FromRow;

use super::model::{Invitation, JoinRequest, Membership, Organisation, Outcome};
use super::rules::Facts;
use crate::kit::{Email, Id, Instant, OrgNr, OrgRole, swedish};
use crate::platform::db::{StoreError, Tx, exactly_one, pattern};

/// An organisation's columns, by a condition.
macro_rules! organisation_where {
    ($condition:literal) => {
        concat!("SELECT o.* FROM organisations o WHERE ", $condition)
    };
}

pub async fn organisation(tx: &mut Tx, id: &Id) -> Result<Option<Organisation>, StoreError> {
    Ok(sqlx::query_as(organisation_where!("o.id = $1")).bind(id.clone()).fetch_optional(tx).await?)
}

pub async fn organisation_by_orgnr(tx: &mut Tx, orgnr: &OrgNr) -> Result<Option<Organisation>, StoreError> {
    Ok(sqlx::query_as(organisation_where!("o.orgnr = $1")).bind(orgnr.clone()).fetch_optional(tx).await?)
}

/// The organisations that became this one.
pub async fn merged_into(tx: &mut Tx, id: &Id) -> Result<Vec<Organisation>, StoreError> {
    Ok(sqlx::query_as(organisation_where!("o.merged_into = $1 ORDER BY o.updated_at, o.id")).bind(id.clone()).fetch_all(tx).await?)
}

/// A number that is here already is a unique violation.
pub async fn insert_organisation(tx: &mut Tx, id: &Id, orgnr: &OrgNr, facts: &Facts, now: Instant) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO organisations (id, orgnr, name, kind, municipality, street, postal_code, city, email, bankgiro, plusgiro, peppol_id,
            status, created_at, updated_at, folded, sorted)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'unverified', $13, $13, $14, $15)",
    )
    .bind(id.clone())
    .bind(orgnr.clone())
    .bind(facts.name.clone())
    .bind(facts.kind.code())
    .bind(facts.municipality.clone())
    .bind(facts.street.clone())
    .bind(facts.postal_code.clone())
    .bind(facts.city.clone())
    .bind(facts.email.clone())
    .bind(facts.bankgiro.clone())
    .bind(facts.plusgiro.clone())
    .bind(facts.peppol_id.clone())
    .bind(now)
    .bind(swedish::fold(&facts.name))
    .bind(swedish::sort_key(&facts.name))
    .execute(tx)
    .await?;
    Ok(())
}

/// Writes what an organisation says of itself, if nobody did since `version` was read.
pub async fn update_facts(tx: &mut Tx, id: &Id, version: i64, facts: &Facts, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE organisations SET name = $3, kind = $4, municipality = $5, street = $6, postal_code = $7, city = $8, email = $9,
            bankgiro = $10, plusgiro = $11, peppol_id = $12, version = version + 1, updated_at = $13, folded = $14, sorted = $15
         WHERE id = $1 AND version = $2 AND status IN ('unverified', 'verified')",
    )
    .bind(id.clone())
    .bind(version)
    .bind(facts.name.clone())
    .bind(facts.kind.code())
    .bind(facts.municipality.clone())
    .bind(facts.street.clone())
    .bind(facts.postal_code.clone())
    .bind(facts.city.clone())
    .bind(facts.email.clone())
    .bind(facts.bankgiro.clone())
    .bind(facts.plusgiro.clone())
    .bind(facts.peppol_id.clone())
    .bind(now)
    .bind(swedish::fold(&facts.name))
    .bind(swedish::sort_key(&facts.name))
    .execute(tx)
    .await?;
    exactly_one(done.rows_affected(), "organisations.version")
}

/// Brings an organisation from one state into another, if it is as it was when `version` was read.
pub async fn set_status(
    tx: &mut Tx,
    before: &Organisation,
    status: &str,
    merged_into: Option<&Id>,
    now: Instant,
) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE organisations SET status = $3, merged_into = $4, version = version + 1, updated_at = $5 WHERE id = $1 AND version = $2",
    )
    .bind(before.id.clone())
    .bind(before.version)
    .bind(status)
    .bind(merged_into.cloned())
    .bind(now)
    .execute(tx)
    .await?;
    exactly_one(done.rows_affected(), "organisations.version")
}

/// Those that became `from` become `into` at once, so that no way is longer than one step.
pub async fn point_on(tx: &mut Tx, from: &Id, into: &Id, now: Instant) -> Result<(), StoreError> {
    sqlx::query("UPDATE organisations SET merged_into = $2, version = version + 1, updated_at = $3 WHERE merged_into = $1")
        .bind(from.clone())
        .bind(into.clone())
        .bind(now)
        .execute(tx)
        .await?;
    Ok(())
}

/// An organisation, and what someone is in it.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Part {
    #[sqlx(flatten)]
    pub organisation: Organisation,
    pub membership: Id,
    pub role: OrgRole,
    pub since: Instant,
}

/// What someone is in an organisation now.
pub async fn part(tx: &mut Tx, organisation: &Id, account: &Id) -> Result<Option<Part>, StoreError> {
    let part = sqlx::query_as(
        "SELECT o.*, m.id AS membership, m.role, m.since FROM memberships m JOIN organisations o ON o.id = m.organisation_id
         WHERE m.organisation_id = $1 AND m.account_id = $2 AND m.until IS NULL",
    );
    Ok(part.bind(organisation.clone()).bind(account.clone()).fetch_optional(tx).await?)
}

/// Where someone belongs now, by name.
pub async fn parts(tx: &mut Tx, account: &Id) -> Result<Vec<Part>, StoreError> {
    let parts = sqlx::query_as(
        "SELECT o.*, m.id AS membership, m.role, m.since FROM memberships m JOIN organisations o ON o.id = m.organisation_id
         WHERE m.account_id = $1 AND m.until IS NULL ORDER BY o.sorted, o.id",
    );
    Ok(parts.bind(account.clone()).fetch_all(tx).await?)
}

/// A membership that holds or held, with the organisation's number and name.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct EverPart {
    pub orgnr: OrgNr,
    pub name: String,
    pub role: OrgRole,
    pub since: Instant,
    pub until: Option<Instant>,
    /// What staff wrote when they ended it.
    pub ended_reason: Option<String>,
}

/// Where someone belongs or ever belonged.
pub async fn ever_parts(tx: &mut Tx, account: &Id) -> Result<Vec<EverPart>, StoreError> {
    let parts = sqlx::query_as(
        "SELECT o.orgnr, o.name, m.role, m.since, m.until, m.ended_reason FROM memberships m JOIN organisations o ON o.id = m.organisation_id
         WHERE m.account_id = $1 ORDER BY m.since, m.id",
    );
    Ok(parts.bind(account.clone()).fetch_all(tx).await?)
}

/// Who belongs to an organisation now, in the order in which they came.
pub async fn members(tx: &mut Tx, organisation: &Id) -> Result<Vec<Membership>, StoreError> {
    let members = sqlx::query_as("SELECT * FROM memberships WHERE organisation_id = $1 AND until IS NULL ORDER BY since, id");
    Ok(members.bind(organisation.clone()).fetch_all(tx).await?)
}

/// One membership that holds now.
pub async fn membership(tx: &mut Tx, organisation: &Id, id: &Id) -> Result<Option<Membership>, StoreError> {
    let membership = sqlx::query_as("SELECT * FROM memberships WHERE organisation_id = $1 AND id = $2 AND until IS NULL");
    Ok(membership.bind(organisation.clone()).bind(id.clone()).fetch_optional(tx).await?)
}

/// Someone who belongs already is a unique violation.
pub async fn insert_membership(
    tx: &mut Tx,
    id: &Id,
    organisation: &Id,
    account: &Id,
    role: OrgRole,
    now: Instant,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO memberships (id, organisation_id, account_id, role, since) VALUES ($1, $2, $3, $4, $5)")
        .bind(id.clone())
        .bind(organisation.clone())
        .bind(account.clone())
        .bind(role)
        .bind(now)
        .execute(tx)
        .await?;
    Ok(())
}

pub async fn set_role(tx: &mut Tx, id: &Id, version: i64, role: OrgRole) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE memberships SET role = $3, version = version + 1 WHERE id = $1 AND version = $2 AND until IS NULL")
        .bind(id.clone())
        .bind(version)
        .bind(role)
        .execute(tx)
        .await?;
    exactly_one(done.rows_affected(), "memberships.version")
}

pub async fn end_membership(tx: &mut Tx, id: &Id, version: i64, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE memberships SET until = $3, version = version + 1 WHERE id = $1 AND version = $2 AND until IS NULL")
        .bind(id.clone())
        .bind(version)
        .bind(now)
        .execute(tx)
        .await?;
    exactly_one(done.rows_affected(), "memberships.version")
}

/// As [`end_membership`], by staff, who say why.
pub async fn end_membership_because(tx: &mut Tx, id: &Id, version: i64, by: &Id, reason: &str, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE memberships SET until = $3, ended_by = $4, ended_reason = $5, version = version + 1
         WHERE id = $1 AND version = $2 AND until IS NULL",
    )
    .bind(id.clone())
    .bind(version)
    .bind(now)
    .bind(by.clone())
    .bind(reason)
    .execute(tx)
    .await?;
    exactly_one(done.rows_affected(), "memberships.version")
}

/// A membership that staff ended.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct EndedByStaff {
    pub account_id: Id,
    pub role: OrgRole,
    pub until: Instant,
    pub ended_by: Id,
    /// Gone with the account of whom it is about.
    pub ended_reason: Option<String>,
}

/// The latest memberships of an organisation that staff ended, the last first.
pub async fn ended_by_staff(tx: &mut Tx, organisation: &Id, limit: i64) -> Result<Vec<EndedByStaff>, StoreError> {
    let rows = sqlx::query_as(
        "SELECT account_id, role, until, ended_by, ended_reason FROM memberships
         WHERE organisation_id = $1 AND ended_by IS NOT NULL ORDER BY until DESC, id DESC LIMIT $2",
    );
    Ok(rows.bind(organisation.clone()).bind(limit).fetch_all(tx).await?)
}

/// Ends every membership of an account that closes, and forgets why staff ended any before; how many there were.
pub async fn end_memberships(tx: &mut Tx, account: &Id, now: Instant) -> Result<u64, StoreError> {
    sqlx::query("UPDATE memberships SET ended_reason = NULL WHERE account_id = $1 AND ended_reason IS NOT NULL")
        .bind(account.clone())
        .execute(&mut *tx)
        .await?;
    let done = sqlx::query("UPDATE memberships SET until = $2, version = version + 1 WHERE account_id = $1 AND until IS NULL")
        .bind(account.clone())
        .bind(now)
        .execute(tx)
        .await?;
    Ok(done.rows_affected())
}

/// The hash of an invitation's secret, beside the row that it opens.
pub async fn insert_invitation(tx: &mut Tx, invitation: &Invitation, token_hash: &str) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO invitations (id, organisation_id, email, role, token_hash, invited_by, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(invitation.id.clone())
    .bind(invitation.organisation_id.clone())
    .bind(invitation.email.clone())
    .bind(invitation.role)
    .bind(token_hash)
    .bind(invitation.invited_by.clone())
    .bind(invitation.created_at)
    .bind(invitation.expires_at)
    .execute(tx)
    .await?;
    Ok(())
}

const INVITATION_BY_TOKEN: &str = "SELECT id, organisation_id, email, role, invited_by, created_at, expires_at, accepted_at, withdrawn_at
     FROM invitations WHERE token_hash = $1";

pub async fn invitation_by_token(tx: &mut Tx, token_hash: &str) -> Result<Option<Invitation>, StoreError> {
    Ok(sqlx::query_as(INVITATION_BY_TOKEN).bind(token_hash).fetch_optional(tx).await?)
}

/// The invitations that nobody took or took back, those that ran out too.
pub async fn open_invitations(tx: &mut Tx, organisation: &Id) -> Result<Vec<Invitation>, StoreError> {
    let invitations = sqlx::query_as(
        "SELECT id, organisation_id, email, role, invited_by, created_at, expires_at, accepted_at, withdrawn_at
         FROM invitations WHERE organisation_id = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL ORDER BY created_at, id",
    );
    Ok(invitations.bind(organisation.clone()).fetch_all(tx).await?)
}

/// Every invitation that an address was sent.
pub async fn invitations_to(tx: &mut Tx, email: &Email) -> Result<Vec<Invitation>, StoreError> {
    let invitations = sqlx::query_as(
        "SELECT id, organisation_id, email, role, invited_by, created_at, expires_at, accepted_at, withdrawn_at
         FROM invitations WHERE email = $1 ORDER BY created_at, id",
    );
    Ok(invitations.bind(email.clone()).fetch_all(tx).await?)
}

/// An open invitation, for whom it is for.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct OwnInvitation {
    pub id: Id,
    pub organisation_id: Id,
    pub name: String,
    pub role: OrgRole,
    pub expires_at: Instant,
}

/// The invitations to an account's address that can be taken now.
pub async fn invitations_for(tx: &mut Tx, account: &Id, now: Instant) -> Result<Vec<OwnInvitation>, StoreError> {
    let rows = sqlx::query_as(
        "SELECT i.id, i.organisation_id, o.name, i.role, i.expires_at
         FROM accounts a JOIN invitations i ON i.email = a.email JOIN organisations o ON o.id = i.organisation_id
         WHERE a.id = $1 AND i.accepted_at IS NULL AND i.withdrawn_at IS NULL AND i.expires_at > $2
           AND o.status IN ('unverified', 'verified')
         ORDER BY o.sorted, i.id",
    );
    Ok(rows.bind(account.clone()).bind(now).fetch_all(tx).await?)
}

/// The organisations that an account signs for and that someone waits to be let into: id, name, how many.
pub async fn awaiting_answer(tx: &mut Tx, account: &Id) -> Result<Vec<(Id, String, i64)>, StoreError> {
    let rows = sqlx::query_as(
        "SELECT o.id, o.name, CAST(COUNT(*) AS BIGINT)
         FROM memberships m JOIN organisations o ON o.id = m.organisation_id JOIN join_requests r ON r.organisation_id = o.id
         WHERE m.account_id = $1 AND m.until IS NULL AND m.role = 'signatory' AND r.outcome IS NULL
           AND o.status IN ('unverified', 'verified')
         GROUP BY o.id, o.name, o.sorted ORDER BY o.sorted, o.id",
    );
    Ok(rows.bind(account.clone()).fetch_all(tx).await?)
}

pub async fn accept_invitation(tx: &mut Tx, id: &Id, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE invitations SET accepted_at = $2 WHERE id = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL")
        .bind(id.clone())
        .bind(now)
        .execute(tx)
        .await?;
    exactly_one(done.rows_affected(), "invitations.accepted_at")
}

pub async fn withdraw_invitation(tx: &mut Tx, organisation: &Id, id: &Id, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE invitations SET withdrawn_at = $3 WHERE organisation_id = $1 AND id = $2 AND accepted_at IS NULL AND withdrawn_at IS NULL",
    )
    .bind(organisation.clone())
    .bind(id.clone())
    .bind(now)
    .execute(tx)
    .await?;
    exactly_one(done.rows_affected(), "invitations.withdrawn_at")
}

/// Gives an invitation a new secret and new days; the mail before opens nothing any more.
pub async fn renew_invitation(tx: &mut Tx, id: &Id, token_hash: &str, expires_at: Instant) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE invitations SET token_hash = $2, expires_at = $3 WHERE id = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL",
    )
    .bind(id.clone())
    .bind(token_hash)
    .bind(expires_at)
    .execute(tx)
    .await?;
    exactly_one(done.rows_affected(), "invitations.expires_at")
}

/// Open invitations to one address are to another from now on, where that one has none of its own.
pub async fn readdress_invitations(tx: &mut Tx, from: &Email, to: &Email, now: Instant) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE invitations SET email = $2 WHERE email = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL AND expires_at > $3
         AND NOT EXISTS (SELECT 1 FROM invitations o WHERE o.organisation_id = invitations.organisation_id AND o.email = $2
                         AND o.accepted_at IS NULL AND o.withdrawn_at IS NULL)",
    )
    .bind(from.clone())
    .bind(to.clone())
    .bind(now)
    .execute(tx)
    .await?;
    Ok(())
}

pub async fn move_invitation(tx: &mut Tx, id: &Id, into: &Id) -> Result<(), StoreError> {
    sqlx::query("UPDATE invitations SET organisation_id = $2 WHERE id = $1").bind(id.clone()).bind(into.clone()).execute(tx).await?;
    Ok(())
}

/// Someone who has asked already is a unique violation.
pub async fn insert_request(tx: &mut Tx, id: &Id, organisation: &Id, account: &Id, message: &str, now: Instant) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO join_requests (id, organisation_id, account_id, message, created_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(id.clone())
        .bind(organisation.clone())
        .bind(account.clone())
        .bind(message)
        .bind(now)
        .execute(tx)
        .await?;
    Ok(())
}

pub async fn request(tx: &mut Tx, organisation: &Id, id: &Id) -> Result<Option<JoinRequest>, StoreError> {
    let request = sqlx::query_as("SELECT * FROM join_requests WHERE organisation_id = $1 AND id = $2");
    Ok(request.bind(organisation.clone()).bind(id.clone()).fetch_optional(tx).await?)
}

/// The requests that wait for an answer, the oldest first.
pub async fn open_requests(tx: &mut Tx, organisation: &Id) -> Result<Vec<JoinRequest>, StoreError> {
    let requests = sqlx::query_as("SELECT * FROM join_requests WHERE organisation_id = $1 AND outcome IS NULL ORDER BY created_at, id");
    Ok(requests.bind(organisation.clone()).fetch_all(tx).await?)
}

/// A request of someone's own, with the organisation's name.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct OwnRequest {
    #[sqlx(flatten)]
    pub request: JoinRequest,
    pub orgnr: OrgNr,
    pub name: String,
}

/// What someone has asked, the newest first.
pub async fn requests_of(tx: &mut Tx, account: &Id) -> Result<Vec<OwnRequest>, StoreError> {
    let requests = sqlx::query_as(
        "SELECT r.*, o.orgnr, o.name FROM join_requests r JOIN organisations o ON o.id = r.organisation_id
         WHERE r.account_id = $1 ORDER BY r.created_at DESC, r.id DESC",
    );
    Ok(requests.bind(account.clone()).fetch_all(tx).await?)
}

/// Answers a request that waits.
pub async fn decide_request(tx: &mut Tx, id: &Id, outcome: Outcome, by: &str, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE join_requests SET outcome = $2, decided_by = $3, decided_at = $4 WHERE id = $1 AND outcome IS NULL")
        .bind(id.clone())
        .bind(outcome.code())
        .bind(by)
        .bind(now)
        .execute(tx)
        .await?;
    exactly_one(done.rows_affected(), "join_requests.outcome")
}

/// Lets fall what someone asked of an organisation, or with none of all of them.
pub async fn drop_requests(tx: &mut Tx, account: &Id, organisation: Option<&Id>, by: &str, now: Instant) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE join_requests SET outcome = 'withdrawn', decided_by = $3, decided_at = $4
         WHERE account_id = $1 AND ($2 = '' OR organisation_id = $2) AND outcome IS NULL",
    )
    .bind(account.clone())
    .bind(organisation.map_or("", Id::as_str))
    .bind(by)
    .bind(now)
    .execute(tx)
    .await?;
    Ok(())
}

pub async fn move_request(tx: &mut Tx, id: &Id, into: &Id) -> Result<(), StoreError> {
    sqlx::query("UPDATE join_requests SET organisation_id = $2 WHERE id = $1").bind(id.clone()).bind(into.clone()).execute(tx).await?;
    Ok(())
}

/// What the staff's list is narrowed by; empty means everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Narrow {
    /// Part of a name, or a number.
    pub words: String,
    pub kind: String,
    pub municipality: String,
    pub status: String,
    /// Only those that someone has asked to be let into.
    pub asked: bool,
}

/// A row of the staff's list.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Listed {
    #[sqlx(flatten)]
    pub organisation: Organisation,
    /// How many wait to be let in.
    pub requests: i64,
    /// What the list is put in order by.
    pub sorted: String,
}

macro_rules! narrowed {
    ($before:literal, $after:literal) => {
        concat!(
            $before,
            " WHERE (o.folded LIKE $1 ESCAPE '!' OR o.orgnr LIKE $1 ESCAPE '!' OR REPLACE(o.orgnr, '-', '') LIKE $1 ESCAPE '!')
              AND ($2 = '' OR o.kind = $2) AND ($3 = '' OR o.municipality = $3) AND ($4 = '' OR o.status = $4)
              AND ($5 = 0 OR EXISTS (SELECT 1 FROM join_requests r WHERE r.organisation_id = o.id AND r.outcome IS NULL))",
            $after
        )
    };
}

/// How many organisations somebody asks to be let into, and how many nobody has verified, each counted to `most`.
pub async fn work(tx: &mut Tx, most: i64) -> Result<(i64, i64), StoreError> {
    let work = sqlx::query_as(
        "SELECT
           (SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT DISTINCT r.organisation_id FROM join_requests r WHERE r.outcome IS NULL LIMIT $1) a),
           (SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT 1 AS one FROM organisations o WHERE o.status = 'unverified' LIMIT $1) b)",
    );
    Ok(work.bind(most).fetch_one(tx).await?)
}

/// How many organisations there are within `narrow`.
pub async fn count(tx: &mut Tx, narrow: &Narrow) -> Result<i64, StoreError> {
    let (count,): (i64,) = sqlx::query_as(narrowed!("SELECT CAST(COUNT(*) AS BIGINT) FROM organisations o", ""))
        .bind(pattern(&narrow.words))
        .bind(narrow.kind.clone())
        .bind(narrow.municipality.clone())
        .bind(narrow.status.clone())
        .bind(i64::from(narrow.asked))
        .fetch_one(tx)
        .await?;
    Ok(count)
}

/// Some of them, by name: those after `last`, without the first `offset` of these.
pub async fn list(tx: &mut Tx, narrow: &Narrow, last: Option<&Listed>, limit: i64, offset: i64) -> Result<Vec<Listed>, StoreError> {
    let rows = sqlx::query_as(narrowed!(
        "SELECT o.*, (SELECT CAST(COUNT(*) AS BIGINT) FROM join_requests r WHERE r.organisation_id = o.id AND r.outcome IS NULL) AS requests
         FROM organisations o",
        " AND (o.sorted, o.id) > ($6, $7) ORDER BY o.sorted, o.id LIMIT $8 OFFSET $9"
    ))
    .bind(pattern(&narrow.words))
    .bind(narrow.kind.clone())
    .bind(narrow.municipality.clone())
    .bind(narrow.status.clone())
    .bind(i64::from(narrow.asked))
    .bind(last.map(|last| last.sorted.clone()).unwrap_or_default())
    .bind(last.map(|last| last.organisation.id.to_string()).unwrap_or_default())
    .bind(limit)
    .bind(offset)
    .fetch_all(tx)
    .await?;
    Ok(rows)
}

/// Whether an open invitation to this address is there: its row.
pub async fn invitation_to(tx: &mut Tx, organisation: &Id, email: &Email) -> Result<Option<Invitation>, StoreError> {
    Ok(open_invitations(tx, organisation).await?.into_iter().find(|invitation| invitation.email == *email))
}
