-- A person may ask to be erased. Their row stays as a tombstone, so that who received what is still
-- known; nothing in it says who it was.
alter table prospect add column erased_at timestamptz;

-- null: of an erased person. Such an action stands in no queue and in no list.
alter table action alter column id_statut drop not null;

-- Mixed into the fingerprints, so that those of two databases cannot be compared. There is one row.
create table erasure_salt (
  one boolean primary key default true check (one),
  salt bytea not null check (octet_length(salt) = 32)
);
insert into erasure_salt (salt)
values (uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));

-- By what erased persons would be recognised, so that an old file does not bring them back unseen.
create table erased_identity (
  -- SHA-256 of the salt and an identity: a telephone in E.164, an e-mail address in lower case.
  fingerprint bytea primary key check (octet_length(fingerprint) = 32),
  erased_at timestamptz not null
);
