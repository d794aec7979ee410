DROP TABLE leases;
DROP TABLE schedules;
DROP TABLE jobs;
DROP TABLE audit_notes;
DROP TABLE audit_lines;
DROP TABLE audit_head;
DROP TABLE visibility_generation;
DROP TABLE instance_facts;
