import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile, rm, statfs } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Account, Engine } from './account.ts';
import { type Cluster, isAlive } from './cluster.ts';
import { FULL_DISK } from './engineError.ts';

/** The number in the name of the socket. */
export const PORT = 5432;

// Durability stays as PostgreSQL has it: fsync, full_page_writes and synchronous_commit on.
// The log holds no statement and no value: they are personal data.
const SETTINGS = {
  listen_addresses: '',
  port: String(PORT),
  unix_socket_permissions: '0700',
  max_connections: '200',
  shared_buffers: `${sharedBuffers()}MB`,
  logging_collector: 'on',
  log_directory: 'log',
  log_filename: 'postgresql-%a.log',
  log_rotation_age: '1d',
  log_rotation_size: '0',
  log_truncate_on_rotation: 'on',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_parameter_max_length_on_error: '0',
  log_statement: 'none',
};

/**
 * An eighth of the memory there is, 128 to 1,024 MB. What is read again and again, the queue and its
 * people, then stays there: with 128 a read among 2,000,000 actions took twice as long as among few.
 */
function sharedBuffers(): number {
  const memory = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  return Math.round(Math.min(1_024, Math.max(128, memory / 8 / 1_048_576)));
}

/** A PostgreSQL server that this process has started. */
export interface Started {
  readonly pid: number;
  /** Resolves when it has ended, with the reason it gave. */
  readonly ended: Promise<string>;
}

/**
 * Starts PostgreSQL on a cluster. It is in a session of its own: it outlives this process, which
 * others may depend on, and does not hear the terminal's Ctrl-C. On a cluster that already has a
 * server it ends by itself: PostgreSQL sees to that.
 */
export async function startPostgres(
  engine: Engine,
  cluster: Cluster,
  account: Account | undefined,
): Promise<Started> {
  const settings = { ...SETTINGS, unix_socket_directories: cluster.socketDirectory };
  const log = openSync(cluster.startLog, 'w', 0o600);
  const child = spawn(
    engine.postgres,
    [
      '-D',
      cluster.path,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    { cwd: '/', env: { LC_ALL: 'C' }, detached: true, stdio: ['ignore', log, log], ...account },
  );
  closeSync(log);
  child.unref();
  const ended = once(child, 'exit').then(() => fatalLine(cluster));
  if (child.pid === undefined) throw new Error('PostgreSQL could not be spawned');
  return { pid: child.pid, ended };
}

/** Less than a segment of the write-ahead log: PostgreSQL does not start. */
const LEAST_ROOM = 16 * 1024 * 1024;

async function fatalLine(cluster: Cluster): Promise<string> {
  const said = await readFile(cluster.startLog, 'utf8').catch(() => '');
  const line = said.split('\n').findLast((text) => /FATAL|PANIC|error|could not/i.test(text));
  // On a full disk it has not even room to say so, and where its data are gone no file to say it in.
  const disk = await statfs(cluster.path).catch(() => undefined);
  if (!disk) return 'its data are gone';
  if (!line && disk.bavail * disk.bsize < LEAST_ROOM) return FULL_DISK;
  return (line ?? 'it ended without a word').replace(/^.*?(FATAL|PANIC): */, '');
}

const pidFile = (cluster: Pick<Cluster, 'path'>) => join(cluster.path, 'postmaster.pid');

/** The process that postmaster.pid names, or undefined. */
export async function postmasterPid(cluster: Pick<Cluster, 'path'>): Promise<number | undefined> {
  const text = await readFile(pidFile(cluster), 'utf8').catch(() => '');
  return Number.parseInt(text, 10) || undefined;
}

/**
 * Removes a postmaster.pid that names a process which is not this PostgreSQL: after a crash its number
 * may have gone to another, and PostgreSQL would take that for a server and refuse to start.
 */
export async function removeStalePid(cluster: Cluster): Promise<void> {
  const pid = await postmasterPid(cluster);
  if (pid === undefined || !isAlive(pid)) return;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  if (command !== undefined && command !== '' && !command.includes(cluster.path)) {
    await rm(pidFile(cluster), { force: true });
  }
}

/** Stops the server of a cluster (fast shutdown) and waits until it is gone. */
export async function stopPostgres(cluster: Cluster): Promise<void> {
  const pid = await postmasterPid(cluster);
  if (pid === undefined) return;
  process.kill(pid, 'SIGINT');
  while (isAlive(pid) && (await postmasterPid(cluster)) === pid) await delay(20);
}
