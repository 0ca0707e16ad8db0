-- Passkeys (WebAuthn Level 3): what staff show as a second factor besides the app's code. `stored` holds the public key.
CREATE TABLE passkeys (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    credential_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    stored TEXT NOT NULL,
    -- The counter of signatures that was last seen: it rises, or stays at nought.
    counter BIGINT NOT NULL CHECK (counter >= 0),
    created_at TEXT COLLATE "C" NOT NULL,
    used_at TEXT COLLATE "C"
);
CREATE INDEX passkeys_account ON passkeys (account_id);

-- What a browser was asked to sign, until it answers: once, in the same session, within minutes.
CREATE TABLE passkey_ceremonies (
    session_id TEXT NOT NULL REFERENCES sessions (id),
    kind TEXT NOT NULL CHECK (kind IN ('add', 'show')),
    state TEXT NOT NULL,
    expires_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (session_id, kind)
);
CREATE INDEX passkey_ceremonies_expiry ON passkey_ceremonies (expires_at);
