import { readConfig } from '../packages/server/src/config.ts';
import type { CrmDatabase } from '../packages/server/src/databases.ts';
import { connect, servingLimits } from '../packages/server/src/db/pool.ts';
import { createDatabase, openInstallation } from '../packages/server/src/installation.ts';
import { createKey, type IssuedKey } from '../packages/server/src/keyring.ts';
import { insertClient } from '../packages/server/src/store/clients.ts';
import { BEHIND, EVERYWHERE, FRONT, type Plan, PULLED, seed } from './seed.ts';
import { sqlDatabase } from './server.ts';

/** How many calls are made at a time at the most. */
export const MOST_PULLERS = 8;

/** A seeded CRM database with its keys. */
export interface Site {
  readonly database: CrmDatabase;
  readonly url: string;
  readonly keys: {
    /** Sees the two regions that wait behind all the others. */
    readonly behind: IssuedKey;
    /** Sees all regions. */
    readonly all: IssuedKey;
    /** One key of each client; each sees two regions that no other sees. */
    readonly apart: readonly IssuedKey[];
    /** One key of each client; they all see the same two regions. */
    readonly together: readonly IssuedKey[];
  };
  /** Puts back what was pulled from a queue. */
  restore(statut: number): Promise<void>;
  /** Removes what pulling has left behind. */
  vacuum(): Promise<void>;
}

/** Opens an installation with one seeded CRM database for each plan. */
export async function openSites<Name extends string>(
  catalogUrl: string,
  plans: Readonly<Record<Name, Plan>>,
  cleanup: AsyncDisposableStack,
): Promise<Record<Name, Site>> {
  const config = readConfig({ DATABASE_URL: catalogUrl });
  const installation = await openInstallation(config, servingLimits);
  cleanup.defer(() => installation.close());
  const sites: Partial<Record<Name, Site>> = {};
  for (const nom of Object.keys(plans) as Name[]) {
    await createDatabase(installation, nom, { environment: 'live' });
    const database = await installation.databases.named(nom);
    if (!database) throw new Error(`no database ${nom}`);
    const url = sqlDatabase(catalogUrl, `${new URL(catalogUrl).pathname.slice(1)}_${nom}`);
    await seed(url, plans[nom]);

    const clients: number[] = [];
    for (let number = 1; number <= MOST_PULLERS; number += 1) {
      clients.push((await insertClient(database.db, `Client ${number}`))?.id ?? 0);
    }
    const key = (client: number, regions: readonly number[] | null, statut: number = FRONT) =>
      createKey(
        installation.databases,
        database,
        {
          ...{ id_client: clients[client] ?? 0, regions },
          ...{ id_statut_ready: statut, id_statut_pulled: PULLED },
          ...{ operations: null, ip_ranges: null, expires_at: null },
        },
        'command:bench',
      );
    const admin = await connect(url);
    cleanup.defer(() => admin.end());
    await admin.query('set session_replication_role = replica');
    await admin.query('set synchronous_commit = off');
    sites[nom] = {
      database,
      url,
      keys: {
        behind: await key(0, BEHIND),
        all: await key(0, null, plans[nom].everywhere ? EVERYWHERE : FRONT),
        apart: await Promise.all(clients.map((_, own) => key(own, [2 * own + 1, 2 * own + 2]))),
        together: await Promise.all(clients.map((_, own) => key(own, BEHIND))),
      },
      async restore(statut) {
        await admin.query(
          `update action set id_statut = $1, pulled_at = null, id_client = null, id_pull = null
           where id_statut = $2`,
          [statut, PULLED],
        );
        await admin.query('truncate pull_item');
      },
      async vacuum() {
        await admin.query('vacuum (index_cleanup on) action');
        await admin.query('vacuum pull, client');
      },
    };
    await admin.query('checkpoint');
  }
  return sites as Record<Name, Site>;
}
