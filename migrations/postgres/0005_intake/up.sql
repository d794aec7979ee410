-- What contributors save and send. Rows lie in the order of random keys; beside the envelopes stands only what protection.md section 4 allows.

-- A form that is open in a browser, sealed under the key that follows from the browser's cookie; and the words until they are confirmed.
CREATE TABLE drafts (
    lookup TEXT NOT NULL PRIMARY KEY,
    envelope TEXT NOT NULL,
    expires DATE NOT NULL
);

-- A form that was kept for later, sealed under the key that follows from the twelve words.
CREATE TABLE kept_drafts (
    lookup TEXT NOT NULL PRIMARY KEY,
    envelope TEXT NOT NULL,
    expires DATE NOT NULL
);

-- What was sent. Withdrawn or expired, it is a stub: id, kind, state and week.
CREATE TABLE submissions (
    id TEXT NOT NULL PRIMARY KEY,
    lookup TEXT UNIQUE,
    public_key TEXT,
    kind TEXT NOT NULL CHECK (kind IN ('new', 'addition', 'correction', 'reply')),
    state TEXT NOT NULL CHECK (state IN (
        'received', 'in_review', 'changes_requested', 'accepted', 'published', 'declined', 'withdrawn', 'expired'
    )),
    week TEXT NOT NULL,
    completeness TEXT,
    unconfirmed BOOLEAN NOT NULL,
    form_hash TEXT UNIQUE,
    expires DATE,
    due DATE,
    case_id TEXT REFERENCES cases (id)
);
CREATE INDEX submissions_by_state ON submissions (state, week);
CREATE INDEX submissions_by_case ON submissions (case_id);

-- What belongs to a submission, each part sealed to one recipient.
CREATE TABLE submission_envelopes (
    submission_id TEXT NOT NULL REFERENCES submissions (id),
    part TEXT NOT NULL CHECK (part IN ('original', 'work', 'waiting', 'reason')),
    recipient TEXT NOT NULL CHECK (recipient IN ('review', 'contributor', 'instance')),
    envelope TEXT NOT NULL,
    PRIMARY KEY (submission_id, part, recipient)
);
