-- Drafts of the next revision of published cases, sealed to a review key. A case has one at a time.
CREATE TABLE review_drafts (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL UNIQUE REFERENCES cases (id),
    -- The published revision that it was made from.
    base_revision INTEGER NOT NULL,
    review_key_id TEXT NOT NULL REFERENCES review_keys (id),
    envelope TEXT NOT NULL
);
CREATE INDEX review_drafts_by_review_key ON review_drafts (review_key_id);
