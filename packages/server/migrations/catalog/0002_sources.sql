-- Which CRM database a source of leads feeds. Written before the source itself, like key_route: a
-- route without a source lets nothing in. The name is in the source's address, so it is one in the
-- whole installation.
create table source_route (
  source text primary key check (source ~ '^[a-z][a-z0-9_-]{0,39}$'),
  crm_database text not null references crm_database (nom),
  created_at timestamptz not null default clock_timestamp()
);
