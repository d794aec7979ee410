ALTER TABLE members DROP COLUMN mail_address;
