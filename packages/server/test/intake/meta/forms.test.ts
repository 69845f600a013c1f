import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import fc from 'fast-check';
import type { Misbehaviour } from '../../support/graphServer.ts';
import { type Bench, openBench } from './bench.ts';
import { FORM, recordedLead } from './leads.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench([FORM], 2);
});
afterEach(() => bench.close());

const MINUTE = 60;
const NEXT_READ = 15 * MINUTE;

/** A lead of the form that was made at a time of 2026-11-23. */
const madeAt = (id: string, clock: string) =>
  recordedLead(id, { created_time: `2026-11-23T${clock}:00+0000` });

const watermark = () => bench.store.forms.get(FORM)?.watermark?.toISOString();
const sinceOf = (filtering: string | null | undefined) =>
  new Date(JSON.parse(filtering ?? '[]')[0]?.value * 1000).toISOString();

test('a form is read to its last page, and its watermark is the newest lead', async () => {
  const { graph, store, worker } = bench;
  graph.keep(...['1', '2', '3', '4', '5'].map((id) => madeAt(id, `07:0${id}`)));
  await worker.runOnce();
  assert.equal(store.leads.size, 5);
  assert.equal(watermark(), '2026-11-23T07:05:00.000Z');
  assert.equal(graph.trapped(), 0);
});

test('the first read goes back 90 days, the next ones to an hour before the watermark', async () => {
  const { graph, store, worker, pass } = bench;
  graph.keep(
    madeAt('1', '08:00'),
    recordedLead('2', { created_time: '2026-08-26T08:00:00+0000' }),
    recordedLead('3', { created_time: '2026-08-24T08:00:00+0000' }),
  );
  await worker.runOnce();
  assert.deepEqual([...store.leads.keys()], ['1', '2']);
  // Shows up late: it was made before one that was read.
  graph.keep(madeAt('4', '07:30'));
  await pass(NEXT_READ);
  assert.equal(sinceOf(graph.asked.at(-1)?.query.get('filtering')), '2026-11-23T07:00:00.000Z');
  assert.ok(store.leads.has('4'));
  assert.equal(watermark(), '2026-11-23T08:00:00.000Z', 'it never moves back');
});

test('a form without leads has no watermark, and is read again', async () => {
  const { graph, store, worker, pass } = bench;
  await worker.runOnce();
  assert.equal(watermark(), undefined);
  await pass(NEXT_READ - 1);
  assert.equal(graph.asked.length, 1);
  graph.keep(madeAt('1', '09:10'));
  await pass(1);
  assert.equal(store.leads.size, 1);
});

test('a read that breaks off keeps what it stored and leaves the watermark', async () => {
  const { graph, store, worker, pass } = bench;
  graph.keep(madeAt('1', '07:00'));
  await worker.runOnce();
  graph.keep(...['2', '3', '4', '5'].map((id) => madeAt(id, `08:0${id}`)));
  const { leads } = store;
  const { admit } = store;
  // The second page fails.
  store.admit = async (source, draft) => {
    if (leads.size === 2) graph.misbehave('error', { times: 1 });
    return admit(source, draft);
  };
  await pass(NEXT_READ);
  assert.deepEqual([...leads.keys()], ['1', '5', '4']);
  assert.equal(watermark(), '2026-11-23T07:00:00.000Z');
  assert.equal(store.forms.get(FORM)?.problem, 'passing (2)');
  store.admit = admit;
  await pass(2 * MINUTE);
  assert.equal(leads.size, 5);
  assert.equal(watermark(), '2026-11-23T08:05:00.000Z');
});

test('a lead that can not be stored stops the watermark, and no other lead', async () => {
  const { graph, store, worker, lines, pass } = bench;
  graph.keep(...['1', '2', '3', '4'].map((id) => madeAt(id, `07:0${id}`)));
  store.broken.add('2').add('3');
  await worker.runOnce();
  assert.deepEqual([...store.leads.keys()], ['4', '1']);
  assert.equal(watermark(), undefined);
  assert.equal(store.forms.get(FORM)?.problem, '2 not stored');
  assert.doesNotMatch(lines.join(), /jean@email\.com/);
  store.broken.clear();
  await pass(2 * MINUTE);
  assert.equal(watermark(), '2026-11-23T07:04:00.000Z');
});

test('cursors that lead nowhere end the read, and the watermark stays', async () => {
  const { graph, store, worker } = bench;
  graph.keep(...['1', '2', '3'].map((id) => madeAt(id, `07:0${id}`)));
  for (const how of ['the same cursor', 'next without a cursor'] as const) {
    graph.behave();
    graph.misbehave(how);
    store.forms.clear();
    await worker.runOnce();
    assert.equal(watermark(), undefined);
    assert.equal(store.forms.get(FORM)?.problem, 'passing');
  }
  assert.equal(graph.trapped(), 0);
});

test('a lead dated later than now does not move the watermark past now', async () => {
  const { graph, worker, now } = bench;
  graph.keep(madeAt('1', '23:00'));
  await worker.runOnce();
  assert.equal(watermark(), new Date(now()).toISOString());
});

test('a limit holds back every form of a source', async (t) => {
  const other = '1811616845554331';
  const two = await openBench([FORM, other]);
  t.after(two.close);
  two.graph.misbehave('limited', { times: 1 });
  await two.worker.runOnce();
  assert.equal(two.graph.asked.length, 1);
  assert.equal(two.store.forms.get(other)?.problem, 'limited');
  await two.pass(19 * MINUTE - 1);
  assert.equal(two.graph.asked.length, 1);
  await two.pass(1);
  assert.equal(two.graph.asked.length, 3);
});

test('a denied form is told of and read again after a quarter of an hour', async () => {
  const { graph, store, worker, lines, pass } = bench;
  graph.keep(madeAt('1', '07:00'));
  graph.misbehave('denied', { times: 1 });
  await worker.runOnce();
  assert.equal(lines.length, 1);
  assert.equal(store.forms.get(FORM)?.problem, 'denied (190/463)');
  await pass(NEXT_READ);
  assert.equal(store.leads.size, 1);
});

test('whatever fails and when, the watermark never passes a lead that is not stored', async () => {
  const faults = fc.array(
    fc.constantFrom('error', 'cut', 'gone', 'next without a cursor', undefined),
  );
  const clocks = fc.array(fc.integer({ min: 0, max: 59 }), { minLength: 1, maxLength: 9 });
  const broken = fc.subarray(['1', '2', '3', '4']);
  await fc.assert(
    fc.asyncProperty(clocks, faults, broken, async (minutes, order, ids) => {
      const own = await openBench([FORM], 2);
      try {
        await readThrough(own, minutes, order, ids);
      } finally {
        await own.close();
      }
    }),
    { numRuns: 40 },
  );
});

/** Reads a form through these faults, one a read, and checks its watermark after each. */
async function readThrough(
  { graph, store, pass }: Bench,
  minutes: readonly number[],
  faults: readonly (Misbehaviour | undefined)[],
  broken: readonly string[],
): Promise<void> {
  const leads = minutes.map((minute, at) =>
    madeAt(`${at + 1}`, `08:${`${minute}`.padStart(2, '0')}`),
  );
  const read = async () => {
    await pass(NEXT_READ);
    const passed = store.forms.get(FORM)?.watermark?.getTime() ?? 0;
    for (const { id, created_time } of leads) {
      const time = Date.parse(created_time.replace('+0000', 'Z'));
      assert.ok(time > passed || store.leads.has(id), `lead ${id} was passed`);
    }
  };
  graph.keep(...leads);
  for (const id of broken) store.broken.add(id);
  for (const how of faults) {
    graph.behave();
    if (how) graph.misbehave(how, { times: 1 });
    await read();
  }
  graph.behave();
  store.broken.clear();
  await read();
  assert.equal(store.leads.size, leads.length);
}
