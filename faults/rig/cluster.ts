import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import {
  chmod,
  chown,
  cp,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { engineAccount, findEngine } from '../../packages/server/src/db/embedded/account.ts';
import {
  openCluster,
  type Cluster as Place,
  SUPERUSER,
} from '../../packages/server/src/db/embedded/cluster.ts';
import { type Connection, connect } from '../../packages/server/src/db/pool.ts';

/** How long a start may take, recovery included, milliseconds. */
const PATIENCE = 60_000;

const SETTINGS = {
  listen_addresses: '',
  port: '5432',
  max_connections: '60',
  shared_buffers: '64MB',
  wal_level: 'replica',
  wal_keep_size: '256MB',
  max_wal_size: '256MB',
  log_min_error_statement: 'panic',
  log_parameter_max_length_on_error: '0',
};

/** A PostgreSQL of this run alone, durable as PostgreSQL is by default. */
export interface Cluster {
  /** Where its data is. */
  readonly path: string;
  /** The private socket, for the wire proxy. */
  readonly socket: string;
  /** A URL of a SQL database, past every proxy. */
  url(name: string): string;
  /** Starts it, and starts it again while it can't yet; when this returns it takes connections. */
  start(): Promise<void>;
  /** Sends the postmaster a signal and waits until it is gone: SIGINT is a fast stop, SIGQUIT an immediate one. */
  end(signal: 'SIGINT' | 'SIGQUIT' | 'SIGKILL'): Promise<void>;
  running(): boolean;
  /** A connection past every proxy. */
  connect(name: string): Promise<Connection>;
  /** A copy of it in `folder`, taken while it runs, that streams from it once it is started. */
  standby(folder: string): Promise<Cluster>;
}

export interface ClusterOptions {
  /** More of the environment: libfaketime. */
  readonly env?: Record<string, string>;
  /** Where the log of transactions is kept, when not beside the data. */
  readonly wal?: string;
}

/** Makes a cluster in a folder that PostgreSQL's account can enter. */
export async function makeCluster(folder: string, options: ClusterOptions = {}): Promise<Cluster> {
  const account = engineAccount();
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o711);
  const made = await openCluster(folder, await findEngine(account), account);
  if (options.wal) {
    await cp(join(made.path, 'pg_wal'), options.wal, { recursive: true });
    await rm(join(made.path, 'pg_wal'), { recursive: true });
    await symlink(options.wal, join(made.path, 'pg_wal'));
    await own(options.wal);
  }
  return clusterAt(made, options);
}

function clusterAt(place: Place, options: ClusterOptions): Cluster {
  let child: ChildProcess | undefined;
  let gone: Promise<unknown> = Promise.resolve();
  const running = () => child !== undefined && child.exitCode === null && child.signalCode === null;
  const url = (name: string) =>
    `postgresql://${SUPERUSER}:${place.password}@localhost/${name}?host=${encodeURIComponent(place.socketDirectory)}`;

  const launch = async () => {
    const account = engineAccount();
    const { postgres } = await findEngine(account);
    const settings = { ...SETTINGS, unix_socket_directories: place.socketDirectory };
    const log = openSync(place.startLog, 'a', 0o600);
    child = spawn(
      postgres,
      ['-D', place.path, ...Object.entries(settings).flatMap((pair) => ['-c', pair.join('=')])],
      {
        cwd: '/',
        env: { LC_ALL: 'C', ...options.env },
        // In a session of its own: Ctrl-C is for the run, which ends it.
        detached: true,
        stdio: ['ignore', log, log],
        ...account,
      },
    );
    gone = once(child, 'exit');
    closeSync(log);
  };

  const cluster: Cluster = {
    path: place.path,
    socket: join(place.socketDirectory, '.s.PGSQL.5432'),
    url,
    running,
    connect: (name) => connect(url(name)),
    async start() {
      for (const until = Date.now() + PATIENCE; ; await delay(50)) {
        // After kill -9 it can't start before the last of its old processes is gone.
        if (!running()) await launch();
        const connection = await connect(url('postgres')).catch(() => undefined);
        await connection?.end();
        if (connection) return;
        if (Date.now() > until) {
          const said = await readFile(place.startLog, 'utf8');
          throw new Error(`PostgreSQL did not start: ${said.slice(-500)}`);
        }
      }
    },
    async end(signal) {
      if (running()) child?.kill(signal);
      await gone;
    },
    async standby(folder) {
      const home = join(folder, 'postgres');
      await rm(folder, { recursive: true, force: true });
      await mkdir(home, { recursive: true });
      await Promise.all([chmod(folder, 0o711), chmod(home, 0o711)]);
      const copy: Place = {
        path: join(home, 'cluster'),
        password: place.password,
        socketDirectory: join(home, 'run'),
        startLog: join(home, 'start.log'),
      };
      await mkdir(copy.socketDirectory, { mode: 0o700 });
      await own(copy.socketDirectory);
      const connection = await cluster.connect('postgres');
      try {
        await connection.query(`select pg_backup_start('standby', fast => true)`);
        await copyRunning(place.path, copy.path);
        const done = await connection.query<{ labelfile: string }>(
          'select labelfile from pg_backup_stop()',
        );
        await writeFile(join(copy.path, 'backup_label'), done.rows[0]?.labelfile ?? '');
      } finally {
        await connection.end();
      }
      await writeFile(join(copy.path, 'standby.signal'), '');
      const source = `host=${place.socketDirectory} port=5432 user=${SUPERUSER} password=${place.password}`;
      await writeFile(join(copy.path, 'postgresql.auto.conf'), `primary_conninfo = '${source}'\n`);
      await own(copy.path);
      return clusterAt(copy, options);
    },
  };
  return cluster;
}

/** What belongs to a running server alone, or is made anew by the copy. */
const LEFT = /\/(postmaster\.(pid|opts)|pg_wal\/.+|pg_replslot\/.+|pg_stat_tmp\/.+|pgsql_tmp.*)$/;

/** Copies the files of a running cluster; those that vanish meanwhile are not missed. */
async function copyRunning(from: string, to: string): Promise<void> {
  const draft = `${to}.new`;
  for (let tries = 0; ; tries += 1) {
    try {
      await cp(from, draft, { recursive: true, force: true, filter: (path) => !LEFT.test(path) });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || tries === 20) throw error;
    }
  }
  await mkdir(join(draft, 'pg_wal', 'archive_status'), { recursive: true });
  await mkdir(join(draft, 'pg_wal', 'summaries'), { recursive: true });
  await chmod(draft, 0o700);
  await rename(draft, to);
}

/** Gives a folder with all that is in it to PostgreSQL's account. */
async function own(path: string): Promise<void> {
  const account = engineAccount();
  if (!account) return;
  await chown(path, account.uid, account.gid);
  const entries = await readdir(path, { recursive: true }).catch(() => []);
  for (const entry of entries) await chown(join(path, entry), account.uid, account.gid);
}
