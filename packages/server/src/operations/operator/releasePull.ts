import { noSuch } from '../../refusal.ts';
import { writeAudit } from '../../store/audit.ts';
import type { Pull } from '../../store/pulls.ts';
import { lockPull, releaseItems } from '../../store/releases.ts';
import type { OperatorHandler } from '../operatorCall.ts';

/** The same as a client's own release, but for its age: who decides here has asked the client. */
export const releasePull: OperatorHandler<'releasePull'> = ({ database, actor }, asked) =>
  database.db
    .transaction()
    .setIsolationLevel('read committed')
    .execute(async (trx) => {
      const { pullId, reason } = asked;
      const pull = await lockPull(trx, pullId, null);
      if (!pull) throw noSuch('pull', pullId);
      if (pull.released_at && pull.released !== null) {
        return present(pull, pull.released_at, pull.released);
      }
      const { released_at, released } = await releaseItems(trx, pull, { operator: actor }, reason);
      await writeAudit(trx, {
        actor,
        act: 'pull.release',
        target: `pull:${pull.id}`,
        detail: { reason, released, kept: pull.contacts - released },
      });
      return present(pull, released_at, released);
    });

const present = (pull: Pull, released_at: Date, released: number) => ({
  pull_id: pull.id,
  released_at,
  released,
  kept: pull.contacts - released,
});
