import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pino } from 'pino';
import { createMetaWorker } from '../../../src/intake/meta/worker.ts';
import { openBench } from './bench.ts';
import { FORM, recordedLead } from './leads.ts';

test('a lead is fetched as soon as the worker is woken', async (t) => {
  const { graph, store, worker, close } = await openBench();
  t.after(close);
  graph.keep(recordedLead('1'));
  store.tell('1');
  const stored = Promise.withResolvers<void>();
  const { admit } = store;
  store.admit = (source, draft) => admit(source, draft).then(stored.resolve);
  worker.wake();
  await stored.promise;
  assert.ok(store.leads.has('1'));
});

test('what is due is looked for every five seconds', async (t) => {
  const { graph, store, close } = await openBench();
  t.mock.timers.enable({ apis: ['setInterval'] });
  const worker = createMetaWorker({ store, graphUrl: graph.url, log: pino({ enabled: false }) });
  t.after(async () => {
    await worker.close();
    await close();
  });
  let looks = 0;
  const { sources } = store;
  const twice = Promise.withResolvers<void>();
  store.sources = () => {
    looks += 1;
    if (looks === 4) twice.resolve();
    return sources();
  };
  t.mock.timers.tick(4_999);
  assert.equal(looks, 0);
  t.mock.timers.tick(1);
  assert.equal(looks, 2, 'once for the notices and once for the forms');
  await worker.runOnce();
  t.mock.timers.tick(5_000);
  await twice.promise;
});

test('a lead that Meta tells of during a fetch is fetched right after it', async (t) => {
  const { graph, store, worker, close } = await openBench();
  t.after(close);
  for (const id of ['1', '2']) graph.keep(recordedLead(id));
  store.tell('1');
  const stored = Promise.withResolvers<void>();
  const { admit } = store;
  store.admit = async (source, draft) => {
    if (draft.externalId === '1') {
      store.tell('2');
      worker.wake();
    } else stored.resolve();
    await admit(source, draft);
  };
  worker.wake();
  await stored.promise;
});

test('a form that is slow to read holds no new lead up', async (t) => {
  const { graph, store, worker, close } = await openBench([FORM]);
  t.after(close);
  graph.keep(recordedLead('1'));
  graph.misbehave('silent', { id: FORM });
  const run = worker.runOnce();
  store.tell('1');
  const stored = Promise.withResolvers<void>();
  const { admit } = store;
  store.admit = (source, draft) => admit(source, draft).then(stored.resolve);
  worker.wake();
  await stored.promise;
  await worker.close();
  await run;
});

test('closing breaks off what is asked, and leaves it due at once for another process', async (t) => {
  const { graph, store, worker, now, close } = await openBench([FORM]);
  t.after(close);
  graph.keep(recordedLead('1'));
  graph.misbehave('silent');
  store.tell('1');
  const run = worker.runOnce();
  while (graph.asked.length < 2) await new Promise(setImmediate);
  await worker.close();
  await run;
  assert.equal(store.notices.get('1')?.due, now());
  assert.equal(store.notices.get('1')?.problem, 'stopped');
  assert.equal(store.forms.get(FORM)?.due, now());
});

test('nothing is asked of Meta after it has closed', async (t) => {
  const { graph, store, worker, close } = await openBench([FORM]);
  t.after(close);
  graph.keep(recordedLead('1'));
  store.tell('1');
  await worker.close();
  worker.wake();
  await worker.runOnce();
  assert.equal(graph.asked.length, 0);
});

test('a store that is away is logged by its kind alone, and the worker goes on', async (t) => {
  const { graph, store, worker, lines, close } = await openBench();
  t.after(close);
  graph.keep(recordedLead('1'));
  store.tell('1');
  const { sources } = store;
  store.sources = () => Promise.reject(new Error('password of jean@email.com'));
  await worker.runOnce();
  assert.ok(lines.length > 0);
  assert.doesNotMatch(lines.join(), /jean@email\.com/);
  store.sources = sources;
  await worker.runOnce();
  assert.equal(store.leads.size, 1);
});
