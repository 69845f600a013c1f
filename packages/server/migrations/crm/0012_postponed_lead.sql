-- A lead of the quarantine that is tried again by itself: what it needed was locked for longer than
-- its request could wait. Taken by moving due_at, as meta_notice is.
create table postponed_lead (
  id_lead bigint primary key references lead (id) on delete cascade,
  due_at timestamptz not null
);
