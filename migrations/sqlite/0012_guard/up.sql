-- What keeps a flood out of the queue: a keyed fingerprint by which near-duplicates are found, and whether the submission waits in the pile.
CREATE TABLE submission_guards (
    submission_id TEXT NOT NULL PRIMARY KEY REFERENCES submissions (id),
    fingerprint TEXT NOT NULL,
    held BOOLEAN NOT NULL
) WITHOUT ROWID;
