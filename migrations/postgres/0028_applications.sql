-- Applications: what an organisation asks for under a call. Answers are kept raw, question by question and version by version;
-- a draft can be read by its own people only, and what is sent in is frozen as a snapshot.
CREATE TABLE applications (
    id TEXT PRIMARY KEY,
    call_id TEXT NOT NULL,
    -- The version whose questions and rules it answers, frozen when it was begun.
    call_version BIGINT NOT NULL,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'completing', 'withdrawn', 'discarded')),
    -- The answer to the question that names the work, for lists.
    title TEXT NOT NULL,
    -- Whether it came after the call had closed, by the server's clock.
    late BIGINT NOT NULL DEFAULT 0 CHECK (late IN (0, 1)),
    case_id TEXT REFERENCES register_cases (id),
    submitted_at TEXT COLLATE "C",
    version BIGINT NOT NULL DEFAULT 1,
    created_by TEXT NOT NULL REFERENCES accounts (id),
    created_at TEXT COLLATE "C" NOT NULL,
    updated_at TEXT COLLATE "C" NOT NULL,
    FOREIGN KEY (call_id, call_version) REFERENCES call_versions (call_id, number),
    CHECK ((submitted_at IS NULL) = (case_id IS NULL)),
    CHECK (state NOT IN ('submitted', 'completing', 'withdrawn') OR submitted_at IS NOT NULL)
);
CREATE INDEX applications_of ON applications (organisation_id, call_id);
CREATE INDEX applications_under ON applications (call_id, submitted_at);

CREATE TABLE application_answers (
    application_id TEXT NOT NULL REFERENCES applications (id),
    question TEXT NOT NULL,
    number BIGINT NOT NULL CHECK (number > 0),
    -- Names and values as they were typed: JSON.
    fields TEXT NOT NULL,
    is_current BIGINT NOT NULL CHECK (is_current IN (0, 1)),
    how TEXT NOT NULL CHECK (how IN ('saved', 'autosaved', 'beside', 'restored', 'merged', 'brought')),
    -- A text that was saved beside another one waits until somebody has chosen.
    settled_at TEXT COLLATE "C",
    saved_by TEXT NOT NULL REFERENCES accounts (id),
    saved_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (application_id, question, number),
    CHECK (how = 'beside' OR settled_at IS NULL),
    CHECK (how <> 'beside' OR is_current = 0)
);
CREATE UNIQUE INDEX application_answers_current ON application_answers (application_id, question) WHERE is_current = 1;
CREATE INDEX application_answers_beside ON application_answers (application_id) WHERE how = 'beside' AND settled_at IS NULL;

CREATE TABLE application_people (
    id TEXT PRIMARY KEY,
    application_id TEXT NOT NULL REFERENCES applications (id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    role TEXT NOT NULL CHECK (role IN ('reader', 'editor')),
    since TEXT COLLATE "C" NOT NULL,
    until TEXT COLLATE "C"
);
CREATE UNIQUE INDEX application_people_now ON application_people (application_id, account_id) WHERE until IS NULL;
CREATE INDEX application_people_of ON application_people (account_id);

CREATE TABLE application_invitations (
    id TEXT PRIMARY KEY,
    application_id TEXT NOT NULL REFERENCES applications (id),
    email TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('reader', 'editor')),
    token_hash TEXT NOT NULL UNIQUE,
    invited_by TEXT NOT NULL REFERENCES accounts (id),
    created_at TEXT COLLATE "C" NOT NULL,
    expires_at TEXT COLLATE "C" NOT NULL,
    accepted_at TEXT COLLATE "C",
    withdrawn_at TEXT COLLATE "C"
);
CREATE UNIQUE INDEX application_invitations_open ON application_invitations (application_id, email)
    WHERE accepted_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX application_invitations_to ON application_invitations (email);

CREATE TABLE application_presence (
    application_id TEXT NOT NULL REFERENCES applications (id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    section TEXT NOT NULL,
    seen_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (application_id, account_id)
);
CREATE INDEX application_presence_old ON application_presence (seen_at);

CREATE TABLE application_signatures (
    id TEXT PRIMARY KEY,
    application_id TEXT NOT NULL REFERENCES applications (id),
    -- SHA-256 of what was signed: a change afterwards has another one.
    content_hash TEXT NOT NULL,
    signed_by TEXT NOT NULL REFERENCES accounts (id),
    signed_at TEXT COLLATE "C" NOT NULL
);
CREATE INDEX application_signatures_of ON application_signatures (application_id, signed_at);

CREATE TABLE application_snapshots (
    application_id TEXT NOT NULL REFERENCES applications (id),
    number BIGINT NOT NULL CHECK (number > 0),
    -- Canonical JSON of form, answers and the hashes of files.
    content TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    signature_id TEXT NOT NULL REFERENCES application_signatures (id),
    made_by TEXT NOT NULL REFERENCES accounts (id),
    made_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (application_id, number)
);

CREATE TABLE application_events (
    application_id TEXT NOT NULL REFERENCES applications (id),
    seq BIGINT NOT NULL,
    at TEXT COLLATE "C" NOT NULL,
    account_id TEXT REFERENCES accounts (id),
    event TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (application_id, seq)
);

CREATE TABLE call_extensions (
    id TEXT PRIMARY KEY,
    call_id TEXT NOT NULL REFERENCES calls (id),
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    until TEXT COLLATE "C" NOT NULL,
    reason TEXT NOT NULL,
    granted_by TEXT NOT NULL REFERENCES accounts (id),
    granted_at TEXT COLLATE "C" NOT NULL
);
CREATE INDEX call_extensions_of ON call_extensions (call_id, organisation_id);
