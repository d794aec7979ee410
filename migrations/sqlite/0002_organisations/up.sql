-- Vendors, public bodies and their owners. `record` holds the organisation as JSON; the rest is for looking it up.
CREATE TABLE organisations (
    id TEXT NOT NULL PRIMARY KEY,
    parent_id TEXT REFERENCES organisations (id),
    record TEXT NOT NULL
);
CREATE INDEX organisations_by_parent ON organisations (parent_id);

-- Each name in its folded form.
CREATE TABLE organisation_names (
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    folded TEXT NOT NULL,
    PRIMARY KEY (folded, organisation_id)
);
CREATE INDEX organisation_names_by_organisation ON organisation_names (organisation_id);
