DROP INDEX audit_lines_by_act;
