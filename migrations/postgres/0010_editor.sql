-- The catalogue's editor: what is being written, by whom, and every version of a publication.

-- What an import brought last stays in `content_hash`; what an editor publishes does not change it, so the same file again
-- does not undo it. An edition that was taken away stays as a row, since baskets and orders may name it.
ALTER TABLE editions ADD COLUMN removed BIGINT NOT NULL DEFAULT 0 CHECK (removed IN (0, 1));

-- Every publication as the staff's list shows it, published or not. `title_key` and `words` are folded in Rust.
CREATE TABLE catalogue_entries (
    work_id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    title_key TEXT COLLATE "C" NOT NULL,
    words TEXT NOT NULL,
    year BIGINT NOT NULL,
    kind TEXT NOT NULL,
    series TEXT NOT NULL,
    number TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'in_review', 'approved', 'scheduled', 'published', 'changing', 'withdrawn')),
    changed_at TEXT COLLATE "C" NOT NULL
);
INSERT INTO catalogue_entries (work_id, title, title_key, words, year, kind, series, number, state, changed_at)
    SELECT w.id, w.title, LOWER(w.title),
           LOWER(w.title || ' ' || COALESCE(w.subtitle, '') || ' ' || COALESCE(w.number, '') || ' ' || COALESCE(w.urn, '') || ' ' || w.import_key
                 || ' ' || COALESCE((SELECT STRING_AGG(e.isbn, ' ') FROM editions e WHERE e.work_id = w.id), '')),
           COALESCE(w.year, 0), w.kind, COALESCE(s.name, ''), COALESCE(w.number, ''), w.status, w.updated_at
    FROM works w LEFT JOIN series s ON s.id = w.series_id;
CREATE INDEX catalogue_entries_title ON catalogue_entries (title_key, work_id);
CREATE INDEX catalogue_entries_year ON catalogue_entries (year, work_id);
CREATE INDEX catalogue_entries_changed ON catalogue_entries (changed_at, work_id);
-- Nearly all are published: only the others are few enough for an index to help.
CREATE INDEX catalogue_entries_state ON catalogue_entries (state) WHERE state <> 'published';

-- What is being written about a publication, beside what readers see. `record` is a row as an import has it, raw.
-- `base_version` is the version that readers saw when it was begun (0: nothing), `base_revision` the catalogue's then.
CREATE TABLE work_drafts (
    work_id TEXT PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('draft', 'in_review', 'approved', 'scheduled')),
    record TEXT NOT NULL,
    base_version BIGINT NOT NULL,
    base_revision BIGINT NOT NULL,
    version BIGINT NOT NULL CHECK (version > 0),
    publish_at TEXT COLLATE "C",
    comment TEXT NOT NULL DEFAULT '',
    created_at TEXT COLLATE "C" NOT NULL,
    updated_at TEXT COLLATE "C" NOT NULL,
    CHECK ((state = 'scheduled') = (publish_at IS NOT NULL))
);

-- Who has written in a draft: none of them approves it where two people are needed.
CREATE TABLE work_draft_editors (
    work_id TEXT NOT NULL REFERENCES work_drafts (work_id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    PRIMARY KEY (work_id, account_id)
);

-- What happened to a publication, and what it was then: the newest record up to a number is what it was at that number.
CREATE TABLE work_versions (
    work_id TEXT NOT NULL,
    number BIGINT NOT NULL CHECK (number > 0),
    event TEXT NOT NULL,
    record TEXT,
    made_by TEXT NOT NULL,
    comment TEXT NOT NULL DEFAULT '',
    at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (work_id, number)
);
