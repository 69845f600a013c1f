import { isDeepStrictEqual } from 'node:util';
import type { Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { lockKept } from '../store/keptRows.ts';
import {
  draftJson,
  type ImportRow,
  insertLead,
  type KnownLead,
  type Lead,
  type LedgerPlace,
  lockLeadOf,
  type NewLead,
  noteResent,
  wasErased,
} from '../store/leads.ts';
import { insertPostponed } from '../store/postponedLeads.ts';
import type { Source } from '../store/sources.ts';
import { ChangedMeanwhile } from './inTransaction.ts';
import { correctedDraft, type LeadDraft } from './leadDraft.ts';
import { type NormalisedLead, normalise } from './normalise.ts';
import { isOpen, otherLeadId } from './otherLead.ts';
import { findProgramme } from './programme.ts';
import type { Reason } from './reason.ts';
import { type Admission, leaveWaiting, settle } from './settle.ts';

/**
 * The one routine through which every lead comes in, whatever its door: normalise, match, admit.
 * When its transaction has committed, the lead is an action, has joined one, or waits in
 * quarantine with the reasons why. A lead that the source sent before (same external id) is told
 * what became of it, unless it waits in quarantine, or was put away with nothing known of it: then
 * what came now replaces it, since a sender may mend what was wrong, but for what an operator has put
 * right. Another person's lead under that id, or one about another programme, is a lead of its own to
 * be looked at.
 *
 * Locks, in this order: the lead, the identities of its person, against their erasure and then by
 * their rows, the person, the action it joins or the programme of a new one.
 */
export async function admit(
  trx: Transaction<Crm>,
  source: Source,
  draft: LeadDraft,
  row?: ImportRow,
): Promise<Admission> {
  const came = { draft, row, lead: normalise(draft) };
  let id = came.lead.externalId;
  let noted: readonly Reason[] = [];
  for (;;) {
    const entered = await enter(trx, source, came, id);
    if (!('outcome' in entered)) return settle(trx, source, entered, came.lead, {}, { noted });
    const other = id && (await otherLeadId(trx, source, entered, came, id));
    if (!other) return admitAgain(trx, source, came, entered, noted);
    id = other;
    noted = [{ code: 'external_id_reused' }];
  }
}

/** A lead that comes in. */
interface Incoming {
  readonly draft: LeadDraft;
  readonly lead: NormalisedLead;
  readonly row: ImportRow | undefined;
}

/** Writes a lead into the ledger: its place there, or the lead that came under this id before. */
async function enter(
  trx: Transaction<Crm>,
  source: Source,
  { draft, row }: Incoming,
  externalId: string | undefined,
): Promise<LedgerPlace | KnownLead> {
  const own = { id_source: source.id, external_id: externalId ?? null, draft, row };
  const made = await enterNew(trx, own);
  if (made) return made;
  const earlier = externalId && (await lockLeadOf(trx, own, externalId));
  // Its import was undone while this waited for it, which makes the id free again.
  if (!earlier) throw new ChangedMeanwhile('the lead of this external id is gone');
  return earlier;
}

/** Writes a lead into the ledger that its source did not send before; undefined where it did. */
async function enterNew(trx: Transaction<Crm>, lead: NewLead): Promise<LedgerPlace | undefined> {
  const made = await insertLead(trx, lead);
  const { id_source, external_id } = lead;
  // The insert may have waited for an erasure, which gave the id of its twin another form.
  if (made && external_id && (await wasErased(trx, id_source, external_id))) {
    throw new ChangedMeanwhile('the lead of this external id was erased');
  }
  return made;
}

/** Admits a lead that came before. That it can not be fetched takes nothing of it away. */
async function admitAgain(
  trx: Transaction<Crm>,
  source: Source,
  { draft, row }: Incoming,
  earlier: KnownLead,
  noted: readonly Reason[],
): Promise<Admission> {
  const waits = earlier.outcome === 'quarantined';
  const isLess = draft.unfetched && !(waits && earlier.draft?.unfetched);
  if (!isOpen(earlier) || isLess) {
    if (row === undefined) await noteResent(trx, earlier.id);
    return repeated(earlier);
  }
  const right = putRight(draft, earlier);
  const changed = isDeepStrictEqual(right, earlier.draft) ? {} : { draft: right, sent: draft };
  const decided = { row: row ?? null, ...changed };
  const admission = await settle(trx, source, earlier, normalise(right), decided, { noted });
  return { ...admission, repeated: row !== undefined && earlier.id_import === row.import };
}

/**
 * What comes again of a lead that waits, with what an operator put right of it before: what its sender
 * says otherwise since is what they say.
 */
function putRight(came: LeadDraft, { draft, sent }: KnownLead): LeadDraft {
  if (!draft || !sent) return came;
  const [now, was] = [stored(came), stored(sent)];
  if (isDeepStrictEqual(now, was)) return draft;
  const right = Object.entries(draft).filter(([field, value]) => {
    const said = now[field];
    return (
      !isDeepStrictEqual(value, was[field]) &&
      (said === undefined || isDeepStrictEqual(said, was[field]))
    );
  });
  return correctedDraft(came, Object.fromEntries(right));
}

/** A draft as it is read from the ledger. */
const stored = (draft: LeadDraft): Readonly<Record<string, unknown>> =>
  JSON.parse(draftJson(draft));

/**
 * Writes a lead into the ledger that can not be let in now, to be tried again in `seconds`.
 * Undefined when the source sent it before.
 */
export async function postpone(
  trx: Transaction<Crm>,
  source: Source,
  draft: LeadDraft,
  seconds: number,
): Promise<Admission | undefined> {
  const external_id = normalise(draft).externalId ?? null;
  const lead = await enterNew(trx, { id_source: source.id, external_id, draft, row: undefined });
  if (lead === undefined) return undefined;
  await insertPostponed(trx, lead.id, seconds);
  return leaveWaiting(trx, lead.id, [{ code: 'postponed' }]);
}

/** Runs the routine again on a locked lead that was postponed; one that is not any more stays as it is. */
export async function retry(trx: Transaction<Crm>, source: Source, lead: Lead): Promise<void> {
  const { outcome, reasons, draft } = lead;
  const waits = outcome === 'quarantined' && reasons.some(({ code }) => code === 'postponed');
  if (waits && draft) await settle(trx, source, lead, normalise(draft), {});
}

/** An operator who releases a lead: `staff:<id>`, `command:<name>`. */
export interface Releaser {
  readonly by: string;
  /** They say that the person, who was erased, has come back by their own wish. */
  readonly cameBack?: boolean | undefined;
}

/**
 * Runs the routine again on a lead that waits in quarantine and is locked: an operator releases it,
 * who vouches for what a machine can only suspect.
 */
export function readmit(
  trx: Transaction<Crm>,
  source: Source,
  lead: LedgerPlace,
  draft: LeadDraft,
  { by, cameBack = false }: Releaser,
): Promise<Admission> {
  return settle(trx, source, lead, normalise(draft), { draft, by }, { cameBack });
}

/** Corrects a locked lead by the row of a file; one that no longer waits stays as it is. */
export async function correct(
  trx: Transaction<Crm>,
  source: Source,
  lead: Lead,
  given: LeadDraft,
  row: ImportRow | undefined,
): Promise<Admission> {
  if (lead.outcome !== 'quarantined') return repeated(lead);
  const draft = correctedDraft(lead.draft ?? {}, given);
  return settle(trx, source, lead, normalise(draft), { draft, row });
}

/**
 * What became of the row of a file that was imported before and taken back, where its lead stayed: a
 * client may have received it. Undefined where it is a lead of its own now, since its source or the
 * columns of the file tell it otherwise.
 */
export async function admitKept(
  trx: Transaction<Crm>,
  source: Source,
  kept: number | undefined,
  draft: LeadDraft,
): Promise<Admission | undefined> {
  const lead = kept === undefined ? undefined : await lockKept(trx, kept, draft);
  if (!lead) return undefined;
  const { id } = await findProgramme(trx, source, normalise(draft));
  return lead.programme === null || lead.programme === id ? repeated(lead) : undefined;
}

function repeated(lead: Lead): Admission {
  const { outcome } = lead;
  if (outcome === 'undone') throw new Error('an undone lead is no repeat');
  return {
    lead: lead.id,
    outcome,
    action_id: lead.id_action,
    prospect_id: lead.id_prospect,
    matched_on: lead.matched_on,
    reasons: lead.reasons,
    repeated: true,
  };
}
