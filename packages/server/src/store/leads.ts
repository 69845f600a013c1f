import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import type { LeadDraft } from '../intake/leadDraft.ts';
import { storableText } from '../intake/normalise/text.ts';
import type { Reason } from '../intake/reason.ts';

export type Outcome = 'accepted' | 'merged' | 'quarantined' | 'discarded' | 'undone';
export type Match = 'telephone' | 'email';

/** Where a lead stands in the ledger. */
export interface LedgerPlace {
  readonly id: number;
  /** When it first came. */
  readonly received_at: Date;
}

/** A lead as the ledger has it. */
export interface Lead extends LedgerPlace {
  readonly id_source: number;
  readonly id_import: number | null;
  /** What came; null once its person was erased. */
  readonly draft: LeadDraft | null;
  readonly outcome: Outcome;
  readonly reasons: readonly Reason[];
  readonly matched_on: readonly Match[];
  readonly id_prospect: number | null;
  readonly id_action: number | null;
}

/**
 * What a lead that was let in wrote, so that it can be taken back: see store/undoImport.ts. Values
 * are those that it wrote, so that what others wrote since is told from it.
 */
export interface Effects {
  /** True when it made its prospect or its action; it joined them otherwise. */
  readonly madeProspect: boolean;
  readonly madeAction: boolean;
  /** Fields of a known prospect that were empty. */
  readonly filled: Readonly<Record<string, string>>;
  /** What it added to the commentaire of the action that it joined. */
  readonly appended: string | null;
  /** What it said that stood there already. */
  readonly echoed: string | null;
  /** Fields of the campaign that were empty at the action that it joined. */
  readonly campaign: Readonly<Record<string, string>>;
  /** The statut of the action before it made it ready; null when it did not. */
  readonly statutBefore: number | null;
  /** The action's `ready_at` before that, to the microsecond. */
  readonly readyBefore: string | null;
  /** Identities that its person was not known by. */
  readonly identities: readonly string[];
}

/** What a lead was before it was corrected, as its effects hold it beside what it wrote. */
export interface Before {
  /** What its sender sent, where an operator put it right. */
  readonly sent?: LeadDraft | undefined;
  /** What the row of a file replaced, which may have been corrected before, too. */
  readonly replaced?:
    | (Before & { readonly draft: LeadDraft; readonly reasons: readonly Reason[] })
    | undefined;
}

const columns = sql`
  lead.id, lead.received_at, lead.id_source, lead.id_import, lead.draft, lead.outcome, lead.reasons, lead.matched_on,
  lead.id_prospect, lead.id_action`;

/**
 * A draft as JSON that PostgreSQL takes: jsonb holds neither NUL nor lone surrogates. They are
 * replaced by U+FFFD here; what the routine makes of the draft says that they were there.
 */
export const draftJson = (draft: LeadDraft): string =>
  JSON.stringify(draft, (_, value) => (typeof value === 'string' ? storableText(value) : value));

export interface NewLead {
  readonly id_source: number;
  readonly external_id: string | null;
  readonly draft: LeadDraft;
  readonly row: ImportRow | undefined;
}

/** What the external id of a lead becomes once its person was erased: a repeat is still told by it. */
export const erasedExternalId = (externalId: RawBuilder<unknown>): RawBuilder<string | null> =>
  sql`'erased:' || encode(sha256(convert_to(${externalId}, 'UTF8')), 'hex')`;

/**
 * Writes a lead into the ledger, in quarantine. Undefined when the source sent one of this external
 * id before: the unique index decides, and a twin that is still under way is waited for. Whether
 * that twin was erased meanwhile, only `wasErased` tells afterwards.
 */
export async function insertLead(
  trx: Transaction<Crm>,
  lead: NewLead,
): Promise<LedgerPlace | undefined> {
  const made = await sql<LedgerPlace>`
    insert into lead (id_source, external_id, draft, id_import, line)
    select ${lead.id_source}::bigint, own.external_id, ${draftJson(lead.draft)}::jsonb,
      ${lead.row?.import ?? null}::bigint, ${lead.row?.line ?? null}::integer
    from (values (${lead.external_id}::text)) own (external_id)
    where not exists (
      select from lead earlier where earlier.id_source = ${lead.id_source}::bigint
        and earlier.external_id = ${erasedExternalId(sql`own.external_id`)})
    on conflict (id_source, external_id) do nothing
    returning lead.id, lead.received_at`.execute(trx);
  return made.rows[0];
}

/** Whether the lead that a source sent under an external id was erased. */
export async function wasErased(
  db: Kysely<Crm>,
  source: number,
  externalId: string,
): Promise<boolean> {
  const found = await sql`
    select from lead
    where lead.id_source = ${source}
      and lead.external_id = ${erasedExternalId(sql`${externalId}::text`)}`.execute(db);
  return found.rows.length > 0;
}

/** A lead that came before, and may come again. */
export interface KnownLead extends Lead {
  /** What its sender sent; null where the draft says that. */
  readonly sent: LeadDraft | null;
  /** The programme of its action, by its id; null where it has none. */
  readonly programme: number | null;
}

export const knownLead = sql`${columns}, lead.effects -> 'sent' as sent,
  (select action.id_programme from action where action.id = lead.id_action) as programme`;

/** The lead that a source sent under an external id, locked until the transaction ends. */
export async function lockLeadOf(
  trx: Transaction<Crm>,
  { id_source }: NewLead,
  externalId: string,
): Promise<KnownLead | undefined> {
  const found = await sql<KnownLead>`
    select ${knownLead} from lead
    where lead.id_source = ${id_source}
      and lead.external_id in (${externalId}, ${erasedExternalId(sql`${externalId}::text`)})
    for no key update of lead`.execute(trx);
  return found.rows[0];
}

/**
 * Notes of a locked lead that the row of a file brought in that it came by its own door as well:
 * its sender, who was answered, sends it no more, so that undoing the import leaves it. One that came
 * by its door first goes back to where it was.
 */
export async function noteResent(trx: Transaction<Crm>, id: number): Promise<void> {
  await sql`
    update lead set effects = coalesce(lead.effects, '{}') || '{"resent": true}'
    where lead.id = ${id} and lead.id_import is not null and lead.draft is not null
      and not ${wasResent}
      and not jsonb_path_exists(coalesce(lead.effects, '{}'), '$.**.replaced ? (!exists(@.import))')`.execute(
    trx,
  );
}

/** Whether a lead that the row of a file brought in came by its own door as well. */
export const wasResent = sql`coalesce(lead.effects ? 'resent', false)`;

/** A lead of this id, locked until the transaction ends. */
export async function lockLead(trx: Transaction<Crm>, id: number): Promise<Lead | undefined> {
  const found = await sql<Lead>`
    select ${columns} from lead where lead.id = ${id} for no key update of lead`.execute(trx);
  return found.rows[0];
}

/** What becomes of a lead. */
export interface Settlement {
  readonly outcome: Outcome;
  readonly reasons: readonly Reason[];
  readonly matched_on?: readonly Match[];
  readonly id_prospect?: number;
  readonly id_action?: number;
  readonly effects?: Effects;
  /** The operator who decided; absent where the rules did. */
  readonly by?: string | undefined;
  /** What replaces the draft, when an operator or the sender corrected it. */
  readonly draft?: LeadDraft | undefined;
  /** What the sender sent now; the draft is that, or what was made of it. */
  readonly sent?: LeadDraft | undefined;
  /** The row of a file that brought the draft, null for another door; undefined: as before. */
  readonly row?: ImportRow | null | undefined;
}

/** A row of an imported file. */
export interface ImportRow {
  readonly import: number;
  /** Its line in the file, from 1. */
  readonly line: number;
}

/**
 * Writes what has become of a lead that is still in quarantine. What the row of another file
 * replaces is kept in its effects, as `replaced`, so that undoing that import gives it back. So is,
 * as `sent`, what the sender sent of a lead that an operator corrected: it may be sent again; and
 * `resent`, see noteResent.
 */
export async function settleLead(
  trx: Transaction<Crm>,
  id: number,
  settled: Settlement,
): Promise<void> {
  const draft = settled.draft && draftJson(settled.draft);
  const { row } = settled;
  const place =
    row === undefined
      ? sql`id_import = lead.id_import, line = lead.line`
      : sql`id_import = ${row?.import ?? null}::bigint, line = ${row?.line ?? null}::integer`;
  await sql`
    update lead set
      outcome = ${settled.outcome},
      reasons = ${JSON.stringify(settled.reasons)}::jsonb,
      matched_on = ${settled.matched_on ?? []}::text[],
      id_prospect = ${settled.id_prospect ?? null}::bigint,
      id_action = ${settled.id_action ?? null}::bigint,
      effects = nullif(${JSON.stringify(settled.effects ?? {})}::jsonb
        || jsonb_strip_nulls(jsonb_build_object(
          'replaced', ${replacedBy(row)}, 'sent', ${sentOf(settled)},
          'resent', ${resentOf(row)})), '{}'),
      draft = coalesce(${draft ?? null}::jsonb, lead.draft),
      ${place},
      settled_at = case when ${settled.outcome} <> 'quarantined' then clock_timestamp() end,
      settled_by = coalesce(${settled.by ?? null}::text,
        case when ${settled.outcome} = 'quarantined' and ${draft === undefined}
          then lead.settled_by end)
    where lead.id = ${id}`.execute(trx);
}

/**
 * Puts a lead away that is in quarantine. One of a person who was erased is blanked: nothing may
 * keep it.
 */
export async function discardLead(trx: Transaction<Crm>, lead: Lead, by: string): Promise<void> {
  const { id, reasons } = lead;
  await settleLead(trx, id, { outcome: 'discarded', reasons, by });
  if (!reasons.some(({ code }) => code === 'person_erased')) return;
  await sql`update lead set ${blanked} where lead.id = ${id}`.execute(trx);
}

/** What an erasure does to a lead. */
export const blanked = sql`
  draft = null, effects = null,
  reasons = (select coalesce(jsonb_agg(own - 'suggestion'), '[]')
    from jsonb_array_elements(lead.reasons) own),
  external_id = ${erasedExternalId(sql`lead.external_id`)}`;

/** What the sender sent of a lead, where the draft says otherwise since. */
function sentOf({ draft, sent }: Settlement) {
  if (sent) return sent === draft ? sql`null` : sql`${draftJson(sent)}::jsonb`;
  if (draft === undefined) return sql`lead.effects -> 'sent'`;
  return sql`coalesce(lead.effects -> 'sent', lead.draft)`;
}

/** What stood in the ledger before the row of another file came; that of the same file is kept. */
function replacedBy(row: ImportRow | null | undefined) {
  if (row === undefined) return sql`lead.effects -> 'replaced'`;
  if (row === null) return sql`null`;
  return sql`
    case when lead.id_import = ${row.import}::bigint then lead.effects -> 'replaced'
      else jsonb_build_object('draft', lead.draft, 'reasons', lead.reasons,
        'import', lead.id_import, 'line', lead.line, 'replaced', lead.effects -> 'replaced',
        'sent', lead.effects -> 'sent', 'resent', lead.effects -> 'resent') end`;
}

/** Whether the lead came by its own door as well as by the file whose lead it is. */
function resentOf(row: ImportRow | null | undefined) {
  if (row === undefined) return sql`lead.effects -> 'resent'`;
  if (row === null) return sql`null`;
  return sql`case when lead.id_import = ${row.import}::bigint then lead.effects -> 'resent' end`;
}
