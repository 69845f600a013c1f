import { randomUUID } from 'node:crypto';
import type { CrmDatabase } from '../packages/server/src/databases.ts';
import { type Connection, connect } from '../packages/server/src/db/pool.ts';
import { lockClient, takeTurn } from '../packages/server/src/store/clients.ts';
import { readReady } from '../packages/server/src/store/contacts.ts';
import { lockKey } from '../packages/server/src/store/keys.ts';
import { countReady, pick, recordPull } from '../packages/server/src/store/pulls.ts';
import { adoptSettings, capture, type Statement } from './capture.ts';
import { keyOf, type Operation } from './handlers.ts';
import type { Worker } from './measure.ts';

/**
 * Sends an operation's statements to PostgreSQL over one connection of its own, as bare text: what
 * is left when nothing else is done. Their text is what the store sends, whatever that is.
 */
export async function overStatements(
  database: CrmDatabase,
  url: string,
  keyId: string,
  operation: Operation,
  limit: number,
  cleanup: AsyncDisposableStack,
): Promise<Worker> {
  const connection = await connect(url);
  cleanup.defer(() => connection.end());
  await adoptSettings(connection, database.db);
  return operation === 'readContacts'
    ? reading(database, connection, keyId, limit)
    : pulling(database, connection, keyId, limit);
}

async function reading(
  database: CrmDatabase,
  connection: Connection,
  keyId: string,
  limit: number,
): Promise<Worker> {
  const key = await keyOf(database, keyId);
  const scope = { regions: key.regions, programmes: undefined };
  const statements = await capture(database.db, [], (db) =>
    readReady(db, scope, key.id_statut_ready, limit),
  );
  return async () => {
    let contacts = 0;
    for (const { text, values } of statements) {
      contacts = (await connection.query(text, values)).rows.length;
    }
    // One more is read, to know whether there is a next page.
    return Math.min(contacts, limit);
  };
}

/** The statements of a pull that finds enough and that nobody else contends with. */
async function pulling(
  database: CrmDatabase,
  connection: Connection,
  keyId: string,
  limit: number,
): Promise<Worker> {
  const key = await keyOf(database, keyId);
  const scope = { regions: key.regions, programmes: undefined };
  const { id_client: client, id_statut_ready, id_statut_pulled } = key;
  // What differs from pull to pull stands in the captured statements as these values.
  const holder = {
    id: randomUUID(),
    seq: -1,
    pulled_at: new Date(0),
    picked: Array(limit).fill(0),
  };
  const rows = Array.from({ length: limit }, () => ({ ...key, locked: true }));
  const recorded = (work: (recorder: never) => Promise<unknown>) =>
    capture(database.db, rows, work);
  const locks = await recorded(async (trx) => {
    await lockKey(trx, key.id);
    await lockClient(trx, client);
  });
  const picks = await recorded((trx) => pick(trx, scope, id_statut_ready, limit));
  const turns = await recorded((trx) => takeTurn(trx, client));
  const records = await recorded((trx) =>
    recordPull(
      trx,
      {
        ...holder,
        ...{ client, key: key.id, id_statut_ready, id_statut_pulled },
        request: JSON.stringify({ limit }),
        idempotencyKey: undefined,
      },
      holder.picked,
    ),
  );
  const counts = await recorded((trx) => countReady(trx, scope, id_statut_ready, 1000));

  const send = async (statements: Statement[], real = new Map<unknown, unknown>()) => {
    let last: Record<string, unknown>[] = [];
    for (const { text, values } of statements) {
      const given = values.map((value) => (real.has(value) ? real.get(value) : value));
      last = (await connection.query<Record<string, unknown>>(text, given)).rows;
    }
    return last;
  };
  return async () => {
    await connection.query('begin isolation level read committed');
    await send(locks);
    const picked = (await send(picks)).filter(({ locked }) => locked !== false).map(({ id }) => id);
    const [turn] = await send(turns);
    const delivered = await send(
      records,
      new Map<unknown, unknown>([
        [holder.id, randomUUID()],
        [holder.seq, turn?.seq],
        [holder.pulled_at, turn?.pulled_at],
        [holder.picked, picked],
      ]),
    );
    await send(counts);
    await connection.query('commit');
    return delivered.length;
  };
}
