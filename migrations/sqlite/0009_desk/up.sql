-- The desk: how moderators handle what came in, what they write for each other, who stepped aside; and forms that outlived a session.

-- Beside a submission, written by staff alone: the mark of its risk, who set or lifted it, who has claimed it until which hour, and who
-- accepted it first where two people have to.
CREATE TABLE submission_handling (
    submission_id TEXT NOT NULL PRIMARY KEY REFERENCES submissions (id),
    risk TEXT CHECK (risk IN ('source_at_risk', 'names_private_person')),
    marker_id TEXT REFERENCES members (id),
    claimant_id TEXT REFERENCES members (id),
    claimed_until TIMESTAMP,
    acceptor_id TEXT REFERENCES members (id),
    CHECK ((claimant_id IS NULL) = (claimed_until IS NULL))
) WITHOUT ROWID;
CREATE INDEX submission_handling_by_marker ON submission_handling (marker_id);
CREATE INDEX submission_handling_by_claimant ON submission_handling (claimant_id);
CREATE INDEX submission_handling_by_acceptor ON submission_handling (acceptor_id);

-- What moderators write for each other about a published case, sealed to a review key.
CREATE TABLE case_papers (
    case_id TEXT NOT NULL REFERENCES cases (id),
    part TEXT NOT NULL CHECK (part IN ('notes', 'checklist')),
    review_key_id TEXT NOT NULL REFERENCES review_keys (id),
    envelope TEXT NOT NULL,
    PRIMARY KEY (case_id, part)
);
CREATE INDEX case_papers_by_review_key ON case_papers (review_key_id);

-- Who has nothing to do with a submission or a case any more, for a conflict of interest.
CREATE TABLE conflicts_of_interest (
    id TEXT NOT NULL PRIMARY KEY,
    member_id TEXT NOT NULL REFERENCES members (id),
    submission_id TEXT REFERENCES submissions (id),
    case_id TEXT REFERENCES cases (id),
    UNIQUE (submission_id, member_id),
    UNIQUE (case_id, member_id),
    CHECK ((submission_id IS NULL) <> (case_id IS NULL))
);
CREATE INDEX conflicts_of_interest_by_member ON conflicts_of_interest (member_id);

-- Sessions that ended lately: whose they were, so that a form sent from one can be kept for its member. Nothing is opened by them.
CREATE TABLE ended_sessions (
    lookup TEXT NOT NULL PRIMARY KEY,
    member_id TEXT NOT NULL REFERENCES members (id),
    expires DATE NOT NULL
);
CREATE INDEX ended_sessions_by_member ON ended_sessions (member_id);

-- Forms that were sent after their session had ended, sealed to the member.
CREATE TABLE kept_forms (
    id TEXT NOT NULL PRIMARY KEY,
    member_id TEXT NOT NULL REFERENCES members (id),
    envelope TEXT NOT NULL,
    expires DATE NOT NULL
);
CREATE INDEX kept_forms_by_member ON kept_forms (member_id);

-- Notes and checklists are parts of a submission. SQLite changes no CHECK: the table is made anew around what it holds.
CREATE TEMP TABLE held_envelopes AS SELECT * FROM submission_envelopes;
DROP TABLE submission_envelopes;
CREATE TABLE submission_envelopes (
    submission_id TEXT NOT NULL REFERENCES submissions (id),
    part TEXT NOT NULL CHECK (part IN ('original', 'work', 'waiting', 'reason', 'notes', 'checklist')),
    recipient TEXT NOT NULL CHECK (recipient IN ('review', 'contributor', 'instance')),
    envelope TEXT NOT NULL,
    PRIMARY KEY (submission_id, part, recipient)
) WITHOUT ROWID;
INSERT INTO submission_envelopes SELECT submission_id, part, recipient, envelope FROM held_envelopes;
DROP TABLE held_envelopes;
