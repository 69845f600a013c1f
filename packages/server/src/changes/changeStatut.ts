import type { Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import type { CrmDatabase } from '../installation/databases.ts';
import { lockActions, type Standing, setStatut } from '../store/actions.ts';
import { writeAudit } from '../store/audit.ts';
import { isPulledFrom } from '../store/keys.ts';
import { awaitMappings } from '../store/mappings.ts';

/** What an operator's change has done to one action. */
export interface Change {
  readonly action: number;
  readonly outcome: 'changed' | 'unchanged' | 'refused';
  /** Why it was refused. */
  readonly problem?: string;
}

/** A change that an operator asks for. */
export interface StatutChange {
  /** Each with the version that the operator saw, where one was seen. */
  readonly actions: ReadonlyMap<number, number | undefined>;
  readonly statut: number;
  readonly reason: string;
  /** `command:<name>`, `staff:<id>`. */
  readonly by: string;
}

/**
 * Gives actions a statut by an operator's hand, each recorded with who and why, and tells for each
 * what became of it. Statut and version are compared under lock: whoever commits first wins, an
 * operator or a pull, and the other is told. What a client has received is never made ready again
 * this way, since two clients could then hold it; a release of its pull does that.
 */
export async function changeStatut({ db }: CrmDatabase, change: StatutChange): Promise<Change[]> {
  return db.transaction().execute((trx) => changeStatutIn(trx, change));
}

/** The same in a transaction of the caller, which holds the locks until it ends. */
export async function changeStatutIn(
  trx: Transaction<Crm>,
  { actions, statut, reason, by }: StatutChange,
): Promise<Change[]> {
  const found = new Map((await lockActions(trx, [...actions.keys()])).map((row) => [row.id, row]));
  // After the locks: a key may have been made while this waited for them. From now on none is.
  await awaitMappings(trx);
  const ready = await isPulledFrom(trx, statut);
  const changes = [...actions].map(([action, version]): Change => {
    const row = found.get(action);
    const problem = obstacle(row, version, ready);
    if (problem) return { action, outcome: 'refused', problem };
    return { action, outcome: row?.id_statut === statut ? 'unchanged' : 'changed' };
  });
  const ids = changes.filter(({ outcome }) => outcome === 'changed').map(({ action }) => action);
  if (ids.length === 0) return changes;
  await setStatut(trx, ids, statut, { actor: by, reason });
  await writeAudit(trx, {
    actor: by,
    act: 'action.statut',
    target: `statut:${statut}`,
    detail: { reason, actions: ids },
  });
  return changes;
}

/** Why an action may not be changed, as a sentence; undefined for one that may. */
function obstacle(
  row: Standing | undefined,
  version: number | undefined,
  ready: boolean,
): string | undefined {
  if (!row) return 'There is no such action.';
  if (version !== undefined && version !== row.version) {
    return `It was changed meanwhile: it stands in "${row.statut}" now.`;
  }
  if (ready && row.pulled_at) {
    const at = row.pulled_at.toISOString();
    // What was loaded as pulled has no pull here that could be released.
    if (!row.client) return `It was pulled by a client of an older system at ${at}.`;
    // It was acted on when that pull was released, or a client said after a restore that it has it.
    if (!row.releasable) return `It stays with "${row.client}", which received it at ${at}.`;
    return `It was pulled by "${row.client}" at ${at}: release that pull instead.`;
  }
  return undefined;
}
