-- The agency's register (offentlighets- och sekretesslagen 2009:400, 5 kap.): cases, the documents in them, what is said of each
-- document, and its files. Rows are only ever added: a correction is another entry, and the database itself refuses the rest.
CREATE TABLE register_cases (
    id TEXT PRIMARY KEY,
    -- The year in Stockholm, and the place in its series, which has no gaps.
    year BIGINT NOT NULL,
    serial BIGINT NOT NULL CHECK (serial > 0),
    number TEXT NOT NULL UNIQUE,
    -- What the case is about elsewhere: `application:<id>`. One thing is one case.
    reference TEXT UNIQUE,
    opened_at TEXT COLLATE "C" NOT NULL,
    UNIQUE (year, serial)
);

CREATE TABLE register_documents (
    id TEXT PRIMARY KEY,
    -- The order in which documents were registered, also those of one instant.
    seq BIGINT NOT NULL UNIQUE,
    case_id TEXT NOT NULL REFERENCES register_cases (id),
    running BIGINT NOT NULL CHECK (running > 0),
    reference TEXT UNIQUE,
    -- SHA-256 of what was received or sent, where that is known.
    content_hash TEXT,
    year BIGINT NOT NULL,
    registered_at TEXT COLLATE "C" NOT NULL,
    registered_by TEXT NOT NULL,
    -- The number of the entry that holds; the only thing here that changes.
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (case_id, running)
);

-- What is said of a document: the first entry when it is registered, another for each correction.
CREATE TABLE register_entries (
    document_id TEXT NOT NULL REFERENCES register_documents (id),
    version BIGINT NOT NULL CHECK (version > 0),
    direction TEXT NOT NULL CHECK (direction IN ('received', 'drawn_up', 'sent')),
    -- When it came, was drawn up or was sent.
    day TEXT COLLATE "C" NOT NULL,
    party TEXT NOT NULL CHECK (party IN ('none', 'organisation', 'person')),
    counterpart TEXT NOT NULL,
    subject TEXT NOT NULL CHECK (subject <> ''),
    -- Chapter and section of the act, `35:1`: the document is marked as secret.
    secrecy TEXT,
    masks_subject BIGINT NOT NULL DEFAULT 0 CHECK (masks_subject IN (0, 1)),
    masks_counterpart BIGINT NOT NULL DEFAULT 0 CHECK (masks_counterpart IN (0, 1)),
    entered_at TEXT COLLATE "C" NOT NULL,
    entered_by TEXT NOT NULL,
    -- Why it was corrected; none on the first.
    reason TEXT,
    PRIMARY KEY (document_id, version),
    CHECK (secrecy IS NOT NULL OR masks_subject + masks_counterpart = 0),
    CHECK ((version = 1) = (reason IS NULL)),
    CHECK (party <> 'none' OR counterpart = '')
);

CREATE TABLE register_files (
    id TEXT PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES register_documents (id),
    -- Its place among the document's files.
    place BIGINT NOT NULL CHECK (place > 0),
    file_hash TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL CHECK (size > 0),
    added_at TEXT COLLATE "C" NOT NULL,
    added_by TEXT NOT NULL,
    UNIQUE (document_id, place)
);
CREATE INDEX register_files_hash ON register_files (file_hash);

-- The words that a document is found by: those that everybody may see, and no others. Written anew at each correction.
CREATE TABLE register_words (
    word TEXT COLLATE "C" NOT NULL,
    document_id TEXT NOT NULL REFERENCES register_documents (id),
    -- Of subject and number, or of the counterpart.
    part TEXT NOT NULL CHECK (part IN ('what', 'who')),
    PRIMARY KEY (word, document_id, part)
);
CREATE INDEX register_words_document ON register_words (document_id, word);

CREATE TRIGGER register_cases_no_update BEFORE UPDATE ON register_cases FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER register_cases_no_delete BEFORE DELETE ON register_cases FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER register_entries_no_update BEFORE UPDATE ON register_entries FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER register_entries_no_delete BEFORE DELETE ON register_entries FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER register_files_no_update BEFORE UPDATE ON register_files FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER register_files_no_delete BEFORE DELETE ON register_files FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER register_documents_no_delete BEFORE DELETE ON register_documents FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER register_documents_no_update BEFORE UPDATE OF id, seq, case_id, running, reference, content_hash, year, registered_at, registered_by ON register_documents
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Requests for public documents (tryckfrihetsförordningen 1949:105, 2 kap.). Each is a case of its own in the register.
CREATE TABLE disclosures (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL UNIQUE REFERENCES register_cases (id),
    lang TEXT NOT NULL CHECK (lang IN ('sv', 'en')),
    -- Where the answer goes, and a name for who gave one; both go some time after the answer.
    email TEXT,
    name TEXT,
    -- Which documents are wanted, in the person's own words.
    wish TEXT NOT NULL,
    -- Number and wish as they are searched.
    folded TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('received', 'assessing', 'released', 'informed', 'decision_asked', 'released_in_part', 'refused',
                                         'withdrawn')),
    version BIGINT NOT NULL DEFAULT 1,
    received_at TEXT COLLATE "C" NOT NULL,
    -- The day since which somebody has waited for an answer: it came, or a decision was asked for.
    waits_since TEXT COLLATE "C" NOT NULL,
    -- When it was answered or withdrawn; none while somebody waits.
    closed_at TEXT COLLATE "C",
    CHECK ((closed_at IS NULL) = (state IN ('received', 'assessing', 'decision_asked')))
);
CREATE INDEX disclosures_newest ON disclosures (received_at, id);
CREATE INDEX disclosures_open ON disclosures (waits_since) WHERE closed_at IS NULL;
CREATE INDEX disclosures_closed ON disclosures (closed_at);

-- The documents of the register that a request names.
CREATE TABLE disclosure_documents (
    disclosure_id TEXT NOT NULL REFERENCES disclosures (id),
    document_id TEXT NOT NULL REFERENCES register_documents (id),
    PRIMARY KEY (disclosure_id, document_id)
);

-- The links that open a request, as SHA-256 only: one from the form, one from each mail.
CREATE TABLE disclosure_links (
    token_hash TEXT PRIMARY KEY,
    disclosure_id TEXT NOT NULL REFERENCES disclosures (id),
    created_at TEXT COLLATE "C" NOT NULL
);
CREATE INDEX disclosure_links_request ON disclosure_links (disclosure_id);

-- Files that are made ready for an answer. With the answer they become files of the document that is sent.
CREATE TABLE disclosure_files (
    id TEXT PRIMARY KEY,
    disclosure_id TEXT NOT NULL REFERENCES disclosures (id),
    file_hash TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL CHECK (size > 0),
    added_at TEXT COLLATE "C" NOT NULL,
    added_by TEXT NOT NULL REFERENCES accounts (id)
);
CREATE INDEX disclosure_files_request ON disclosure_files (disclosure_id);

-- What was answered. An answer is a document of the register, and what was given out are its files.
CREATE TABLE disclosure_answers (
    document_id TEXT PRIMARY KEY REFERENCES register_documents (id),
    disclosure_id TEXT NOT NULL REFERENCES disclosures (id),
    kind TEXT NOT NULL CHECK (kind IN ('released', 'informed', 'released_in_part', 'refused')),
    message TEXT NOT NULL,
    -- Chapters and sections, `25:1 35:1`.
    grounds TEXT NOT NULL,
    answered_at TEXT COLLATE "C" NOT NULL,
    answered_by TEXT NOT NULL REFERENCES accounts (id)
);
CREATE INDEX disclosure_answers_request ON disclosure_answers (disclosure_id);

CREATE TABLE disclosure_events (
    id TEXT PRIMARY KEY,
    disclosure_id TEXT NOT NULL REFERENCES disclosures (id),
    event TEXT NOT NULL,
    at TEXT COLLATE "C" NOT NULL,
    -- `account:<id>`, or `requester`.
    done_by TEXT NOT NULL
);
CREATE INDEX disclosure_events_request ON disclosure_events (disclosure_id, at);
