-- Members of staff. What opens things lies sealed: the private half under the password, the second factor's secret under the instance key.
CREATE TABLE members (
    id TEXT NOT NULL PRIMARY KEY,
    -- What they sign in with, in lower case; never shown to anyone else.
    login_name TEXT NOT NULL UNIQUE,
    -- The name that the public log shows, and its folded form, which no two share.
    alias TEXT NOT NULL,
    alias_folded TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL CHECK (role IN ('moderator', 'administrator')),
    -- waiting: joined, but nobody has sealed the review key to them yet.
    state TEXT NOT NULL CHECK (state IN ('waiting', 'active', 'removed')),
    password TEXT NOT NULL,
    public_key TEXT NOT NULL,
    private_half TEXT NOT NULL,
    totp_secret TEXT NOT NULL,
    -- The last code that was accepted; each is accepted once.
    totp_step BIGINT NOT NULL
);

-- Links by which people join. Found by the hash of the link's token; gone when used.
CREATE TABLE invitations (
    lookup TEXT NOT NULL PRIMARY KEY,
    role TEXT NOT NULL CHECK (role IN ('moderator', 'administrator')),
    -- Who invited; nobody for a link made on the command line.
    inviter_id TEXT REFERENCES members (id),
    totp_secret TEXT NOT NULL,
    expires TIMESTAMP NOT NULL
);
CREATE INDEX invitations_by_inviter ON invitations (inviter_id);

-- The keys that submissions are sealed to. One is in use; what is sealed to a retired one has to be sealed anew.
CREATE TABLE review_keys (
    id TEXT NOT NULL PRIMARY KEY,
    public_key TEXT NOT NULL,
    retired BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX one_review_key_in_use ON review_keys (retired) WHERE NOT retired;

-- The private half of a review key, sealed to a member, or to the recovery key where there is no member.
CREATE TABLE review_key_seals (
    review_key_id TEXT NOT NULL REFERENCES review_keys (id),
    recipient_key TEXT NOT NULL,
    member_id TEXT REFERENCES members (id),
    envelope TEXT NOT NULL,
    PRIMARY KEY (review_key_id, recipient_key)
);
CREATE INDEX review_key_seals_by_member ON review_key_seals (member_id);

-- Codes that stand in for the authenticator once; only their keyed hashes.
CREATE TABLE recovery_codes (
    lookup TEXT NOT NULL PRIMARY KEY,
    member_id TEXT NOT NULL REFERENCES members (id)
);
CREATE INDEX recovery_codes_by_member ON recovery_codes (member_id);

-- Who is signed in. Found by the hash of the cookie's token; the member's private half is sealed under the token itself.
CREATE TABLE sessions (
    lookup TEXT NOT NULL PRIMARY KEY,
    member_id TEXT NOT NULL REFERENCES members (id),
    -- password: the second factor is still to come.
    stage TEXT NOT NULL CHECK (stage IN ('password', 'full')),
    private_half TEXT NOT NULL,
    started TIMESTAMP NOT NULL,
    seen TIMESTAMP NOT NULL
);
CREATE INDEX sessions_by_member ON sessions (member_id);

-- Attempts to sign in by name, known or not: only the name's keyed hash.
CREATE TABLE sign_in_attempts (
    name_hash TEXT NOT NULL PRIMARY KEY,
    attempts INTEGER NOT NULL,
    since TIMESTAMP NOT NULL
);
