-- Words of a case that readers do not see, in whatever revision; taken out by the one gate to what is public.
CREATE TABLE redactions (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    words TEXT NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX redactions_by_case ON redactions (case_id);
