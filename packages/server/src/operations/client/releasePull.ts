import { limits } from '@relais/contract';
import { Refusal } from '../../refusal.ts';
import { writeAudit } from '../../store/audit.ts';
import { lockKey } from '../../store/keys.ts';
import type { Pull } from '../../store/pulls.ts';
import { lockPull, releaseItems } from '../../store/releases.ts';
import { lockValidKey } from '../lockValidKey.ts';
import type { Handler } from '../operation.ts';
import { pullNotFound } from '../pullNotFound.ts';

export const releasePull: Handler<'releasePull'> = (call, { pullId, reason }) =>
  call.database.db
    .transaction()
    .setIsolationLevel('read committed')
    .execute(async (trx) => {
      const key = await lockValidKey(trx, call, 'releasePull', lockKey);
      const pull = await lockPull(trx, pullId, key.id_client);
      if (!pull) throw pullNotFound();
      if (pull.released_at && pull.released !== null) {
        return present(pull, pull.released_at, pull.released);
      }
      if (pull.tooOld) {
        throw new Refusal(
          'release_window_closed',
          `A pull can be released within ${limits.releaseHours} hours.`,
        );
      }
      const { released_at, released } = await releaseItems(trx, pull, { key: key.id }, reason);
      await writeAudit(trx, {
        actor: `key:${key.id}`,
        act: 'pull.release',
        target: `pull:${pull.id}`,
        detail: { reason, released, kept: pull.contacts - released },
      });
      return present(pull, released_at, released);
    });

const present = (pull: Pull, releasedAt: Date, released: number) => ({
  body: JSON.stringify({
    pull_id: pull.id,
    released_at: releasedAt.toISOString(),
    released,
    kept: pull.contacts - released,
  }),
});
