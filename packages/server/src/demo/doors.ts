import { join } from 'node:path';
import { createSource, rotateToken } from '../changes/sources.ts';
import type { CrmDatabase } from '../installation/databases.ts';
import type { Installation } from '../installation/installation.ts';
import { fold } from '../intake/fields.ts';
import { sameHash } from '../keys/encoding.ts';
import { hashToken } from '../keys/sourceToken.ts';
import { type Channel, findSource, type Source, type SourceRules } from '../store/sources.ts';
import { type Format, googleForm, portalReference } from './alive/request.ts';
import { keep, readKept } from './kept.ts';
import { STATUT } from './lists.ts';
import { programmes } from './programmes.ts';

export const ACTOR = 'command:demo';
const OVERLAP_HOURS = 24;

/** A source of the demo that leads are sent to. */
export interface Door {
  readonly nom: string;
  readonly format: Format;
  readonly source: Source;
  readonly token: string;
}

// Names of sources are one set for the whole installation, so they begin with the demo's own word.
export const SITE = 'demo-site';
export const PORTAL = 'demo-portail';
export const GOOGLE = 'demo-google';
/** Sends nothing while the demo runs: the console tells of a source that has gone silent. */
export const NEWSLETTER = 'demo-newsletter';
export const FAIR = 'demo-salons';

const rules: SourceRules = {
  id_programme: null,
  id_origine: 1,
  id_type_contact: 1,
  id_type_action: 1,
  id_statut: STATUT.ready,
  id_statut_review: STATUT.qualifier,
  consent_required: false,
  origins: null,
  redirect_url: null,
  honeypot: 'site_web',
  rate_limit: 120,
};

interface DoorPlan {
  readonly channel: Channel;
  readonly rules: SourceRules;
  readonly named: (programme: number) => string | undefined;
}

const plans: Readonly<Record<string, DoorPlan>> = {
  [SITE]: { channel: 'form', rules: { ...rules, consent_required: true }, named: () => undefined },
  [PORTAL]: {
    channel: 'json',
    rules: { ...rules, id_origine: 4, id_type_contact: 3 },
    named: portalReference,
  },
  [GOOGLE]: {
    channel: 'google',
    rules: { ...rules, id_origine: 2, id_type_action: 2 },
    named: (programme) => String(googleForm(programme)),
  },
  [NEWSLETTER]: { channel: 'json', rules: { ...rules, id_origine: 5 }, named: portalReference },
  [FAIR]: {
    channel: 'file',
    rules: { ...rules, id_origine: 7, id_type_contact: 5, id_statut: STATUT.qualifier },
    named: () => undefined,
  },
};

/** Makes the demo's sources, or finds them; gives those that take requests, by name. */
export async function openDoors(
  installation: Installation,
  database: CrmDatabase,
  dataDir: string,
): Promise<Map<string, Door>> {
  const doors = new Map<string, Door>();
  for (const [nom, { channel, rules, named }] of Object.entries(plans)) {
    const file = join(dataDir, `${nom}-token`);
    if (!(await findSource(database.db, nom))) {
      const names = programmes.flatMap(({ id }) => {
        const text = named(id);
        return text === undefined ? [] : [[fold(text), id] as const];
      });
      const order = { nom, channel, rules, programmes: new Map(names) };
      const created = await createSource(installation.databases, database, order, noSecret, ACTOR);
      if (!created) throw new Error(`there is a source ${nom} in another CRM database`);
      if (created.token !== null) await keep(file, created.token);
    }
    const source = await findSource(database.db, nom);
    if (!source || channel === 'file' || channel === 'meta') continue;
    const token = await tokenOf(database, source, file);
    doors.set(nom, { nom, format: channel, source, token });
  }
  return doors;
}

/** Only sources of Meta have secrets to seal. */
const noSecret = () => Promise.reject(new Error('the demo seals nothing'));

/** The kept token, or another one when it opens the source no more. */
async function tokenOf(database: CrmDatabase, source: Source, file: string): Promise<string> {
  const kept = await readKept(file);
  const hash = hashToken(kept);
  if (hash && source.token_hashes.some((own) => sameHash(own, hash))) return kept;
  const token = await rotateToken(database, source, OVERLAP_HOURS, ACTOR);
  await keep(file, token);
  return token;
}
