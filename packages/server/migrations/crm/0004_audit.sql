-- The audit as the console reads it: newest first, of all or of one actor.
create index audit_at on audit (at, id);
create index audit_actor on audit (actor, at, id);
