import { writeAudit } from '../store/audit.ts';
import {
  type Claimed,
  claimDelivered,
  endHold,
  type Hold,
  noteHome,
  setHold,
} from '../store/hold.ts';
import type { CrmDatabase } from './databases.ts';

/** How many contacts are claimed in one transaction. */
const BATCH = 1_000;

/**
 * Lets pulls wait when the data of a CRM database are where they were not before: contacts that were
 * handed out after the copy was made are ready in it. A server asks when it starts, and each pull.
 */
export async function holdAfterRestore(database: CrmDatabase): Promise<boolean> {
  return database.db.transaction().execute(async (trx) => {
    if (!(await noteHome(trx))) return false;
    await setHold(trx, 'restored');
    await writeAudit(trx, entry(database, 'hold.set', 'command:serve', 'restored'));
    return true;
  });
}

/** Lets pulls wait. When this has returned, none commits any more. */
export async function hold(database: CrmDatabase, reason: string, by: string): Promise<void> {
  await database.db.transaction().execute(async (trx) => {
    await setHold(trx, reason);
    await writeAudit(trx, entry(database, 'hold.set', by, reason));
  });
}

/** Lets pulls be answered again; gives the hold that has ended, undefined when there was none. */
export async function endHolding(
  database: CrmDatabase,
  reason: string,
  by: string,
): Promise<Hold | undefined> {
  return database.db.transaction().execute(async (trx) => {
    const ended = await endHold(trx);
    if (ended) await writeAudit(trx, entry(database, 'hold.end', by, reason));
    return ended;
  });
}

const entry = ({ nom }: CrmDatabase, act: string, actor: string, reason: string) => ({
  ...{ actor, act },
  target: `database:${nom}`,
  detail: { reason },
});

/**
 * Marks the contacts that a client has, by its own records, as handed out to it; tells how many of
 * them came to what. To be done as often as one likes: what is marked is known the next time.
 */
export async function claim(
  { db }: CrmDatabase,
  client: number,
  actions: readonly number[],
  by: string,
): Promise<Record<Claimed, number>> {
  const counts = { marked: 0, known: 0, other: 0, not_ready: 0, unknown: 0 };
  const take = async (batch: readonly number[]) => {
    const claimed = await db.transaction().execute(async (trx) => {
      const rows = await claimDelivered(trx, client, batch);
      const marked = rows.filter(({ outcome }) => outcome === 'marked').map(({ action }) => action);
      if (marked.length) {
        await writeAudit(trx, {
          ...{ actor: by, act: 'action.delivered', target: `client:${client}` },
          detail: { actions: marked },
        });
      }
      return rows;
    });
    for (const { outcome } of claimed) counts[outcome] += 1;
  };
  const asked = [...new Set(actions)];
  for (let at = 0; at < asked.length; at += BATCH) await take(asked.slice(at, at + BATCH));
  return counts;
}
