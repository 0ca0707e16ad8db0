-- Organisations: what applies and is paid, who may act for it, and how someone becomes one of them.
CREATE TABLE organisations (
    id TEXT PRIMARY KEY,
    orgnr TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    -- The name as it is searched and as it is put in order, by the Swedish alphabet.
    folded TEXT NOT NULL,
    sorted TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('municipality', 'region', 'municipal_association', 'state_agency', 'association', 'foundation',
                                       'company', 'university', 'religious_community', 'other')),
    municipality TEXT NOT NULL,
    street TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    city TEXT NOT NULL,
    bankgiro TEXT,
    plusgiro TEXT,
    peppol_id TEXT,
    email TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('unverified', 'verified', 'retired', 'merged')),
    merged_into TEXT REFERENCES organisations (id),
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    CHECK ((status = 'merged') = (merged_into IS NOT NULL)),
    CHECK (merged_into <> id)
) STRICT;
CREATE INDEX organisations_sorted ON organisations (sorted, id);
CREATE INDEX organisations_merged ON organisations (merged_into);

-- Who acts for an organisation, in which role, from when to when. A role that changes keeps its row; one that ends gets `until`.
CREATE TABLE memberships (
    id TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    role TEXT NOT NULL CHECK (role IN ('reader', 'editor', 'signatory')),
    since TEXT NOT NULL,
    until TEXT,
    version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE UNIQUE INDEX memberships_now ON memberships (organisation_id, account_id) WHERE until IS NULL;
CREATE INDEX memberships_account ON memberships (account_id);

-- A mail that asks someone in. The link's secret lies here as SHA-256 only.
CREATE TABLE invitations (
    id TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    email TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('reader', 'editor', 'signatory')),
    token_hash TEXT NOT NULL UNIQUE,
    invited_by TEXT NOT NULL REFERENCES accounts (id),
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    accepted_at TEXT,
    withdrawn_at TEXT,
    CHECK (accepted_at IS NULL OR withdrawn_at IS NULL)
) STRICT;
CREATE UNIQUE INDEX invitations_open ON invitations (organisation_id, email) WHERE accepted_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX invitations_email ON invitations (email);
CREATE INDEX invitations_expiry ON invitations (expires_at);

-- Someone asks to be let into an organisation that is here already.
CREATE TABLE join_requests (
    id TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    message TEXT NOT NULL,
    created_at TEXT NOT NULL,
    decided_by TEXT,
    decided_at TEXT,
    outcome TEXT CHECK (outcome IN ('approved', 'refused', 'withdrawn')),
    CHECK ((decided_at IS NULL) = (outcome IS NULL))
) STRICT;
CREATE UNIQUE INDEX join_requests_open ON join_requests (organisation_id, account_id) WHERE outcome IS NULL;
CREATE INDEX join_requests_account ON join_requests (account_id);
CREATE INDEX join_requests_decided ON join_requests (decided_at);
