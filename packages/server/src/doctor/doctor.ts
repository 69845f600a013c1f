import type { Config } from '../config.ts';
import { whyAway } from '../db/away.ts';
import { lookAtEmbedded } from '../db/embedded/look.ts';
import { openEmbedded } from '../db/embedded.ts';
import { inspectSqlDatabase, type SqlDatabaseFacts } from '../db/inspect.ts';
import type { PoolLimits } from '../db/pool.ts';
import { type Databases, locate, openDatabases } from '../installation/databases.ts';
import { EMBEDDED_CATALOG } from '../installation/installation.ts';
import { type CatalogEntry, listDatabases } from '../store/catalog.ts';
import { countStaff } from '../store/examine.ts';
import { plural } from '../text/plural.ts';
import { checkConfig } from './checkConfig.ts';
import { checkCrm } from './checkCrm.ts';
import { checkDisk } from './checkDisk.ts';
import { checkPostgres, checkSqlDatabase } from './checkPostgres.ts';
import { checkSecret } from './checkSecret.ts';
import { type Finding, findingsOf } from './finding.ts';

const server = findingsOf('server');
const postgres = findingsOf('PostgreSQL');
const catalogSays = findingsOf('catalog');

const limits: PoolLimits = {
  size: 2,
  wait: 10_000,
  lockTimeout: 3_000,
  statementTimeout: 30_000,
  idleTimeout: 0,
  silence: 35_000,
};

/**
 * Examines an installation. Nothing is changed: no migration, no row, no file. An embedded server
 * that does not run is started to look, and stopped again; where there is none, none is made.
 */
export async function examine(config: Config): Promise<Finding[]> {
  const found = await checkConfig(config);
  if (config.databaseUrl !== undefined) {
    found.push(...(await checkDisk(config, config.dataDir)));
    found.push(...(await examineDatabases(config, config.databaseUrl)));
    return found;
  }
  const { directory, state } = await lookAtEmbedded(config.dataDir, config.dataDirIsDefault);
  if (state === 'absent') {
    found.push(
      postgres.fault(
        `there is no installation in ${directory}`,
        'Set RELAIS_DATA_DIR or DATABASE_URL as the server has it; or begin one: relais database create main',
      ),
    );
    return found;
  }
  if (state === 'closed') {
    found.push(
      postgres.fault(
        `this account may not look into ${directory}`,
        'Run the doctor as the account of the server.',
      ),
    );
    return found;
  }
  found.push(...(await checkDisk(config, directory)));
  const engine = await openEmbedded({
    dataDir: config.dataDir,
    dataDirIsDefault: config.dataDirIsDefault,
  });
  try {
    found.push(
      postgres.ok(
        state === 'running'
          ? `the embedded server runs on ${directory}`
          : `the embedded server did not run: it was started on ${directory} to look, and stopped again`,
      ),
    );
    found.push(...(await examineDatabases(config, engine.url(EMBEDDED_CATALOG))));
  } finally {
    await engine.close();
  }
  return found;
}

async function examineDatabases(config: Config, catalogUrl: string): Promise<Finding[]> {
  let facts: SqlDatabaseFacts;
  try {
    facts = await inspectSqlDatabase(catalogUrl, 'catalog');
  } catch (error) {
    return [unusable(postgres, error, 'DATABASE_URL')];
  }
  const databases = openDatabases(catalogUrl, limits);
  try {
    // Without its first migration the catalog has nothing to tell.
    const entries = await listDatabases(databases.catalog).catch(() => undefined);
    const crms: Inspected[] = [];
    for (const entry of entries ?? []) crms.push(await inspectCrm(entry, catalogUrl));
    const found = [
      ...checkServers(config, facts, crms),
      ...checkSqlDatabase('catalog', facts, { needsTrigrams: false }),
    ];
    if (!entries) return found;
    if (facts.migrations.pending.length === 0) {
      found.push(await checkSecret(config, databases), await checkStaff(databases));
    }
    if (entries.length === 0) {
      found.push(
        catalogSays.warning('there is no CRM database yet', 'relais database create main'),
      );
    }
    for (const crm of crms) found.push(...(await examineCrm(databases, crm)));
    return found;
  } finally {
    await databases.close();
  }
}

/** A CRM database as the catalog has it, and as it is; or why it could not be looked at. */
interface Inspected {
  readonly entry: CatalogEntry;
  readonly facts: SqlDatabaseFacts | undefined;
  readonly away?: unknown;
}

async function inspectCrm(entry: CatalogEntry, catalogUrl: string): Promise<Inspected> {
  try {
    return { entry, facts: await inspectSqlDatabase(locate(entry, catalogUrl), 'crm') };
  } catch (away) {
    return { entry, facts: undefined, away };
  }
}

/** Looks at the server of the catalog, and at each other one that holds CRM databases. */
function checkServers(
  config: Config,
  catalog: SqlDatabaseFacts,
  crms: readonly Inspected[],
): Finding[] {
  let beside = 0;
  const elsewhere = new Map<string, { facts: SqlDatabaseFacts; noms: string[] }>();
  for (const { entry, facts } of crms) {
    // One that could not be looked at is beside the catalog unless it has an address of its own.
    if (facts ? facts.server === catalog.server : entry.url === null) beside += 1;
    else if (facts) {
      const other = elsewhere.get(facts.server) ?? { facts, noms: [] };
      other.noms.push(entry.nom);
      elsewhere.set(facts.server, other);
    }
  }
  return [
    ...checkPostgres('PostgreSQL', config, catalog, 1 + beside),
    postgres.ok(
      catalog.may_create
        ? 'its account may create SQL databases'
        : 'its account may not create SQL databases: "relais database create" needs --url',
    ),
    ...[...elsewhere.values()].flatMap(({ facts, noms }) =>
      checkPostgres(`PostgreSQL of ${noms.join(', ')}`, config, facts, noms.length),
    ),
  ];
}

async function examineCrm(
  databases: Databases,
  { entry, facts, away }: Inspected,
): Promise<Finding[]> {
  const says = findingsOf(entry.nom);
  if (!facts) return [unusable(says, away, `the CRM database "${entry.nom}"`)];
  const found = checkSqlDatabase(entry.nom, facts, { needsTrigrams: true });
  const database = await databases.named(entry.nom);
  // What the program asks for may not be there yet; and nobody waits for invented contacts.
  if (!database || facts.migrations.pending.length > 0) return found;
  if (entry.environment === 'test') {
    return [...found, says.ok('it is for tests: what waits in it is no matter')];
  }
  found.push(
    ...(await checkCrm(database).catch(() => [
      says.fault('its tables could not be read', 'See the log of PostgreSQL.'),
    ])),
  );
  return found;
}

async function checkStaff({ catalog }: Databases): Promise<Finding> {
  const { people, admins, guarded, invited, disabled } = await countStaff(catalog);
  if (admins === 0) {
    const who = people === 0 ? 'nobody' : 'no admin';
    const [why, remedy] =
      invited > 0
        ? [
            `${plural(invited, 'admin')} invited, without a password yet`,
            'Give one a new link: relais staff link <email>. Who they are: relais staff list',
          ]
        : disabled > 0
          ? [
              `${plural(disabled, 'admin')} disabled`,
              'Let one in again: relais staff enable <email>. Who they are: relais staff list',
            ]
          : [
              'there is no admin',
              'Add one: relais staff create you@example.com --nom You --role admin',
            ];
    return server.warning(`${who} can sign in to the console: ${why}`, remedy);
  }
  return guarded < admins
    ? server.warning(
        `admins who sign in without a second factor: ${admins - guarded} of ${admins}`,
        'Each sets one up in the console, under their name.',
      )
    : server.ok('every admin signs in with a second factor');
}

function unusable(says: ReturnType<typeof findingsOf>, error: unknown, address: string): Finding {
  const [what, remedy] = whyAway(error, address) ?? [
    `PostgreSQL does not answer at the address of ${address} as it should`,
    'see its log',
  ];
  return says.fault(what, `${remedy.charAt(0).toUpperCase()}${remedy.slice(1)}.`);
}
