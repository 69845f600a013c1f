import { hkdf, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Config } from './config.ts';

const FILE = 'secret';
const BYTES = 32;

/**
 * The key of 32 bytes that seals the secrets of ad platforms: derived (HKDF, RFC 5869) from
 * RELAIS_SECRET, or from a file that is made on first use in the data directory. Read when it is
 * first asked for: most installations never need it.
 */
export function openSecret(config: Pick<Config, 'secret' | 'dataDir'>): () => Promise<Buffer> {
  let key: Promise<Buffer> | undefined;
  const open = async () => {
    const text = config.secret ?? (await kept(config.dataDir));
    return Buffer.from(await promisify(hkdf)('sha256', text, '', 'relais seal', BYTES));
  };
  return () => {
    key ??= open();
    return key;
  };
}

async function kept(dataDir: string): Promise<string> {
  const file = join(dataDir, FILE);
  await mkdir(dataDir, { recursive: true });
  // Whoever comes second finds the file there, and reads it.
  await writeFile(file, randomBytes(BYTES).toString('hex'), { flag: 'wx', mode: 0o600 }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    },
  );
  return readFile(file, 'utf8');
}
