//! The one door to storage: [`Db::read`] and [`Db::write`] are the only ways to a transaction.
//!
//! The same SQL text runs on SQLite and on PostgreSQL through `sqlx::Any`; what cannot be the same
//! stands in [`dialect`]. Store functions take `&mut Tx` and never begin or commit.
//!
//! Why so strict: eight tasks doing read-then-write under a plain `BEGIN` lost 96 % of their
//! transactions on SQLite ("database is locked") and 81 % of the increments on PostgreSQL without an
//! error. Hence `BEGIN IMMEDIATE` on one writer connection, and `SERIALIZABLE` with retry.

pub mod dialect;
mod values;

use std::time::Duration;

use log::LevelFilter;
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{AnyConnection, AnyPool, ConnectOptions, Transaction};

use crate::kit::swedish;

/// What a store function runs its statements on: a connection inside a transaction that [`Db`] opened.
pub type Tx = AnyConnection;

/// How often a transaction that PostgreSQL gave up on is tried again with a fresh closure.
const ATTEMPTS: u32 = 10;

/// Which database engine stands behind the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    /// Reads the engine off a `DATABASE_URL`; anything but the two is refused.
    pub fn of(url: &str) -> Result<Self, StoreError> {
        if url.starts_with("sqlite:") {
            Ok(Self::Sqlite)
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Ok(Self::Postgres)
        } else {
            Err(StoreError::UnknownEngine)
        }
    }
}

/// What can go wrong between a store function and its database.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("DATABASE_URL must begin with sqlite:// or postgres://")]
    UnknownEngine,
    /// A guarded statement met another number of rows than the rule says: someone else was first.
    #[error("the row had changed: {0}")]
    Stale(&'static str),
    /// The database did what it could, but rivals kept winning; the caller may try again.
    #[error("gave up after {ATTEMPTS} attempts")]
    Contended,
    #[error("a stored value has a shape that the program does not know: {0}")]
    Corrupt(String),
    #[error(transparent)]
    Sql(#[from] sqlx::Error),
    #[error(transparent)]
    Migrate(#[from] sqlx::migrate::MigrateError),
}

impl StoreError {
    /// The name of the unique or check constraint that refused, if that is what happened.
    pub fn constraint(&self) -> Option<String> {
        let Self::Sql(sqlx::Error::Database(error)) = self else { return None };
        // SQLite names the columns in its message instead of the constraint.
        error.constraint().map(str::to_owned).or_else(|| {
            let message = error.message();
            message.split_once("constraint failed: ").map(|(_, what)| what.trim().to_owned())
        })
    }

    /// True when a unique constraint refused the row.
    pub fn is_unique_violation(&self) -> bool {
        matches!(self, Self::Sql(sqlx::Error::Database(error)) if error.is_unique_violation())
    }
}

/// Errors that may pass through [`Db::write`]: it must see which of them are worth another attempt.
pub trait Transient {
    /// True if the same work may succeed when the transaction is run again.
    fn is_transient(&self) -> bool;
}

impl Transient for StoreError {
    fn is_transient(&self) -> bool {
        match self {
            // 40001 serialization failure, 40P01 deadlock (PostgreSQL); 5 busy, 517 busy snapshot (SQLite).
            Self::Sql(sqlx::Error::Database(error)) => {
                matches!(error.code().as_deref(), Some("40001" | "40P01" | "5" | "517"))
            }
            _ => false,
        }
    }
}

/// Storage. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Db {
    engine: Engine,
    readers: AnyPool,
    writers: AnyPool,
}

impl Db {
    /// Opens the database behind `url`, creating an SQLite file that does not exist. Runs no migration.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        let engine = Engine::of(url)?;
        let (readers, writers) = match engine {
            // One writer, since SQLite has one; the readers may not write at all.
            Engine::Sqlite => {
                let url = if url.contains('?') { format!("{url}&mode=rwc") } else { format!("{url}?mode=rwc") };
                let writers = pool(&url, 1, dialect::SQLITE_WRITER).await?;
                (pool(&url, 4, dialect::SQLITE_READER).await?, writers)
            }
            Engine::Postgres => {
                let pool = pool(url, 16, dialect::POSTGRES_SESSION).await?;
                (pool.clone(), pool)
            }
        };
        Ok(Self { engine, readers, writers })
    }

    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Brings the tables up to this program's version. Migrations only go forward and only add, and
    /// a newer database is accepted, so that two versions can run side by side during an upgrade.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        self.migrator().set_ignore_missing(true).run(&self.writers).await?;
        Ok(())
    }

    /// The names of the migrations that this program brings and the database lacks.
    pub async fn pending(&self) -> Result<Vec<String>, StoreError> {
        let done: Result<Vec<(i64,)>, StoreError> =
            self.read(async |tx| Ok(sqlx::query_as("SELECT version FROM _sqlx_migrations").fetch_all(tx).await?)).await;
        let done = match done {
            Ok(done) => done,
            // The table of migrations comes with the first of them.
            Err(StoreError::Sql(sqlx::Error::Database(_))) => Vec::new(),
            Err(error) => return Err(error),
        };
        let lacks = |version: i64| !done.contains(&(version,));
        Ok(self
            .migrator()
            .iter()
            .filter(|step| lacks(step.version))
            .map(|step| format!("{:04} {}", step.version, step.description))
            .collect())
    }

    fn migrator(&self) -> sqlx::migrate::Migrator {
        match self.engine {
            Engine::Sqlite => sqlx::migrate!("migrations/sqlite"),
            Engine::Postgres => sqlx::migrate!("migrations/postgres"),
        }
    }

    /// Runs `work` on one consistent snapshot. Nothing in it can write.
    pub async fn read<T, E>(&self, work: impl AsyncFnOnce(&mut Tx) -> Result<T, E>) -> Result<T, E>
    where
        E: From<StoreError>,
    {
        let mut tx = self.begin(&self.readers, dialect::begin_read(self.engine)).await?;
        let result = work(&mut tx).await?;
        tx.commit().await.map_err(StoreError::from)?;
        Ok(result)
    }

    /// Runs `work` in a transaction that behaves as if it were alone, and makes its result durable.
    ///
    /// `work` may run several times and must have no effect outside the database: no mail, no file,
    /// no HTTP. An error rolls everything back.
    ///
    /// `AsyncFnOnce + Clone`, each attempt with a clone, and not `AsyncFn`: the compiler cannot see that the future of
    /// an `AsyncFn` that borrows is `Send`, so no handler and no task could have such a closure in it.
    pub async fn write<T, E>(&self, work: impl AsyncFnOnce(&mut Tx) -> Result<T, E> + Clone) -> Result<T, E>
    where
        E: From<StoreError> + Transient,
    {
        self.attempt(None, work).await
    }

    /// Like [`Db::write`], for work that touches what everybody shares: order numbers, the audit chain.
    /// It waits in line where `write` would collide and try again.
    pub async fn write_in_line<T, E>(&self, work: impl AsyncFnOnce(&mut Tx) -> Result<T, E> + Clone) -> Result<T, E>
    where
        E: From<StoreError> + Transient,
    {
        self.attempt(dialect::wait_in_line(self.engine), work).await
    }

    async fn attempt<T, E>(&self, first: Option<&'static str>, work: impl AsyncFnOnce(&mut Tx) -> Result<T, E> + Clone) -> Result<T, E>
    where
        E: From<StoreError> + Transient,
    {
        for attempt in 1..=ATTEMPTS {
            let mut tx = self.begin(&self.writers, dialect::begin_write(self.engine)).await?;
            if let Some(statement) = first {
                sqlx::query(statement).execute(&mut *tx).await.map_err(StoreError::from)?;
            }
            let outcome = match work.clone()(&mut tx).await {
                Ok(value) => match tx.commit().await.map_err(StoreError::from) {
                    Ok(()) => return Ok(value),
                    Err(error) if error.is_transient() => None,
                    Err(error) => Some(E::from(error)),
                },
                Err(error) => {
                    let transient = error.is_transient();
                    tx.rollback().await.map_err(StoreError::from)?;
                    (!transient).then_some(error)
                }
            };
            if let Some(error) = outcome {
                return Err(error);
            }
            metrics::counter!("portal_db_retries_total").increment(1);
            tokio::time::sleep(retry_pause(attempt)).await;
        }
        Err(StoreError::Contended.into())
    }

    #[expect(clippy::disallowed_methods, reason = "this is the door")]
    async fn begin(&self, pool: &AnyPool, statement: &'static str) -> Result<Transaction<'static, sqlx::Any>, StoreError> {
        let mut attempt = 0;
        loop {
            attempt += 1;
            match pool.begin_with(statement).await.map_err(StoreError::from) {
                Err(error) if error.is_transient() && attempt < ATTEMPTS => {}
                result => return result,
            }
        }
    }

    /// True if the database answers at all.
    pub async fn answers(&self) -> Result<(), StoreError> {
        self.read(async |tx| {
            sqlx::query("SELECT 1").execute(tx).await?;
            Ok(())
        })
        .await
    }

    /// Waits for running statements and closes every connection.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writers.close().await;
    }
}

/// A pattern for `LIKE $1 ESCAPE '!'` that finds the words anywhere in a folded text; signs that mean something in a pattern
/// mean themselves. Texts are folded in Rust ([`swedish::fold`]): SQLite's `LOWER` knows a to z only.
pub fn pattern(words: &str) -> String {
    let plain = swedish::fold(words).replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{plain}%")
}

/// For a guarded statement: that it met its one row. Otherwise someone else was first, and `what` names the guard.
pub fn exactly_one(rows: u64, what: &'static str) -> Result<(), StoreError> {
    if rows == 1 { Ok(()) } else { Err(StoreError::Stale(what)) }
}

/// How long to wait before the next attempt: doubling from 2 ms, with jitter so that rivals do not meet again.
fn retry_pause(attempt: u32) -> Duration {
    let ceiling = 2_u64 << attempt.min(7);
    Duration::from_millis(ceiling / 2 + crate::platform::ids::jitter(ceiling / 2))
}

async fn pool(url: &str, size: u32, session: &'static [&'static str]) -> Result<AnyPool, StoreError> {
    let options: AnyConnectOptions = url.parse().map_err(StoreError::from)?;
    let pool = AnyPoolOptions::new()
        .max_connections(size)
        .acquire_timeout(Duration::from_secs(10))
        // Asking each connection whether it lives costs a round trip per request; a broken one gives an error and is replaced.
        .test_before_acquire(false)
        .after_connect(move |connection, _| {
            Box::pin(async move {
                for statement in session {
                    sqlx::query(*statement).execute(&mut *connection).await?;
                }
                Ok(())
            })
        })
        // Each statement at `trace`, where tests count them, and none at a level of its own for being slow. Only the text is
        // logged, which is our own, never what is bound to it.
        .connect_with(options.log_statements(LevelFilter::Trace).log_slow_statements(LevelFilter::Off, Duration::MAX))
        .await?;
    Ok(pool)
}
