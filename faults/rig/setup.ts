import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type { LoadDocument, LoadRecord } from '../../packages/contract/src/index.ts';
import { createKey } from '../../packages/server/src/changes/keyring.ts';
import { createSource } from '../../packages/server/src/changes/sources.ts';
import { readConfig } from '../../packages/server/src/config.ts';
import { createSqlDatabase } from '../../packages/server/src/db/administer.ts';
import { batchLimits } from '../../packages/server/src/db/pool.ts';
import type { CrmDatabase } from '../../packages/server/src/installation/databases.ts';
import {
  createDatabase,
  type Installation,
  openInstallation,
} from '../../packages/server/src/installation/installation.ts';
import { openSecret } from '../../packages/server/src/installation/secret.ts';
import { sha256 } from '../../packages/server/src/keys/encoding.ts';
import { insertClient } from '../../packages/server/src/store/clients.ts';
import { insertSession } from '../../packages/server/src/store/sessions.ts';
import { load } from '../../packages/server/src/transfer/load.ts';
import type { Plan } from '../plan.ts';
import type { Cluster } from './cluster.ts';

export const CATALOG = 'relais_faults';
export const CRM = `${CATALOG}_main`;
export const SOURCE = 'leads';
const QUALIFY = 1;
const READY = 2;
const PULLED = 3;
export const STATUTS = { qualify: QUALIFY, ready: READY, pulled: PULLED };

/** Regions that clients share, one that is one client's alone, and one that is nobody's. */
const SHARED = [30, 62, 11, 84];
const ALONE = 75;
const OUTSIDE = 99;
const REGIONS = [...SHARED, ALONE, OUTSIDE];
/** Where leads arrive and operators work. */
export const LIVELY = SHARED;

/** The programme of a region. */
export const programmeOf = (region: number): number => 100 + region;

const CLIENTS = [
  { nom: 'Promoteur A', regions: [30, 62, 11] },
  { nom: 'Promoteur B', regions: [62, 11, 84] },
  { nom: 'Promoteur C', regions: [30, 84] },
  { nom: 'Promoteur D', regions: [ALONE], alone: true },
];

/** A key that pullers hold; `keyed`: all they send with it has an idempotency key. */
export interface HeldKey {
  readonly id: string;
  readonly text: string;
  readonly client: string;
  readonly keyed: boolean;
}

export interface Setup {
  readonly clients: Plan['clients'];
  readonly keys: readonly HeldKey[];
  readonly token: string;
  /** The session of an operator, as a cookie. */
  readonly cookie: string;
  /** A further key of a client. */
  key(client: string, keyed: boolean): Promise<HeldKey>;
  close(): Promise<void>;
}

/** Sets an installation up as a command line would, past every proxy, before anything happens. */
export async function setUp(cluster: Cluster, queue: number, secret: string): Promise<Setup> {
  await createSqlDatabase(cluster.url('postgres'), CATALOG);
  const config = readConfig({ DATABASE_URL: cluster.url(CATALOG), RELAIS_SECRET: secret });
  const installation = await openInstallation(config, batchLimits);
  await createDatabase(installation, 'main', { environment: 'live' });
  const database = await installation.databases.named('main');
  if (!database) throw new Error('no CRM database');
  await load(database.db, Readable.from([Buffer.from(JSON.stringify(invented(queue)))]));
  const clients: ((typeof CLIENTS)[number] & { id: number })[] = [];
  for (const client of CLIENTS) {
    const row = await insertClient(database.db, client.nom);
    clients.push({ ...client, id: row?.id ?? 0 });
  }
  const key = async (nom: string, keyed: boolean): Promise<HeldKey> => {
    const client = clients.find((own) => own.nom === nom);
    if (!client) throw new Error(`no client ${nom}`);
    const mapping = { id_client: client.id, regions: client.regions, ...MAPPING };
    const issued = await createKey(installation.databases, database, mapping, 'command:faults');
    return { id: issued.id, text: issued.text, client: nom, keyed };
  };
  const keys = [];
  for (const { nom } of clients)
    for (const keyed of [true, false]) keys.push(await key(nom, keyed));
  return {
    clients,
    keys,
    key,
    token: await makeSource(installation, database, () => openSecret(config)()),
    cookie: await signIn(installation),
    close: () => installation.close(),
  };
}

const MAPPING = {
  id_statut_ready: READY,
  id_statut_pulled: PULLED,
  operations: null,
  ip_ranges: null,
  expires_at: null,
};

async function makeSource(
  installation: Installation,
  database: CrmDatabase,
  secret: () => Promise<Buffer>,
): Promise<string> {
  const rules = {
    ...{ id_programme: null, id_origine: null, id_type_contact: null, id_type_action: null },
    ...{ id_statut: READY, id_statut_review: READY, consent_required: false, origins: null },
    ...{ redirect_url: null, honeypot: 'site_web', rate_limit: 1_000_000 },
  };
  const order = { nom: SOURCE, channel: 'json' as const, rules, programmes: new Map() };
  const made = await createSource(
    installation.databases,
    database,
    order,
    secret,
    'command:faults',
  );
  return made?.token ?? '';
}

/** An admin with a session: how people sign in has tests of its own. */
async function signIn({ databases: { catalog } }: Installation): Promise<string> {
  const { id } = await catalog
    .insertInto('staff')
    .values({ email: 'faults@example.com', nom: 'Faults', role: 'admin', password_hash: '' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const token = randomBytes(32).toString('hex');
  await catalog.transaction().execute((trx) =>
    insertSession(trx, {
      ...{ id_staff: id, token_hash: sha256(token), complete: true, seconds: 12 * 3600 },
      ...{ address: '127.0.0.1', user_agent: 'faults' },
    }),
  );
  return `relais_session=${token}`;
}

/** `count` ready actions, dealt to the regions in turn, ready one second apart. */
function invented(count: number): LoadDocument {
  const start = Date.UTC(2026, 0, 1);
  const actions: LoadRecord<'actions'>[] = Array.from({ length: count }, (_, index) => {
    const at = new Date(start + index * 1000).toISOString();
    const region = REGIONS[index % REGIONS.length] ?? OUTSIDE;
    return {
      ...{ id: index + 1, idProspect: index + 1, idProgramme: programmeOf(region) },
      ...{ idStatut: READY, created_at: at, ready_at: at },
    };
  });
  return {
    statuts: [
      { id: QUALIFY, designation: 'À qualifier' },
      { id: READY, designation: 'À transmettre' },
      { id: PULLED, designation: 'Transmis' },
    ],
    regions: REGIONS.map((id) => ({ id, nom: `Région ${id}` })),
    programmes: REGIONS.map((id) => ({
      ...{ id: programmeOf(id), idRegion: id, nom: `Programme ${id}` },
    })),
    prospects: actions.map(({ id }) => ({ id, nom: `Nom ${id}`, email: `p${id}@example.com` })),
    actions,
  };
}
