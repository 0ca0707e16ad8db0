-- What a mail is found by, folded in Rust: SQLite's own LOWER leaves Å, Ä and Ö as they are.
ALTER TABLE outbox ADD COLUMN folded TEXT NOT NULL DEFAULT '';
UPDATE outbox SET folded = LOWER(recipient || ' ' || subject);
