import { type Check, expect, type Probe } from './check.ts';
import { expectContacts, expectError, idsOf, isId, rowsOf } from './expectations.ts';

const ask = async (server: Probe, operation: string) => rowsOf(await server.send({ operation }));

const authentication: Check[] = [
  {
    group: 'Authentication',
    title: 'the key is accepted in the x-api-key header',
    run: async (server) => void (await ask(server, 'getRegions')),
  },
  {
    group: 'Authentication',
    title: 'the key is accepted in the JSON body',
    async run(server) {
      const names = ['apiKey', 'api_key', 'x-api-key'];
      // The page does not name the member: one of the usual names has to do.
      for (const name of names) {
        const body = { operation: 'getRegions', [name]: server.key };
        if ((await server.send(body, { 'x-api-key': '' })).status === 200) return;
      }
      expect(false, `refused as ${names.join(', ')}`);
    },
  },
  {
    group: 'Authentication',
    title: 'an unknown key is refused with 401 and an error in the published form',
    async run(server) {
      const headers = { 'x-api-key': 'conformance-unknown-key' };
      expectError(await server.send({ operation: 'getRegions' }, headers), 401);
    },
  },
  {
    group: 'Authentication',
    title: 'no key is refused with 401',
    run: async (server) =>
      expectError(await server.send({ operation: 'getRegions' }, { 'x-api-key': '' }), 401),
  },
  {
    group: 'Authentication',
    title: 'a bad key learns nothing of operations: 401 comes before 400',
    async run(server) {
      const headers = { 'x-api-key': 'conformance-unknown-key' };
      expectError(await server.send({ operation: 'noSuchOperation' }, headers), 401);
    },
  },
];

const errors: Check[] = [
  {
    group: 'Errors',
    title: 'an unknown operation is refused with 400 and an error in the published form',
    run: async (server) => expectError(await server.send({ operation: 'noSuchOperation' }), 400),
  },
  {
    group: 'Errors',
    title: 'names that every object has are no operations',
    async run(server) {
      for (const operation of ['constructor', '__proto__', 'toString', '']) {
        expectError(await server.send({ operation }), 400);
      }
    },
  },
  {
    group: 'Errors',
    title: 'a body without an operation, or that is no JSON, is refused with 400',
    async run(server) {
      for (const body of [{}, '', '{"operation":', '[]', 'null']) {
        expectError(await server.send(body), 400);
      }
    },
  },
  {
    group: 'Errors',
    title: 'members that the page does not know are passed over',
    run: async (server) =>
      void rowsOf(await server.send({ operation: 'getRegions', conformance: [{ a: null }] })),
  },
];

const lists: Check[] = [
  {
    group: 'Lists',
    title: 'getRegions answers with id and nom of each region',
    async run(server) {
      for (const { id, nom } of await ask(server, 'getRegions')) {
        expect(isId(id), 'id is no whole number');
        expect(typeof nom === 'string' && nom !== '', 'nom is no text');
      }
    },
  },
  {
    group: 'Lists',
    title: 'getProgrammes answers with programmes of these regions alone',
    async run(server) {
      const regions = new Set((await ask(server, 'getRegions')).map(({ id }) => id));
      for (const { id, idRegion, nom } of await ask(server, 'getProgrammes')) {
        expect(isId(id), 'id is no whole number');
        expect(typeof nom === 'string' && nom !== '', 'nom is no text');
        expect(regions.has(idRegion), `programme ${id} is of a region that getRegions lacks`);
      }
    },
  },
];

const reading: Check[] = [
  {
    group: 'Contacts',
    title: 'readContacts answers with at most 200 contacts in the published form',
    async run(server) {
      const rows = await ask(server, 'readContacts');
      expect(rows.length <= 200, `${rows.length} contacts`);
      expectContacts(rows);
    },
  },
  {
    group: 'Contacts',
    title: 'readContacts changes nothing: asked again, the same contacts are there',
    async run(server) {
      const before = idsOf(await ask(server, 'readContacts'));
      const after = new Set(idsOf(await ask(server, 'readContacts')));
      // New ones may have come meanwhile, behind them.
      const gone = before.filter((id) => !after.has(id));
      expect(gone.length === 0 || before.length === 200, `${gone.length} are gone`);
    },
  },
  {
    group: 'Contacts',
    title: 'contacts are of programmes that getProgrammes lists',
    async run(server) {
      const known = new Set((await ask(server, 'getProgrammes')).map(({ id }) => id));
      for (const { action_id, programme_id } of await ask(server, 'readContacts')) {
        expect(known.has(programme_id), `contact ${action_id} is of programme ${programme_id}`);
      }
    },
  },
  {
    group: 'Contacts',
    title: 'getPulledContacts answers with at most 500 contacts in the published form',
    async run(server) {
      const rows = await ask(server, 'getPulledContacts');
      expect(rows.length <= 500, `${rows.length} contacts`);
      expectContacts(rows);
    },
  },
];

const pulling: Check[] = [
  {
    group: 'Pulls',
    title: 'pullContacts answers with contacts in the published form, those that were ready',
    pulls: true,
    async run(server) {
      const ready = new Set(idsOf(await ask(server, 'readContacts')));
      const pulled = await ask(server, 'pullContacts');
      expectContacts(pulled);
      const others = idsOf(pulled).filter((id) => !ready.has(id));
      expect(others.length === 0, `${others.length} of ${pulled.length} were not ready before`);
    },
  },
  {
    group: 'Pulls',
    title: 'what was pulled is ready no more, is never pulled again, and is in getPulledContacts',
    pulls: true,
    async run(server) {
      const pulled = idsOf(await ask(server, 'pullContacts'));
      expect(pulled.length > 0, 'nothing was ready: give the key some contacts to take');
      const lists = ['readContacts', 'pullContacts'] as const;
      for (const operation of lists) {
        const again = new Set(idsOf(await ask(server, operation)));
        const twice = pulled.filter((id) => again.has(id));
        expect(twice.length === 0, `${operation} gives ${twice.length} of them again`);
      }
      const kept = new Set(idsOf(await ask(server, 'getPulledContacts')));
      const missing = pulled.filter((id) => !kept.has(id));
      expect(missing.length === 0, `getPulledContacts lacks ${missing.length} of them`);
    },
  },
  {
    group: 'Pulls',
    title: 'of pulls at once, none gives a contact that another gave',
    pulls: true,
    async run(server) {
      const pulls = await Promise.all(
        Array.from({ length: 8 }, () => server.send({ operation: 'pullContacts' })),
      );
      const ids = pulls.flatMap((answer) => idsOf(rowsOf(answer)));
      expect(new Set(ids).size === ids.length, `${ids.length - new Set(ids).size} came twice`);
    },
  },
];

/** What the published page says, statement by statement. Those that take contacts are the last. */
export const checks: readonly Check[] = [
  ...authentication,
  ...errors,
  ...lists,
  ...reading,
  ...pulling,
];
