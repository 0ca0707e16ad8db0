-- Notices: what someone is told on their own pages, and by mail as they have chosen.
CREATE TABLE notices (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    kind TEXT NOT NULL,
    path TEXT NOT NULL,
    -- What stands in the sentence, as JSON.
    words TEXT NOT NULL,
    by_mail TEXT NOT NULL CHECK (by_mail IN ('each', 'daily', 'none')),
    created_at TEXT NOT NULL,
    read_at TEXT,
    mailed_at TEXT
) STRICT;
CREATE INDEX notices_account ON notices (account_id, created_at);
CREATE INDEX notices_created ON notices (created_at);
CREATE INDEX notices_daily ON notices (account_id) WHERE by_mail = 'daily' AND mailed_at IS NULL;
-- Nobody is told the same twice before they have read it.
CREATE UNIQUE INDEX notices_unread ON notices (account_id, kind, path, words) WHERE read_at IS NULL;

-- How often someone wants mail about one kind; where there is no row, `accounts.notices` holds.
CREATE TABLE notice_choices (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    kind TEXT NOT NULL,
    by_mail TEXT NOT NULL CHECK (by_mail IN ('each', 'daily', 'none')),
    PRIMARY KEY (account_id, kind)
) STRICT;

-- Where a mail program ends such mail with one press (RFC 8058).
ALTER TABLE outbox ADD COLUMN unsubscribe TEXT;

-- Who placed an order while signed in, or has claimed it by its link.
ALTER TABLE orders ADD COLUMN account_id TEXT REFERENCES accounts (id);
CREATE INDEX orders_account ON orders (account_id, placed_at);
