import { createHmac } from 'node:crypto';
import { mock } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Contact } from '@relais/contract';
import { sql } from 'kysely';
import type { BackgroundWork } from '../../src/concurrency/backgroundWork.ts';
import { openSecret } from '../../src/installation/secret.ts';
import { openMetaStore } from '../../src/intake/meta/openMetaStore.ts';
import { createMetaWorker } from '../../src/intake/meta/worker.ts';
import { createLog } from '../../src/log/log.ts';
import { publishedCrm } from './crm.ts';
import { type GraphServer, type RecordedLead, startGraphServer } from './graphServer.ts';
import { loadInto } from './installation.ts';
import { makeSource, type SourceOptions } from './intake.ts';
import { knock } from './knock.ts';
import { contactsOf, freshServer, type Reply, type TestServer } from './server.ts';

/** What Meta tells of a lead: `{field: 'leadgen', value: …}`. */
export const changeOf = (leadgen_id: unknown, form_id: unknown = '1') => ({
  field: 'leadgen',
  value: { leadgen_id, form_id, page_id: '498874383867723', created_time: 1538444092, ad_id: 0 },
});

/** A webhook call of Meta: one entry for each list of changes. */
export const notification = (...entries: readonly object[][]): string =>
  JSON.stringify({
    object: 'page',
    entry: entries.map((changes) => ({ id: '498874383867723', time: 1538444093, changes })),
  });

/** A lead of a form, made so many minutes ago, of a person of its own. */
export const leadOf = (form_id: string, id: string, minutesAgo = 5): RecordedLead => ({
  id,
  form_id,
  created_time: new Date(Date.now() - minutesAgo * 60_000)
    .toISOString()
    .replace(/\.\d+Z$/, '+0000'),
  platform: 'fb',
  is_organic: false,
  field_data: [
    { name: 'full_name', values: [`Jeanne Lefèvre-${id}`] },
    { name: 'email', values: [`meta-${id}@example.com`] },
    { name: 'quel_est_votre_projet_?', values: ['investir'] },
  ],
  custom_disclaimer_responses: [{ checkbox_key: 'consent_phone', is_checked: '1' }],
});

export const signatureOf = (body: string | Buffer, secret: string): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

/** A server, with a local Graph server in the place of Meta. */
export interface MetaBench {
  readonly server: TestServer;
  readonly graph: GraphServer;
  /** A worker beside the server's own, which does what is due when it is told to. */
  readonly worker: BackgroundWork;
  /** A further worker, which speaks to the Graph server through `fetch`. */
  workerWith(fetch: typeof globalThis.fetch): BackgroundWork;
  /** A source of channel meta whose forms 145 is asked about. Gives its verify token. */
  source(nom: string, forms?: readonly string[], options?: SourceOptions): Promise<string>;
  /** Sends a notification as Meta does, signed with the secret of the app. */
  notify(source: string, body: string, headers?: Record<string, string>): Promise<Reply>;
  /** Lets everything that waits for its time be due now. */
  makeDue(): Promise<void>;
  /** Pulls until so many contacts have come. */
  pulled(count: number): Promise<Contact[]>;
  /** How often something was asked of the Graph server about this id. */
  askedFor(id: string): number;
  close(): Promise<void>;
}

export async function openMetaBench(): Promise<MetaBench> {
  const graph = await startGraphServer({ page: 2 });
  // The server's worker fetches what it is told of, and looks for nothing by itself.
  mock.timers.enable({ apis: ['setInterval'] });
  const server = await freshServer({
    RELAIS_GRAPH_URL: graph.url,
    RELAIS_SECRET: 'a secret of thirty-two characters',
  });
  await loadInto(server.main, publishedCrm());
  const key = (await server.key('Promoteur X')).text;
  const pull = async () => contactsOf(await server.send(key, { operation: 'pullContacts' }));
  await pull();
  const workers: BackgroundWork[] = [];
  const workerWith = (fetch: typeof globalThis.fetch) => {
    const store = openMetaStore(server.databases, openSecret(server.config));
    const log = createLog('silent');
    const worker = createMetaWorker({ store, graphUrl: graph.url, log, fetch });
    workers.push(worker);
    return worker;
  };
  return {
    server,
    graph,
    workerWith,
    worker: workerWith(fetch),
    source: (nom, forms = [], options = {}) =>
      makeSource(server, nom, 'meta', {
        id_programme: 145,
        meta: { secrets: graph, forms },
        ...options,
      }),
    notify: (source, body, headers) =>
      knock(server.url, source, {
        headers: { 'x-hub-signature-256': signatureOf(body, graph.appSecret), ...headers },
        body,
      }),
    async makeDue() {
      for (const table of ['meta_notice', 'meta_form']) {
        await sql`update ${sql.table(table)} set due_at = clock_timestamp()`.execute(
          server.main.db,
        );
      }
    },
    async pulled(count) {
      const contacts = await pull();
      while (contacts.length < count) {
        await delay(10);
        contacts.push(...(await pull()));
      }
      return contacts;
    },
    askedFor: (id) => graph.asked.filter(({ path }) => path.split('/')[2] === id).length,
    async close() {
      for (const worker of workers) await worker.close();
      await server.close();
      await graph.close();
      mock.timers.reset();
    },
  };
}
