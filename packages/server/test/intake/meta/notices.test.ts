import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { type Bench, openBench } from './bench.ts';
import { recordedLead } from './leads.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

const MINUTE = 60;

test('a lead that Meta told of is fetched and stored, and its notice forgotten', async () => {
  const { graph, store, worker } = bench;
  graph.keep(recordedLead('1'));
  store.tell('1');
  await worker.runOnce();
  assert.equal(store.leads.get('1')?.email, 'jean@email.com');
  assert.equal(store.notices.size, 0);
});

test('more leads than are taken at once are all fetched in one run', async () => {
  const { graph, store, worker } = bench;
  for (let id = 1; id <= 30; id += 1) {
    graph.keep(recordedLead(`${id}`));
    store.tell(`${id}`);
  }
  await worker.runOnce();
  assert.equal(store.leads.size, 30);
});

test('a lead that fails for a while is stored once Meta has it again', async () => {
  const { graph, store, worker, pass } = bench;
  graph.keep(recordedLead('1'));
  store.tell('1');
  graph.misbehave('error', { times: 1 });
  graph.misbehave('cut', { times: 1 });
  await worker.runOnce();
  assert.equal(store.notices.get('1')?.problem, 'passing (2)');
  await pass(4);
  assert.equal(graph.asked.length, 1, 'not before five seconds');
  await pass(1);
  assert.equal(graph.asked.length, 2);
  await pass(30);
  assert.deepEqual([...store.leads.keys()], ['1']);
});

test('a lead that keeps failing for 36 hours is given up, and waits in quarantine', async () => {
  const { graph, store, pass } = bench;
  graph.misbehave('garbage');
  store.tell('1');
  for (let hour = 0; hour < 36; hour += 1) await pass(3_600);
  assert.equal(store.notices.size, 0);
  assert.ok(store.quarantine.has('1'));
});

test('a limit holds back the whole source for as long as Meta says, and no other', async () => {
  const { graph, store, worker, sources, pass } = bench;
  for (const id of ['1', '2', '3']) graph.keep(recordedLead(id));
  store.tell('1');
  graph.misbehave('limited', { times: 1 });
  await worker.runOnce();
  store.tell('2');
  store.tell('3', sources[1]);
  await pass(19 * MINUTE - 1);
  assert.deepEqual([...store.leads.keys()], ['3']);
  assert.equal(graph.asked.length, 2);
  await pass(1);
  assert.deepEqual([...store.leads.keys()].sort(), ['1', '2', '3']);
});

test('a denial is told of without a word of what was answered, and tried again', async () => {
  const { graph, store, worker, lines, pass } = bench;
  for (const id of ['1', '2', '3']) {
    graph.keep(recordedLead(id));
    store.tell(id);
  }
  graph.misbehave('denied', { id: '1' });
  graph.misbehave('denied', { id: '2' });
  await worker.runOnce();
  assert.deepEqual([...store.leads.keys()], ['3'], 'a lead that is not denied is stored');
  assert.equal(store.notices.get('1')?.problem, 'denied (190/463)');
  const told = lines.map((line) => JSON.parse(line));
  assert.deepEqual(
    told.map(({ level, source, kind, code, subcode }) => [level, source, kind, code, subcode]),
    [[40, 'meta-a', 'denied', 190, 463]],
  );
  assert.doesNotMatch(lines.join(), /jean@email\.com|EAAlocal|secret/);
  graph.behave();
  await pass(15 * MINUTE);
  assert.equal(store.leads.size, 3);
});

test('a lead that is not there yet is asked for three times, then waits in quarantine', async () => {
  const { graph, store, worker, pass } = bench;
  store.tell('1');
  store.tell('2');
  await worker.runOnce();
  await pass(30);
  graph.keep(recordedLead('2'));
  await pass(10 * MINUTE);
  assert.deepEqual([...store.leads.keys()], ['2'], 'the one that showed up is stored');
  assert.ok(store.quarantine.has('1'));
  assert.equal(graph.asked.length, 6);
});

test('a lead that can not be stored holds no other up, and is not given up for it', async () => {
  const { graph, store, worker, lines, pass } = bench;
  for (const id of ['1', '2']) {
    graph.keep(recordedLead(id));
    store.tell(id);
  }
  store.broken.add('1');
  await worker.runOnce();
  assert.deepEqual([...store.leads.keys()], ['2']);
  assert.equal(store.notices.get('1')?.problem, 'not stored');
  assert.doesNotMatch(lines.join(), /jean@email\.com/);
  store.broken.clear();
  await pass(5);
  assert.equal(store.leads.size, 2);
});

test('a source whose store fails holds no other up', async () => {
  const { graph, store, worker, sources, lines } = bench;
  graph.keep(recordedLead('1'));
  store.tell('1', sources[1]);
  const { takeDue } = store;
  store.takeDue = async (source, most, lease) => {
    if (source === sources[0]) throw new Error('jean@email.com');
    return takeDue(source, most, lease);
  };
  await worker.runOnce();
  assert.equal(store.leads.size, 1);
  assert.match(lines.join(), /"source":"meta-a"/);
  assert.doesNotMatch(lines.join(), /jean@email\.com/);
});
