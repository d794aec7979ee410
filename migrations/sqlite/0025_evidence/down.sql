DROP INDEX cases_by_projected;
ALTER TABLE cases DROP COLUMN projected;
ALTER TABLE case_values DROP COLUMN reliability;
