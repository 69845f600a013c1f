import { noSuch } from '../../refusal.ts';
import { lockPull } from '../../store/releases.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { releaseOnce } from '../releaseOnce.ts';

/** The same as a client's own release, but for its age: who decides here has asked the client. */
export const releasePull: OperatorHandler<'releasePull'> = (
  { database, actor },
  { pullId, reason },
) =>
  database.db
    .transaction()
    .setIsolationLevel('read committed')
    .execute(async (trx) => {
      const pull = await lockPull(trx, pullId, null);
      if (!pull) throw noSuch('pull', pullId);
      return releaseOnce(trx, pull, { operator: actor }, reason);
    });
