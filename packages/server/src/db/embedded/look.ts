import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { engineAccount, locateDataDirectory } from './account.ts';
import { isAlive } from './cluster.ts';
import { postmasterPid } from './postmaster.ts';

/** The embedded server of a data directory, as it is found. */
export interface EmbeddedState {
  /** Where the data is, or would be. */
  readonly directory: string;
  /** `absent`: no data was ever made. `closed`: this account may not look. */
  readonly state: 'absent' | 'closed' | 'stopped' | 'running';
}

/** Looks at the embedded server of a data directory; makes and starts nothing. */
export async function lookAtEmbedded(
  dataDir: string,
  dataDirIsDefault: boolean,
): Promise<EmbeddedState> {
  const { directory } = await locateDataDirectory(dataDir, dataDirIsDefault, engineAccount());
  const path = join(directory, 'postgres', 'cluster');
  const obstacle = await access(path).then(
    () => undefined,
    ({ code }: NodeJS.ErrnoException) => (code === 'EACCES' ? 'closed' : 'absent'),
  );
  if (obstacle) return { directory, state: obstacle };
  const pid = await postmasterPid({ path });
  return { directory, state: pid !== undefined && isAlive(pid) ? 'running' : 'stopped' };
}
