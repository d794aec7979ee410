-- Where a member wants the digest sent, sealed to the instance key; nothing for a member who wants none.
ALTER TABLE members ADD COLUMN mail_address TEXT;
