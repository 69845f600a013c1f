import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { LoadDocument, Role } from '@relais/contract';
import { sql } from 'kysely';
import type { CrmDatabase } from '../../src/installation/databases.ts';
import { issueKey } from '../../src/keys/key.ts';
import { createSandbox } from '../../src/sandbox/sandbox.ts';
import { queueCrm, READY } from '../support/crm.ts';
import { freshInstallation, loadInto } from '../support/installation.ts';
import { makeSource } from '../support/intake.ts';
import { openSession, signedIn } from '../support/staff.ts';
import { MARK, MARK_DIGITS } from './values.ts';

const main = fileURLToPath(new URL('../../bin/relais.js', import.meta.url));
const SECRET = 'a secret of thirty-two characters';
export const APP_SECRET = 'a-local-app-secret';

/** People of each role: each may send 1,200 requests a minute. */
const PEOPLE: Readonly<Record<Role, number>> = { admin: 24, operateur: 14, lecture: 6, dpo: 6 };

/** A key, and the canaries that its answers may hold. */
export interface FuzzKey {
  readonly text: string;
  readonly own: readonly string[];
}

/** What the server wrote, watched while it writes. */
export interface LogWatch {
  /** Lines of requests. */
  requests: number;
  /** Lines of failures that nobody foresaw, as they stand. */
  readonly unexpected: string[];
  /** How often the database could not answer, by SQLSTATE. */
  readonly unavailable: Map<string, number>;
  /** Lines that hold a text of a person. */
  readonly leaks: string[];
  /** What was written beside the log. */
  readonly beside: string[];
}

/** A server process on a small CRM, and everything that opens its doors. */
export interface World {
  readonly url: string;
  readonly child: ChildProcess;
  readonly log: LogWatch;
  /** Of which one is used in turn; `refresh` puts others in their place. */
  readonly live: {
    keys: FuzzKey[];
    sandboxKeys: FuzzKey[];
    cookies: string[];
    stranger: string;
    /** What stands for a name in a body: a token, a key's id, an id that the server gave. */
    readonly made: Map<string, string[]>;
  };
  /** Gives new keys and sessions, and lets contacts be ready again. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

/** Every canary begins so; a region's ends with its number. */
export const CANARY = /zcanary-\w+-\w+/g;

function planted(nom: string): LoadDocument {
  const document = queueCrm(300, [30, 62]);
  const text = (region: number | undefined) => `zcanary-${nom}-${region ?? 'all'}`;
  for (const region of document.regions ?? []) region.nom += ` ${text(region.id)}`;
  for (const programme of document.programmes ?? []) {
    programme.nom += ` ${text(programme.idRegion)}`;
  }
  const regions = new Map(document.programmes?.map(({ id, idRegion }) => [id, idRegion]));
  for (const action of document.actions ?? []) {
    const canary = text(regions.get(action.idProgramme ?? 0));
    action.commentaire = canary;
    const prospect = document.prospects?.[action.id - 1];
    if (prospect) prospect.nom = canary;
  }
  return document;
}

/**
 * Opens one: databases `main`, where operators work, `north`, where nobody but its clients does,
 * and a sandbox; keys of several scopes, people of every role, and a source of each channel.
 */
export async function openWorld(): Promise<World> {
  const installation = await freshInstallation({ RELAIS_SECRET: SECRET });
  const north = await installation.create('north');
  await loadInto(installation.main, planted('main'));
  await loadInto(north, planted('north'));
  const sandbox = await createSandbox(installation, 'sandbox');

  const rules = { id_programme: 130 };
  const tokens = {
    json: await makeSource(installation, 'fuzz-json', 'json', rules),
    form: await makeSource(installation, 'fuzz-form', 'form', rules),
    google: await makeSource(installation, 'fuzz-google', 'google', rules),
    meta: await makeSource(installation, 'fuzz-meta', 'meta', {
      ...rules,
      meta: { secrets: { appSecret: APP_SECRET, accessToken: 'EAAlocalToken' }, forms: ['1'] },
    }),
  };

  // Those whose tokens and secrets operators change.
  await makeSource(installation, 'fuzz-own', 'json', rules);
  await makeSource(installation, 'fuzz-page', 'meta', {
    ...rules,
    meta: { secrets: { appSecret: APP_SECRET, accessToken: 'EAAlocalToken' }, forms: ['1'] },
  });

  const log: LogWatch = {
    requests: 0,
    unexpected: [],
    unavailable: new Map(),
    leaks: [],
    beside: [],
  };
  const child = spawn(process.execPath, [main, 'serve', '--port', '0'], {
    env: {
      ...process.env,
      DATABASE_URL: installation.catalogUrl,
      RELAIS_SECRET: SECRET,
      RELAIS_LOG_LEVEL: 'info',
      RELAIS_RATE_LIMIT: '1000000',
      RELAIS_TRUSTED_PROXIES: '127.0.0.1',
      // Nobody answers there.
      RELAIS_GRAPH_URL: 'http://127.0.0.1:9',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const url = await watch(child, log);

  const staff: { id: number; role: Role; cookie: string }[] = [];
  for (const [role, count] of Object.entries(PEOPLE) as [Role, number][]) {
    for (let at = 0; at < count; at += 1) {
      const person = await signedIn({ url, databases: installation.databases }, role);
      staff.push({ id: person.staff.id, role, cookie: person.cookie });
    }
  }

  const made = new Map<string, string[]>();
  const live: World['live'] = {
    ...{ keys: [], sandboxKeys: [], cookies: [], made },
    stranger: issueKey('live').text,
  };

  const issue = async (client: string, database: CrmDatabase, regions: number[] | null) => {
    const own = (regions ?? [30, 62]).map((region) => `zcanary-${database.nom}-${region}`);
    const { id, text } = await installation.key(client, { database, regions });
    return { id, text, own: [...own, `zcanary-${database.nom}-all`] };
  };

  const refresh = async () => {
    const mains = [
      await issue('Promoteur X', installation.main, null),
      await issue('Promoteur Y', installation.main, [30, 62]),
    ];
    const norths = [
      await issue('Promoteur N', north, [30]),
      await issue('Promoteur O', north, [62]),
      await issue('Promoteur P', north, [30]),
    ];
    // An operator may move a programme of `main`: all of it is its keys' own.
    const own = ['zcanary-main-30', 'zcanary-main-62', 'zcanary-main-all'];
    live.keys = [...mains.map((key) => ({ ...key, own })), ...norths];
    live.sandboxKeys = [await issue('Promoteur S', sandbox, null)];
    made.set(
      'key',
      [...mains, ...norths].map(({ id }) => id),
    );
    made.set('key-text', [norths[0]?.text ?? '']);
    for (const [channel, token] of Object.entries(tokens)) made.set(channel, [token]);
    const { catalog } = installation.databases;
    for (const person of staff) {
      await sql`update staff set role = ${person.role}, disabled_at = null
        where id = ${person.id}`.execute(catalog);
      person.cookie = await openSession({ databases: installation.databases }, person.id);
    }
    live.cookies = staff.map(({ cookie }) => cookie);
    for (const { db } of [north, installation.main]) {
      await sql`update action set id_statut = ${READY}, pulled_at = null, id_client = null,
        id_pull = null, ready_at = clock_timestamp() where id <= 300`.execute(db);
    }
    await sql`update source set paused_at = null, rate_limit = 1000000`.execute(
      installation.main.db,
    );
  };
  await refresh();

  return {
    ...{ url, child, log, live, refresh },
    async close() {
      if (child.exitCode === null && child.signalCode === null) {
        const gone = once(child, 'exit');
        child.kill('SIGTERM');
        await gone;
      }
      await installation.close();
    },
  };
}

/** Watches what the server writes; gives its address once it listens. */
async function watch(child: ChildProcess, log: LogWatch): Promise<string> {
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error('the output of the server is not piped');
  const leaks = new RegExp(`${MARK}|${MARK_DIGITS.slice(0, 8)}|zcanary`, 'i');
  const look = (line: string) => {
    if (leaks.test(line)) log.leaks.push(line);
  };
  createInterface({ input: stdout }).on('line', (line) => {
    look(line);
    if (line.includes('"msg":"request"')) log.requests += 1;
    if (line.includes('"msg":"unavailable"')) {
      const { sqlstate } = JSON.parse(line) as Record<string, string>;
      const state = sqlstate ?? 'none';
      log.unavailable.set(state, (log.unavailable.get(state) ?? 0) + 1);
    }
    if (line.includes('"level":50') || !line.startsWith('{')) log.unexpected.push(line);
  });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  createInterface({ input: stderr }).on('line', (line) => {
    look(line);
    log.beside.push(line);
    const url = /answers at (http:\S+),/.exec(line)?.[1];
    if (url) resolve(url);
  });
  child.once('exit', () => reject(new Error(`the server ended: ${log.beside.join('\n')}`)));
  return promise;
}
