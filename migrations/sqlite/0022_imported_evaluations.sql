-- How many evaluations a file of publications brings or changes: such a file takes two people.
ALTER TABLE catalogue_imports ADD COLUMN evaluations INTEGER NOT NULL DEFAULT 0 CHECK (evaluations >= 0);
