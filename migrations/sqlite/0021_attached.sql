-- Files and covers belong to the draft: what a draft or a version names is kept, and readers see a cover when it is published.
CREATE TABLE work_files (
    work_id TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size >= 0),
    media_type TEXT NOT NULL,
    named_at TEXT NOT NULL,
    PRIMARY KEY (work_id, file_hash)
) STRICT;
CREATE INDEX work_files_hash ON work_files (file_hash);

-- When readers saw a cover first; nothing while only a draft has it, which has `until` from the beginning.
ALTER TABLE covers ADD COLUMN shown_at TEXT;
UPDATE covers SET shown_at = added_at;

-- Drafts that were begun before know nothing of the files that readers see: they are shown as changed beside them.
UPDATE work_drafts SET base_revision = -1 WHERE base_version > 0;

-- How many rows a file of publications has, and how many of them are written.
ALTER TABLE catalogue_imports ADD COLUMN rows_all INTEGER NOT NULL DEFAULT 0 CHECK (rows_all >= 0);
ALTER TABLE catalogue_imports ADD COLUMN rows_written INTEGER NOT NULL DEFAULT 0 CHECK (rows_written >= 0);
