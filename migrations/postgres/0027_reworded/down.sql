ALTER TABLE cases DROP COLUMN reworded_in;
