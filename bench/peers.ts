import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { connect, servingLimits } from '../packages/server/src/db/pool.ts';
import { type Served, startServing } from './children.ts';
import type { HttpCall } from './load.ts';
import { PULLED, READY } from './seed.ts';
import type { Caller } from './setup.ts';
import { clientCall, type Work } from './work.ts';

/** What people would use instead, running on the same SQL database. */
export interface Peer extends Served {
  readonly name: string;
  readonly version: string;
  /** The same work in its own words. */
  call(work: Work, caller: Caller): HttpCall;
}

const run = promisify(execFile);
const bench = fileURLToPath(new URL('.', import.meta.url));
const pool = { POOL: String(servingLimits.size) };
/** Prisma fetches an engine for migrations from a host of its own; no migration is made here. */
const prismaEnv = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' };

/** Installs the peers, when that was not done before, and makes what they generate. */
export async function installPeers(say: (sentence: string) => void): Promise<void> {
  if (!existsSync(join(bench, 'node_modules', '.package-lock.json'))) {
    say('installing the peers');
    await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', bench], {
      maxBuffer: 2 ** 26,
    });
  }
  const prisma = join(bench, 'node_modules', 'prisma', 'build', 'index.js');
  await run(process.execPath, [prisma, 'generate', '--schema', 'peers/schema.prisma'], {
    cwd: bench,
    env: { ...process.env, ...prismaEnv },
  });
}

/** Starts all peers on a SQL database. */
export async function openPeers(url: string, cleanup: AsyncDisposableStack): Promise<Peer[]> {
  return [
    await openPostGraphile(url, cleanup),
    await openDirectus(url, cleanup),
    await openExpress(url, cleanup),
  ];
}

async function openExpress(url: string, cleanup: AsyncDisposableStack): Promise<Peer> {
  const served = await startServing('peers/express.js', { DATABASE_URL: url, ...pool }, cleanup);
  // It looks the key up by its id and does not check a secret.
  return {
    ...served,
    name: 'Express with Prisma',
    version: versionsOf('express', '@prisma/client'),
    call: (work, caller) => clientCall(work, caller.keyId),
  };
}

const CONTACT = `
  action_id: rowId source_reference: sourceReference idRegion createdAt commentaire readyAt pulledAt
  idPull utmSource utmMedium utmCampaign utmTerm utmContent gclid fbclid
  prospect: prospectByIdProspect {
    rowId civilite nom prenom telephone email adresse codePostal ville pays
  }
  programme: programmeByIdProgrammeAndIdRegion { rowId nom ville region: regionByIdRegion { nom } }
  statut: statutByIdStatut { rowId designation }
  origine: origineByIdOrigine { rowId designation }
  typeContact: typeContactByIdTypeContact { rowId designation }
  typeAction: typeActionByIdTypeAction { rowId designation }`;

/** As its documentation shows how to take from a queue. */
const PULL = `
  create function bench_pull(region bigint, client bigint, most int) returns setof action
  language sql volatile as $$
    with head as materialized (
      select action.id from action
      where action.id_statut = ${READY} and action.id_region = region
      order by action.ready_at, action.id
      limit most
      for update skip locked
    )
    update action set id_statut = ${PULLED}, pulled_at = clock_timestamp(), id_client = client
    from head where action.id = head.id
    returning action.*
  $$`;

const QUERIES = {
  readContacts: `query ($region: BigInt!, $limit: Int!) {
    allActions(first: $limit, condition: {idStatut: "${READY}", idRegion: $region},
      orderBy: [READY_AT_ASC, ROW_ID_ASC]) { nodes { ${CONTACT} } } }`,
  pullContacts: `mutation ($region: BigInt!, $client: BigInt!, $limit: Int!) {
    benchPull(input: {region: $region, client: $client, most: $limit}) { result { ${CONTACT} } } }`,
  getPulledContacts: `query ($region: BigInt!, $client: BigInt!, $limit: Int!) {
    allActions(first: $limit,
      condition: {idStatut: "${PULLED}", idRegion: $region, idClient: $client},
      orderBy: [PULLED_AT_DESC, ROW_ID_DESC]) { nodes { ${CONTACT} } } }`,
  getProgrammes: `query ($region: BigInt!) {
    allProgrammes(condition: {idRegion: $region}, orderBy: [ROW_ID_ASC]) {
      nodes { rowId idRegion nom } } }`,
};

async function openPostGraphile(url: string, cleanup: AsyncDisposableStack): Promise<Peer> {
  await execute(url, PULL);
  const served = await startServing(
    'peers/postgraphile.js',
    { DATABASE_URL: url, GRAPHILE_ENV: 'production', ...pool },
    cleanup,
  );
  return {
    ...served,
    name: 'PostGraphile',
    version: versionsOf('postgraphile'),
    call({ operation, limit }, { region, client }) {
      const query = QUERIES[operation];
      const all = { region: String(region), client: String(client), limit };
      const variables = Object.entries(all).filter(([name]) => query.includes(`$${name}:`));
      return {
        first: {
          method: 'POST',
          path: '/graphql',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ query, variables: Object.fromEntries(variables) }),
        },
      };
    },
  };
}

const FIELDS = [
  ...['id', 'id_region.id', 'id_region.nom', 'created_at', 'commentaire', 'ready_at', 'pulled_at'],
  ...['id_pull', 'source_reference', 'utm_source', 'utm_medium', 'utm_campaign', 'utm_term'],
  ...['utm_content', 'gclid', 'fbclid', 'id_statut.*', 'id_origine.*', 'id_type_contact.*'],
  ...['id_type_action.*', 'id_programme.id', 'id_programme.nom', 'id_programme.ville'],
  ...['id', 'civilite', 'nom', 'prenom', 'telephone', 'email', 'adresse', 'code_postal'].map(
    (field) => `id_prospect.${field}`,
  ),
  ...['id_prospect.ville', 'id_prospect.pays'],
].join();

async function openDirectus(url: string, cleanup: AsyncDisposableStack): Promise<Peer> {
  const database = new URL(url);
  const folder = await mkdtemp(join(tmpdir(), 'relais-directus-'));
  cleanup.defer(() => rm(folder, { recursive: true, force: true }));
  const token = randomBytes(16).toString('hex');
  const env = {
    NODE_ENV: 'production',
    DB_CLIENT: 'pg',
    DB_HOST: database.searchParams.get('host') ?? database.hostname,
    DB_PORT: database.port || '5432',
    DB_DATABASE: database.pathname.slice(1),
    DB_USER: decodeURIComponent(database.username),
    DB_PASSWORD: decodeURIComponent(database.password),
    DB_POOL__MIN: '0',
    DB_POOL__MAX: pool.POOL,
    SECRET: token,
    ADMIN_EMAIL: 'bench@example.com',
    ADMIN_PASSWORD: token,
    ADMIN_TOKEN: token,
    TELEMETRY: 'false',
    LOG_LEVEL: 'error',
    SERVE_APP: 'false',
    EXTENSIONS_PATH: folder,
    STORAGE_LOCAL_ROOT: folder,
    PUBLIC_URL: 'http://127.0.0.1',
  };
  const cli = join(bench, 'node_modules', 'directus', 'cli.js');
  await run(process.execPath, [cli, 'bootstrap'], { env: { ...process.env, ...env } });
  // It finds simple foreign keys by itself; these two are halves of one with two columns.
  await execute(
    url,
    `insert into directus_relations (many_collection, many_field, one_collection)
     values ('action', 'id_programme', 'programme'), ('action', 'id_region', 'region')`,
  );
  const served = await startServing('peers/directus.js', env, cleanup);
  const authorization = { authorization: `Bearer ${token}` };
  return {
    ...served,
    name: 'Directus',
    version: versionsOf('directus'),
    call({ operation, limit }, { region, client }) {
      const read = (collection: string, fields: string, sort: string, filter: object) => ({
        method: 'GET' as const,
        path: `/items/${collection}?${new URLSearchParams({
          ...{ fields, sort, limit: String(limit), filter: JSON.stringify(filter) },
        })}`,
        headers: authorization,
      });
      const ready = { id_statut: { _eq: READY }, id_region: { _eq: region } };
      if (operation === 'getProgrammes') {
        return {
          first: read('programme', 'id,id_region,nom', 'id', { id_region: { _eq: region } }),
        };
      }
      if (operation === 'getPulledContacts') {
        const pulled = { ...ready, id_statut: { _eq: PULLED }, id_client: { _eq: client } };
        return { first: read('action', FIELDS, '-pulled_at,-id', pulled) };
      }
      const first = read('action', FIELDS, 'ready_at,id', ready);
      if (operation === 'readContacts') return { first };
      return {
        first,
        acknowledge: {
          method: 'PATCH',
          path: '/items/action?fields=id',
          headers: { ...authorization, 'content-type': 'application/json' },
          data: { id_statut: PULLED, pulled_at: new Date().toISOString(), id_client: client },
        },
      };
    },
  };
}

/** The installed versions of packages. */
const versionsOf = (...names: string[]): string =>
  names
    .map((name) => {
      const file = join(bench, 'node_modules', name, 'package.json');
      return JSON.parse(readFileSync(file, 'utf8')).version as string;
    })
    .join(' and ');

async function execute(url: string, text: string): Promise<void> {
  const connection = await connect(url);
  try {
    await connection.query(text);
  } finally {
    await connection.end();
  }
}
