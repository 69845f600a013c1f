-- What the limits have counted in all processes: a window begins with its first hit. Unlogged: a hit
-- costs no write to disk, and after a crash of PostgreSQL all limits are whole again.
create unlogged table limit_window (
  -- Which limit: key, failures, guesses …
  name text not null,
  -- SHA-256 of whom it is about, which may be somebody's address or e-mail address.
  subject bytea not null check (octet_length(subject) = 32),
  hits integer not null check (hits >= 0),
  started_at timestamptz not null,
  ends_at timestamptz not null,
  primary key (name, subject)
);
create index limit_window_ends on limit_window (ends_at);
