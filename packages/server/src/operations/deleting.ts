import type { Kysely, Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { sqlState } from '../db/pool.ts';
import { noSuch, Refusal } from '../refusal.ts';
import { writeAudit } from '../store/audit.ts';
import { MOST_USES, type Referred, type Use, usesOf } from '../store/uses.ts';

const words: Record<Use['what'], readonly [one: string, many: string]> = {
  action: ['action', 'actions'],
  key: ['key', 'keys'],
  programme: ['programme', 'programmes'],
  source: ['source', 'sources'],
  pull: ['pull', 'pulls'],
  change: ['change of statut', 'changes of statut'],
};

/**
 * Deletes a record with its entry in the audit, unless something refers to it. The foreign keys
 * decide, at the moment of the deletion: what comes at the same time finds it gone, or keeps it.
 * What is in use anyway is not even locked: the foreign keys would then wait for a row that refers
 * to it, whose holder may be about to refer to it again.
 */
export async function deleting(
  db: Kysely<Crm>,
  actor: string,
  kind: Referred,
  id: number,
  remove: (trx: Transaction<Crm>) => Promise<string | undefined>,
): Promise<{ id: number }> {
  const what = kind.replace('_', ' ');
  const refused = (uses: readonly Use[]) => {
    const by = uses.length > 0 ? uses.map(told).join(', ') : 'something that came at the same time';
    return new Refusal('record_in_use', `The ${what} ${id} is used by ${by}.`);
  };
  const uses = await usesOf(db, kind, id);
  if (uses.length > 0) throw refused(uses);
  try {
    return await db.transaction().execute(async (trx) => {
      const nom = await remove(trx);
      if (nom === undefined) throw noSuch(what, id);
      const target = `${kind}:${id}`;
      await writeAudit(trx, { actor, act: `${kind}.delete`, target, detail: { nom } });
      return { id };
    });
  } catch (error) {
    if (sqlState(error) !== '23503') throw error;
    throw refused(await usesOf(db, kind, id));
  }
}

function told({ what, count }: Use): string {
  const [one, many] = words[what];
  if (count === 1) return `1 ${one}`;
  return count === MOST_USES ? `${count} ${many} or more` : `${count} ${many}`;
}
