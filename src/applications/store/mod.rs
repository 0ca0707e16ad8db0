//! SQL of applications. What an applicant reads is found with the person's own place in it ([`seat`]); what the staff read is what was
//! sent in ([`staff`]), and no statement there touches answers, versions or presence.

pub mod answers;
pub mod people;
pub mod staff;

use sqlx::FromRow;

use super::lifecycle::{Event, State};
use super::model::{Application, Asked, Happened, Seat, Signature, Snapshot};
use super::rules::whole_form;
use crate::forms::model::Both;
use crate::kit::{Id, Instant, OrgRole, Slug};
use crate::organisations::model::Organisation;
use crate::platform::db::{StoreError, Tx, exactly_one};
use crate::text;

/// The columns of an application, as [`Application`] reads them.
macro_rules! columns {
    () => {
        "a.id, a.call_id, a.call_version, a.organisation_id, a.state, a.title, a.late, a.submitted_at, a.version, a.created_at, a.updated_at"
    };
}
pub(super) use columns;

/// Who is somebody in an application: a member of its organisation, also of the one that this became, or asked in to it alone.
macro_rules! seated {
    () => {
        " JOIN organisations o ON o.id = a.organisation_id
          LEFT JOIN memberships m ON m.organisation_id = COALESCE(o.merged_into, o.id) AND m.account_id = $1 AND m.until IS NULL
          LEFT JOIN application_people p ON p.application_id = a.id AND p.account_id = $1 AND p.until IS NULL
          WHERE (m.id IS NOT NULL OR p.id IS NOT NULL) "
    };
}

#[derive(FromRow)]
struct SeatRow {
    #[sqlx(flatten)]
    application: Application,
    member_role: Option<OrgRole>,
    guest_role: Option<OrgRole>,
}

impl SeatRow {
    fn role(&self) -> OrgRole {
        self.member_role.max(self.guest_role).unwrap_or(OrgRole::Reader)
    }
}

/// An application with what somebody is in it; nothing for everybody else.
pub async fn seat(tx: &mut Tx, id: &Id, account: &Id) -> Result<Option<Seat>, StoreError> {
    let row: Option<SeatRow> = sqlx::query_as(concat!(
        "SELECT ",
        columns!(),
        ", m.role AS member_role, p.role AS guest_role FROM applications a",
        seated!(),
        "AND a.id = $2"
    ))
    .bind(account.clone())
    .bind(id.clone())
    .fetch_optional(&mut *tx)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let organisation = crate::organisations::store::organisation(tx, &row.application.organisation_id).await?;
    let organisation: Organisation = organisation.ok_or_else(|| StoreError::Corrupt(format!("organisation of application {id}")))?;
    Ok(Some(Seat { role: row.role(), belongs: row.member_role.is_some(), application: row.application, organisation }))
}

/// An application in a list of somebody's own.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Mine {
    #[sqlx(flatten)]
    pub application: Application,
    pub organisation: String,
    pub call_sv: String,
    pub call_en: String,
    pub closes_at: Instant,
    pub number: Option<crate::kit::CaseNumber>,
}

/// Everything that somebody is somebody in, but what was thrown away: what is written first, then what changed last.
pub async fn mine(tx: &mut Tx, account: &Id) -> Result<Vec<Mine>, StoreError> {
    #[derive(FromRow)]
    struct Row {
        #[sqlx(flatten)]
        application: Application,
        organisation: String,
        facts: String,
        closes_at: Instant,
        number: Option<crate::kit::CaseNumber>,
    }
    let rows: Vec<Row> = sqlx::query_as(concat!(
        "SELECT ",
        columns!(),
        ", o.name AS organisation, v.facts, c.closes_at, r.number FROM applications a
         JOIN calls c ON c.id = a.call_id JOIN call_versions v ON v.call_id = a.call_id AND v.number = c.current_version
         LEFT JOIN register_cases r ON r.id = a.case_id",
        seated!(),
        "AND a.state <> 'discarded' ORDER BY CASE WHEN a.state IN ('draft', 'completing') THEN 0 ELSE 1 END, a.updated_at DESC, a.id"
    ))
    .bind(account.clone())
    .fetch_all(tx)
    .await?;
    let mine = |row: Row| {
        let facts: crate::calls::model::Facts =
            serde_json::from_str(&row.facts).map_err(|_| StoreError::Corrupt(format!("call of application {}", row.application.id)))?;
        Ok(Mine {
            application: row.application,
            organisation: row.organisation,
            call_sv: facts.name.sv,
            call_en: facts.name.en,
            closes_at: row.closes_at,
            number: row.number,
        })
    };
    rows.into_iter().map(mine).collect()
}

#[derive(FromRow)]
struct AskedRow {
    slug: Slug,
    public: String,
    facts: String,
    form: String,
    newest: i64,
    opens_at: Instant,
    closes_at: Instant,
    extended_to: Option<Instant>,
}

/// The version of a call that an application answers, with what the newest says of time, and until when this organisation may send in.
pub async fn asked(tx: &mut Tx, application: &Application) -> Result<Asked, StoreError> {
    asked_of(tx, &application.call_id, Some(application.call_version), &application.organisation_id).await
}

/// As [`asked`], for an organisation that may have begun nothing yet: by default the newest version.
pub async fn asked_of(tx: &mut Tx, call: &Id, version: Option<i64>, organisation: &Id) -> Result<Asked, StoreError> {
    let row: AskedRow = sqlx::query_as(
        "SELECT c.slug, c.public, v.facts, v.form, c.current_version AS newest, c.opens_at, c.closes_at,
            (SELECT MAX(e.until) FROM call_extensions e WHERE e.call_id = c.id AND e.organisation_id = $3) AS extended_to
         FROM calls c JOIN call_versions v ON v.call_id = c.id AND v.number = COALESCE($2, c.current_version) WHERE c.id = $1",
    )
    .bind(call.clone())
    .bind(version)
    .bind(organisation.clone())
    .fetch_one(tx)
    .await?;
    let corrupt = |_| StoreError::Corrupt(format!("call {call}"));
    let facts: crate::calls::model::Facts = serde_json::from_str(&row.facts).map_err(corrupt)?;
    let form = serde_json::from_str(&row.form).map_err(corrupt)?;
    let title = |lang| text::applications(lang).documents.to_owned();
    let title = Both::new(title(crate::kit::Lang::Sv), title(crate::kit::Lang::En));
    Ok(Asked {
        slug: row.slug,
        form: whole_form(&facts, form, &title),
        facts,
        newest: row.newest,
        opens_at: row.opens_at,
        closes_at: row.closes_at,
        lives: row.public == crate::calls::lifecycle::Public::Published.code(),
        extended_to: row.extended_to,
    })
}

/// What is begun.
pub struct New<'a> {
    pub id: &'a Id,
    pub call: &'a Id,
    pub call_version: i64,
    pub organisation: &'a Id,
    pub by: &'a Id,
    pub at: Instant,
}

pub async fn insert(tx: &mut Tx, new: &New<'_>) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO applications (id, call_id, call_version, organisation_id, state, title, created_by, created_at, updated_at)
         VALUES ($1, $2, $3, $4, 'draft', '', $5, $6, $6)",
    )
    .bind(new.id.clone())
    .bind(new.call.clone())
    .bind(new.call_version)
    .bind(new.organisation.clone())
    .bind(new.by.clone())
    .bind(new.at)
    .execute(tx)
    .await?;
    Ok(())
}

/// The applications of an organisation under a call that stand, newest first: neither thrown away nor taken back.
pub async fn standing(tx: &mut Tx, call: &Id, organisation: &Id) -> Result<Vec<Application>, StoreError> {
    let standing = sqlx::query_as(concat!(
        "SELECT ",
        columns!(),
        " FROM applications a WHERE a.call_id = $1 AND a.organisation_id = $2
         AND a.state NOT IN ('withdrawn', 'discarded') ORDER BY a.created_at DESC, a.id DESC"
    ));
    Ok(standing.bind(call.clone()).bind(organisation.clone()).fetch_all(tx).await?)
}

/// Whether anything was begun under a call.
pub async fn any_under(tx: &mut Tx, call: &Id) -> Result<bool, StoreError> {
    let any: Option<i64> = sqlx::query_scalar("SELECT CAST(1 AS BIGINT) FROM applications WHERE call_id = $1 LIMIT 1")
        .bind(call.clone())
        .fetch_optional(tx)
        .await?;
    Ok(any.is_some())
}

/// Notes that something in the answers changed. The version is not asked: answers have tokens of their own.
pub async fn touch(tx: &mut Tx, id: &Id, title: &str, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE applications SET title = $2, version = version + 1, updated_at = $3 WHERE id = $1")
        .bind(id.clone())
        .bind(title.to_owned())
        .bind(now)
        .execute(tx)
        .await?;
    exactly_one(done.rows_affected(), "applications.id")
}

/// Brings an application from the state that was read into another.
pub async fn set_state(tx: &mut Tx, before: &Application, state: State, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE applications SET state = $3, version = version + 1, updated_at = $4 WHERE id = $1 AND state = $2")
        .bind(before.id.clone())
        .bind(before.state.code())
        .bind(state.code())
        .bind(now)
        .execute(tx)
        .await?;
    exactly_one(done.rows_affected(), "applications.state")
}

/// A draft follows a newer version of its call.
pub async fn move_on(tx: &mut Tx, before: &Application, version: i64, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE applications SET call_version = $3, version = version + 1, updated_at = $4 WHERE id = $1 AND call_version = $2 AND state = 'draft'",
    )
    .bind(before.id.clone())
    .bind(before.call_version)
    .bind(version)
    .bind(now)
    .execute(tx)
    .await?;
    exactly_one(done.rows_affected(), "applications.call_version")
}

/// A draft is received: its case, when, and whether that was too late.
pub async fn receive(tx: &mut Tx, before: &Application, case: &Id, late: bool, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE applications SET state = 'submitted', case_id = $2, late = $3, submitted_at = $4, version = version + 1, updated_at = $4
         WHERE id = $1 AND state = 'draft'",
    )
    .bind(before.id.clone())
    .bind(case.clone())
    .bind(i64::from(late))
    .bind(now)
    .execute(tx)
    .await?;
    exactly_one(done.rows_affected(), "applications.state")
}

/// The case of an application that was received.
pub async fn case(tx: &mut Tx, id: &Id) -> Result<Option<crate::register::model::Case>, StoreError> {
    let case = sqlx::query_as("SELECT r.id, r.number FROM applications a JOIN register_cases r ON r.id = a.case_id WHERE a.id = $1");
    Ok(case.bind(id.clone()).fetch_optional(tx).await?)
}

pub async fn insert_event(
    tx: &mut Tx,
    application: &Id,
    by: Option<&Id>,
    event: Event,
    note: &str,
    now: Instant,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO application_events (application_id, seq, at, account_id, event, note)
         SELECT $1, COALESCE(MAX(seq), 0) + 1, $2, $3, $4, $5 FROM application_events WHERE application_id = $1",
    )
    .bind(application.clone())
    .bind(now)
    .bind(by.cloned())
    .bind(event.code())
    .bind(note.to_owned())
    .execute(tx)
    .await?;
    Ok(())
}

/// What happened to an application, newest first.
pub async fn events(tx: &mut Tx, application: &Id) -> Result<Vec<Happened>, StoreError> {
    let events =
        sqlx::query_as("SELECT seq, at, account_id, event, note FROM application_events WHERE application_id = $1 ORDER BY seq DESC");
    Ok(events.bind(application.clone()).fetch_all(tx).await?)
}

pub async fn insert_signature(tx: &mut Tx, application: &Id, signature: &Signature) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO application_signatures (id, application_id, content_hash, signed_by, signed_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(signature.id.clone())
        .bind(application.clone())
        .bind(signature.content_hash.clone())
        .bind(signature.signed_by.clone())
        .bind(signature.signed_at)
        .execute(tx)
        .await?;
    Ok(())
}

/// The newest signature, whatever was signed.
pub async fn signature(tx: &mut Tx, application: &Id) -> Result<Option<Signature>, StoreError> {
    let signature = sqlx::query_as(
        "SELECT id, content_hash, signed_by, signed_at FROM application_signatures WHERE application_id = $1
         ORDER BY signed_at DESC, id DESC LIMIT 1",
    );
    Ok(signature.bind(application.clone()).fetch_optional(tx).await?)
}

/// Freezes what was sent in; gives its number.
pub async fn insert_snapshot(tx: &mut Tx, application: &Id, signature: &Id, new: &Snapshot) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO application_snapshots (application_id, number, content, content_hash, signature_id, made_by, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(application.clone())
    .bind(new.number)
    .bind(new.content.clone())
    .bind(new.content_hash.clone())
    .bind(signature.clone())
    .bind(new.made_by.clone())
    .bind(new.made_at)
    .execute(tx)
    .await?;
    Ok(())
}

/// What was sent in, newest first.
pub async fn snapshots(tx: &mut Tx, application: &Id) -> Result<Vec<Snapshot>, StoreError> {
    let snapshots = sqlx::query_as(
        "SELECT number, content, content_hash, made_by, made_at FROM application_snapshots WHERE application_id = $1 ORDER BY number DESC",
    );
    Ok(snapshots.bind(application.clone()).fetch_all(tx).await?)
}
