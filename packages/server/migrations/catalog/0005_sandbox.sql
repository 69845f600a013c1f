-- A sandbox holds invented contacts, which a test key can have made anew.
alter table crm_database add column sandbox boolean not null default false,
  add check (not sandbox or environment = 'test');
