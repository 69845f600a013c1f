import { join } from 'node:path';
import { createKey } from '../changes/keyring.ts';
import type { CrmDatabase } from '../installation/databases.ts';
import type { Installation } from '../installation/installation.ts';
import { sameHash } from '../keys/encoding.ts';
import { parseKey } from '../keys/key.ts';
import { insertClient, listClients } from '../store/clients.ts';
import { findKey } from '../store/keys.ts';
import { ACTOR } from './doors.ts';
import { keep, readKept } from './kept.ts';
import { STATUT } from './lists.ts';

const DAY = 24 * 60 * 60 * 1000;

/** A client of the demo, with the key that it pulls with. */
export interface DemoClient {
  readonly id: number;
  readonly key: string;
  readonly regions: readonly number[];
}

interface ClientPlan {
  readonly nom: string;
  readonly regions: readonly number[];
  /** Where its key is kept, so that starting again prints the same: it opens invented data only. */
  readonly file: string;
  readonly expiresInDays?: number;
}

/** The one that whoever tries the demo is: nobody else pulls from its regions. */
const VISITOR: ClientPlan = { nom: 'Promoteur Démo', regions: [30, 62], file: 'demo-key' };
const BUSY: readonly ClientPlan[] = [
  { nom: 'Foncière Rhône & Seine', regions: [7, 14], file: 'demo-key-fonciere' },
  { nom: 'Habitat Atlantique', regions: [21, 38, 45], file: 'demo-key-atlantique' },
];
/** It has stopped pulling, and its key ends soon: the console tells of both. */
const SILENT: ClientPlan = {
  nom: 'Océan Indien Immobilier',
  regions: [71],
  file: 'demo-key-ocean',
  expiresInDays: 10,
};

export interface DemoClients {
  readonly visitor: DemoClient;
  readonly busy: readonly DemoClient[];
  readonly silent: DemoClient;
}

/** Makes the demo's clients with their keys, or finds them. */
export async function openClients(
  installation: Installation,
  database: CrmDatabase,
  dataDir: string,
): Promise<DemoClients> {
  const open = (plan: ClientPlan) => openClient(installation, database, dataDir, plan);
  const visitor = await open(VISITOR);
  const busy: DemoClient[] = [];
  for (const plan of BUSY) busy.push(await open(plan));
  return { visitor, busy, silent: await open(SILENT) };
}

/** The key of a sandbox: the same data, but nothing that counts. */
export const openSandboxClient = (
  installation: Installation,
  database: CrmDatabase,
  dataDir: string,
): Promise<DemoClient> =>
  openClient(installation, database, dataDir, { ...VISITOR, file: 'demo-key-sandbox' });

async function openClient(
  { databases }: Installation,
  database: CrmDatabase,
  dataDir: string,
  { nom, regions, file: name, expiresInDays }: ClientPlan,
): Promise<DemoClient> {
  const file = join(dataDir, name);
  const kept = await readKept(file);
  const parsed = parseKey(kept);
  const known = parsed && (await findKey(database.db, parsed.id));
  if (known && !known.revoked && sameHash(known.secret_hash, parsed.hash)) {
    return { id: known.id_client, key: kept, regions };
  }
  const clients = await listClients(database.db);
  const client = clients.find((own) => own.nom === nom) ?? (await insertClient(database.db, nom));
  if (!client) throw new Error(`the client ${nom} is gone`);
  const { text } = await createKey(
    databases,
    database,
    {
      id_client: client.id,
      regions,
      id_statut_ready: STATUT.ready,
      id_statut_pulled: STATUT.pulled,
      operations: null,
      ip_ranges: null,
      expires_at: expiresInDays ? new Date(Date.now() + expiresInDays * DAY) : null,
    },
    ACTOR,
  );
  await keep(file, text);
  return { id: client.id, key: text, regions };
}
