import { Refusal } from '../../refusal.ts';
import { resetWithin } from '../../sandbox/sandbox.ts';
import { writeAudit } from '../../store/audit.ts';
import { lockKey } from '../../store/keys.ts';
import { countReady } from '../../store/pulls.ts';
import { lockValidKey } from '../lockValidKey.ts';
import type { Handler } from '../operation.ts';
import { requestScope } from '../scope.ts';

const COUNTED = 100_000;

export const resetSandbox: Handler<'resetSandbox'> = (call) =>
  call.database.db
    .transaction()
    .setIsolationLevel('read committed')
    .execute(async (trx) => {
      if (!call.database.sandbox) {
        throw new Refusal('not_a_sandbox', 'This key is of no sandbox: nothing was changed.');
      }
      const key = await lockValidKey(trx, call, 'resetSandbox', lockKey);
      await resetWithin(trx);
      const actor = `key:${key.id}`;
      await writeAudit(trx, { actor, act: 'sandbox.reset', target: call.database.nom });
      const scope = await requestScope(trx, key, {});
      const ready = await countReady(trx, scope, key.id_statut_ready, COUNTED);
      return { body: JSON.stringify({ ready }) };
    });
