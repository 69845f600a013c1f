import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { LoadRecord } from '@relais/contract';
import { programmeOf, queueCrm, READY } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { freshServer, idsOf, type TestServer } from '../support/server.ts';

let server: TestServer;
before(async () => {
  server = await freshServer();
});
after(() => server.close());

const REGIONS = Array.from({ length: 40 }, (_, index) => index + 1);
const COUNT = 700;
const START = Date.UTC(2026, 0, 1);

/** Where an action lies, and the second at which it was ready, by its number from 0. */
type Place = (number: number) => { region: number; second: number };

const queues: Readonly<Record<string, Place>> = {
  'dealt evenly, many at the same second': (number) => ({
    region: (number * 7) % 40,
    second: Math.floor(number / 9),
  }),
  'nearly all of the oldest in one region': (number) => ({
    region: number < 500 && number % 50 ? 11 : number % 40,
    second: number,
  }),
  'each region younger than the one before': (number) => ({
    region: Math.floor(number / 18),
    second: number,
  }),
  'in three regions only': (number) => ({ region: (number % 3) * 13, second: 5_000 - number }),
};

for (const [name, place] of Object.entries(queues)) {
  test(`a key of many regions reads and pulls those ready longest first: ${name}`, async () => {
    const actions = Array.from({ length: COUNT }, (_, number): LoadRecord<'actions'> => {
      const { region, second } = place(number);
      const at = new Date(START + second * 1000).toISOString();
      const programme = programmeOf(REGIONS[region] ?? 0);
      const id = number + 1;
      const times = { created_at: at, ready_at: at };
      return { id, idProspect: id, idProgramme: programme, idStatut: READY, ...times };
    });
    const nom = `queue_${Object.keys(queues).indexOf(name)}`;
    const database = await server.create(nom);
    await loadInto(database, { ...queueCrm(COUNT, REGIONS), actions });
    const key = (await server.key('Promoteur X', { database })).text;
    const expected = actions
      .toSorted((one, other) => Date.parse(one.ready_at ?? '') - Date.parse(other.ready_at ?? ''))
      .map(({ id }) => id);

    for (const limit of [1, 5, 20, 90, 200]) {
      const read: number[] = [];
      let cursor: string | null = null;
      do {
        const page = { operation: 'readContacts', limit, ...(cursor ? { cursor } : {}) };
        const reply = await server.send(key, page);
        read.push(...idsOf(reply));
        cursor = read.length < 400 ? reply.headers.get('next-cursor') : null;
      } while (cursor);
      assert.ok(read.length >= 400, `pages of ${limit} end after ${read.length}`);
      assert.deepEqual(read, expected.slice(0, read.length), `pages of ${limit}`);
    }
    const pulled: number[] = [];
    while (pulled.length < COUNT) {
      const limit = [1, 7, 50, 200][pulled.length % 4];
      const reply = await server.send(key, { operation: 'pullContacts', limit });
      assert.equal(reply.headers.get('pull-count'), String(idsOf(reply).length));
      pulled.push(...idsOf(reply));
    }
    assert.deepEqual(pulled, expected);
  });
}
