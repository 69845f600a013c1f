import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chmod,
  chown,
  lstat,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Account, Engine } from './account.ts';
import { EngineError, engineFailed, FULL_DISK } from './engineError.ts';

/** PostgreSQL's data in a data directory, and what is needed to reach it. */
export interface Cluster {
  /** What PostgreSQL calls its data directory. */
  readonly path: string;
  readonly password: string;
  /** The folder of the private Unix socket. */
  readonly socketDirectory: string;
  /** What PostgreSQL said when it was last started. */
  readonly startLog: string;
}

export const SUPERUSER = 'relais';
const MAJOR_VERSION = '18';
/** The longest path of a Unix socket on Linux; macOS allows 103. */
const SOCKET_PATH_LIMIT = 103;

/** Finds the cluster of a data directory, or makes it. Of several at once, one makes it. */
export async function openCluster(
  dataDirectory: string,
  engine: Engine,
  account: Account | undefined,
): Promise<Cluster> {
  const home = join(dataDirectory, 'postgres');
  const path = join(home, 'cluster');
  let version = await readVersion(path);
  if (version === undefined) {
    await makeCluster(dataDirectory, home, engine, account);
    version = await readVersion(path);
  }
  if (version === undefined) {
    throw new EngineError(
      `${path} holds no whole data of PostgreSQL: bring them back from a backup, or choose another RELAIS_DATA_DIR.`,
    );
  }
  if (version !== MAJOR_VERSION) {
    throw new EngineError(
      `${dataDirectory} was made by PostgreSQL ${version}, and this is ${MAJOR_VERSION}: dump it with the version of Relais that made it, and load it into a new RELAIS_DATA_DIR.`,
    );
  }
  const { uid } = await stat(path);
  if (uid !== (account?.uid ?? process.getuid?.())) throw ofOtherAccount();
  const password = (await readFile(join(home, 'password'), 'utf8').catch(unreadable)).trim();
  const socketDirectory = await openSocketDirectory(home, account);
  return { path, password, socketDirectory, startLog: join(home, 'start.log') };
}

const unreadable = (error: NodeJS.ErrnoException): never => {
  if (error.code !== 'EACCES' && error.code !== 'EPERM') {
    const why = error.code === 'ENOENT' ? 'is missing' : `can't be read (${error.code})`;
    throw new EngineError(
      `${error.path} ${why}: bring it back from a backup, or choose another RELAIS_DATA_DIR.`,
    );
  }
  throw ofOtherAccount();
};

const ofOtherAccount = (): EngineError =>
  new EngineError(
    'The data directory belongs to another account: run Relais as the account that made it, or choose another RELAIS_DATA_DIR.',
  );

async function readVersion(cluster: string): Promise<string | undefined> {
  try {
    return (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    return unreadable(error as NodeJS.ErrnoException);
  }
}

/** Makes a cluster beside its place and moves it there whole: a half-made one is never seen. */
async function makeCluster(
  dataDirectory: string,
  home: string,
  engine: Engine,
  account: Account | undefined,
): Promise<void> {
  await removeLeftovers(dataDirectory);
  const draft = join(dataDirectory, `.new-${process.pid}-${randomBytes(4).toString('hex')}`);
  const cluster = join(draft, 'cluster');
  const passwordFile = join(draft, 'password');
  try {
    await mkdir(cluster, { recursive: true, mode: 0o700 });
    await chmod(draft, account ? 0o711 : 0o700);
    await writeFile(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
    if (account) {
      await chown(cluster, account.uid, account.gid);
      await chown(passwordFile, account.uid, account.gid);
    }
    await initdb(engine, cluster, passwordFile, account);
    // From here on it is for this program alone.
    if (account) await chown(passwordFile, 0, 0);
    await rename(draft, home);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another process was faster: its cluster is as good.
    if (['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) return;
    throw error;
  }
}

async function initdb(
  engine: Engine,
  cluster: string,
  passwordFile: string,
  account: Account | undefined,
): Promise<void> {
  const child = spawn(
    engine.initdb,
    [
      ...['--pgdata', cluster, '--username', SUPERUSER, '--pwfile', passwordFile],
      ...['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--locale', 'C'],
      ...['--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--no-instructions'],
    ],
    { cwd: '/', env: { LC_ALL: 'C' }, stdio: ['ignore', 'ignore', 'pipe'], ...account },
  );
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  if (code === 0) return;
  // Its own reason comes before initdb's, which only says that it failed.
  const lines = said.trim().split('\n');
  const why = lines.find((line) => /FATAL|PANIC|error:/.test(line)) ?? lines.at(-1) ?? '';
  throw engineFailed(
    'PostgreSQL could not set up its data',
    NO_ROOM.test(said) ? FULL_DISK : why.replace(/^(initdb: (error: )?|.*?(FATAL|PANIC): *)/, ''),
  );
}

/** What PostgreSQL says of a full disk, before initdb makes room again by removing what it wrote. */
const NO_ROOM = /No space left on device|Check free disk space/;

async function removeLeftovers(dataDirectory: string): Promise<void> {
  for (const name of await readdir(dataDirectory)) {
    const pid = Number(/^\.new-(\d+)-/.exec(name)?.[1] ?? 0);
    if (!pid || isAlive(pid)) continue;
    // An initdb whose parent was killed may go on for a second: what it leaves goes the next time.
    await rm(join(dataDirectory, name), { recursive: true, force: true }).catch(() => {});
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A folder for the socket that no other account can enter, with a path short enough for one. */
async function openSocketDirectory(home: string, account: Account | undefined): Promise<string> {
  const near = join(home, 'run');
  const short = `relais-${createHash('sha256').update(home).digest('hex').slice(0, 16)}`;
  const fits = `${near}/.s.PGSQL.5432`.length <= SOCKET_PATH_LIMIT;
  const directory = fits ? near : join(tmpdir(), short);
  const made = await mkdir(directory, { mode: 0o700 }).then(
    () => true,
    () => false,
  );
  if (made && account) await chown(directory, account.uid, account.gid);
  const owner = account?.uid ?? process.getuid?.();
  // In a folder that all may write to, somebody else may have been there first.
  const found = await lstat(directory);
  const settling = found.uid === process.getuid?.();
  if (!found.isDirectory() || (found.mode & 0o077) !== 0 || (found.uid !== owner && !settling)) {
    throw new EngineError(`${directory} is not a private folder of PostgreSQL: remove it.`);
  }
  if (account && found.uid !== account.uid) await chown(directory, account.uid, account.gid);
  return directory;
}
