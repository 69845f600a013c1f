import type { CrmDatabase, Databases } from '../installation/databases.ts';
import { type MetaSecrets, sealMetaSecrets } from '../intake/meta/secrets.ts';
import { issueToken } from '../keys/sourceToken.ts';
import { writeAudit } from '../store/audit.ts';
import { insertSourceRoute } from '../store/catalog.ts';
import { insertForms, listForms, replaceForms, retryNow } from '../store/metaForms.ts';
import {
  type Channel,
  insertSource,
  lockRules,
  mapProgrammes,
  replaceMetaSecrets,
  replaceRules,
  replaceToken,
  type Source,
  type SourceRules,
  setPaused,
  unmapProgrammes,
} from '../store/sources.ts';
import { assertSeen } from './seenBefore.ts';

/** A source that is to be made. */
export interface SourceOrder {
  readonly nom: string;
  readonly channel: Channel;
  readonly rules: SourceRules;
  /** What names a programme: folded text to id. */
  readonly programmes: ReadonlyMap<string, number>;
  /** For the channel meta alone: its secrets, and the ids of the forms that are read. */
  readonly meta?: { readonly secrets: MetaSecrets; readonly forms: readonly string[] } | undefined;
}

/** Takes back what was written of a source whose name another CRM database has. */
const takenElsewhere = new Error('another CRM database has a source of this name');

/**
 * Creates a source and gives its token, which is shown once; null for files, whose bringer is an
 * operator. Undefined when the name is taken, here or in another CRM database. The route is written
 * when all else is, and before it is committed: a source that is refused takes no name, and none is
 * without its route.
 */
export async function createSource(
  databases: Databases,
  database: CrmDatabase,
  order: SourceOrder,
  secret: () => Promise<Buffer>,
  actor: string,
): Promise<{ token: string | null } | undefined> {
  const { nom, channel, rules, programmes, meta } = order;
  const token = channel === 'file' ? undefined : issueToken();
  const sealed = meta
    ? sealMetaSecrets(await secret(), nom, meta.secrets)
    : { meta_app_secret: null, meta_access_token: null };
  const creating = database.db.transaction().execute(async (trx) => {
    const id = await insertSource(trx, {
      ...rules,
      ...sealed,
      nom,
      channel,
      environment: database.environment,
      token_hash: token?.hash ?? null,
    });
    if (id === undefined) return undefined;
    await mapProgrammes(trx, id, programmes);
    await insertForms(trx, id, meta?.forms ?? []);
    await writeAudit(trx, { actor, act: 'source.create', target: `source:${nom}` });
    if (!(await insertSourceRoute(databases.catalog, nom, database.nom))) throw takenElsewhere;
    return { token: token?.text ?? null };
  });
  return creating.catch((error) => {
    if (error === takenElsewhere) return undefined;
    throw error;
  });
}

/** Gives a source a new token, shown once; the old one ends after the overlap. */
export async function rotateToken(
  { db }: CrmDatabase,
  source: Source,
  overlapHours: number,
  actor: string,
): Promise<string> {
  const { text, hash } = issueToken();
  await db.transaction().execute(async (trx) => {
    await replaceToken(trx, source.id, hash, overlapHours);
    const target = `source:${source.nom}`;
    await writeAudit(trx, { actor, act: 'source.rotate', target, detail: { overlapHours } });
  });
  return text;
}

/** Pauses a source, or lets it go on: its leads wait in quarantine meanwhile. */
export async function pauseSource(
  { db }: CrmDatabase,
  source: Source,
  paused: boolean,
  actor: string,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await setPaused(trx, source.id, paused);
    const act = paused ? 'source.pause' : 'source.resume';
    await writeAudit(trx, { actor, act, target: `source:${source.nom}` });
  });
}

/** Lets folded texts of a source's leads name programmes, and others no longer. */
export async function nameProgrammes(
  { db }: CrmDatabase,
  source: Source,
  programmes: ReadonlyMap<string, number>,
  actor: string,
  unmapped: readonly string[] = [],
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockRules(trx, source.id);
    await unmapProgrammes(trx, source.id, unmapped);
    await mapProgrammes(trx, source.id, programmes);
    const target = `source:${source.nom}`;
    const detail = { add: Object.fromEntries(programmes), remove: unmapped };
    await writeAudit(trx, { actor, act: 'source.map', target, detail });
  });
}

/** The rules of a source, and the ids of the Meta forms that it reads. */
interface SourceSettings extends SourceRules {
  readonly forms: readonly string[];
}

/**
 * Changes some settings of a source: they hold for the next lead. A change of what is no longer as
 * it was `shown` is refused.
 */
export async function changeSource(
  { db }: CrmDatabase,
  source: Source,
  change: Partial<SourceSettings>,
  actor: string,
  shown?: Partial<SourceSettings>,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const before = await lockRules(trx, source.id);
    const now = { ...before, forms: await listForms(trx, source.id) };
    assertSeen('source', { now, change, shown });
    const { forms, ...rules } = change;
    const after = { ...before, ...rules };
    await replaceRules(trx, source.id, after);
    if (forms) await replaceForms(trx, source.id, forms);
    await writeAudit(trx, {
      actor,
      act: 'source.update',
      target: `source:${source.nom}`,
      detail: { before: { ...before }, after: { ...after }, ...(forms && { forms }) },
    });
  });
}

/** Replaces the secrets of a Meta source; what failed with the old ones is tried again at once. */
export async function changeMetaSecrets(
  { db }: CrmDatabase,
  source: Source,
  secrets: MetaSecrets,
  secret: () => Promise<Buffer>,
  actor: string,
): Promise<void> {
  const sealed = sealMetaSecrets(await secret(), source.nom, secrets);
  await db.transaction().execute(async (trx) => {
    await replaceMetaSecrets(trx, source.id, sealed);
    await retryNow(trx, source.id);
    await writeAudit(trx, { actor, act: 'source.secrets', target: `source:${source.nom}` });
  });
}
