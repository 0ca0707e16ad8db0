//! Mail on its way out. The row is written in the transaction that makes the mail true; a worker sends it afterwards,
//! outside any transaction. So each mail is tried at least once, and since its Message-ID is the row's id, it arrives
//! once in effect. A mail that cannot be sent is a dead letter: it stays, and operators see it.
//!
//! A lease, not a held lock, says who is sending: when a worker dies, its lease runs out and another takes over.

use super::clock::Clock;
use super::db::{Db, StoreError, Tx, dialect, pattern};
use super::ids::SharedIds;
use super::mail::{Mailer, Outgoing, SendError, one_line};
use crate::kit::{Email, Id, Instant, Lang, swedish};

/// Longer than one sending can take: five steps of [`super::mail::STEP`] and some.
const LEASE_SECONDS: i64 = 300;

/// How long to wait after the first, second, … failed attempt. After the last there are no more.
const PAUSES: [i64; 7] = [60, 300, 1_800, 7_200, 21_600, 86_400, 86_400];

/// How often a mail is tried before it is a dead letter.
pub const ATTEMPTS: i64 = PAUSES.len() as i64 + 1;

/// A mail that something gave rise to.
#[derive(Debug, Clone)]
pub struct Mail {
    /// What sort of mail: `order.placed`.
    pub kind: &'static str,
    /// What it is about, by id. There is only ever one mail of a kind about one thing.
    pub about: String,
    pub to: Email,
    pub lang: Lang,
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// A row of the outbox, for those who look after it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Kept {
    pub id: Id,
    pub kind: String,
    pub about: String,
    pub recipient: Email,
    pub lang: Lang,
    pub subject: String,
    /// Empty once the mail is sent, unless bodies are kept for demonstration.
    pub text_body: String,
    pub status: String,
    pub attempts: i64,
    pub due_at: Instant,
    pub last_error: Option<String>,
    pub created_at: Instant,
    pub sent_at: Option<Instant>,
}

/// Where a mail stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Waiting,
    Sent,
    /// It could not be sent, and nobody tries any more.
    Dead,
}

impl Status {
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Sent, Self::Dead];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Dead => "dead",
        }
    }

    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }
}

/// What a list of mails is narrowed by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Narrow {
    pub status: Option<Status>,
    /// Part of a recipient's address or a subject.
    pub words: String,
}

impl Narrow {
    /// How many of these mails are wanted.
    pub fn count(&self, counts: &[(Status, i64)]) -> i64 {
        counts.iter().filter(|(status, _)| self.status.is_none_or(|chosen| chosen == *status)).map(|(_, count)| count).sum()
    }
}

/// How much lies in a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Backlog {
    pub waiting: i64,
    pub dead: i64,
}

/// Puts a mail into the outbox within the caller's transaction. A second mail of the same kind about the same thing is
/// passed over, so that an action that runs twice still sends one; `false` then.
pub async fn put(tx: &mut Tx, ids: &SharedIds, now: Instant, mail: &Mail) -> Result<bool, StoreError> {
    let result = sqlx::query(
        "INSERT INTO outbox (id, kind, about, recipient, subject, text_body, html_body, lang, status, attempts, due_at, created_at, folded)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', 0, $9, $9, $10)
         ON CONFLICT (kind, about) DO NOTHING",
    )
    .bind(ids.id(now))
    .bind(mail.kind)
    .bind(mail.about.clone())
    .bind(mail.to.clone())
    .bind(one_line(&mail.subject))
    .bind(mail.text.clone())
    .bind(mail.html.clone())
    .bind(mail.lang)
    .bind(now)
    .bind(swedish::fold(&format!("{} {}", mail.to, mail.subject)))
    .execute(tx)
    .await?;
    Ok(result.rows_affected() == 1)
}

/// As [`put`], for mail that its reader can end: `address` ends it with one press in the mail program (RFC 8058).
pub async fn put_endable(tx: &mut Tx, ids: &SharedIds, now: Instant, mail: &Mail, address: &str) -> Result<bool, StoreError> {
    let new = put(tx, ids, now, mail).await?;
    if new {
        sqlx::query("UPDATE outbox SET unsubscribe = $3 WHERE kind = $1 AND about = $2")
            .bind(mail.kind)
            .bind(mail.about.clone())
            .bind(address)
            .execute(tx)
            .await?;
    }
    Ok(new)
}

/// What one attempt came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    Succeeded,
    Later,
    Dead,
}

#[derive(sqlx::FromRow)]
struct Claimed {
    recipient: Email,
    subject: String,
    text_body: String,
    html_body: String,
    lang: Lang,
    unsubscribe: Option<String>,
    attempts: i64,
    created_at: Instant,
}

/// Takes one due mail and tries to send it; `None` when none is due. With `keep_bodies` the texts stay in the row after
/// sending; otherwise they go, because they hold secret links.
pub async fn deliver_one(db: &Db, clock: &dyn Clock, mailer: &Mailer, keep_bodies: bool) -> Result<Option<Attempt>, StoreError> {
    let Some((id, claimed)) = claim(db, clock.now()).await? else { return Ok(None) };
    let outcome = if claimed.attempts > ATTEMPTS {
        // The worker died each time it had this mail in hand.
        Err(SendError::Never("the worker did not come back from the last attempt".to_owned()))
    } else {
        mailer
            .send(&Outgoing {
                id: id.clone(),
                to: claimed.recipient,
                lang: claimed.lang,
                subject: claimed.subject,
                text: claimed.text_body,
                html: claimed.html_body,
                unsubscribe: claimed.unsubscribe,
                date: claimed.created_at,
            })
            .await
    };
    let delivery = settle(db, clock.now(), &id, claimed.attempts, outcome, keep_bodies).await?;
    let label = match delivery {
        Attempt::Succeeded => "sent",
        Attempt::Later => "later",
        Attempt::Dead => "dead",
    };
    metrics::counter!("portal_mail_total", "outcome" => label).increment(1);
    Ok(Some(delivery))
}

async fn claim(db: &Db, now: Instant) -> Result<Option<(Id, Claimed)>, StoreError> {
    // Looking first keeps an idle worker away from the one writer.
    let due: Option<(i64,)> = db
        .read(async |tx| {
            let due = sqlx::query_as(
                "SELECT CAST(1 AS BIGINT) FROM outbox
                 WHERE status = 'waiting' AND due_at <= $1 AND (leased_until IS NULL OR leased_until <= $1) LIMIT 1",
            )
            .bind(now)
            .fetch_optional(tx)
            .await?;
            Ok::<_, StoreError>(due)
        })
        .await?;
    if due.is_none() {
        return Ok(None);
    }
    let statement = dialect::claim_mail(db.engine());
    db.write(async |tx| {
        let id: Option<(Id,)> = sqlx::query_as(statement).bind(now).bind(now.plus_seconds(LEASE_SECONDS)).fetch_optional(&mut *tx).await?;
        let Some((id,)) = id else { return Ok(None) };
        let claimed = sqlx::query_as(
            "SELECT recipient, subject, text_body, html_body, lang, unsubscribe, attempts, created_at FROM outbox WHERE id = $1",
        )
        .bind(id.clone())
        .fetch_one(tx)
        .await?;
        Ok::<_, StoreError>(Some((id, claimed)))
    })
    .await
}

async fn settle(
    db: &Db,
    now: Instant,
    id: &Id,
    attempts: i64,
    outcome: Result<(), SendError>,
    keep_bodies: bool,
) -> Result<Attempt, StoreError> {
    let (error, pause) = match outcome {
        Ok(()) => {
            // Sent is sent, whoever holds the lease by now.
            db.write(async |tx| {
                sqlx::query(
                    "UPDATE outbox SET status = 'sent', sent_at = $2, leased_until = NULL, last_error = NULL,
                        unsubscribe = CASE WHEN $3 = 1 THEN unsubscribe ELSE NULL END,
                        text_body = CASE WHEN $3 = 1 THEN text_body ELSE '' END, html_body = CASE WHEN $3 = 1 THEN html_body ELSE '' END
                     WHERE id = $1 AND status <> 'sent'",
                )
                .bind(id.clone())
                .bind(now)
                .bind(i64::from(keep_bodies))
                .execute(tx)
                .await
                .map_err(StoreError::from)
            })
            .await?;
            return Ok(Attempt::Succeeded);
        }
        Err(SendError::Never(error)) => (error, None),
        Err(SendError::Later(error)) => {
            let pause = usize::try_from(attempts - 1).ok().and_then(|index| PAUSES.get(index)).copied();
            (error, pause)
        }
    };
    // What the server answered may hold the recipient's address: it stands in the row, not in the log.
    tracing::warn!(mail = %id, attempts, dead = pause.is_none(), "a mail was not sent; outbox.last_error says why");
    let (status, due) = match pause {
        Some(seconds) => ("waiting", now.plus_seconds(seconds)),
        None => ("dead", now),
    };
    // Only while this attempt is still the last: a rival that took over after our lease decides for itself.
    db.write(async |tx| {
        sqlx::query(
            "UPDATE outbox SET status = $3, due_at = $4, leased_until = NULL, last_error = $5
             WHERE id = $1 AND status = 'waiting' AND attempts = $2",
        )
        .bind(id.clone())
        .bind(attempts)
        .bind(status)
        .bind(due)
        .bind(error.clone())
        .execute(tx)
        .await
        .map_err(StoreError::from)
    })
    .await?;
    Ok(if pause.is_some() { Attempt::Later } else { Attempt::Dead })
}

/// Gives every dead letter a fresh start, once what stopped them is mended; how many there were.
pub async fn revive(tx: &mut Tx, now: Instant) -> Result<u64, StoreError> {
    let result = sqlx::query("UPDATE outbox SET status = 'waiting', attempts = 0, due_at = $1, leased_until = NULL WHERE status = 'dead'")
        .bind(now)
        .execute(tx)
        .await?;
    Ok(result.rows_affected())
}

/// Tries one mail that was not sent again, now and from the start; false when it was sent, or is not there.
pub async fn try_again(tx: &mut Tx, id: &Id, now: Instant) -> Result<bool, StoreError> {
    let result = sqlx::query(
        "UPDATE outbox SET status = 'waiting', attempts = 0, due_at = $2, leased_until = NULL WHERE id = $1 AND status <> 'sent'",
    )
    .bind(id.clone())
    .bind(now)
    .execute(tx)
    .await?;
    Ok(result.rows_affected() == 1)
}

/// How many mails with these words there are of each status.
pub async fn counts(tx: &mut Tx, words: &str) -> Result<[(Status, i64); 3], StoreError> {
    let rows: Vec<(String, i64)> = sqlx::query_as(
        "SELECT status, CAST(COUNT(*) AS BIGINT) FROM outbox
         WHERE folded LIKE $1 ESCAPE '!' GROUP BY status",
    )
    .bind(pattern(words))
    .fetch_all(tx)
    .await?;
    let count = |status: Status| rows.iter().find(|(code, _)| code == status.code()).map_or(0, |(_, count)| *count);
    Ok(Status::ALL.map(|status| (status, count(status))))
}

/// Some of the mails, the latest first: those after `last`, without the first `offset` of these.
pub async fn list(tx: &mut Tx, narrow: &Narrow, last: Option<&Kept>, limit: i64, offset: i64) -> Result<Vec<Kept>, StoreError> {
    let rows = sqlx::query_as(
        "SELECT id, kind, about, recipient, lang, subject, text_body, status, attempts, due_at, last_error, created_at, sent_at
         FROM outbox WHERE folded LIKE $1 ESCAPE '!' AND ($2 = '' OR status = $2) AND (created_at, id) < ($3, $4)
         ORDER BY created_at DESC, id DESC LIMIT $5 OFFSET $6",
    )
    .bind(pattern(&narrow.words))
    .bind(narrow.status.map_or("", Status::code))
    // Nothing comes after `~`.
    .bind(last.map_or_else(|| "~".to_owned(), |last| last.created_at.text()))
    .bind(last.map_or_else(|| "~".to_owned(), |last| last.id.to_string()))
    .bind(limit)
    .bind(offset)
    .fetch_all(tx)
    .await?;
    Ok(rows)
}

/// How many mails wait, and how many are dead letters.
pub async fn backlog(tx: &mut Tx) -> Result<Backlog, StoreError> {
    let (waiting, dead): (i64, i64) = sqlx::query_as(
        "SELECT CAST(COALESCE(SUM(CASE WHEN status = 'waiting' THEN 1 ELSE 0 END), 0) AS BIGINT),
                CAST(COALESCE(SUM(CASE WHEN status = 'dead' THEN 1 ELSE 0 END), 0) AS BIGINT)
         FROM outbox WHERE status IN ('waiting', 'dead')",
    )
    .fetch_one(tx)
    .await?;
    Ok(Backlog { waiting, dead })
}

/// The latest mails, newest first.
pub async fn latest(tx: &mut Tx, limit: i64) -> Result<Vec<Kept>, StoreError> {
    let rows = sqlx::query_as(
        "SELECT id, kind, about, recipient, lang, subject, text_body, status, attempts, due_at, last_error, created_at, sent_at
         FROM outbox ORDER BY created_at DESC, id DESC LIMIT $1",
    )
    .bind(limit)
    .fetch_all(tx)
    .await?;
    Ok(rows)
}

/// One mail.
pub async fn find(tx: &mut Tx, id: &Id) -> Result<Option<Kept>, StoreError> {
    let row = sqlx::query_as(
        "SELECT id, kind, about, recipient, lang, subject, text_body, status, attempts, due_at, last_error, created_at, sent_at
         FROM outbox WHERE id = $1",
    )
    .bind(id.clone())
    .fetch_optional(tx)
    .await?;
    Ok(row)
}
