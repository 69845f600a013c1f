import { type Kysely, sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import type { Environment } from '../keys/key.ts';

export const channels = ['json', 'form', 'meta', 'google', 'file'] as const;
export type Channel = (typeof channels)[number];

/** What an operator decides about a source. */
export interface SourceRules {
  /** The programme of leads that name none; null: they wait in quarantine. */
  readonly id_programme: number | null;
  readonly id_origine: number | null;
  readonly id_type_contact: number | null;
  readonly id_type_action: number | null;
  /** The first statut of what is let in, and of what is let in but wants a look. */
  readonly id_statut: number;
  readonly id_statut_review: number;
  readonly consent_required: boolean;
  /** Web origins whose pages may post; null: any. */
  readonly origins: readonly string[] | null;
  readonly redirect_url: string | null;
  readonly honeypot: string;
  /** Requests a minute. */
  readonly rate_limit: number;
}

const rules = sql`
  source.id_programme, source.id_origine, source.id_type_contact, source.id_type_action,
  source.id_statut, source.id_statut_review, source.consent_required, source.origins,
  source.redirect_url, source.honeypot, source.rate_limit`;

/** A source as it stands now. */
export interface Source extends SourceRules {
  readonly id: number;
  readonly nom: string;
  readonly channel: Channel;
  readonly environment: Environment;
  /** The hashes of the tokens that are good now: several while rotations overlap; none for files. */
  readonly token_hashes: readonly Buffer[];
  /** What names a programme: folded text to id. */
  readonly programmes: Readonly<Record<string, number>>;
  /** What its files' columns mean, as the last import had it; null before the first. */
  readonly columns: unknown;
  /** Sealed; null unless the channel is meta. */
  readonly meta_app_secret: Buffer | null;
  readonly meta_access_token: Buffer | null;
  readonly paused: boolean;
}

const columns = sql`
  source.id, source.nom, source.channel, source.environment, ${rules}, source.columns,
  source.meta_app_secret, source.meta_access_token, source.paused_at is not null as paused,
  array_remove(array[source.token_hash,
    case when source.previous_token_until > clock_timestamp() then source.previous_token_hash end
  ], null) || array(
    select own.token_hash from source_previous_token own
    where own.id_source = source.id and own.until > clock_timestamp()
  ) as token_hashes,
  (
    select coalesce(json_object_agg(own.value, own.id_programme), '{}')
    from source_programme own where own.id_source = source.id
  ) as programmes`;

/** The source of this name, or undefined. Read anew for each lead: a change holds at once. */
export async function findSource(db: Kysely<Crm>, nom: string): Promise<Source | undefined> {
  const found = await sql<Source>`
    select ${columns} from source where source.nom = ${nom}`.execute(db);
  return found.rows[0];
}

/** The source of a lead, or undefined when there is no lead of this id. Read anew, as `findSource`. */
export async function findSourceOfLead(db: Kysely<Crm>, lead: number): Promise<Source | undefined> {
  const found = await sql<Source>`
    select ${columns} from source
    where source.id = (select lead.id_source from lead where lead.id = ${lead})`.execute(db);
  return found.rows[0];
}

/** The sources of a channel that are not paused. */
export async function findOpenSources(db: Kysely<Crm>, channel: Channel): Promise<Source[]> {
  const found = await sql<Source>`
    select ${columns} from source
    where source.channel = ${channel} and source.paused_at is null
    order by source.id`.execute(db);
  return found.rows;
}

export interface NewSource extends SourceRules {
  readonly nom: string;
  readonly channel: Channel;
  readonly environment: Environment;
  readonly token_hash: Buffer | null;
  readonly meta_app_secret: Buffer | null;
  readonly meta_access_token: Buffer | null;
}

/** Stores a new source and gives its id; undefined when the name is taken. */
export async function insertSource(
  trx: Transaction<Crm>,
  source: NewSource,
): Promise<number | undefined> {
  const row = await trx
    .insertInto('source')
    .values({ ...source, origins: source.origins && [...source.origins] })
    .onConflict((conflict) => conflict.column('nom').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

/** Lets these folded texts name these programmes at a source; those named before are renamed. */
export async function mapProgrammes(
  trx: Transaction<Crm>,
  source: number,
  programmes: ReadonlyMap<string, number>,
): Promise<void> {
  await sql`
    insert into source_programme (id_source, value, id_programme)
    select ${source}::bigint, own.value, own.id_programme
    from unnest(${[...programmes.keys()]}::text[], ${[...programmes.values()]}::bigint[])
      own (value, id_programme)
    on conflict (id_source, value) do update set id_programme = excluded.id_programme`.execute(trx);
}

/** Lets these folded texts name no programme at a source any more. */
export async function unmapProgrammes(
  trx: Transaction<Crm>,
  source: number,
  values: readonly string[],
): Promise<void> {
  await sql`
    delete from source_programme own
    where own.id_source = ${source} and own.value = any(${values}::text[])`.execute(trx);
}

/**
 * The rules of a source, locked until the transaction ends: another change of them waits. Leads
 * that come meanwhile are judged by the rules as they were.
 */
export async function lockRules(trx: Transaction<Crm>, source: number): Promise<SourceRules> {
  const found = await sql<SourceRules>`
    select ${rules} from source where source.id = ${source} for no key update`.execute(trx);
  const [row] = found.rows;
  if (!row) throw new Error(`source ${source} is gone`);
  return row;
}

/** Gives a source whose rules are locked other ones. */
export async function replaceRules(
  trx: Transaction<Crm>,
  source: number,
  rules: SourceRules,
): Promise<void> {
  await trx
    .updateTable('source')
    .set({ ...rules, origins: rules.origins && [...rules.origins] })
    .where('source.id', '=', source)
    .execute();
}

/**
 * Gives a source another token. The one before goes on for `overlapHours` (ends at once with 0), and
 * so do those that go on from earlier rotations, until their own time at the latest: whoever lost
 * the new token and asks for another ends none that is in use.
 */
export async function replaceToken(
  trx: Transaction<Crm>,
  source: number,
  hash: Buffer,
  overlapHours: number,
): Promise<void> {
  await sql`select from source where source.id = ${source} for no key update`.execute(trx);
  const until = sql`clock_timestamp() + make_interval(hours => ${overlapHours})`;
  await sql`
    insert into source_previous_token (id_source, token_hash, until)
    select source.id, source.previous_token_hash, source.previous_token_until
    from source where source.id = ${source} and source.previous_token_hash is not null
    on conflict do nothing`.execute(trx);
  await sql`
    update source_previous_token own set until = least(own.until, ${until})
    where own.id_source = ${source}`.execute(trx);
  await sql`
    delete from source_previous_token own
    where own.id_source = ${source} and own.until <= clock_timestamp()`.execute(trx);
  await sql`
    update source set
      previous_token_hash = source.token_hash,
      previous_token_until = ${until},
      token_hash = ${hash}
    where source.id = ${source}`.execute(trx);
}

/** Replaces the sealed secrets of a Meta source. */
export async function replaceMetaSecrets(
  trx: Transaction<Crm>,
  source: number,
  sealed: { meta_app_secret: Buffer; meta_access_token: Buffer },
): Promise<void> {
  await trx.updateTable('source').set(sealed).where('source.id', '=', source).execute();
}

/** Pauses a source, or lets it go on. */
export async function setPaused(
  trx: Transaction<Crm>,
  source: number,
  paused: boolean,
): Promise<void> {
  await sql`
    update source set paused_at =
      case when ${paused} then coalesce(source.paused_at, clock_timestamp()) end
    where source.id = ${source}`.execute(trx);
}

/** Remembers what these columns of a source's files mean, beside what is known of others. */
export async function rememberColumns(
  trx: Transaction<Crm>,
  source: number,
  mapping: Readonly<Record<string, string>>,
): Promise<void> {
  await sql`
    update source set columns = coalesce(source.columns, '{}') || ${JSON.stringify(mapping)}::jsonb
    where source.id = ${source}`.execute(trx);
}
