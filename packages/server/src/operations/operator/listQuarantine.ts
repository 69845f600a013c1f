import { MOST_COUNTED } from '@relais/contract';
import { countQuarantine, readQuarantine } from '../../store/leadsRead.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { pageOf, pageStart } from '../page.ts';
import { presentDraft, presentSuggestion } from '../presentLead.ts';
import { sawLeads } from '../sawLeads.ts';

export const listQuarantine: OperatorHandler<'listQuarantine'> = async (
  call,
  { sources, reasons, importId, limit, cursor },
) => {
  const { db } = call.database;
  const filter = { sources, reasons, importId };
  const after = pageStart('listQuarantine', cursor)?.id;
  const leads = await readQuarantine(db, filter, limit + 1, after);
  const count = await countQuarantine(db, filter, MOST_COUNTED + 1);
  const page = pageOf(
    'listQuarantine',
    leads,
    limit,
    count,
    ({ position: _position, ...lead }) => ({
      ...lead,
      reasons: lead.reasons.map(presentSuggestion),
      draft: presentDraft(lead.draft),
    }),
  );
  const shown = page.items.map(({ id }) => id);
  await sawLeads(call, 'listQuarantine', shown);
  return page;
};
