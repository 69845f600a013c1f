-- Who has seen a person: entries by the ids that their detail holds, of persons, leads and actions.
-- Each entry goes into the index at once: kept for later, their pile would hold up whoever writes the
-- one that is too many, for most of a second. While it is
-- built, writers of the audit wait: some 7 seconds where there are half a million entries.
create index audit_detail on audit using gin (detail jsonb_path_ops) with (fastupdate = off);
