-- A membership that staff ended says who did and why.
ALTER TABLE memberships ADD COLUMN ended_by TEXT REFERENCES accounts (id);
ALTER TABLE memberships ADD COLUMN ended_reason TEXT;
