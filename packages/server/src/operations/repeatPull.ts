import type { Kysely } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import type { ApiKey } from '../keys/authorise.ts';
import { Refusal } from '../refusal.ts';
import { type Pull, readItems } from '../store/pulls.ts';
import type { Answer } from './operation.ts';
import { jsonArray } from './present.ts';

/** The answer of a pull again, byte for byte; present rights leave out what they no longer allow. */
export async function repeatPull(db: Kysely<Crm>, key: ApiKey, pull: Pull): Promise<Answer> {
  if (pull.released_at) {
    throw new Refusal(
      'pull_released',
      `This pull was released at ${pull.released_at.toISOString()}: its contacts are back in the queue.`,
    );
  }
  const { contacts, withheld, elsewhere } = await readItems(db, pull.id, key.regions);
  return {
    body: jsonArray(contacts),
    // With a part left out that somebody still waits for, the pull has not arrived.
    ...(elsewhere === 0 && { pull: pull.id }),
    headers: {
      'Pull-Id': pull.id,
      'Pull-Seq': String(pull.seq),
      'Pull-Count': String(contacts.length),
      'Pull-Delivery': pull.answer_written_at ? 'written' : 'uncertain',
      ...(withheld ? { 'Pull-Withheld': String(withheld) } : {}),
    },
  };
}
