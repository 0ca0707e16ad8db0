//! Everything that differs between the two engines, and nothing else. One constant or function per
//! difference, named for what it is for.

use super::Engine;

/// Settings of the one connection that writes. WAL with FULL: an acknowledged commit survives a power cut.
pub const SQLITE_WRITER: &[&str] = &[
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 10000",
    "PRAGMA cache_size = -4000",
];

/// Settings of the connections that read: they cannot change anything, even by mistake. The file is not mapped: every
/// connection would map all of it, and the process is to stay within 80 MB.
pub const SQLITE_READER: &[&str] =
    &["PRAGMA foreign_keys = ON", "PRAGMA busy_timeout = 10000", "PRAGMA query_only = ON", "PRAGMA cache_size = -1000"];

/// Settings of a PostgreSQL session.
pub const POSTGRES_SESSION: &[&str] = &["SET synchronous_commit = on", "SET TIME ZONE 'UTC'"];

pub fn begin_read(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "BEGIN DEFERRED",
        Engine::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    }
}

pub fn begin_write(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "BEGIN IMMEDIATE",
        Engine::Postgres => "BEGIN ISOLATION LEVEL SERIALIZABLE",
    }
}

/// The first statement of a transaction that waits in line. It must come before the snapshot is taken,
/// which `LOCK TABLE` does not do; SQLite's one writer is a line already.
pub fn wait_in_line(engine: Engine) -> Option<&'static str> {
    match engine {
        Engine::Sqlite => None,
        Engine::Postgres => Some("LOCK TABLE audit_events IN SHARE ROW EXCLUSIVE MODE"),
    }
}

/// What a transaction says first that fills tables: PostgreSQL would keep plans from when they were empty, and read the
/// whole table for each batch.
pub fn plan_each_time(engine: Engine) -> Option<&'static str> {
    match engine {
        Engine::Sqlite => None,
        Engine::Postgres => Some("SET LOCAL plan_cache_mode = force_custom_plan"),
    }
}

/// What a transaction says first that changes pages all over large indexes: in SQLite's small cache each would be written many
/// times. It holds until the program ends, so a server never says it.
pub fn large_batch(engine: Engine) -> Option<&'static str> {
    match engine {
        Engine::Sqlite => Some("PRAGMA cache_size = -262144"),
        Engine::Postgres => None,
    }
}

/// The names of a database's own tables, in order.
pub fn table_names(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => {
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_sqlx%' ORDER BY name"
        }
        Engine::Postgres => {
            "SELECT table_name::text AS name FROM information_schema.tables
             WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_sqlx%' ORDER BY table_name"
        }
    }
}

/// The columns of table `$1` in order of name.
pub fn column_names(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "SELECT name FROM pragma_table_info($1) ORDER BY name",
        Engine::Postgres => {
            "SELECT column_name::text AS name FROM information_schema.columns
             WHERE table_schema = current_schema() AND table_name = $1 ORDER BY column_name"
        }
    }
}

/// Takes the oldest due row of the outbox for this worker; rows that another worker is taking are passed over.
pub fn claim_mail(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => {
            "UPDATE outbox SET leased_until = $2, attempts = attempts + 1
             WHERE id = (SELECT id FROM outbox WHERE status = 'waiting' AND due_at <= $1 AND (leased_until IS NULL OR leased_until <= $1)
                         ORDER BY due_at, id LIMIT 1)
             RETURNING id"
        }
        Engine::Postgres => {
            "UPDATE outbox SET leased_until = $2, attempts = attempts + 1
             WHERE id = (SELECT id FROM outbox WHERE status = 'waiting' AND due_at <= $1 AND (leased_until IS NULL OR leased_until <= $1)
                         ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
             RETURNING id"
        }
    }
}

/// Takes the oldest due job in the same way.
pub fn claim_job(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => {
            "UPDATE jobs SET leased_until = $2, attempts = attempts + 1
             WHERE id = (SELECT id FROM jobs WHERE status = 'waiting' AND due_at <= $1 AND (leased_until IS NULL OR leased_until <= $1)
                         ORDER BY due_at, id LIMIT 1)
             RETURNING id"
        }
        Engine::Postgres => {
            "UPDATE jobs SET leased_until = $2, attempts = attempts + 1
             WHERE id = (SELECT id FROM jobs WHERE status = 'waiting' AND due_at <= $1 AND (leased_until IS NULL OR leased_until <= $1)
                         ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
             RETURNING id"
        }
    }
}
