-- Works and their editions. A work is what was written; an edition is one form of it with its own ISBN.
-- Dates are as precise as they are known: 2021, 2021-03 or 2021-03-15. Money is öre including VAT, rates are basis points.
CREATE TABLE series (
    id TEXT PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE,
    issn TEXT
);

CREATE TABLE subjects (
    id TEXT PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name_sv TEXT NOT NULL UNIQUE,
    name_en TEXT
);

CREATE TABLE works (
    id TEXT PRIMARY KEY,
    import_key TEXT NOT NULL UNIQUE,
    path TEXT NOT NULL UNIQUE,
    year BIGINT,
    slug TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL CHECK (title <> ''),
    subtitle TEXT,
    languages TEXT NOT NULL,
    series_id TEXT REFERENCES series (id),
    number TEXT,
    received TEXT COLLATE "C",
    decided TEXT COLLATE "C",
    published TEXT COLLATE "C",
    revised TEXT COLLATE "C",
    authors TEXT NOT NULL,
    organisation TEXT,
    ingress_sv TEXT,
    ingress_en TEXT,
    body_sv TEXT,
    body_en TEXT,
    interviewee TEXT,
    funded_evaluation BIGINT NOT NULL CHECK (funded_evaluation IN (0, 1)),
    urn TEXT UNIQUE,
    issn TEXT,
    source_url TEXT,
    status TEXT NOT NULL CHECK (status IN ('published', 'withdrawn')),
    withdrawn_reason TEXT,
    content_hash TEXT NOT NULL,
    revision BIGINT NOT NULL,
    created_at TEXT COLLATE "C" NOT NULL,
    updated_at TEXT COLLATE "C" NOT NULL
);
CREATE INDEX works_revision ON works (revision, id);
CREATE INDEX works_series ON works (series_id);

CREATE TABLE work_subjects (
    work_id TEXT NOT NULL REFERENCES works (id),
    subject_id TEXT NOT NULL REFERENCES subjects (id),
    position BIGINT NOT NULL,
    PRIMARY KEY (work_id, subject_id)
);
CREATE INDEX work_subjects_subject ON work_subjects (subject_id);

CREATE TABLE work_questions (
    work_id TEXT NOT NULL REFERENCES works (id),
    lang TEXT NOT NULL CHECK (lang IN ('sv', 'en')),
    position BIGINT NOT NULL,
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    PRIMARY KEY (work_id, lang, position)
);

-- Related works are named by import key, since the other work may come later in the file.
CREATE TABLE work_relations (
    work_id TEXT NOT NULL REFERENCES works (id),
    position BIGINT NOT NULL,
    related_key TEXT NOT NULL,
    PRIMARY KEY (work_id, position)
);

CREATE TABLE work_grants (
    work_id TEXT NOT NULL REFERENCES works (id),
    position BIGINT NOT NULL,
    year BIGINT NOT NULL,
    text_sv TEXT NOT NULL,
    text_en TEXT,
    amount BIGINT,
    PRIMARY KEY (work_id, position)
);

CREATE TABLE editions (
    id TEXT PRIMARY KEY,
    work_id TEXT NOT NULL REFERENCES works (id),
    position BIGINT NOT NULL,
    form TEXT NOT NULL CHECK (form IN ('print', 'pdf', 'epub', 'web')),
    isbn TEXT UNIQUE,
    isbn_is_example BIGINT NOT NULL DEFAULT 0 CHECK (isbn_is_example IN (0, 1)),
    pages BIGINT CHECK (pages > 0),
    price BIGINT CHECK (price > 0),
    price_is_example BIGINT NOT NULL DEFAULT 0 CHECK (price_is_example IN (0, 1)),
    vat_rate BIGINT CHECK (vat_rate >= 0),
    availability TEXT NOT NULL CHECK (availability IN ('in_print', 'out_of_print', 'not_printed')),
    on_hand BIGINT NOT NULL DEFAULT 0 CHECK (on_hand >= 0),
    held BIGINT NOT NULL DEFAULT 0 CHECK (held >= 0),
    backorder_allowed BIGINT NOT NULL DEFAULT 0 CHECK (backorder_allowed IN (0, 1)),
    file_hash TEXT,
    file_name TEXT,
    file_size BIGINT,
    media_type TEXT,
    UNIQUE (work_id, position),
    -- What is held has been promised to someone, so it must be there.
    CHECK (held <= on_hand)
);

CREATE TABLE downloads (
    edition_id TEXT NOT NULL REFERENCES editions (id),
    month TEXT COLLATE "C" NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (edition_id, month)
);
