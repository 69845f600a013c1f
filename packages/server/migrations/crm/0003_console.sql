-- What the console reads: contacts by a fragment of their text, by time, by source; pulls by time.

-- A text in the form that is searched: no letter case, no marks, ligatures as letters. Marks are
-- taken off by Unicode's own decomposition, so that the extension unaccent is not needed.
create function folded(given text) returns text
language sql immutable strict parallel safe
as $$
  select translate(
    replace(replace(replace(lower(regexp_replace(
      replace(replace(normalize(given, nfkd), 'Œ', 'oe'), 'Æ', 'ae'),
      '[\u0300-\u036f]', '', 'g')), 'œ', 'oe'), 'æ', 'ae'), 'ß', 'ss'),
    'øØłŁ’', 'ooll''')
$$;

-- What can be searched of an action: its person's name, e-mail address and telephone, the latter in
-- international form and as it is dialled in France, and its commentaire. A table of its own, since
-- a pull rewrites the rows of action, and would write all their trigrams anew each time.
create table contact_text (
  id_action bigint primary key references action (id) on delete cascade,
  folded text not null
);

create function contact_text_of(prospect prospect, commentaire text) returns text
language sql stable
as $$
  select folded(concat_ws(' ', prospect.prenom, prospect.nom, prospect.email, prospect.telephone,
    -- The digits of what could not be read as a number, and was kept as typed.
    case when prospect.telephone !~ '^\+\d+$'
      then regexp_replace(prospect.telephone, '\D', '', 'g') end,
    '0' || substring(prospect.telephone from '^\+(?:33|262|590|594|596)(\d+)$'),
    commentaire))
$$;

-- Kept by triggers: leads, loads, corrections and erasures all write what it is made of.
create function write_contact_text() returns trigger
language plpgsql
as $$
begin
  insert into contact_text (id_action, folded)
  select made.id, contact_text_of(prospect, made.commentaire)
  from made join prospect on prospect.id = made.id_prospect;
  return null;
end
$$;
create trigger action_text_insert after insert on action
referencing new table as made
for each statement execute function write_contact_text();

create function rewrite_contact_text() returns trigger
language plpgsql
as $$
begin
  update contact_text set folded = contact_text_of(prospect, new.commentaire)
  from prospect
  where contact_text.id_action = new.id and prospect.id = new.id_prospect;
  return null;
end
$$;
-- A pull changes none of these columns.
create trigger action_text_update after update of commentaire, id_prospect on action
for each row execute function rewrite_contact_text();

create function rewrite_contact_texts() returns trigger
language plpgsql
as $$
begin
  update contact_text set folded = contact_text_of(new, action.commentaire)
  from action
  where action.id_prospect = new.id and contact_text.id_action = action.id;
  return null;
end
$$;
create trigger prospect_text_update after update of nom, prenom, email, telephone on prospect
for each row execute function rewrite_contact_texts();

insert into contact_text (id_action, folded)
select action.id, contact_text_of(prospect, action.commentaire)
from action join prospect on prospect.id = action.id_prospect;

-- Trigrams find a fragment anywhere in a text. Where the server does not ship pg_trgm, or its
-- account may not create it, searches read the whole table instead: see docs/decisions.
do $$
begin
  create extension if not exists pg_trgm;
  create index contact_text_folded on contact_text using gin (folded gin_trgm_ops);
exception when others then
  raise notice 'pg_trgm is not available (%): searches will be slower', sqlerrm;
end
$$;

-- Enquiries by time. What lists filter by stands beside it, so that a filter that keeps little is
-- decided in the index.
create index action_created on action (created_at, id)
  include (id_region, id_programme, id_statut, id_client, pulled_at);

-- The leads of a source by time, with what became of them, read from the index alone.
drop index lead_received;
create index lead_received on lead (id_source, received_at) include (outcome);

create index pull_pulled on pull (pulled_at, id);

-- Who of the agency released a pull: the actor as in audit. released_by is the client's own key.
alter table pull add column released_by_operator text,
  add check (released_at is null or num_nonnulls(released_by, released_by_operator) = 1);
