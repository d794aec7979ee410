-- In which change of what is public other words of the case were last shown of the same revision, by taking some out or showing some again: the
-- change log of a release tells it. What is merely derived anew, after an update of the program, is not told.
ALTER TABLE cases ADD COLUMN reworded_in BIGINT NOT NULL DEFAULT 0;
UPDATE cases SET reworded_in = changed_in
    WHERE visibility = 'public' AND changed_in > revised_in
    AND (withheld_in > 0 OR EXISTS (SELECT 1 FROM redactions WHERE redactions.case_id = cases.id));
UPDATE cases SET reworded_in = withheld_in WHERE reworded_in = 0 AND withheld_in > 0;
