-- What contributors and moderators write to each other about a submission, each message sealed to one recipient at a time. Who wrote it lies in the
-- envelope; when, nowhere: a place in the thread keeps the order.
CREATE TABLE submission_messages (
    submission_id TEXT NOT NULL REFERENCES submissions (id),
    position INTEGER NOT NULL,
    recipient TEXT NOT NULL CHECK (recipient IN ('review', 'contributor')),
    envelope TEXT NOT NULL,
    PRIMARY KEY (submission_id, position, recipient)
) WITHOUT ROWID;
