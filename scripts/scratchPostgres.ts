import { chmod, mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '../packages/server/src/db/embedded.ts';

/** Bytes of a file system in memory that must be free: a run of all tests takes 0.8 GB of it. */
const ROOM = 4e9;

/** A directory in memory with room for a PostgreSQL; undefined where there is none. */
export async function memory(): Promise<string | undefined> {
  const found = await statfs('/dev/shm').catch(() => undefined);
  return found && found.bavail * found.bsize > ROOM ? '/dev/shm' : undefined;
}

/**
 * A PostgreSQL for a script: the given one (TEST_DATABASE_URL), or an embedded one in a folder of
 * `parent`, which goes when it is closed.
 */
export async function openScratchPostgres(
  parent = tmpdir(),
): Promise<{ url: string; close(): Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: given, close: async () => {} };
  const folder = await mkdtemp(join(parent, 'relais-scratch-'));
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
