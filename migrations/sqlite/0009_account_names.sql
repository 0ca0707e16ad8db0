-- A name in lower case, folded in Rust: SQLite's own LOWER leaves Å, Ä and Ö as they are.
ALTER TABLE accounts ADD COLUMN folded TEXT NOT NULL DEFAULT '';
UPDATE accounts SET folded = LOWER(name);
