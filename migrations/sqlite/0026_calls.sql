-- Calls: what is invited to, in versions. A call's draft holds raw answers as its editor's form has them, and its form of questions;
-- a version is what the public reads, and never changes.
CREATE TABLE calls (
    id TEXT PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    public TEXT NOT NULL CHECK (public IN ('never', 'published', 'decided', 'ended', 'cancelled')),
    draft TEXT NOT NULL CHECK (draft IN ('', 'draft', 'in_review', 'approved')),
    answers TEXT NOT NULL,
    form TEXT NOT NULL,
    current_version INTEGER,
    opens_at TEXT,
    closes_at TEXT,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    CHECK ((public = 'never') = (current_version IS NULL)),
    CHECK ((opens_at IS NULL) = (closes_at IS NULL)),
    CHECK (opens_at < closes_at)
) STRICT;

CREATE TABLE call_versions (
    call_id TEXT NOT NULL REFERENCES calls (id),
    number INTEGER NOT NULL CHECK (number > 0),
    answers TEXT NOT NULL,
    facts TEXT NOT NULL,
    form TEXT NOT NULL,
    -- What is new in it, for those who have read an earlier one.
    change_sv TEXT NOT NULL,
    change_en TEXT NOT NULL,
    published_at TEXT NOT NULL,
    published_by TEXT NOT NULL REFERENCES accounts (id),
    PRIMARY KEY (call_id, number)
) STRICT;

CREATE TABLE call_events (
    call_id TEXT NOT NULL REFERENCES calls (id),
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    event TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (call_id, seq)
) STRICT;

CREATE TABLE call_questions (
    id TEXT PRIMARY KEY,
    call_id TEXT NOT NULL REFERENCES calls (id),
    lang TEXT NOT NULL CHECK (lang IN ('sv', 'en')),
    question TEXT NOT NULL,
    -- Where the answer goes; nobody needs to say.
    email TEXT,
    asked_at TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('open', 'answered', 'published', 'closed')),
    shown_sv TEXT NOT NULL DEFAULT '',
    shown_en TEXT NOT NULL DEFAULT '',
    answer_sv TEXT NOT NULL DEFAULT '',
    answer_en TEXT NOT NULL DEFAULT '',
    answered_at TEXT,
    answered_by TEXT REFERENCES accounts (id),
    version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX call_questions_of ON call_questions (call_id, status, asked_at);
CREATE INDEX call_questions_open ON call_questions (asked_at) WHERE status = 'open';
