import { noSuch } from '../../refusal.ts';
import { listEntries } from '../../store/auditEntries.ts';
import { findLead } from '../../store/leadsRead.ts';
import { namesOf } from '../../store/names.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { presentDraft, presentSuggestion } from '../presentLead.ts';
import { sawLeads } from '../sawLeads.ts';

/** How many acts on a lead are told. */
const MOST = 100;

export const getLead: OperatorHandler<'getLead'> = async (call, { id }) => {
  const { db } = call.database;
  const found = await findLead(db, id);
  if (!found) throw noSuch('lead', id);
  const acts = (await listEntries(db, { target: `lead:${id}` }, MOST)).reverse();
  const names = await namesOf(
    call.context.databases.catalog,
    db,
    acts.map(({ actor }) => actor),
  );
  await sawLeads(call, 'getLead', [id]);
  const { id_action, id_prospect, settled_by: _by, ...lead } = found;
  return {
    ...lead,
    reasons: lead.reasons.map(presentSuggestion),
    matched_on: [...lead.matched_on],
    draft: presentDraft(lead.draft),
    action_id: id_action,
    prospect_id: id_prospect,
    history: acts.map(({ at, actor, act, detail }) => ({
      at,
      actor,
      actor_nom: names.get(actor) ?? null,
      act,
      detail,
    })),
  };
};
