//! Work that is done after the answer: a row written in the transaction that makes it due, taken by a worker under a
//! lease, tried again with longer and longer pauses, and kept as a dead letter when it never succeeds.
//!
//! A job runs at least once, so what it does must bear being done twice. To add a kind: an `async fn(App, Job)` in the
//! area's `actions`, a line in `server::handlers`, and [`put`] where it becomes due.

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::Value;

use super::clock::Clock;
use super::db::{Db, StoreError, Tx, dialect};
use super::ids::SharedIds;
use super::outbox::{Attempt, Backlog};
use crate::kit::{Id, Instant};

/// How long a worker has a job to itself. A job that takes longer is cut off a minute before.
const LEASE_SECONDS: i64 = 15 * 60;
const TIME_LIMIT: Duration = Duration::from_secs(14 * 60);

/// How long to wait after the first, second, … failed attempt.
const PAUSES: [i64; 7] = [60, 300, 1_800, 7_200, 21_600, 86_400, 86_400];

/// How often a job is tried before it is a dead letter.
pub const ATTEMPTS: i64 = PAUSES.len() as i64 + 1;

/// A job to be done.
#[derive(Debug, Clone)]
pub struct NewJob<'a> {
    /// Which handler does it.
    pub kind: &'a str,
    /// What the handler must know: ids and numbers, no personal data.
    pub payload: Value,
    pub due: Instant,
    /// At most one job with this key, as long as its row is kept: `cleanup:2026-11-23`.
    pub unique_key: Option<&'a str>,
}

/// A job in a worker's hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    pub id: Id,
    pub kind: String,
    pub payload: Value,
    /// 1 at the first attempt.
    pub attempts: i64,
}

/// Why a job was not done.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// Another attempt may succeed.
    #[error("{0}")]
    Later(String),
    /// No attempt can.
    #[error("{0}")]
    Never(String),
}

impl From<StoreError> for JobError {
    fn from(error: StoreError) -> Self {
        Self::Later(error.to_string())
    }
}

type Handler<S> = Box<dyn Fn(S, Job) -> BoxFuture<'static, Result<(), JobError>> + Send + Sync>;

/// Who does which kind of job. `S` is what the handlers work with: the portal.
pub struct Handlers<S>(HashMap<&'static str, Handler<S>>);

impl<S> Default for Handlers<S> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<S> Handlers<S> {
    /// Says who does jobs of this kind.
    pub fn on<F, Doing>(mut self, kind: &'static str, handler: F) -> Self
    where
        F: Fn(S, Job) -> Doing + Send + Sync + 'static,
        Doing: Future<Output = Result<(), JobError>> + Send + 'static,
    {
        self.0.insert(kind, Box::new(move |state, job| handler(state, job).boxed()));
        self
    }

    /// Runs one job within its time; a handler that panics has failed and takes nobody with it.
    async fn run(&self, state: S, job: Job) -> Result<(), JobError> {
        // A newer program may have put it there and will come back for it.
        let handler = self.0.get(job.kind.as_str()).ok_or_else(|| JobError::Later(format!("this program knows no job {:?}", job.kind)))?;
        let doing = AssertUnwindSafe(handler(state, job)).catch_unwind();
        match tokio::time::timeout(TIME_LIMIT, doing).await {
            Ok(Ok(result)) => result,
            Ok(Err(_)) => Err(JobError::Later("the handler panicked; the log says where".to_owned())),
            Err(_) => Err(JobError::Later(format!("not done within {} seconds", TIME_LIMIT.as_secs()))),
        }
    }
}

/// Puts a job into the queue within the caller's transaction; `false` if its unique key stands there already.
pub async fn put(tx: &mut Tx, ids: &SharedIds, now: Instant, job: &NewJob<'_>) -> Result<bool, StoreError> {
    let result = sqlx::query(
        "INSERT INTO jobs (id, kind, payload, status, attempts, due_at, created_at, unique_key)
         VALUES ($1, $2, $3, 'waiting', 0, $4, $5, $6)
         ON CONFLICT (unique_key) DO NOTHING",
    )
    .bind(ids.id(now))
    .bind(job.kind.to_owned())
    .bind(job.payload.to_string())
    .bind(job.due)
    .bind(now)
    .bind(job.unique_key.map(str::to_owned))
    .execute(tx)
    .await?;
    Ok(result.rows_affected() == 1)
}

/// Takes one due job and runs it; `None` when none is due.
pub async fn run_one<S>(db: &Db, clock: &dyn Clock, handlers: &Handlers<S>, state: S) -> Result<Option<Attempt>, StoreError> {
    let Some(job) = claim(db, clock.now()).await? else { return Ok(None) };
    let (id, kind, attempts) = (job.id.clone(), job.kind.clone(), job.attempts);
    let outcome = if attempts > ATTEMPTS {
        Err(JobError::Never("the worker did not come back from the last attempt".to_owned()))
    } else {
        handlers.run(state, job).await
    };
    let delivery = settle(db, clock.now(), &id, &kind, attempts, outcome).await?;
    let label = match delivery {
        Attempt::Succeeded => "done",
        Attempt::Later => "later",
        Attempt::Dead => "dead",
    };
    metrics::counter!("portal_jobs_total", "kind" => kind, "outcome" => label).increment(1);
    Ok(Some(delivery))
}

async fn claim(db: &Db, now: Instant) -> Result<Option<Job>, StoreError> {
    // Looking first keeps an idle worker away from the one writer.
    let due: Option<(i64,)> = db
        .read(async |tx| {
            let due = sqlx::query_as(
                "SELECT CAST(1 AS BIGINT) FROM jobs
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
    let statement = dialect::claim_job(db.engine());
    db.write(async |tx| {
        let id: Option<(Id,)> = sqlx::query_as(statement).bind(now).bind(now.plus_seconds(LEASE_SECONDS)).fetch_optional(&mut *tx).await?;
        let Some((id,)) = id else { return Ok(None) };
        let (kind, payload, attempts): (String, String, i64) =
            sqlx::query_as("SELECT kind, payload, attempts FROM jobs WHERE id = $1").bind(id.clone()).fetch_one(tx).await?;
        let payload = serde_json::from_str(&payload).map_err(|_| StoreError::Corrupt("a job's payload is not JSON".to_owned()))?;
        Ok::<_, StoreError>(Some(Job { id, kind, payload, attempts }))
    })
    .await
}

async fn settle(db: &Db, now: Instant, id: &Id, kind: &str, attempts: i64, outcome: Result<(), JobError>) -> Result<Attempt, StoreError> {
    let (error, pause) = match outcome {
        Ok(()) => {
            db.write(async |tx| {
                sqlx::query("UPDATE jobs SET status = 'done', done_at = $2, leased_until = NULL, last_error = NULL WHERE id = $1 AND status <> 'done'")
                    .bind(id.clone())
                    .bind(now)
                    .execute(tx)
                    .await
                    .map_err(StoreError::from)
            })
            .await?;
            return Ok(Attempt::Succeeded);
        }
        Err(JobError::Never(error)) => (error, None),
        Err(JobError::Later(error)) => {
            let pause = usize::try_from(attempts - 1).ok().and_then(|index| PAUSES.get(index)).copied();
            (error, pause)
        }
    };
    tracing::warn!(job = %id, kind, attempts, %error, dead = pause.is_none(), "a job was not done");
    let (status, due) = match pause {
        Some(seconds) => ("waiting", now.plus_seconds(seconds)),
        None => ("dead", now),
    };
    db.write(async |tx| {
        sqlx::query(
            "UPDATE jobs SET status = $3, due_at = $4, leased_until = NULL, last_error = $5
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

/// Gives every dead job a fresh start; how many there were.
pub async fn revive(tx: &mut Tx, now: Instant) -> Result<u64, StoreError> {
    let result = sqlx::query("UPDATE jobs SET status = 'waiting', attempts = 0, due_at = $1, leased_until = NULL WHERE status = 'dead'")
        .bind(now)
        .execute(tx)
        .await?;
    Ok(result.rows_affected())
}

/// How many jobs wait, and how many are dead letters.
pub async fn backlog(tx: &mut Tx) -> Result<Backlog, StoreError> {
    let (waiting, dead): (i64, i64) = sqlx::query_as(
        "SELECT CAST(COALESCE(SUM(CASE WHEN status = 'waiting' THEN 1 ELSE 0 END), 0) AS BIGINT),
                CAST(COALESCE(SUM(CASE WHEN status = 'dead' THEN 1 ELSE 0 END), 0) AS BIGINT)
         FROM jobs WHERE status IN ('waiting', 'dead')",
    )
    .fetch_one(tx)
    .await?;
    Ok(Backlog { waiting, dead })
}
