DELETE FROM submission_envelopes WHERE part IN ('notes', 'checklist');
ALTER TABLE submission_envelopes DROP CONSTRAINT submission_envelopes_part_check;
ALTER TABLE submission_envelopes ADD CONSTRAINT submission_envelopes_part_check
    CHECK (part IN ('original', 'work', 'waiting', 'reason'));
DROP TABLE kept_forms;
DROP TABLE ended_sessions;
DROP TABLE conflicts_of_interest;
DROP TABLE case_papers;
DROP TABLE submission_handling;
