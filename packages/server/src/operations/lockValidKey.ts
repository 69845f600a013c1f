import type { Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { type ApiKey, assertAllowed, assertValid } from '../keys/authorise.ts';
import { Refusal } from '../refusal.ts';
import type { Call } from './operation.ts';

/**
 * The call's key as it stands now, checked again under its lock. A revocation that has returned is
 * seen here; one that comes later waits for this transaction. `lock` locks the key, and may lock more.
 */
export async function lockValidKey<Key extends ApiKey>(
  trx: Transaction<Crm>,
  call: Call,
  operation: string,
  lock: (trx: Transaction<Crm>, id: string) => Promise<Key | undefined>,
): Promise<Key> {
  const key = await lock(trx, call.key.id);
  if (!key) throw new Refusal('invalid_api_key', 'Invalid API Key');
  assertValid(key);
  assertAllowed(key, operation, call.address);
  return key;
}
