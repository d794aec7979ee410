-- That the contributor of a published account asks for its correction or removal: one request of each account at a time, its words sealed elsewhere.
CREATE TABLE corrections (
    submission_id TEXT NOT NULL PRIMARY KEY REFERENCES submissions (id),
    kind TEXT NOT NULL CHECK (kind IN ('correction', 'removal')),
    week TEXT NOT NULL,
    answered BOOLEAN NOT NULL,
    -- Set with the answer: an unanswered request does not go by itself.
    expires DATE
) WITHOUT ROWID;
