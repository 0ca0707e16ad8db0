-- What editors keep besides texts: prices with dates, files and their history, covers, and imports by page.
ALTER TABLE editions ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
CREATE INDEX editions_file_hash ON editions (file_hash);

-- What an edition costs from a day on. Before the first of them holds the price of the edition's own row.
CREATE TABLE edition_prices (
    edition_id TEXT NOT NULL REFERENCES editions (id),
    valid_from TEXT NOT NULL,
    price INTEGER NOT NULL CHECK (price > 0),
    is_example INTEGER NOT NULL CHECK (is_example IN (0, 1)),
    set_by TEXT NOT NULL,
    set_at TEXT NOT NULL,
    PRIMARY KEY (edition_id, valid_from)
) STRICT, WITHOUT ROWID;

-- Every file that came by a page. One that nothing names any more is removed.
CREATE TABLE uploads (
    file_hash TEXT PRIMARY KEY,
    began_at TEXT NOT NULL
) STRICT;
CREATE INDEX uploads_began ON uploads (began_at);

-- Files that editions had before.
CREATE TABLE replaced_files (
    id TEXT PRIMARY KEY,
    edition_id TEXT NOT NULL REFERENCES editions (id),
    file_hash TEXT NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    replaced_by TEXT NOT NULL,
    replaced_at TEXT NOT NULL
) STRICT;
CREATE INDEX replaced_files_edition ON replaced_files (edition_id, replaced_at);
CREATE INDEX replaced_files_hash ON replaced_files (file_hash);

-- The picture of a work's front. One that another took the place of keeps its row.
CREATE TABLE covers (
    id TEXT PRIMARY KEY,
    work_id TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    width INTEGER NOT NULL CHECK (width > 0),
    height INTEGER NOT NULL CHECK (height > 0),
    decorative INTEGER NOT NULL CHECK (decorative IN (0, 1)),
    alt_sv TEXT,
    alt_en TEXT,
    version INTEGER NOT NULL DEFAULT 1,
    added_by TEXT NOT NULL,
    added_at TEXT NOT NULL,
    until TEXT,
    CHECK (decorative = 1 OR (alt_sv IS NOT NULL AND alt_en IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX covers_now ON covers (work_id) WHERE until IS NULL;
CREATE INDEX covers_hash ON covers (file_hash);

-- A cover in the sizes that pages show it in.
CREATE TABLE cover_images (
    cover_id TEXT NOT NULL REFERENCES covers (id),
    width INTEGER NOT NULL CHECK (width > 0),
    height INTEGER NOT NULL CHECK (height > 0),
    file_hash TEXT NOT NULL,
    media_type TEXT NOT NULL CHECK (media_type IN ('image/jpeg', 'image/png')),
    PRIMARY KEY (cover_id, width)
) STRICT;
CREATE INDEX cover_images_hash ON cover_images (file_hash);

-- Files of publications that somebody read in by the page, or tried to.
CREATE TABLE catalogue_imports (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    file_hash TEXT,
    shown_hash TEXT NOT NULL,
    size INTEGER NOT NULL,
    format TEXT NOT NULL CHECK (format IN ('csv', 'json')),
    state TEXT NOT NULL CHECK (state IN ('checking', 'checked', 'refused', 'importing', 'imported', 'failed')),
    rows_done INTEGER NOT NULL DEFAULT 0 CHECK (rows_done >= 0),
    report TEXT NOT NULL DEFAULT '[]',
    version INTEGER NOT NULL DEFAULT 1,
    uploaded_by TEXT NOT NULL,
    uploaded_at TEXT NOT NULL,
    checked_at TEXT,
    confirmed_by TEXT,
    confirmed_at TEXT,
    finished_at TEXT,
    CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL)),
    CHECK (state NOT IN ('importing', 'imported') OR confirmed_at IS NOT NULL)
) STRICT;
CREATE INDEX catalogue_imports_uploaded ON catalogue_imports (uploaded_at, id);
CREATE INDEX catalogue_imports_hash ON catalogue_imports (file_hash);
