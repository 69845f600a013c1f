-- After a restore, contacts that were handed out since the backup are ready again. Pulls wait until
-- somebody has seen to that.
create table hold (
  -- There is one row.
  one boolean primary key default true check (one),
  -- Which PostgreSQL cluster and which of its databases these data are in: data that find themselves
  -- elsewhere were restored. null: not noted yet.
  home text,
  -- null: pulls are answered.
  since timestamptz,
  reason text,
  check ((since is null) = (reason is null))
);
insert into hold default values;
