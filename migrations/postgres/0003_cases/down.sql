DROP TABLE case_sources;
DROP TABLE case_organisations;
DROP TABLE case_values;
DROP TABLE case_revisions;
DROP TABLE cases;
