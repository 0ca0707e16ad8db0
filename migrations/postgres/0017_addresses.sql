-- A mail that shows a new address to be someone's own: a row of the mails that let someone in, with the account that asked.
-- Such a row lets nobody in; its browser is a session of that account.
ALTER TABLE sign_in_links ADD COLUMN account_id TEXT REFERENCES accounts (id);
