import type { Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { writeAudit } from '../store/audit.ts';
import type { Pull } from '../store/pulls.ts';
import { type ReleasedBy, releaseItems } from '../store/releases.ts';

/**
 * Puts the contacts of a locked pull back, with an entry in the audit; of one that was released
 * before, tells what became of it then.
 */
export async function releaseOnce(
  trx: Transaction<Crm>,
  pull: Pull,
  by: ReleasedBy,
  reason: string,
): Promise<{ pull_id: string; released_at: Date; released: number; kept: number }> {
  const { id, contacts, released_at, released } = pull;
  if (released_at && released !== null) {
    return { pull_id: id, released_at, released, kept: contacts - released };
  }
  const done = await releaseItems(trx, pull, by, reason);
  const kept = contacts - done.released;
  await writeAudit(trx, {
    actor: 'key' in by ? `key:${by.key}` : by.operator,
    act: 'pull.release',
    target: `pull:${id}`,
    detail: { reason, released: done.released, kept },
  });
  return { pull_id: id, ...done, kept };
}
