DROP TABLE submission_envelopes;
DROP TABLE submissions;
DROP TABLE kept_drafts;
DROP TABLE drafts;
