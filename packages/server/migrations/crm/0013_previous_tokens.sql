-- Tokens of a source that were replaced and go on for a while. The columns of `source` have room for
-- the last of them, and are written on: the version before reads them alone.
create table source_previous_token (
  id_source bigint not null references source (id) on delete cascade,
  token_hash bytea not null check (octet_length(token_hash) = 32),
  until timestamptz not null,
  primary key (id_source, token_hash)
);
