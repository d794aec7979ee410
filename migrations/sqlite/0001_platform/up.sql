-- What the instance knows of itself: the fingerprint of its key, whether the first cases came.
CREATE TABLE instance_facts (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- Rises whenever what is public changes; every process compares it inside its read.
CREATE TABLE visibility_generation (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    generation BIGINT NOT NULL
);
INSERT INTO visibility_generation (id, generation) VALUES (1, 0);

-- The chain of what staff did. Lines are only ever added.
CREATE TABLE audit_head (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    sequence BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO audit_head (id, sequence, hash) VALUES (1, 0, '');

CREATE TABLE audit_lines (
    sequence BIGINT NOT NULL PRIMARY KEY,
    happened TEXT NOT NULL,
    actor TEXT NOT NULL,
    act TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    reason TEXT,
    note_hash TEXT,
    hash TEXT NOT NULL
);

-- Free text beside a line; erasing it leaves the chain whole.
CREATE TABLE audit_notes (
    sequence BIGINT NOT NULL PRIMARY KEY REFERENCES audit_lines (sequence),
    salt TEXT NOT NULL,
    note TEXT NOT NULL
);

-- Work that waits. A job is enqueued by the transaction that makes it needful.
CREATE TABLE jobs (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'dead')),
    attempts INTEGER NOT NULL,
    due TIMESTAMP NOT NULL,
    claimed_until TIMESTAMP,
    last_error TEXT
);
CREATE INDEX jobs_by_due ON jobs (state, due);

CREATE TABLE schedules (
    name TEXT NOT NULL PRIMARY KEY,
    due TIMESTAMP NOT NULL
);

-- Which process holds a task that only one may do.
CREATE TABLE leases (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    held_until TIMESTAMP NOT NULL
);
