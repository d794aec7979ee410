-- A link by which somebody who is on the staff sets password and second factor anew: whose.
ALTER TABLE invitations ADD COLUMN member_id TEXT REFERENCES members (id);
CREATE INDEX invitations_by_member ON invitations (member_id);
