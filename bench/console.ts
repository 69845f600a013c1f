// `node bench/console.ts`: how long the console's operations take among a million actions.
import { operatorOperations } from '../packages/contract/src/index.ts';
import { createKey } from '../packages/server/src/changes/keyring.ts';
import { readConfig } from '../packages/server/src/config.ts';
import { servingLimits } from '../packages/server/src/db/pool.ts';
import {
  createDatabase,
  openInstallation,
} from '../packages/server/src/installation/installation.ts';
import { operatorHandlers } from '../packages/server/src/operations/operator/index.ts';
import { encodeCursor } from '../packages/server/src/operations/present.ts';
import { insertClient } from '../packages/server/src/store/clients.ts';
import { inProcess, measure } from './measure.ts';
import { operatorCall } from './operator.ts';
import { type CallRow, callTable, describeMachine } from './report.ts';
import { saveResults } from './results.ts';
import { PULLED, READY, seed } from './seed.ts';
import { openCatalog, sqlDatabase } from './server.ts';
import { addTexts, addYears, RARE, SELDOM } from './years.ts';

const PLAN = { front: 18_000, behind: 2_000, pulled: 0 };
const SEEDED = PLAN.front + PLAN.behind;
const TOTAL = 1_000_000;
const ROUNDS = { rounds: 5, time: 400, deadline: performance.now() + 300_000 };

const cleanup = new AsyncDisposableStack();
let stopping: Promise<void> | undefined;
process.once('SIGINT', () => {
  stopping = cleanup.disposeAsync().finally(() => process.exit(130));
});
const say = (sentence: string) => process.stderr.write(`${sentence}\n`);
try {
  const catalogUrl = await openCatalog(cleanup);
  const machine = await describeMachine(catalogUrl);
  const config = readConfig({ DATABASE_URL: catalogUrl });
  const installation = await openInstallation(config, servingLimits);
  cleanup.defer(() => installation.close());
  await createDatabase(installation, 'years', { environment: 'live' });
  const database = await installation.databases.named('years');
  if (!database) throw new Error('no database');
  const { db } = database;

  say('seeding');
  const url = sqlDatabase(catalogUrl, `${new URL(catalogUrl).pathname.slice(1)}_years`);
  await seed(url, PLAN, async (connection) => {
    const client = (await insertClient(db, 'Client 1'))?.id ?? 0;
    const { id: key } = await createKey(
      installation.databases,
      database,
      {
        ...{ id_client: client, regions: null, id_statut_ready: READY, id_statut_pulled: PULLED },
        ...{ operations: null, ip_ranges: null, expires_at: null },
      },
      'command:bench',
    );
    await addYears(connection, SEEDED, { pulled: TOTAL - SEEDED, key, client, audit: TOTAL / 2 });
    await addTexts(connection);
  });

  const call = operatorCall(installation, config, database);
  const random = () => SEEDED + 1 + Math.floor(Math.random() * (TOTAL - SEEDED));
  const telephone = (id: number) => `06${String((id * 31) % 100_000_000).padStart(8, '0')}`;
  const actionOf = (id: number) =>
    db.selectFrom('action').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  /** The place of the action in the middle of the list, newest first. */
  const middle = await actionOf(TOTAL / 2);
  const deep = encodeCursor('searchContacts', {
    at: middle.created_at.toISOString().replace('Z', '000Z'),
    id: middle.id,
  });

  // Pages are asked for as the contract takes them, and must not be empty.
  const { searchContacts, listPulls, listAudit } = operatorOperations;
  const some = ({ items }: { items: readonly unknown[] }) => Math.min(items.length, 1);
  const search = (asked: () => object) => async () =>
    some(await operatorHandlers.searchContacts(call, searchContacts.request.parse(asked())));
  const pulls = (asked: object) => async () =>
    some(await operatorHandlers.listPulls(call, listPulls.request.parse(asked)));
  const audit = (asked: object) => async () =>
    some(await operatorHandlers.listAudit(call, listAudit.request.parse(asked)));
  const year = { from: '2025-01-01T00:00:00Z', to: '2026-01-01T00:00:00Z' };
  const calls: Record<string, () => Promise<number>> = {
    getToday: async () => Math.min((await operatorHandlers.getToday(call, {})).ready.total, 1),
    'searchContacts: everything': search(() => ({})),
    'searchContacts: a rare name': search(() => ({ search: RARE.nom })),
    'searchContacts: a fragment of a name': search(() => ({ search: SELDOM.nom.slice(2, 7) })),
    'searchContacts: a telephone': search(() => ({ search: telephone(random()) })),
    'searchContacts: a common name': search(() => ({ search: 'Garnier' })),
    'searchContacts: a word of every contact': search(() => ({ search: 'brochure' })),
    'searchContacts: two common words': search(() => ({ search: 'camille garnier' })),
    'searchContacts: a rare name in another year': search(() => ({ search: RARE.nom, ...year })),
    'searchContacts: statut, regions and year': search(() => ({
      ...{ statutIds: [PULLED], regionIds: [3, 4], ...year },
    })),
    'searchContacts: one source': search(() => ({ sources: ['source-2'] })),
    'searchContacts: longest ready': search(() => ({ sort: 'longest_ready' })),
    'searchContacts: after 500,000': search(() => ({ cursor: deep })),
    'searchContacts: a common name, after 500,000': search(() => ({
      ...{ search: 'Garnier', cursor: deep },
    })),
    listPulls: pulls({}),
    'listPulls: uncertain ones': pulls({ state: 'uncertain' }),
    listAudit: audit({ scope: 'database' }),
    'listAudit: one actor': audit({ scope: 'database', actor: 'staff:7' }),
    getProspect: async () =>
      (await operatorHandlers.getProspect(call, { prospectId: random() })).actions.length,
  };
  const lookup = async () => ((await actionOf(random())) ? 1 : 0);

  const only = process.argv[2] ?? '';
  const rows: CallRow[] = [];
  for (const [what, work] of Object.entries(calls)) {
    if (!what.includes(only)) continue;
    const measured = await measure(
      { lookup: inProcess(lookup, 200), call: inProcess(work) },
      ROUNDS,
    );
    say(`${what}: ${measured.call.p50.toFixed(1)} ms`);
    rows.push({ what, ...measured });
  }
  const report = `${machine}. Medians of rounds in turns, one caller, without HTTP. 1,000,000 actions of three years, ${SEEDED.toLocaleString('en')} of them ready; as many leads, 49,000 pulls, 500,000 entries of the audit. The ratio says how many lookups of one action by its id take as long, in the same rounds.

${callTable(rows)}
`;
  console.log(report);
  if (!only) await saveResults('Results of the console', report);
} catch (error) {
  // What is cut off by the end of its databases is no failure.
  if (!stopping) throw error;
  await stopping;
} finally {
  await cleanup.disposeAsync();
}
