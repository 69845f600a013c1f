import { randomUUID } from 'node:crypto';
import { limits } from '@relais/contract';
import type { Transaction } from 'kysely';
import type { DB as Crm } from '../../db/crm.generated.ts';
import { lockTimedOut } from '../../db/pool.ts';
import { holdAfterRestore } from '../../installation/holding.ts';
import type { ApiKey } from '../../keys/authorise.ts';
import type { Scope } from '../../keys/scope.ts';
import { Refusal } from '../../refusal.ts';
import { lockKeyToPull } from '../../store/keys.ts';
import {
  countReady,
  findByIdempotencyKey,
  lockIdempotencyKey,
  type Pull,
  pick,
  recordPull,
} from '../../store/pulls.ts';
import { lockValidKey } from '../lockValidKey.ts';
import type { Answer, Handler, Parameters } from '../operation.ts';
import { repeatPull } from '../repeatPull.ts';
import { requestScope } from '../scope.ts';

/** When to ask again while pulls are held. */
const HELD_SECONDS = 60;
/** How far Pull-Remaining counts. */
const REMAINING_COUNTED = 1000;

/**
 * Everything happens in one transaction, in an order that every pull keeps: the idempotency key,
 * the API key, the client, then the contacts. Nothing leaves before it has committed.
 */
export const pullContacts: Handler<'pullContacts'> = async (call, parameters) => {
  try {
    return await inOneTransaction(call, parameters);
  } catch (error) {
    if (!(error instanceof RestoredMeanwhile)) throw error;
    await holdAfterRestore(call.database);
    throw held();
  }
};

/** The data were restored under the servers that run: no start of one has held the pulls. */
class RestoredMeanwhile extends Error {
  override readonly name = 'RestoredMeanwhile';
}

const held = () =>
  new Refusal(
    'unavailable',
    'The agency has restored its data and is checking them: pulls wait.',
    HELD_SECONDS,
  );

const inOneTransaction: Handler<'pullContacts'> = (call, parameters) =>
  call.database.db
    .transaction()
    .setIsolationLevel('read committed')
    .execute(async (trx) => {
      const { idempotencyKey } = parameters;
      if (idempotencyKey) await takeIdempotencyKey(trx, call.key.id_client, idempotencyKey);
      const key = await lockValidKey(trx, call, 'pullContacts', lockKeyToPull);

      const request = canonical(parameters);
      const earlier =
        idempotencyKey && (await findByIdempotencyKey(trx, key.id_client, idempotencyKey));
      // A repeat comes before the filters are checked: a region that the key has lost since is
      // left out of the answer, and is no reason to refuse it.
      if (earlier) return repeat(trx, key, earlier, request);
      if (key.held) throw held();
      if (key.restored) throw new RestoredMeanwhile();
      const scope = await requestScope(trx, key, parameters);
      const answer = await pull(trx, key, scope, { ...parameters, request });
      // Whoever hung up while waiting in line can't receive anything: nothing is taken for them.
      if (call.gone()) throw new Refusal('request_timeout', 'The connection was closed.');
      return answer;
    });

async function pull(
  trx: Transaction<Crm>,
  key: ApiKey,
  scope: Scope,
  asked: Parameters<'pullContacts'> & { request: string },
): Promise<Answer> {
  const picked = await pick(
    trx,
    scope,
    key.id_statut_ready,
    asked.limit ?? limits.contacts.pullContacts,
  );
  // An empty pull leaves a record only where it may be repeated.
  const left = { scope, most: REMAINING_COUNTED };
  if (picked.length === 0 && !asked.idempotencyKey) {
    const remaining = await countReady(trx, scope, key.id_statut_ready, left.most);
    return { body: '[]', headers: { 'Pull-Count': '0', 'Pull-Remaining': String(remaining) } };
  }
  const id = randomUUID();
  const { seq, contacts, body, remaining } = await recordPull(
    trx,
    {
      id,
      client: key.id_client,
      key: key.id,
      request: asked.request,
      idempotencyKey: asked.idempotencyKey,
      id_statut_ready: key.id_statut_ready,
      id_statut_pulled: key.id_statut_pulled,
    },
    picked,
    left,
  );
  return {
    body,
    pull: id,
    headers: {
      'Pull-Id': id,
      'Pull-Seq': String(seq),
      'Pull-Count': String(contacts),
      'Pull-Remaining': String(remaining),
    },
  };
}

async function repeat(
  trx: Transaction<Crm>,
  key: ApiKey,
  earlier: Pull,
  request: string,
): Promise<Answer> {
  if (earlier.request !== request) {
    throw new Refusal(
      'idempotency_mismatch',
      'This Idempotency-Key was used for a pull with other parameters.',
    );
  }
  const answer = await repeatPull(trx, key, earlier);
  return { ...answer, headers: { ...answer.headers, 'Idempotency-Replayed': 'true' } };
}

/** Waits for a request under the same idempotency key that is still running, for a while. */
async function takeIdempotencyKey(
  trx: Transaction<Crm>,
  client: number,
  idempotencyKey: string,
): Promise<void> {
  try {
    await lockIdempotencyKey(trx, client, idempotencyKey);
  } catch (error) {
    if (!lockTimedOut(error)) throw error;
    throw new Refusal(
      'idempotency_in_progress',
      'A request with this Idempotency-Key is still running.',
      1,
    );
  }
}

/** What makes two pulls the same request: order and repeats in a list of ids do not count. */
function canonical(parameters: Parameters<'pullContacts'>): string {
  const ids = (list: readonly number[] | undefined) =>
    list && [...new Set(list)].sort((left, right) => left - right);
  return JSON.stringify({
    limit: parameters.limit ?? limits.contacts.pullContacts,
    regionIds: ids(parameters.regionIds),
    programmeIds: ids(parameters.programmeIds),
  });
}
