import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '../packages/server/src/db/embedded.ts';

/** A PostgreSQL for a script: the given one, or an embedded one that goes when it is closed. */
export async function openScratchPostgres(): Promise<{ url: string; close(): Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: given, close: async () => {} };
  const folder = await mkdtemp(join(tmpdir(), 'relais-scratch-'));
  // PostgreSQL may run as another account, which must be able to enter.
  await chmod(folder, 0o711);
  const engine = await openEmbedded({ dataDir: join(folder, 'data'), dataDirIsDefault: false });
  return {
    url: engine.url('postgres'),
    async close() {
      await engine.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
