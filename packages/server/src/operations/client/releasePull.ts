import { limits } from '@relais/contract';
import { Refusal } from '../../refusal.ts';
import { lockKey } from '../../store/keys.ts';
import { lockPull } from '../../store/releases.ts';
import { lockValidKey } from '../lockValidKey.ts';
import type { Handler } from '../operation.ts';
import { pullNotFound } from '../pullNotFound.ts';
import { releaseOnce } from '../releaseOnce.ts';

export const releasePull: Handler<'releasePull'> = (call, { pullId, reason }) =>
  call.database.db
    .transaction()
    .setIsolationLevel('read committed')
    .execute(async (trx) => {
      const key = await lockValidKey(trx, call, 'releasePull', lockKey);
      const pull = await lockPull(trx, pullId, key.id_client);
      if (!pull) throw pullNotFound();
      if (pull.tooOld && !pull.released_at) {
        throw new Refusal(
          'release_window_closed',
          `A pull can be released within ${limits.releaseHours} hours.`,
        );
      }
      const released = await releaseOnce(trx, pull, { key: key.id }, reason);
      return { body: JSON.stringify(released) };
    });
