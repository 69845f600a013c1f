import type { CrmDatabase, Databases } from './databases.ts';
import { issueKey } from './keys/key.ts';
import { writeAudit } from './store/audit.ts';
import { insertRoute } from './store/catalog.ts';
import { insertKey, insertRotatedKey, type NewKey, revokeKey } from './store/keys.ts';

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
  await insertRoute(databases.catalog, id, database.nom);
  await database.db.transaction().execute(async (trx) => {
    await insertKey(trx, {
      ...mapping,
      id,
      secret_hash: hash,
      environment: database.environment,
    });
    await writeAudit(trx, { actor, act: 'key.create', target: `key:${id}` });
  });
  return { id, text };
}

/** Gives a key's mapping to a new key; the old one ends after the overlap. */
export async function rotateKey(
  databases: Databases,
  database: CrmDatabase,
  from: string,
  overlapHours: number,
  actor: string,
): Promise<IssuedKey> {
  const { id, text, hash } = issueKey(database.environment);
  await insertRoute(databases.catalog, id, database.nom);
  await database.db.transaction().execute(async (trx) => {
    await insertRotatedKey(trx, from, { id, secret_hash: hash }, overlapHours);
    await writeAudit(trx, {
      actor,
      act: 'key.rotate',
      target: `key:${from}`,
      detail: { to: id, overlapHours },
    });
  });
  return { id, text };
}

/** Ends a key: when this returns, no pull commits with it any more. False when there is none. */
export async function endKey(database: CrmDatabase, id: string, actor: string): Promise<boolean> {
  return database.db.transaction().execute(async (trx) => {
    const revoked = await revokeKey(trx, id);
    if (revoked) await writeAudit(trx, { actor, act: 'key.revoke', target: `key:${id}` });
    return revoked;
  });
}
