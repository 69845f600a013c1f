-- The catalog: where each CRM database lives, and which one a key id opens. It holds no lead,
-- no client and no secret of a key; clients and keys live in the CRM database that they open,
-- so that one transaction can check a key and hand out contacts.

create table crm_database (
  nom text primary key check (nom ~ '^[a-z][a-z0-9_-]{0,39}$'),
  environment text not null check (environment in ('live', 'test')),
  -- Exactly one: a SQL database on the catalog's own server, or the URL of one elsewhere.
  sql_name text unique,
  url text unique,
  created_at timestamptz not null default clock_timestamp(),
  check ((sql_name is null) <> (url is null))
);

-- Written before the key itself: a route without a key opens nothing.
create table key_route (
  key_id text primary key check (key_id ~ '^[0-9A-Za-z]{12}$'),
  crm_database text not null references crm_database (nom),
  created_at timestamptz not null default clock_timestamp()
);
