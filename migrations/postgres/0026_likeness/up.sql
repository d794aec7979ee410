-- What moderators ruled on whether two cases are alike. Each pair stands once, with the lesser id first.
CREATE TABLE case_likeness (
    case_id TEXT NOT NULL REFERENCES cases (id),
    other_id TEXT NOT NULL REFERENCES cases (id),
    ruling TEXT NOT NULL CHECK (ruling IN ('alike', 'apart')),
    -- A code of alike_reason or of apart_reason.
    reason TEXT NOT NULL,
    PRIMARY KEY (case_id, other_id),
    CHECK (case_id COLLATE "C" < other_id COLLATE "C")
);
CREATE INDEX case_likeness_by_other ON case_likeness (other_id);
