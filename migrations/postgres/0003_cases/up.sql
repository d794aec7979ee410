-- A public case, and what lists need of its current revision. `ordinal` is its number in bitmaps and the text index, never shown.
CREATE TABLE cases (
    id TEXT NOT NULL PRIMARY KEY,
    ordinal INTEGER NOT NULL UNIQUE,
    visibility TEXT NOT NULL CHECK (visibility IN ('public', 'unlisted', 'hidden')),
    visibility_reason TEXT,
    revision INTEGER NOT NULL,
    reference BOOLEAN NOT NULL,
    title_folded TEXT NOT NULL,
    revised TEXT NOT NULL,
    population BIGINT,
    year_from INTEGER,
    year_to INTEGER,
    computed TEXT NOT NULL,
    changed_in BIGINT NOT NULL
);
CREATE INDEX cases_by_change ON cases (changed_in);

-- The truth: one document for each revision.
CREATE TABLE case_revisions (
    case_id TEXT NOT NULL REFERENCES cases (id),
    revision INTEGER NOT NULL,
    published TEXT NOT NULL,
    reason TEXT,
    document TEXT NOT NULL,
    PRIMARY KEY (case_id, revision)
);

-- Projections of the current document, made by one function and rebuilt by a command.
CREATE TABLE case_values (
    case_id TEXT NOT NULL REFERENCES cases (id),
    position INTEGER NOT NULL,
    field TEXT NOT NULL,
    code TEXT,
    status TEXT,
    confidence TEXT,
    PRIMARY KEY (case_id, position)
);

CREATE TABLE case_organisations (
    case_id TEXT NOT NULL REFERENCES cases (id),
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    role TEXT NOT NULL,
    PRIMARY KEY (case_id, organisation_id, role)
);
CREATE INDEX case_organisations_by_organisation ON case_organisations (organisation_id);

-- Addresses of public sources, so that one entered again is completed.
CREATE TABLE case_sources (
    case_id TEXT NOT NULL REFERENCES cases (id),
    source TEXT NOT NULL,
    address TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (case_id, source)
);
CREATE INDEX case_sources_by_address ON case_sources (address);
