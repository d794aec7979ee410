-- The best reliability among the sources that a statement cites, beside its status and confidence.
ALTER TABLE case_values ADD COLUMN reliability TEXT;

-- The form in which a case was last projected: what an older program projected is derived anew before anything is answered.
ALTER TABLE cases ADD COLUMN projected INTEGER NOT NULL DEFAULT 1;
CREATE INDEX cases_by_projected ON cases (projected, ordinal);
