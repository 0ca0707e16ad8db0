//! SQL of notices and of what someone has chosen about their mail.

use sqlx::FromRow;

use super::actions::Notice;
use super::rules::Chosen;
use crate::kit::{CivilDate, Email, Id, Instant, Lang, StaffRole};
use crate::people::model::{NoticeKind, NoticeWords};
use crate::people::rules::Notices;
use crate::platform::db::{StoreError, Tx, exactly_one};

/// Someone to be told, and how they want mail about this kind.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Listener {
    pub id: Id,
    pub email: Email,
    pub lang: Lang,
    by_mail: String,
}

impl Listener {
    pub fn by_mail(&self) -> Notices {
        Notices::of_code(&self.by_mail).unwrap_or(Notices::Each)
    }
}

/// How many accounts [`listeners`] asks for at a time.
const AT_A_TIME: usize = 20;

/// The active accounts among these. One statement for each twenty.
pub async fn listeners(tx: &mut Tx, kind: NoticeKind, accounts: &[Id]) -> Result<Vec<Listener>, StoreError> {
    let mut all = Vec::with_capacity(accounts.len());
    for some in accounts.chunks(AT_A_TIME) {
        let statement = sqlx::query_as(
            "SELECT a.id, a.email, a.lang, COALESCE(c.by_mail, a.notices) AS by_mail
             FROM accounts a LEFT JOIN notice_choices c ON c.account_id = a.id AND c.kind = $1
             WHERE a.status = 'active'
               AND a.id IN ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
             ORDER BY a.id",
        );
        let padded = some.iter().map(Id::as_str).chain(std::iter::repeat("")).take(AT_A_TIME);
        let found: Vec<Listener> = padded.fold(statement.bind(kind.code()), |statement, id| statement.bind(id)).fetch_all(&mut *tx).await?;
        all.extend(found);
    }
    Ok(all)
}

/// The active accounts that hold a role on a day.
pub async fn holders(tx: &mut Tx, kind: NoticeKind, role: StaffRole, day: CivilDate) -> Result<Vec<Listener>, StoreError> {
    let found = sqlx::query_as(
        "SELECT a.id, a.email, a.lang, COALESCE(c.by_mail, a.notices) AS by_mail
         FROM accounts a LEFT JOIN notice_choices c ON c.account_id = a.id AND c.kind = $1
         WHERE a.status = 'active'
           AND EXISTS (SELECT 1 FROM staff_roles r WHERE r.account_id = a.id AND r.role = $2 AND r.valid_from <= $3
                       AND (r.valid_until IS NULL OR r.valid_until >= $3))
         ORDER BY a.id",
    );
    Ok(found.bind(kind.code()).bind(role).bind(day).fetch_all(tx).await?)
}

/// Writes a notice; false when the same one lies there unread.
pub async fn insert(tx: &mut Tx, id: &Id, account: &Id, notice: &Notice, by_mail: Notices, now: Instant) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO notices (id, account_id, kind, path, words, by_mail, created_at, mailed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, CASE WHEN $6 = 'each' THEN $7 ELSE NULL END)
         ON CONFLICT (account_id, kind, path, words) WHERE read_at IS NULL DO NOTHING",
    )
    .bind(id.clone())
    .bind(account.clone())
    .bind(notice.kind.code())
    .bind(notice.path.clone())
    .bind(notice.words.json())
    .bind(by_mail.code())
    .bind(now)
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A notice as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    pub id: Id,
    pub kind: NoticeKind,
    pub path: String,
    pub words: NoticeWords,
    pub created_at: Instant,
    pub read_at: Option<Instant>,
}

#[derive(FromRow)]
struct Row {
    id: Id,
    kind: String,
    path: String,
    words: String,
    created_at: Instant,
    read_at: Option<Instant>,
}

impl Row {
    /// None for a kind that the portal knows no longer.
    fn shown(self) -> Option<Shown> {
        let kind = NoticeKind::of_code(&self.kind)?;
        let words = NoticeWords::read(&self.words);
        Some(Shown { id: self.id, kind, path: self.path, words, created_at: self.created_at, read_at: self.read_at })
    }
}

/// Some notices of an account, the newest first.
pub async fn list(tx: &mut Tx, account: &Id, limit: i64, offset: i64) -> Result<Vec<Shown>, StoreError> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, kind, path, words, created_at, read_at FROM notices WHERE account_id = $1
         ORDER BY created_at DESC, id DESC LIMIT $2 OFFSET $3",
    )
    .bind(account.clone())
    .bind(limit)
    .bind(offset)
    .fetch_all(tx)
    .await?;
    Ok(rows.into_iter().filter_map(Row::shown).collect())
}

/// One notice of an account.
pub async fn one(tx: &mut Tx, account: &Id, id: &Id) -> Result<Option<Shown>, StoreError> {
    let row: Option<Row> =
        sqlx::query_as("SELECT id, kind, path, words, created_at, read_at FROM notices WHERE account_id = $1 AND id = $2")
            .bind(account.clone())
            .bind(id.clone())
            .fetch_optional(tx)
            .await?;
    Ok(row.and_then(Row::shown))
}

/// How many notices an account has, and how many of them are unread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, FromRow)]
pub struct Count {
    pub all: i64,
    pub unread: i64,
}

pub async fn count(tx: &mut Tx, account: &Id) -> Result<Count, StoreError> {
    let (all, unread) = sqlx::query_as(
        "SELECT CAST(COUNT(*) AS BIGINT), CAST(COALESCE(SUM(CASE WHEN read_at IS NULL THEN 1 ELSE 0 END), 0) AS BIGINT)
         FROM notices WHERE account_id = $1",
    )
    .bind(account.clone())
    .fetch_one(tx)
    .await?;
    Ok(Count { all, unread })
}

/// Notes that one notice, or with none all of an account's, were read.
pub async fn read(tx: &mut Tx, account: &Id, id: Option<&Id>, now: Instant) -> Result<u64, StoreError> {
    let done = sqlx::query("UPDATE notices SET read_at = $3 WHERE account_id = $1 AND ($2 = '' OR id = $2) AND read_at IS NULL")
        .bind(account.clone())
        .bind(id.map_or("", Id::as_str))
        .bind(now)
        .execute(tx)
        .await?;
    Ok(done.rows_affected())
}

/// What an account has chosen kind by kind: codes.
pub async fn choices(tx: &mut Tx, account: &Id) -> Result<Vec<(String, String)>, StoreError> {
    let rows = sqlx::query_as("SELECT kind, by_mail FROM notice_choices WHERE account_id = $1 ORDER BY kind");
    Ok(rows.bind(account.clone()).fetch_all(tx).await?)
}

/// Writes how often someone wants mail, if nobody changed the account since `version` was read. Two statements, and one for each
/// kind that has a choice of its own.
pub async fn choose(tx: &mut Tx, account: &Id, version: i64, chosen: &Chosen, now: Instant) -> Result<(), StoreError> {
    set_general(tx, account, Some(version), chosen.general, now).await?;
    sqlx::query("DELETE FROM notice_choices WHERE account_id = $1").bind(account.clone()).execute(&mut *tx).await?;
    for (kind, by_mail) in &chosen.kinds {
        if let Some(by_mail) = by_mail {
            choose_kind(tx, account, *kind, *by_mail).await?;
        }
    }
    Ok(())
}

async fn set_general(tx: &mut Tx, account: &Id, version: Option<i64>, by_mail: Notices, now: Instant) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE accounts SET notices = $3, version = version + 1, updated_at = $4
         WHERE id = $1 AND ($2 = 0 OR version = $2) AND status = 'active'",
    )
    .bind(account.clone())
    .bind(version.unwrap_or(0))
    .bind(by_mail.code())
    .bind(now)
    .execute(tx)
    .await?;
    exactly_one(done.rows_affected(), "accounts.version")
}

/// Writes how often someone wants mail about one kind.
pub async fn choose_kind(tx: &mut Tx, account: &Id, kind: NoticeKind, by_mail: Notices) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO notice_choices (account_id, kind, by_mail) VALUES ($1, $2, $3)
         ON CONFLICT (account_id, kind) DO UPDATE SET by_mail = excluded.by_mail",
    )
    .bind(account.clone())
    .bind(kind.code())
    .bind(by_mail.code())
    .execute(tx)
    .await?;
    Ok(())
}

/// Ends the daily mail of an account: whatever came by it comes by no mail.
pub async fn end_daily(tx: &mut Tx, account: &Id, now: Instant) -> Result<(), StoreError> {
    sqlx::query("UPDATE accounts SET notices = 'none', version = version + 1, updated_at = $2 WHERE id = $1 AND notices = 'daily'")
        .bind(account.clone())
        .bind(now)
        .execute(&mut *tx)
        .await?;
    sqlx::query("UPDATE notice_choices SET by_mail = 'none' WHERE account_id = $1 AND by_mail = 'daily'")
        .bind(account.clone())
        .execute(tx)
        .await?;
    Ok(())
}

/// What waits for the daily mail and is not wanted any more waits no longer.
pub async fn drop_unwanted(tx: &mut Tx, account: &Id) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE notices SET by_mail = 'none' WHERE account_id = $1 AND by_mail = 'daily' AND mailed_at IS NULL
         AND COALESCE((SELECT c.by_mail FROM notice_choices c WHERE c.account_id = notices.account_id AND c.kind = notices.kind),
                      (SELECT a.notices FROM accounts a WHERE a.id = notices.account_id)) = 'none'",
    )
    .bind(account.clone())
    .execute(tx)
    .await?;
    Ok(())
}

/// Some accounts that something waits for, in order after one.
pub async fn waiting(tx: &mut Tx, after: &str, limit: i64) -> Result<Vec<(Id,)>, StoreError> {
    let rows = sqlx::query_as(
        "SELECT DISTINCT account_id FROM notices WHERE by_mail = 'daily' AND mailed_at IS NULL AND account_id > $1
         ORDER BY account_id LIMIT $2",
    );
    Ok(rows.bind(after).bind(limit).fetch_all(tx).await?)
}

/// What waits for the daily mail of an account and was not read meanwhile: the code of each kind, and how many.
pub async fn of_the_day(tx: &mut Tx, account: &Id) -> Result<Vec<(NoticeKind, i64)>, StoreError> {
    let rows: Vec<(String, i64)> = sqlx::query_as(
        "SELECT kind, CAST(COUNT(*) AS BIGINT) FROM notices
         WHERE account_id = $1 AND by_mail = 'daily' AND mailed_at IS NULL AND read_at IS NULL GROUP BY kind ORDER BY kind",
    )
    .bind(account.clone())
    .fetch_all(tx)
    .await?;
    Ok(rows.into_iter().filter_map(|(kind, count)| NoticeKind::of_code(&kind).map(|kind| (kind, count))).collect())
}

/// Notes that the daily mail took up what waited.
pub async fn mailed(tx: &mut Tx, account: &Id, now: Instant) -> Result<(), StoreError> {
    sqlx::query("UPDATE notices SET mailed_at = $2 WHERE account_id = $1 AND by_mail = 'daily' AND mailed_at IS NULL")
        .bind(account.clone())
        .bind(now)
        .execute(tx)
        .await?;
    Ok(())
}

/// Takes away what an account was told and has chosen.
pub async fn forget(tx: &mut Tx, account: &Id) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM notices WHERE account_id = $1").bind(account.clone()).execute(&mut *tx).await?;
    sqlx::query("DELETE FROM notice_choices WHERE account_id = $1").bind(account.clone()).execute(tx).await?;
    Ok(())
}
