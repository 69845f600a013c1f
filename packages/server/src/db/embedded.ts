import { setTimeout as delay } from 'node:timers/promises';
import { engineAccount, findEngine, openDataDirectory } from './embedded/account.ts';
import { openCluster, SUPERUSER } from './embedded/cluster.ts';
import { EngineError, engineFailed } from './embedded/engineError.ts';
import {
  PORT,
  postmasterPid,
  removeStalePid,
  type Started,
  startPostgres,
  stopPostgres,
} from './embedded/postmaster.ts';
import { locks } from './locks.ts';
import { type Connection, connect, sqlState } from './pool.ts';

export { EngineError };

/** A PostgreSQL server of our own, shared by every process that uses the data directory. */
export interface EmbeddedServer {
  /** A URL of the SQL database `name`, over the private Unix socket. */
  url(name: string): string;
  /** True when this call started the server, false when it found one running. */
  readonly started: boolean;
  /** Where the data really is. */
  readonly directory: string;
  /** Leaves; the last process to leave stops the server and waits until it is gone. */
  close(): Promise<void>;
}

/** How long a server may take to start or to recover from a crash, milliseconds. */
const PATIENCE = 60_000;
const POLL = 50;
/** Between two attempts to bring a server back that died. */
const PAUSE = 1_000;
/** A start may fail while an older server is still going; not many times in a row. */
const MOST_STARTS = 10;

/**
 * Opens the embedded server of a data directory: makes its data on first use, starts it when it
 * does not run, joins it when it does, also when its owner was killed. While it is open, a server
 * that dies is started again. Fails with an EngineError.
 */
export async function openEmbedded(options: {
  dataDir: string;
  dataDirIsDefault: boolean;
  say?: (sentence: string) => void;
}): Promise<EmbeddedServer> {
  const account = engineAccount();
  const say = options.say ?? (() => {});
  const engine = await findEngine(account);
  const directory = await openDataDirectory(
    options.dataDir,
    options.dataDirIsDefault,
    account,
    say,
  );
  const cluster = await openCluster(directory, engine, account);

  // What is left out, `pg` takes from PGPORT and PGSSLMODE, which are of another server.
  const url = (name: string) => {
    const host = encodeURIComponent(cluster.socketDirectory);
    return `postgresql://${SUPERUSER}:${cluster.password}@localhost:${PORT}/${name}?host=${host}&sslmode=disable`;
  };

  let closed: Promise<void> | undefined;
  let startedPid: number | undefined;
  let presence: Promise<Connection>;

  /** Connects and marks this process as a user of the server; starts the server if need be. */
  const join = async (): Promise<Connection> => {
    const deadline = Date.now() + PATIENCE;
    let own: (Started & { reason?: string }) | undefined;
    let starts = 0;
    for (;;) {
      const connection = await tryJoin().catch(async (error) => {
        // It would run on with nobody to stop it: who refuses us lets nobody in.
        if (own) await stopPostgres(cluster);
        throw error;
      });
      if (typeof connection !== 'string') {
        startedPid = own?.pid;
        return connection;
      }
      if (connection === 'absent' && (own === undefined || own.reason !== undefined)) {
        starts += 1;
        if (starts > MOST_STARTS) throw failed(own?.reason);
        if (own) await delay(10 * POLL);
        await removeStalePid(cluster);
        const started: Started & { reason?: string } = await startPostgres(
          engine,
          cluster,
          account,
        );
        own = started;
        void started.ended.then((reason) => {
          started.reason = reason;
        });
      }
      if (Date.now() > deadline) throw failed(own?.reason);
      await delay(POLL);
    }
  };

  /** A connection that counts as a user, or why there is none: nobody there, or not ready. */
  const tryJoin = async (): Promise<Connection | 'absent' | 'busy'> => {
    let connection: Connection;
    try {
      connection = await connect(url('postgres'), () => {});
    } catch (error) {
      return whyNot(error);
    }
    try {
      const locked = await connection.query<{ joined: boolean }>(
        'select pg_try_advisory_lock_shared($1) as joined',
        [locks.presence],
      );
      if (locked.rows[0]?.joined) {
        connection.once('end', rejoin);
        return connection;
      }
    } catch {
      // It went away in between.
    }
    await connection.end().catch(() => {});
    return 'busy';
  };

  /**
   * The server died under us: whoever notices first starts it again, the others join. What keeps it
   * from starting may pass (a full disk, another's memory), so it is tried as long as we run.
   */
  const rejoin = () => {
    if (closed) return;
    presence = joinAtLast();
    presence.catch(() => {});
  };
  const joinAtLast = async (): Promise<Connection> => {
    for (;;) {
      try {
        return await join();
      } catch (error) {
        if (closed) throw error;
        await delay(PAUSE);
      }
    }
  };

  const leave = async () => {
    const connection = await presence.catch(() => undefined);
    if (!connection) return;
    try {
      await connection.query('select pg_advisory_unlock_shared($1)', [locks.presence]);
      const alone = await connection.query<{ alone: boolean }>(
        'select pg_try_advisory_lock($1) as alone',
        [locks.presence],
      );
      // Whoever comes now finds the lock taken and waits until the server is gone.
      if (alone.rows[0]?.alone) await stopPostgres(cluster);
    } catch {
      // The server is gone already.
    }
    await connection.end().catch(() => {});
  };

  presence = join();
  await presence;
  return {
    url,
    directory,
    started: startedPid !== undefined && (await postmasterPid(cluster)) === startedPid,
    // Who closes it a second time ends when it has left, too: the process may be about to end.
    close() {
      closed ??= leave();
      return closed;
    },
  };
}

function whyNot(error: unknown): 'absent' | 'busy' {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ECONNREFUSED') return 'absent';
  if (sqlState(error)?.startsWith('28')) {
    throw new EngineError(
      'The embedded PostgreSQL refuses the password kept in its data directory: restore the file "password", or choose another RELAIS_DATA_DIR.',
    );
  }
  // Starting up, recovering, shutting down, or too many connections: it passes.
  return 'busy';
}

const failed = (reason = 'no answer within a minute'): EngineError =>
  engineFailed('The embedded PostgreSQL did not start', reason);
