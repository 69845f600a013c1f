-- Whom an export held, part by part; its entry in the audit says how many they were. No reference to
-- the job: the audit outlives it.
create table exported (
  id_job bigint not null,
  prospects bigint[] not null check (cardinality(prospects) > 0)
);
create index exported_job on exported (id_job);
create index exported_prospects on exported using gin (prospects);
