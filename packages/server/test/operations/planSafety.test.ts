import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../../src/db/crm.generated.ts';
import { pick } from '../../src/store/pulls.ts';
import { queue } from '../../src/store/queue.ts';
import { queueCrm, READY } from '../support/crm.ts';
import { freshInstallation, loadInto, type TestInstallation } from '../support/installation.ts';

let installation: TestInstallation;
before(async () => {
  installation = await freshInstallation();
  await loadInto(installation.main, queueCrm(0));
  await sql`alter table action set (autovacuum_enabled = false)`.execute(installation.main.db);
});
after(() => installation.close());

const SWITCHES = [
  'hashjoin',
  'mergejoin',
  'nestloop',
  'indexscan',
  'bitmapscan',
  'seqscan',
  'sort',
];
const scope = { regions: [30, 62], programmes: undefined };
const expected = Array.from({ length: 200 }, (_, index) => index + 1);

/** Runs in a transaction that is rolled back. */
async function undone<Result>(work: (trx: Transaction<Crm>) => Promise<Result>): Promise<Result> {
  const trx = await installation.main.db.startTransaction().execute();
  try {
    return await work(trx);
  } finally {
    await trx.rollback().execute();
  }
}

const statistics: [name: string, prepare: () => Promise<void>][] = [
  [
    'of an empty queue',
    async () => {
      await sql`vacuum analyze action`.execute(installation.main.db);
      await loadRaw(5_000);
    },
  ],
  ['fresh', async () => void (await sql`analyze action`.execute(installation.main.db))],
  [
    'of a skewed queue',
    async () => {
      const { db } = installation.main;
      await sql`update action set id_statut = 1 where action.id > 3`.execute(db);
      await sql`vacuum analyze action`.execute(db);
      await sql`update action set id_statut = ${READY}`.execute(db);
    },
  ],
];

/** Adds actions behind the back of the statistics, which load would refresh. */
async function loadRaw(count: number): Promise<void> {
  const { db } = installation.main;
  await sql`insert into prospect (id) select generate_series(1, ${count}::int)`.execute(db);
  await sql`
    insert into action (id, id_prospect, id_programme, id_region, id_statut, created_at, ready_at)
    select n, n, case when n % 2 = 1 then 130 else 162 end, case when n % 2 = 1 then 30 else 62 end,
      ${READY}, t, t
    from (select n, '2026-01-01'::timestamptz + n * interval '1 second' as t
      from generate_series(1, ${count}::int) n) made`.execute(db);
}

/** Statements are prepared: PostgreSQL plans them for the values given, or once for any. */
const MODES = ['force_custom_plan', 'force_generic_plan'];

for (const [name, prepare] of statistics) {
  test(`a pick never takes more than its limit, nor out of order: statistics ${name}`, async () => {
    await prepare();
    for (const mode of MODES) await pickWithAllPlans(mode);
  });
}

async function pickWithAllPlans(mode: string): Promise<void> {
  for (let mask = 0; mask < 2 ** SWITCHES.length; mask += 1) {
    const off = SWITCHES.filter((_, bit) => mask & (1 << bit));
    const picked = await undone(async (trx) => {
      await sql`select set_config('plan_cache_mode', ${mode}, true)`.execute(trx);
      // A plan that was made is kept whatever the switches say since.
      await sql`discard plans`.execute(trx);
      await sql`select set_config('enable_' || name, 'off', true)
          from unnest(${off}::text[]) name`.execute(trx);
      return pick(trx, scope, READY, 200);
    });
    assert.deepEqual(picked, expected, `${mode}, off: ${off.join(' ')}`);
  }
}

test('what others hold is passed over, and the pick goes on behind it', async () => {
  const { db } = installation.main;
  await db.transaction().execute(async (holder) => {
    await sql`select from action where action.id <= 150 for update`.execute(holder);
    const picked = await undone((trx) => pick(trx, scope, READY, 200));
    assert.deepEqual(
      picked,
      expected.map((id) => id + 150),
    );
  });
});

test('the queue is read from the index of its regions, hardly deeper than the limit', async () => {
  const { db } = installation.main;
  await sql`analyze action`.execute(db);
  const explained = await sql<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>`
    explain (analyze, format json) ${queue(scope, READY, undefined, 200)}`.execute(db);
  const nodes = flatten(explained.rows[0]?.['QUERY PLAN'][0].Plan);
  const scans = nodes.filter((node) => node['Relation Name'] === 'action');
  assert.deepEqual(
    scans.map((node) => node['Index Name']),
    ['action_queue_region'],
  );
  assert.ok(scans.every((node) => node['Actual Rows'] <= 201));
});

interface PlanNode {
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly Plans?: PlanNode[];
}

const flatten = (node: PlanNode | undefined): PlanNode[] =>
  node ? [node, ...(node.Plans ?? []).flatMap(flatten)] : [];
