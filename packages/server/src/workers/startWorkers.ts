import type { Config } from '../config.ts';
import { createLog } from '../log/log.ts';
import { answerWorkers } from '../metrics/workers.ts';
import { openToServe, type RunningServer, type Starting } from '../serve.ts';
import { createCrew } from './crew.ts';

/**
 * Starts a server of several processes. This one, the primary, opens the installation, holds the
 * listening socket and keeps the workers alive; each of them is a whole server. SIGHUP replaces
 * them one after the other.
 */
export async function startWorkers(config: Config, starting: Starting): Promise<RunningServer> {
  const log = createLog(config.logLevel);
  const crew = createCrew(config.workers, config.drainSeconds, log);
  let url: string | undefined;
  // From the beginning: without a handler the signal would end the process.
  const renew = () => void (url && crew.renew());
  process.on('SIGHUP', renew);
  answerWorkers();
  const installation = await openToServe(config, log, {
    ...starting,
    opened: (own) =>
      starting.opened?.({
        ...own,
        async abandon() {
          await crew.dismiss(null);
          await own.abandon();
        },
      }),
  });
  try {
    url = await crew.start(installation.catalogUrl);
    return {
      url,
      installation,
      drain: (heir) => crew.dismiss(heir),
      async close() {
        await crew.dismiss(null);
        process.off('SIGHUP', renew);
        await installation.close();
        log.info('closed');
      },
    };
  } catch (error) {
    await installation.close();
    throw error;
  }
}
