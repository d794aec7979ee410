DROP TABLE alerts;
ALTER TABLE cases DROP COLUMN revised_in;
