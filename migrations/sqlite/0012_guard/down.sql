DROP TABLE submission_guards;
