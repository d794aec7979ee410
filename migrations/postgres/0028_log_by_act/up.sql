-- Lines of some acts, the last one first: the feed of releases asks for the few that there are of releases, the public log for one page.
CREATE INDEX audit_lines_by_act ON audit_lines (act, sequence);
