-- People: who signs in, how, and which roles of the staff they hold. Secrets lie here as SHA-256 only.
CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL DEFAULT '',
    folded TEXT NOT NULL DEFAULT '',
    sorted TEXT NOT NULL DEFAULT '',
    phone TEXT,
    lang TEXT NOT NULL CHECK (lang IN ('sv', 'en')),
    status TEXT NOT NULL CHECK (status IN ('active', 'disabled', 'closed')),
    notices TEXT NOT NULL DEFAULT 'each' CHECK (notices IN ('each', 'daily', 'none')),
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    last_sign_in_at TEXT
) STRICT;

CREATE TABLE staff_roles (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    role TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_until TEXT,
    given_by TEXT NOT NULL,
    given_at TEXT NOT NULL
) STRICT;
CREATE INDEX staff_roles_account ON staff_roles (account_id);

-- A mail that lets someone in: its link and its code, bound to the browser that asked.
CREATE TABLE sign_in_links (
    id TEXT PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    code_hash TEXT NOT NULL,
    browser_hash TEXT NOT NULL,
    email TEXT NOT NULL,
    lang TEXT NOT NULL CHECK (lang IN ('sv', 'en')),
    leads_to TEXT NOT NULL,
    guesses INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at TEXT
) STRICT;
CREATE INDEX sign_in_links_browser ON sign_in_links (browser_hash, created_at);
CREATE INDEX sign_in_links_expiry ON sign_in_links (expires_at);

CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    method TEXT NOT NULL,
    agent TEXT NOT NULL,
    created_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    proved_at TEXT,
    ended_at TEXT,
    ended_why TEXT
) STRICT;
CREATE INDEX sessions_account ON sessions (account_id, created_at);
CREATE INDEX sessions_last_seen ON sessions (last_seen_at);

-- What someone sent after their session had ended, enciphered with a key that only their browser holds.
CREATE TABLE kept_posts (
    id TEXT PRIMARY KEY,
    key_hash TEXT NOT NULL UNIQUE,
    path TEXT NOT NULL,
    sealed TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX kept_posts_created ON kept_posts (created_at);
