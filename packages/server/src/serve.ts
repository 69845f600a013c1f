import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { assertDurable, InstallError } from './db/administer.ts';
import { servingLimits } from './db/pool.ts';
import { createDeferred } from './deferred.ts';
import type { Drain } from './http/draining.ts';
import { locate } from './installation/databases.ts';
import { type Installation, migrateAll, openInstallation } from './installation/installation.ts';
import { createRestoreWatch } from './installation/restoreWatch.ts';
import { openSecret } from './installation/secret.ts';
import { openMetaStore } from './intake/meta/openMetaStore.ts';
import { createMetaWorker } from './intake/meta/worker.ts';
import { createPostponedWorker } from './intake/postponedWorker.ts';
import { createJobRunner } from './jobs/runner.ts';
import { ListenError } from './listenError.ts';
import { createLog, errorFields, type Logger } from './log/log.ts';
import { listDatabases } from './store/catalog.ts';
import { startTracing } from './tracing.ts';

/** A server that answers. */
export interface RunningServer {
  /** Such as `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly installation: Installation;
  /** What comes before `close` when clients shall not notice it: see Drain. Jobs are handed back. */
  readonly drain: Drain;
  /** Takes no new request, finishes those in flight, and closes what start opened, last first. */
  close(): Promise<void>;
}

/** What else happens at a start. */
export interface Starting {
  readonly say?: (sentence: string) => void;
  /** Is told the installation as soon as it is open: migrations and more are still to come. */
  readonly opened?: (installation: Installation) => void;
  /** Runs on the migrated installation, before anything else does. */
  readonly prepare?: (installation: Installation) => Promise<void>;
}

/** Fails when the address is not to be had, for whom that should be known before anything else. */
export async function assertAddress(config: Config): Promise<void> {
  const server = createServer().listen(config.port, config.host);
  await once(server, 'listening').catch((error) => {
    throw new ListenError(config, error);
  });
  server.close();
  await once(server, 'close');
}

/** Starts a server; when this returns it answers. */
export async function startServer(config: Config, starting: Starting = {}): Promise<RunningServer> {
  const log = createLog(config.logLevel);
  const tracing = await startTracing(config, log);
  const installation = await openToServe(config, log, starting);
  const { databases } = installation;
  const secret = openSecret(config);
  const metaWorker = createMetaWorker({
    store: openMetaStore(databases, secret),
    graphUrl: config.graphUrl,
    log,
  });
  const postponed = createPostponedWorker(databases, log);
  const jobs = createJobRunner(databases, log);
  const restores = createRestoreWatch(installation, log);
  try {
    const deferred = createDeferred((error) => log.warn(errorFields(error), 'could not note'));
    const { app, drain } = await createApp({
      config,
      log,
      databases,
      deferred,
      secret,
      metaWorker,
      jobs,
      tracing,
    });
    await app.listen({ host: config.host, port: config.port }).catch((error) => {
      throw new ListenError(config, error);
    });
    const { port } = app.server.address() as AddressInfo;
    const host = config.host.includes(':') ? `[${config.host}]` : config.host;
    const url = `http://${host}:${port}`;
    log.info({ url }, 'listening');
    // What other processes left behind.
    jobs.wake();
    return {
      url,
      installation,
      async drain(heir) {
        await Promise.all([drain(heir), jobs.close()]);
      },
      async close() {
        // A job stops at its next step; meanwhile the last requests are answered.
        await Promise.all([app.close(), jobs.close()]);
        await Promise.all([metaWorker.close(), postponed.close(), restores.close()]);
        await deferred.close();
        await installation.close();
        await tracing?.close();
        log.info('closed');
      },
    };
  } catch (error) {
    await jobs.close();
    await Promise.all([metaWorker.close(), postponed.close(), restores.close()]);
    await installation.close();
    throw error;
  }
}

/**
 * Opens the installation of a server: its databases lose nothing that they have confirmed, and
 * those in reach have the newest schema.
 */
export async function openToServe(
  config: Config,
  log: Logger,
  { say = () => {}, opened, prepare }: Starting,
): Promise<Installation> {
  const onLost = (error: Error) => log.warn(errorFields(error), 'lost a database connection');
  const installation = await openInstallation(config, servingLimits, { onLost, say });
  opened?.(installation);
  try {
    await assertAllDurable(installation);
    for (const [database, error] of await migrateAll(installation)) {
      log.error({ database, ...errorFields(error) }, 'this CRM database is not ready to serve');
    }
    await prepare?.(installation);
    return installation;
  } catch (error) {
    await installation.close();
    throw error;
  }
}

async function assertAllDurable({ databases, catalogUrl }: Installation): Promise<void> {
  await assertDurable(catalogUrl);
  const entries = await listDatabases(databases.catalog);
  for (const entry of entries.filter(({ url }) => url !== null)) {
    await assertDurable(locate(entry, catalogUrl)).catch((error) => {
      // One that is away is told of when it is migrated; one that may lose data stops the start.
      if (error instanceof InstallError) throw error;
    });
  }
}
