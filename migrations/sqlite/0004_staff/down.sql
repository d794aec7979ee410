DROP TABLE sign_in_attempts;
DROP TABLE sessions;
DROP TABLE recovery_codes;
DROP TABLE review_key_seals;
DROP TABLE review_keys;
DROP TABLE invitations;
DROP TABLE members;
