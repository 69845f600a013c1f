import { hkdf, randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Config } from '../config.ts';
import { InstallError } from '../db/administer.ts';

const FILE = 'secret';
const BYTES = 32;

/**
 * The key of 32 bytes that seals the secrets of ad platforms: derived (HKDF, RFC 5869) from
 * RELAIS_SECRET, or from a file that is made on first use in the data directory. Read when it is
 * first asked for, since most installations never need it, and again when that failed. Fails with an
 * InstallError where the file is empty.
 */
export function openSecret(config: Pick<Config, 'secret' | 'dataDir'>): () => Promise<Buffer> {
  let key: Promise<Buffer> | undefined;
  const open = async () => {
    const text = config.secret ?? (await kept(config.dataDir));
    return Buffer.from(await promisify(hkdf)('sha256', text, '', 'relais seal', BYTES));
  };
  return () => {
    key ??= open().catch((error) => {
      key = undefined;
      throw error;
    });
    return key;
  };
}

async function kept(dataDir: string): Promise<string> {
  const file = join(dataDir, FILE);
  await mkdir(dataDir, { recursive: true });
  const known = await readFile(file, 'utf8').catch(unlessMissing);
  if (known === undefined) await make(file);
  const text = known ?? (await readFile(file, 'utf8'));
  // With nothing as a secret, anybody could open what it seals.
  if (text === '') {
    throw new InstallError(
      `${file} is empty, and seals nothing: bring it back from a backup, or remove it where there is none.`,
    );
  }
  return text;
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

/** Makes the file, whole or not at all: on a full disk, or killed, it would be empty. */
async function make(file: string): Promise<void> {
  const draft = `${file}.${process.pid}`;
  try {
    const text = randomBytes(BYTES).toString('hex');
    await writeFile(draft, text, { mode: 0o600, flush: true });
    // Whoever comes second finds the file there, and reads it.
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
}
