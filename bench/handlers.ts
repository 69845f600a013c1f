import type { CrmDatabase } from '../packages/server/src/databases.ts';
import type { ApiKey } from '../packages/server/src/keys/authorise.ts';
import { clientHandlers } from '../packages/server/src/operations/client/index.ts';
import type { Answer, Call } from '../packages/server/src/operations/operation.ts';
import { findKey } from '../packages/server/src/store/keys.ts';
import type { Worker } from './measure.ts';

/** The operations that are measured. */
export type Operation = 'readContacts' | 'pullContacts';

/** Calls an operation's handler in this process, over the pool of its CRM database. */
export async function overHandler(
  database: CrmDatabase,
  keyId: string,
  operation: Operation,
  limit: number,
): Promise<Worker> {
  const call: Call = {
    database,
    key: await keyOf(database, keyId),
    address: '127.0.0.1',
    gone: () => false,
  };
  return async () => countContacts(await clientHandlers[operation](call, { limit }));
}

const countContacts = ({ body }: Answer): number => body.split('"action_id":').length - 1;

export async function keyOf(database: CrmDatabase, id: string): Promise<ApiKey> {
  const key = await findKey(database.db, id);
  if (!key) throw new Error(`no key ${id}`);
  return key;
}
