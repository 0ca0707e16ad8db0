-- Sign-in by OpenID Connect: whom a provider's people are here, browsers on their way to a provider and back, and what
-- providers have said of signing out.
CREATE TABLE identities (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    created_at TEXT NOT NULL,
    last_used_at TEXT NOT NULL,
    UNIQUE (issuer, subject)
) STRICT;
CREATE INDEX identities_account ON identities (account_id);

-- The nonce and the verifier are of no use without the browser's cookie and the provider's code.
CREATE TABLE openid_requests (
    id TEXT PRIMARY KEY,
    state_hash TEXT NOT NULL UNIQUE,
    nonce TEXT NOT NULL,
    verifier TEXT NOT NULL,
    issuer TEXT NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('sign_in', 'link', 'prove')),
    account_id TEXT,
    lang TEXT NOT NULL CHECK (lang IN ('sv', 'en')),
    leads_to TEXT NOT NULL,
    browser_hash TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at TEXT,
    CHECK ((purpose = 'sign_in') = (account_id IS NULL))
) STRICT;
CREATE INDEX openid_requests_expiry ON openid_requests (expires_at);

CREATE TABLE openid_logouts (
    issuer TEXT NOT NULL,
    jti_hash TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (issuer, jti_hash)
) STRICT;
CREATE INDEX openid_logouts_created ON openid_logouts (created_at);

-- Which session at a provider a session here came from.
ALTER TABLE sessions ADD COLUMN issuer TEXT;
ALTER TABLE sessions ADD COLUMN subject TEXT;
ALTER TABLE sessions ADD COLUMN sid TEXT;
CREATE INDEX sessions_issuer ON sessions (issuer, subject);
