import type { StaffMember } from '../packages/contract/src/index.ts';
import type { Config } from '../packages/server/src/config.ts';
import { createDeferred } from '../packages/server/src/deferred.ts';
import type { CrmDatabase } from '../packages/server/src/installation/databases.ts';
import type { Installation } from '../packages/server/src/installation/installation.ts';
import { openSecret } from '../packages/server/src/installation/secret.ts';
import { createLog } from '../packages/server/src/log/log.ts';
import type { DatabaseCall } from '../packages/server/src/operations/operatorCall.ts';

const staff: StaffMember = {
  id: 1,
  email: 'bench@example.com',
  nom: 'Bench',
  role: 'admin',
  two_factor: false,
};
const nothing = { wake() {} };

/** A call of the console by somebody, without HTTP; what it shows is not audited. */
export function operatorCall(
  { databases }: Installation,
  config: Config,
  database: CrmDatabase,
): DatabaseCall {
  return {
    context: {
      config,
      log: createLog('silent'),
      databases,
      deferred: createDeferred(() => {}),
      secret: openSecret(config),
      metaWorker: nothing,
      jobs: nothing,
    },
    address: '127.0.0.1',
    userAgent: 'bench',
    origin: 'http://127.0.0.1',
    presented: undefined,
    guess: async () => async () => {},
    startSession() {},
    endSession() {},
    staff,
    actor: `staff:${staff.id}`,
    session: Buffer.alloc(32),
    database,
    saw() {},
  };
}
