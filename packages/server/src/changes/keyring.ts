import type { Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import type { CrmDatabase, Databases } from '../installation/databases.ts';
import { issueKey } from '../keys/key.ts';
import { invalidParameter, Refusal } from '../refusal.ts';
import { type AuditDetail, writeAudit } from '../store/audit.ts';
import { insertRoute } from '../store/catalog.ts';
import {
  insertKey,
  insertRotatedKey,
  type KeyScope,
  lockKey,
  type NewKey,
  readScope,
  replaceScope,
  revokeKey,
} from '../store/keys.ts';
import { holdsReceived, isPulledByOthers, lockMappings } from '../store/mappings.ts';
import { assertSeen } from './seenBefore.ts';

/** What a new key is mapped to. */
export type KeyMapping = Omit<NewKey, 'id' | 'secret_hash' | 'environment'>;

/** A key as it is shown, once. */
export interface IssuedKey {
  readonly id: string;
  readonly text: string;
}

// In each of these the route is written before the key: one without a key opens nothing, while a
// key without a route would be refused although it was handed out.

/** Creates a key of a client. Its environment is that of the CRM database. */
export async function createKey(
  databases: Databases,
  database: CrmDatabase,
  mapping: KeyMapping,
  actor: string,
): Promise<IssuedKey> {
  const { id, text, hash } = issueKey(database.environment);
  const { id_client, ...scope } = mapping;
  await insertRoute(databases.catalog, id, database.nom);
  await database.db.transaction().execute(async (trx) => {
    await assertOnlyReceiver(trx, id_client, scope);
    await insertKey(trx, { ...mapping, id, secret_hash: hash, environment: database.environment });
    await writeAudit(trx, {
      actor,
      act: 'key.create',
      target: `key:${id}`,
      detail: { client: id_client, ...audited(scope) },
    });
  });
  return { id, text };
}

/** How a key gives way to its successor. */
export interface Rotation {
  readonly overlapHours: number;
  /** When the successor ends; null: never; left out: when the old one would have. */
  readonly expires_at?: Date | null;
}

/**
 * Gives a key's mapping to a new key; the old one ends after the overlap. A key that has ended by
 * then is refused: its mapping would come to life again.
 */
export async function rotateKey(
  databases: Databases,
  database: CrmDatabase,
  from: string,
  { overlapHours, expires_at }: Rotation,
  actor: string,
): Promise<IssuedKey> {
  const { id, text, hash } = issueKey(database.environment);
  await insertRoute(databases.catalog, id, database.nom);
  await database.db.transaction().execute(async (trx) => {
    const key = await lockKey(trx, from);
    if (!key || key.revoked || key.expired) {
      const how = key?.revoked ? 'was revoked' : key ? 'has expired' : 'is gone';
      throw new Refusal('changed_meanwhile', `The key ${from} ${how}: create a new one.`);
    }
    await insertRotatedKey(trx, from, { id, secret_hash: hash, expires_at }, overlapHours);
    await writeAudit(trx, {
      actor,
      act: 'key.rotate',
      target: `key:${from}`,
      detail: {
        ...{ to: id, overlapHours },
        ...(expires_at !== undefined && { expires_at: expires_at?.toISOString() ?? null }),
      },
    });
  });
  return { id, text };
}

/**
 * Changes what a key may see and do. When this returns, every pull has either ended before or is
 * made with the new scope: it takes the lock that a pull holds. What was and what is goes into the
 * audit. False when there is no such key; one that was revoked is refused, and so is a change of
 * what is no longer as it was `shown`.
 */
export async function changeKey(
  database: CrmDatabase,
  id: string,
  change: Partial<KeyScope>,
  actor: string,
  shown?: Partial<KeyScope>,
): Promise<boolean> {
  return database.db
    .transaction()
    .setIsolationLevel('read committed')
    .execute(async (trx) => {
      const key = await lockKey(trx, id);
      const before = key && (await readScope(trx, id));
      if (!before) return false;
      if (key.revoked) {
        throw new Refusal('changed_meanwhile', `The key ${id} was revoked: create a new one.`);
      }
      assertSeen('key', { now: before, change, shown });
      const scope = { ...before, ...change };
      if (scope.id_statut_ready === scope.id_statut_pulled) throw sameStatut();
      const sameStatuts =
        scope.id_statut_ready === before.id_statut_ready &&
        scope.id_statut_pulled === before.id_statut_pulled;
      if (!sameStatuts) await assertOnlyReceiver(trx, key.id_client, scope);
      await replaceScope(trx, id, scope);
      const after = (await readScope(trx, id)) ?? scope;
      await writeAudit(trx, {
        actor,
        act: 'key.update',
        target: `key:${id}`,
        detail: { before: audited(before), after: audited(after) },
      });
      return true;
    });
}

/** A pull would hand out the same contacts for ever. */
export const sameStatut = () =>
  invalidParameter('pulledStatutId', 'must be another statut than "readyStatutId"');

/**
 * Refuses statuts by which a contact that one client has received would be handed out to another: a
 * key of theirs, mistaken or made later, would pull what lies there. Holds until the transaction
 * ends.
 */
async function assertOnlyReceiver(
  trx: Transaction<Crm>,
  client: number,
  { id_statut_ready, id_statut_pulled }: Pick<KeyScope, 'id_statut_ready' | 'id_statut_pulled'>,
): Promise<void> {
  await lockMappings(trx);
  if (await holdsReceived(trx, client, id_statut_ready)) {
    throw invalidParameter(
      'readyStatutId',
      'must be a statut without contacts that another client has received, or will receive',
    );
  }
  if (await isPulledByOthers(trx, client, id_statut_pulled)) {
    throw invalidParameter(
      'pulledStatutId',
      'must be a statut that no key of another client pulls from',
    );
  }
}

/** Ends a key: when this returns, no pull commits with it any more. False when there is none. */
export async function endKey(database: CrmDatabase, id: string, actor: string): Promise<boolean> {
  return database.db.transaction().execute(async (trx) => {
    const revoked = await revokeKey(trx, id);
    if (revoked) await writeAudit(trx, { actor, act: 'key.revoke', target: `key:${id}` });
    return revoked;
  });
}

const audited = (scope: KeyScope): AuditDetail => ({
  ...scope,
  expires_at: scope.expires_at?.toISOString() ?? null,
});
