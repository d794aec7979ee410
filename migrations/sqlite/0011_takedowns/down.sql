DROP TABLE takedown_demands;
