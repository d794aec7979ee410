-- In which change of what is public the current revision of a case came into view: alerts go by it.
ALTER TABLE cases ADD COLUMN revised_in BIGINT NOT NULL DEFAULT 0;

-- Who asked to be told by mail of new and revised cases that fit a search. Address and search lie sealed to the instance key; what finds
-- them again are marks under a key that is not in the database.
CREATE TABLE alerts (
    id TEXT NOT NULL PRIMARY KEY,
    lookup TEXT NOT NULL UNIQUE,
    mailbox TEXT NOT NULL,
    wish TEXT NOT NULL UNIQUE,
    envelope TEXT NOT NULL,
    rhythm TEXT NOT NULL CHECK (rhythm IN ('daily', 'weekly')),
    told BIGINT NOT NULL,
    -- The day on which it was asked for, until it is past: one mail of confirmation a day goes to a mailbox.
    asked DATE,
    -- The next day on which a mail is sent; nothing until the reader has confirmed.
    due DATE,
    UNIQUE (mailbox, asked)
);
