-- The staff's tables: views that somebody saved, which columns a person looks at, and files that are written of a table.
CREATE TABLE table_views (
    id TEXT PRIMARY KEY,
    sheet TEXT NOT NULL,
    owner_id TEXT NOT NULL REFERENCES accounts (id),
    -- '' nobody else, 'all' every member of staff, or the code of a role.
    shared_with TEXT NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    query TEXT NOT NULL,
    columns TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at TEXT COLLATE "C" NOT NULL,
    updated_at TEXT COLLATE "C" NOT NULL
);
CREATE INDEX table_views_sheet ON table_views (sheet, owner_id);

CREATE TABLE table_choices (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    sheet TEXT NOT NULL,
    columns TEXT NOT NULL,
    view_id TEXT REFERENCES table_views (id) ON DELETE SET NULL,
    PRIMARY KEY (account_id, sheet)
);
CREATE INDEX table_choices_view ON table_choices (view_id);

CREATE TABLE exports (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    sheet TEXT NOT NULL,
    query TEXT NOT NULL,
    columns TEXT NOT NULL,
    format TEXT NOT NULL CHECK (format IN ('csv', 'xlsx')),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'ready', 'failed')),
    fault TEXT NOT NULL CHECK (fault IN ('', 'role', 'rows', 'fault')),
    attempt BIGINT NOT NULL CHECK (attempt > 0),
    rows_done BIGINT NOT NULL CHECK (rows_done >= 0),
    rows_total BIGINT NOT NULL CHECK (rows_total >= 0),
    size BIGINT NOT NULL CHECK (size >= 0),
    created_at TEXT COLLATE "C" NOT NULL,
    done_at TEXT COLLATE "C",
    CHECK (state <> 'failed' OR fault <> ''),
    CHECK ((state IN ('ready', 'failed')) = (done_at IS NOT NULL))
);
CREATE INDEX exports_account ON exports (account_id, created_at);
CREATE INDEX exports_created ON exports (created_at);
