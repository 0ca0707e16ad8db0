-- Files that people attach to what they write. Removing is a mark: the file itself goes with what it belongs to.
CREATE TABLE attachments (
    id TEXT PRIMARY KEY,
    -- What it belongs to, as whoever keeps that calls it: `application:<id>`; and what it answers there.
    owner TEXT NOT NULL,
    slot TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('pdf', 'docx', 'xlsx', 'odt', 'png', 'jpeg')),
    size INTEGER NOT NULL CHECK (size > 0),
    file_hash TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('unscanned', 'waiting', 'approved', 'quarantined')),
    scanned_at TEXT,
    -- What was found, as the scanner calls it.
    finding TEXT NOT NULL DEFAULT '',
    -- What was seen in a PDF, as JSON; empty until somebody has looked, and where nothing could be seen.
    seen TEXT NOT NULL DEFAULT '',
    added_by TEXT NOT NULL REFERENCES accounts (id),
    added_at TEXT NOT NULL,
    removed_by TEXT REFERENCES accounts (id),
    removed_at TEXT,
    CHECK ((removed_by IS NULL) = (removed_at IS NULL)),
    CHECK ((state IN ('approved', 'quarantined')) = (scanned_at IS NOT NULL))
) STRICT;
CREATE INDEX attachments_of ON attachments (owner, slot);
CREATE INDEX attachments_by_hash ON attachments (file_hash);
