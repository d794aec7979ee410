DROP TABLE organisation_names;
DROP TABLE organisations;
