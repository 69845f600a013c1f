import { inTime } from '../concurrency/inTime.ts';
import type { CrmDatabase, Databases } from '../installation/databases.ts';
import { errorFields, type Logger } from '../log/log.ts';
import { findHold } from '../store/hold.ts';
import { readConsistently } from '../store/snapshot.ts';
import { countQuarantine, silentSources } from '../store/today/alerts.ts';
import { silentClients } from '../store/today/ready.ts';
import {
  countUncertain,
  lastPulls,
  leadsLastHour,
  limitStatements,
  watchedJobs,
  watchedLanes,
} from '../store/watching.ts';

/** How long one database may take to tell its figures, milliseconds. */
const PATIENCE = 3_000;
const STATEMENT = 2_000;

/** The figures of one CRM database, in one snapshot on one connection. */
const readFigures = (database: CrmDatabase) =>
  readConsistently(database.db, async (trx) => {
    await limitStatements(trx, STATEMENT);
    const lanes = await watchedLanes(trx);
    return {
      lanes,
      held: (await findHold(trx)) !== undefined,
      keys: await lastPulls(trx),
      silentClients: (await silentClients(trx, lanes)).length,
      silentSources: (await silentSources(trx)).length,
      quarantine: await countQuarantine(trx),
      jobs: await watchedJobs(trx),
      uncertain: await countUncertain(trx),
      leads: await leadsLastHour(trx),
    };
  });

/** What is known of a CRM database at a moment; no figures: it does not answer. */
export interface Watched {
  readonly database: CrmDatabase;
  readonly figures: Awaited<ReturnType<typeof readFigures>> | undefined;
}

/** What is known of an installation at a moment. */
export interface Sight {
  readonly catalogUp: boolean;
  readonly databases: readonly Watched[];
}

/**
 * Looks at every CRM database. One that does not answer in time holds nothing up, and while the
 * catalog is away the databases that it last told of are looked at all the same.
 */
export function createWatch(databases: Databases, log: Logger): () => Promise<Sight> {
  let known: CrmDatabase[] = [];
  return async () => {
    const listed = await inTime(databases.all(), PATIENCE).catch(() => undefined);
    known = listed ?? known;
    const watched = known.map(async (database) => {
      const figures = await inTime(readFigures(database), PATIENCE).catch((error) => {
        log.warn({ database: database.nom, ...errorFields(error) }, 'could not read the figures');
        return undefined;
      });
      return { database, figures };
    });
    return { catalogUp: listed !== undefined, databases: await Promise.all(watched) };
  };
}
