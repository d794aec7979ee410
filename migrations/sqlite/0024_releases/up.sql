-- In which change of what is public words of the case were last taken out of what readers see: a release that goes less far is recalled.
ALTER TABLE cases ADD COLUMN withheld_in BIGINT NOT NULL DEFAULT 0;
-- The few cases that can recall a release.
CREATE INDEX cases_withheld ON cases (id) WHERE visibility <> 'public' OR withheld_in > 0;

-- Dated snapshots of everything public. Their files lie in a folder beside the database.
CREATE TABLE releases (
    -- Which snapshot, and which edition of it.
    number INTEGER NOT NULL,
    edition INTEGER NOT NULL,
    day DATE NOT NULL,
    -- The change of what is public up to which it goes.
    generation BIGINT NOT NULL,
    cases BIGINT NOT NULL,
    -- The versions of the documents' form and of the vocabulary.
    form INTEGER NOT NULL,
    vocabulary TEXT NOT NULL,
    -- The release that its changes are told against.
    base_number INTEGER,
    base_edition INTEGER,
    added BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    withdrawn BIGINT NOT NULL,
    note TEXT,
    -- The key by which its signature is checked.
    public_key TEXT NOT NULL,
    -- Its files with their checksums, and what was waived, as JSON.
    manifest TEXT NOT NULL,
    PRIMARY KEY (number, edition),
    FOREIGN KEY (base_number, base_edition) REFERENCES releases (number, edition)
);
CREATE INDEX releases_by_base ON releases (base_number, base_edition);

-- What each release holds, and what it does not hold any more.
CREATE TABLE release_cases (
    number INTEGER NOT NULL,
    edition INTEGER NOT NULL,
    case_id TEXT NOT NULL REFERENCES cases (id),
    -- The revision that it holds; of a case that was withdrawn the one that was released last.
    revision INTEGER NOT NULL,
    -- What was done against the release before, and which revision was there.
    change TEXT NOT NULL CHECK (change IN ('added', 'changed', 'same', 'withdrawn')),
    before INTEGER,
    PRIMARY KEY (number, edition, case_id),
    FOREIGN KEY (number, edition) REFERENCES releases (number, edition)
) WITHOUT ROWID;
CREATE INDEX release_cases_by_case ON release_cases (case_id);
CREATE INDEX release_cases_by_change ON release_cases (number, edition, change);
