-- Contacts are found by a person's address, postcode and town too.
create or replace function contact_text_of(prospect prospect, commentaire text) returns text
language sql stable
as $$
  select folded(concat_ws(' ', prospect.prenom, prospect.nom, prospect.email, prospect.telephone,
    -- The digits of what could not be read as a number, and was kept as typed.
    case when prospect.telephone !~ '^\+\d+$'
      then regexp_replace(prospect.telephone, '\D', '', 'g') end,
    '0' || substring(prospect.telephone from '^\+(?:33|262|590|594|596)(\d+)$'),
    prospect.adresse, prospect.code_postal, prospect.ville,
    commentaire))
$$;

create or replace trigger prospect_text_update
after update of nom, prenom, email, telephone, adresse, code_postal, ville on prospect
for each row execute function rewrite_contact_texts();

update contact_text set folded = contact_text_of(prospect, action.commentaire)
from action join prospect on prospect.id = action.id_prospect
where contact_text.id_action = action.id
  and num_nonnulls(prospect.adresse, prospect.code_postal, prospect.ville) > 0;
