import { createKey } from '../packages/server/src/changes/keyring.ts';
import { readConfig } from '../packages/server/src/config.ts';
import { connect, servingLimits } from '../packages/server/src/db/pool.ts';
import type { CrmDatabase } from '../packages/server/src/installation/databases.ts';
import {
  createDatabase,
  type Installation,
  openInstallation,
} from '../packages/server/src/installation/installation.ts';
import { insertClient } from '../packages/server/src/store/clients.ts';
import { BEHIND, longServed, type Plan, PULLED, READY, readyIn, seed } from './seed.ts';
import { sqlDatabase } from './server.ts';

/** The most connections that call at a time; as many clients there are. */
export const MOST_CALLERS = 64;

/** One who calls: its key, as issued and as the database knows it, its client and its first region. */
export interface Caller {
  readonly key: string;
  readonly keyId: string;
  readonly client: number;
  readonly region: number;
}

/** A seeded CRM database with its keys. */
export interface Site {
  readonly database: CrmDatabase;
  readonly url: string;
  /** One caller of each client; each sees one region that no other sees. */
  readonly apart: readonly Caller[];
  /** One caller of each client; they all see the same region, the last one. */
  readonly together: readonly Caller[];
  /** Sees the two regions that wait behind all the others. */
  readonly behind: Caller;
  /** Sees all regions. */
  readonly all: Caller;
  /** How many of the callers apart have pulled 600 contacts before. */
  readonly longServed: number;
  /** How many contacts are ready for each of so many callers apart. */
  availableTo(connections: number): number;
  /** Puts back what was pulled since the start, as an operator would: nothing is bypassed. */
  restore(): Promise<void>;
  /** Removes what pulling has left behind. */
  vacuum(): Promise<void>;
  /** Changes a programme of a region; its name stays the same. */
  renameProgramme(region: number): Promise<void>;
  /** How many actions of a region stand ready. */
  ready(region: number): Promise<number>;
  /** The actions of a region that were pulled since the start. */
  pulled(region: number): Promise<number[]>;
}

/** How many actions there are in all, and where: a tenth was pulled. */
export const planOf = (total: number, behind = 4_000): Plan => ({
  front: total - total / 10 - behind,
  behind,
  pulled: total / 10,
});

/** Opens an installation on a catalog. */
export async function openBench(
  catalogUrl: string,
  cleanup: AsyncDisposableStack,
): Promise<Installation> {
  const installation = await openInstallation(
    readConfig({ DATABASE_URL: catalogUrl }),
    servingLimits,
  );
  cleanup.defer(() => installation.close());
  return installation;
}

/** Adds a seeded CRM database to an installation. */
export async function openSite(
  installation: Installation,
  nom: string,
  plan: Plan,
  cleanup: AsyncDisposableStack,
): Promise<Site> {
  await createDatabase(installation, nom, { environment: 'live' });
  const database = await installation.databases.named(nom);
  if (!database) throw new Error(`no database ${nom}`);
  const catalog = new URL(installation.catalogUrl).pathname.slice(1);
  const url = sqlDatabase(installation.catalogUrl, `${catalog}_${nom}`);
  await seed(url, plan);

  const clients: number[] = [];
  for (let number = 1; number <= MOST_CALLERS; number += 1) {
    clients.push((await insertClient(database.db, `Client ${number}`))?.id ?? 0);
  }
  const caller = async (client: number, regions: readonly number[] | null): Promise<Caller> => {
    const issued = await createKey(
      installation.databases,
      database,
      {
        ...{ id_client: client, regions, id_statut_ready: READY, id_statut_pulled: PULLED },
        ...{ operations: null, ip_ranges: null, expires_at: null },
      },
      'command:bench',
    );
    return { key: issued.text, keyId: issued.id, client, region: regions?.[0] ?? 1 };
  };
  const admin = await connect(url);
  cleanup.defer(() => admin.end());
  await admin.query('set synchronous_commit = off');
  await admin.query('checkpoint');
  const began = (await admin.query<{ now: string }>('select clock_timestamp()::text as now'))
    .rows[0]?.now;
  // Names every column of the index, so that what was pulled long ago is not read.
  const since = `action.id_client = any(array(select client.id from client))
    and action.id_statut = ${PULLED} and action.id_region = any(array(select region.id from region))
    and action.pulled_at >= '${began}'`;
  return {
    database,
    url,
    apart: await Promise.all(clients.map((client) => caller(client, [client]))),
    together: await Promise.all(clients.map((client) => caller(client, BEHIND.slice(1)))),
    behind: await caller(1, BEHIND),
    all: await caller(1, null),
    longServed: longServed(plan),
    availableTo: (connections) => readyIn(plan, connections),
    async restore() {
      await admin.query(
        `update action set id_statut = ${READY}, pulled_at = null, id_client = null, id_pull = null
         where ${since}`,
      );
      await admin.query('truncate pull_item');
    },
    async vacuum() {
      await admin.query('vacuum (index_cleanup on) action');
      await admin.query('vacuum pull, client');
    },
    async renameProgramme(region) {
      await admin.query(
        `update programme set nom = nom
         where id = (select min(id) from programme where id_region = $1)`,
        [region],
      );
    },
    async ready(region) {
      const found = await admin.query<{ count: number }>(
        `select count(*) from action where id_statut = ${READY} and id_region = $1`,
        [region],
      );
      return Number(found.rows[0]?.count);
    },
    async pulled(region) {
      const found = await admin.query<{ id: number }>(
        `select id from action where ${since} and id_region = $1`,
        [region],
      );
      return found.rows.map(({ id }) => id);
    },
  };
}
