-- The second factor of staff: an app that shows a new code every half minute (RFC 6238). The secret is enciphered with the
-- portal's key.
CREATE TABLE authenticators (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id),
    sealed TEXT NOT NULL,
    last_step INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL,
    confirmed_at TEXT
) STRICT;
