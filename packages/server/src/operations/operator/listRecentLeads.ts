import { listRecent } from '../../store/leadsRead.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { presentReason } from '../presentLead.ts';
import { sourceOf } from '../sourceOf.ts';

const MOST = 50;

export const listRecentLeads: OperatorHandler<'listRecentLeads'> = async (
  { database },
  { source: nom },
) => {
  const source = await sourceOf(database, nom);
  const leads = await listRecent(database.db, source.id, MOST);
  return {
    items: leads.map(({ id_action, id_prospect, reasons, ...lead }) => ({
      ...lead,
      // A suggestion may quote what the person typed.
      reasons: reasons.map(presentReason),
      action_id: id_action,
      prospect_id: id_prospect,
    })),
  };
};
