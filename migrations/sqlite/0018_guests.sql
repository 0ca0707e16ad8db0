-- Reviewers from outside: who was asked by mail to be one, for which days. The link's secret lies here as SHA-256 only; the
-- role itself is a row of staff_roles once the person has said yes.
CREATE TABLE guest_invitations (
    id TEXT PRIMARY KEY,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_until TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    invited_by TEXT NOT NULL REFERENCES accounts (id),
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    accepted_at TEXT,
    accepted_by TEXT REFERENCES accounts (id),
    withdrawn_at TEXT,
    CHECK (valid_from <= valid_until),
    CHECK (accepted_at IS NULL OR withdrawn_at IS NULL),
    CHECK ((accepted_at IS NULL) = (accepted_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX guest_invitations_open ON guest_invitations (email) WHERE accepted_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX guest_invitations_expiry ON guest_invitations (expires_at);
