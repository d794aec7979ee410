DELETE FROM invitations WHERE member_id IS NOT NULL;
DROP INDEX invitations_by_member;
ALTER TABLE invitations DROP COLUMN member_id;
