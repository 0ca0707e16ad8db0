-- What each clean-up took away: one row for the run and one for each kind of thing.
CREATE TABLE cleanups (
    id TEXT PRIMARY KEY,
    at TEXT NOT NULL,
    started_by TEXT NOT NULL CHECK (started_by IN ('night', 'operator')),
    uploads INTEGER NOT NULL CHECK (uploads >= 0)
) STRICT;
CREATE INDEX cleanups_at ON cleanups (at);

CREATE TABLE cleanup_rows (
    cleanup_id TEXT NOT NULL REFERENCES cleanups (id),
    sweep TEXT NOT NULL,
    gone INTEGER NOT NULL CHECK (gone > 0),
    PRIMARY KEY (cleanup_id, sweep)
) STRICT;
