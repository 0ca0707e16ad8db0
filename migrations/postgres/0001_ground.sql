-- What every area stands on: counters, mail on its way out, jobs, the audit chain, rate limits.
CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    value BIGINT NOT NULL CHECK (value >= 0)
);

CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    about TEXT NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    text_body TEXT NOT NULL,
    html_body TEXT NOT NULL,
    lang TEXT NOT NULL CHECK (lang IN ('sv', 'en')),
    status TEXT NOT NULL CHECK (status IN ('waiting', 'sent', 'dead')),
    attempts BIGINT NOT NULL DEFAULT 0,
    due_at TEXT COLLATE "C" NOT NULL,
    leased_until TEXT COLLATE "C",
    last_error TEXT,
    created_at TEXT COLLATE "C" NOT NULL,
    sent_at TEXT COLLATE "C",
    UNIQUE (kind, about)
);
CREATE INDEX outbox_due ON outbox (status, due_at);

CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('waiting', 'done', 'dead')),
    attempts BIGINT NOT NULL DEFAULT 0,
    due_at TEXT COLLATE "C" NOT NULL,
    leased_until TEXT COLLATE "C",
    last_error TEXT,
    created_at TEXT COLLATE "C" NOT NULL,
    done_at TEXT COLLATE "C",
    unique_key TEXT UNIQUE
);
CREATE INDEX jobs_due ON jobs (status, due_at);

CREATE TABLE audit_events (
    seq BIGINT PRIMARY KEY,
    at TEXT COLLATE "C" NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE
);
CREATE INDEX audit_events_object ON audit_events (object, seq);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
CREATE TRIGGER audit_events_no_update BEFORE UPDATE ON audit_events FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_events_no_delete BEFORE DELETE ON audit_events FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE rate_limits (
    purpose TEXT NOT NULL,
    subject TEXT NOT NULL,
    window_start TEXT COLLATE "C" NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (purpose, subject, window_start)
);
