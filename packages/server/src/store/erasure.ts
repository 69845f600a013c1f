import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { campaignFields, type LeadDraft, personFields } from '../intake/leadDraft.ts';
import { type Before, blanked } from './leads.ts';

/** What there is of a person beside the prospect itself. */
export interface OfPerson {
  /** By what they are recognised, and would be. */
  readonly identities: readonly string[];
  /** Leads of no person that are theirs. */
  readonly unplaced: readonly number[];
  /** Leads that were theirs until they were corrected, with what is to be left of what was before. */
  readonly corrected: readonly CorrectedLead[];
}

/**
 * Locks all that is of a person, as intake does: their leads, with those of no person that are
 * theirs and those that were, by what they are recognised, the person, their actions. Leads and
 * pulls that are under way are waited for, and a lead of these identities comes in before this or
 * after the transaction has ended. Gives the actions.
 */
export async function lockAllOf(
  trx: Transaction<Crm>,
  prospect: number,
  { identities, unplaced, corrected }: OfPerson,
): Promise<number[]> {
  const others = [...unplaced, ...corrected.map(({ id }) => id)];
  await sql`
    select from lead
    where lead.id_prospect = ${prospect} or lead.id = any(${others}::bigint[])
    order by lead.id for update of lead`.execute(trx);
  await sql`select pg_advisory_xact_lock(own.key) from ${lockKeys(identities)} own`.execute(trx);
  await sql`
    select from prospect_identity own where own.id_prospect = ${prospect}
    order by own.value collate "C" for update of own`.execute(trx);
  await sql`
    select from prospect where prospect.id = ${prospect} for update of prospect`.execute(trx);
  const actions = await sql<{ id: number }>`
    select action.id from action where action.id_prospect = ${prospect}
    order by action.id for update of action`.execute(trx);
  return actions.rows.map(({ id }) => id);
}

/**
 * Waits for the erasure of a person of these identities, and lets none come until the transaction
 * ends: what a lead is told of erasures then holds, and an erasure finds the lead, which may well
 * stay of no person.
 */
export async function lockAgainstErasure(
  trx: Transaction<Crm>,
  identities: readonly string[],
): Promise<void> {
  if (identities.length === 0) return;
  await sql`
    select pg_advisory_xact_lock_shared(own.key) from ${lockKeys(identities)} own`.execute(trx);
}

/** The numbers of the locks of identities, in the order in which everyone takes them. */
const lockKeys = (identities: readonly string[]): RawBuilder<unknown> => sql`(
  select distinct hashtextextended('identity ' || asked.value, 0) as key
  from unnest(${identities}::text[]) asked (value)
  order by 1)`;

/** A lead that is of no person: it waits, was put away or undone. */
export interface UnplacedLead {
  readonly id: number;
  readonly draft: LeadDraft;
}

/**
 * The leads of no person that may be of the one of these identities: their texts hold what is
 * before the @, or the last digits of the number, in whatever form they were typed. The whole
 * ledger is read.
 */
export async function findUnplaced(
  db: Kysely<Crm>,
  identities: readonly string[],
): Promise<UnplacedLead[]> {
  const found = await sql<UnplacedLead>`
    select lead.id, lead.draft from lead
    where lead.id_prospect is null and lead.draft is not null
      and ${mayName(sql`lead.draft`, identities)}
    order by lead.id`.execute(db);
  return found.rows;
}

/** A lead that was corrected, with its effects, which hold what it was before. */
export interface CorrectedLead {
  readonly id: number;
  readonly draft: LeadDraft;
  readonly effects: Before;
}

/**
 * The leads, but those of this prospect, that may have been of the one of these identities before an
 * operator or the row of a file corrected them, as `findUnplaced` finds what they are now.
 */
export async function findCorrected(
  db: Kysely<Crm>,
  prospect: number,
  identities: readonly string[],
): Promise<CorrectedLead[]> {
  const found = await sql<CorrectedLead>`
    select lead.id, lead.draft, lead.effects from lead
    where lead.id_prospect is distinct from ${prospect}::bigint and lead.draft is not null
      and lead.effects ?| '{sent,replaced}'
      and exists (
        select from (
          select jsonb_path_query(lead.effects, '$.**.sent')
          union all select jsonb_path_query(lead.effects, '$.**.replaced.draft')
        ) before (draft)
        where ${mayName(sql`before.draft`, identities)})
    order by lead.id`.execute(db);
  return found.rows;
}

/** Whether a draft holds what is before the @ of an identity, or its last digits. */
function mayName(draft: RawBuilder<unknown>, identities: readonly string[]): RawBuilder<boolean> {
  // Not more of it: a domain is typed in other letters than it is matched by, a number as people do.
  const locals = identities.flatMap((value) => /^.*@/.exec(value)?.[0] ?? []);
  const numbers = identities
    .filter((value) => !value.includes('@'))
    .map((value) => value.slice(-6));
  return sql`(
    exists (
      select from unnest(${locals}::text[]) own (local)
      where strpos(${plainLetters(sql`${draft} ->> 'email'`)}, ${plainLetters(sql`own.local`)}) > 0)
    or exists (
      select from unnest(${numbers}::text[]) own (digits)
      where strpos(${plainDigits(sql`${draft} ->> 'telephone'`)}, own.digits) > 0))`;
}

/** Letters and digits of ASCII, in lower case: the same of every form of a text, in any collation. */
const plainLetters = (text: RawBuilder<unknown>) => sql`
  regexp_replace(lower(normalize(${text}, nfd) collate "C"), '[^a-z0-9@]', '', 'g')`;

/** The digits of a text, of full width included. */
const plainDigits = (text: RawBuilder<unknown>) => sql`
  regexp_replace(normalize(${text}, nfkc), '[^0-9]', '', 'g')`;

/** How much an erasure has blanked. */
export interface Erased {
  readonly erased_at: Date;
  readonly contacts: number;
  readonly leads: number;
  readonly items: number;
  readonly files: number;
}

/**
 * Blanks all that tells who a locked person is: the person, their actions, what was delivered of
 * them, what came in of them, what was written about them, and the files of jobs, each of which may
 * hold them. What is left: ids, programmes, dates, and who received what.
 */
export async function blankPerson(
  trx: Transaction<Crm>,
  person: OfPerson & {
    readonly prospect: number;
    readonly actions: readonly number[];
    /** `staff:<id>`, `command:<name>`. */
    readonly by: string;
  },
): Promise<Erased> {
  const { prospect, actions, unplaced, corrected, identities, by } = person;
  const marked = await sql<{ erased_at: Date }>`
    update prospect set ${emptied(personFields)}, erased_at = clock_timestamp()
    where prospect.id = ${prospect}
    returning prospect.erased_at`.execute(trx);
  const [tombstone] = marked.rows;
  if (!tombstone) throw new Error(`prospect ${prospect} is gone`);
  await sql`
    insert into erased_identity (fingerprint, erased_at)
    select ${fingerprint(sql`own.value`)}, ${tombstone.erased_at}::timestamptz
    from unnest(${identities}::text[]) own (value)
    on conflict (fingerprint) do update set erased_at = excluded.erased_at`.execute(trx);
  await sql`
    delete from prospect_identity own where own.id_prospect = ${prospect}`.execute(trx);

  const contacts = await sql`
    update action set ${emptied(['id_statut', 'commentaire', 'source_reference', ...campaignFields])},
      version = action.version + 1
    where action.id = any(${actions}::bigint[])`.execute(trx);
  const items = await sql`
    update pull_item set contact = null
    where pull_item.id_action = any(${actions}::bigint[])
      and pull_item.contact is not null`.execute(trx);
  for (const { id, effects } of corrected) {
    await sql`
      update lead set effects = nullif(${JSON.stringify(effects)}::jsonb, '{}')
      where lead.id = ${id}`.execute(trx);
  }
  const leads = await sql<{ id: number }>`
    update lead set ${blanked},
      settled_by = case when lead.outcome = 'quarantined' then ${by} else lead.settled_by end,
      settled_at = coalesce(lead.settled_at, clock_timestamp()),
      outcome = case when lead.outcome = 'quarantined' then 'discarded' else lead.outcome end
    where lead.id_prospect = ${prospect}
      or (lead.id = any(${unplaced}::bigint[]) and lead.id_prospect is null)
    returning lead.id`.execute(trx);
  await dropReasons(
    trx,
    [`prospect:${prospect}`, ...leads.rows.map(({ id }) => `lead:${id}`)],
    actions,
  );
  const files = await dropFilesOfJobs(trx);
  return {
    erased_at: tombstone.erased_at,
    contacts: Number(contacts.numAffectedRows ?? 0),
    leads: leads.rows.length,
    items: Number(items.numAffectedRows ?? 0),
    files,
  };
}

const emptied = (columns: readonly string[]): RawBuilder<unknown> =>
  sql.join(columns.map((column) => sql`${sql.ref(column)} = null`));

const withoutReason = sql`audit.detail || '{"reason": null}'`;

/** Drops what staff wrote about these, in the audit and in the history of the actions. */
async function dropReasons(
  trx: Transaction<Crm>,
  targets: readonly string[],
  actions: readonly number[],
): Promise<void> {
  await sql`
    update audit set detail = ${withoutReason}
    where audit.target = any(${targets}::text[]) and audit.detail ->> 'reason' is not null`.execute(
    trx,
  );
  // A change of statut is told of the statut, with the words that stand at each of its actions.
  await sql`
    update audit set detail = ${withoutReason}
    from statut_change change
    where change.id_action = any(${actions}::bigint[]) and audit.actor = change.actor
      and audit.at between change.at - interval '1 day' and change.at + interval '1 day'
      and audit.act in ('action.statut', 'contacts.statut')
      and audit.detail ->> 'reason' = change.reason`.execute(trx);
  await sql`
    update statut_change set reason = null
    where statut_change.id_action = any(${actions}::bigint[])
      and statut_change.reason is not null`.execute(trx);
}

/** Deletes what ended jobs read and made, and what they were asked for. */
async function dropFilesOfJobs(trx: Transaction<Crm>): Promise<number> {
  const dropped = await sql`
    delete from stored_file file
    where exists (select from job where file.id in (job.id_input, job.id_output))`.execute(trx);
  await sql`update job set request = '{}' where job.request <> '{}'`.execute(trx);
  return Number(dropped.numAffectedRows ?? 0);
}

/** By what an erased person is recognised: kept in `erased_identity` in place of the identity. */
export const fingerprint = (identity: RawBuilder<unknown>): RawBuilder<Buffer> =>
  sql`sha256((select own.salt from erasure_salt own) || convert_to(${identity}, 'UTF8'))`;

/** When the person of one of these identities was erased, the latest time; undefined: nobody was. */
export async function findErasure(
  db: Kysely<Crm>,
  identities: readonly string[],
): Promise<Date | undefined> {
  if (identities.length === 0) return undefined;
  const found = await sql<{ erased_at: Date | null }>`
    select max(erased.erased_at) as erased_at
    from unnest(${identities}::text[]) asked (value)
    join erased_identity erased on erased.fingerprint = ${fingerprint(sql`asked.value`)}`.execute(
    db,
  );
  return found.rows[0]?.erased_at ?? undefined;
}

/** Forgets that persons of these identities were erased: they have come back by their own wish. */
export async function forgetErasure(
  trx: Transaction<Crm>,
  identities: readonly string[],
): Promise<void> {
  await sql`
    delete from erased_identity
    where erased_identity.fingerprint in (
      select ${fingerprint(sql`asked.value`)}
      from unnest(${identities}::text[]) asked (value))`.execute(trx);
}
