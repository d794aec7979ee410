DELETE FROM submission_envelopes WHERE part IN ('notes', 'checklist');
CREATE TEMP TABLE held_envelopes AS SELECT * FROM submission_envelopes;
DROP TABLE submission_envelopes;
CREATE TABLE submission_envelopes (
    submission_id TEXT NOT NULL REFERENCES submissions (id),
    part TEXT NOT NULL CHECK (part IN ('original', 'work', 'waiting', 'reason')),
    recipient TEXT NOT NULL CHECK (recipient IN ('review', 'contributor', 'instance')),
    envelope TEXT NOT NULL,
    PRIMARY KEY (submission_id, part, recipient)
) WITHOUT ROWID;
INSERT INTO submission_envelopes SELECT submission_id, part, recipient, envelope FROM held_envelopes;
DROP TABLE held_envelopes;
DROP TABLE kept_forms;
DROP TABLE ended_sessions;
DROP TABLE conflicts_of_interest;
DROP TABLE case_papers;
DROP TABLE submission_handling;
