-- Cases that were merged into another one: their addresses lead there for ever. The row of such a case is hidden.
CREATE TABLE case_merges (
    case_id TEXT NOT NULL PRIMARY KEY REFERENCES cases (id),
    into_id TEXT NOT NULL REFERENCES cases (id),
    -- The revision of the other one that united them.
    revision INTEGER NOT NULL
);
CREATE INDEX case_merges_by_into ON case_merges (into_id);
