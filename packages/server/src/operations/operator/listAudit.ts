import { MOST_COUNTED } from '@relais/contract';
import { invalidParameter } from '../../refusal.ts';
import { countEntries, listEntries } from '../../store/auditEntries.ts';
import { namesOf } from '../../store/names.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { pageOf, pageStart } from '../page.ts';

export const listAudit: OperatorHandler<'listAudit'> = async (
  { context, database },
  { scope, limit, cursor, prospectId, ...asked },
) => {
  if (scope === 'installation' && prospectId !== undefined) {
    throw invalidParameter('prospectId', 'persons are in the audit of a CRM database');
  }
  const filter = { ...asked, prospect: prospectId };
  const { catalog } = context.databases;
  const db = scope === 'installation' ? catalog : database.db;
  const entries = await listEntries(db, filter, limit + 1, pageStart('listAudit', cursor));
  const count = await countEntries(db, filter, MOST_COUNTED + 1);
  const called = new Set(entries.flatMap(({ actor, target }) => [actor, target]));
  const names = await namesOf(catalog, database.db, called);
  return pageOf('listAudit', entries, limit, count, ({ position: _position, ...entry }) => ({
    ...entry,
    actor_nom: names.get(entry.actor) ?? null,
    target_nom: names.get(entry.target) ?? null,
  }));
};
