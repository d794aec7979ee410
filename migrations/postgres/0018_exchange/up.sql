-- What moderators and a contributor ask of each other about a submission, each item sealed to one recipient: the changes asked for, the account
-- as it was then, what the contributor says to them; and after publication what the contributor asks for and is answered.
CREATE TABLE exchange_envelopes (
    submission_id TEXT NOT NULL REFERENCES submissions (id),
    item TEXT NOT NULL CHECK (item IN ('changes', 'before', 'reply', 'wish', 'answer')),
    recipient TEXT NOT NULL CHECK (recipient IN ('review', 'contributor')),
    envelope TEXT NOT NULL,
    PRIMARY KEY (submission_id, item, recipient)
);
