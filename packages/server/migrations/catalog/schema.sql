-- Generated from the migrations by "npm run generate": not to be edited.

create table crm_database (
  nom text not null,
  environment text not null,
  sql_name text,
  url text,
  created_at timestamp with time zone not null default clock_timestamp(),
  constraint crm_database_check CHECK (((sql_name IS NULL) <> (url IS NULL))),
  constraint crm_database_environment_check CHECK ((environment = ANY (ARRAY['live'::text, 'test'::text]))),
  constraint crm_database_nom_check CHECK ((nom ~ '^[a-z][a-z0-9_-]{0,39}$'::text)),
  constraint crm_database_pkey PRIMARY KEY (nom),
  constraint crm_database_sql_name_key UNIQUE (sql_name),
  constraint crm_database_url_key UNIQUE (url)
);

create table key_route (
  key_id text not null,
  crm_database text not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  constraint key_route_key_id_check CHECK ((key_id ~ '^[0-9A-Za-z]{12}$'::text)),
  constraint key_route_pkey PRIMARY KEY (key_id),
  constraint key_route_crm_database_fkey FOREIGN KEY (crm_database) REFERENCES crm_database(nom)
);

create table migration (
  number integer not null,
  name text not null,
  applied_at timestamp with time zone not null default clock_timestamp(),
  constraint migration_pkey PRIMARY KEY (number)
);

create table source_route (
  source text not null,
  crm_database text not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  constraint source_route_pkey PRIMARY KEY (source),
  constraint source_route_source_check CHECK ((source ~ '^[a-z][a-z0-9_-]{0,39}$'::text)),
  constraint source_route_crm_database_fkey FOREIGN KEY (crm_database) REFERENCES crm_database(nom)
);
