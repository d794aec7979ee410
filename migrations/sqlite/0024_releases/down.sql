DROP TABLE release_cases;
DROP TABLE releases;
DROP INDEX cases_withheld;
ALTER TABLE cases DROP COLUMN withheld_in;
