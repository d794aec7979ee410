-- Demands to take something down: what was demanded by what kind of claimant, what was decided, and what readers are told of it.
CREATE TABLE takedown_demands (
    id TEXT NOT NULL PRIMARY KEY,
    received DATE NOT NULL,
    claimant TEXT NOT NULL,
    sought TEXT NOT NULL,
    case_id TEXT REFERENCES cases (id),
    outcome TEXT,
    decided DATE,
    notice TEXT,
    -- What is decided has its day and its notice.
    CHECK ((outcome IS NULL) = (decided IS NULL) AND (outcome IS NULL) = (notice IS NULL))
);
CREATE INDEX takedown_demands_by_case ON takedown_demands (case_id);
