import type { Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import {
  bounded,
  insertAction,
  joinAction,
  lockOpenAction,
  PARAGRAPH,
  setStatut,
} from '../store/actions.ts';
import { findErasure, forgetErasure, lockAgainstErasure } from '../store/erasure.ts';
import {
  type Effects,
  type ImportRow,
  insertLead,
  type KnownLead,
  type Lead,
  lockLeadOf,
  type Match,
  type Settlement,
  settleLead,
  wasErased,
} from '../store/leads.ts';
import { insertPostponed } from '../store/postponedLeads.ts';
import type { Source } from '../store/sources.ts';
import { completed, type Identified, identify, identitiesOfLead } from './identify.ts';
import { ChangedMeanwhile } from './inTransaction.ts';
import { judge, quarantines, wantsReview } from './judge.ts';
import { campaignFields, correctedDraft, type LeadDraft } from './leadDraft.ts';
import { type NormalisedLead, normalise } from './normalise.ts';
import { otherLeadId } from './otherLead.ts';
import { findProgramme } from './programme.ts';
import type { Reason } from './reason.ts';

/** What has become of a lead. */
export interface Admission {
  readonly lead: number;
  /** accepted: an action of its own; merged: joined an open one; discarded: by an operator, before. */
  readonly outcome: 'accepted' | 'merged' | 'quarantined' | 'discarded';
  readonly action_id: number | null;
  readonly prospect_id: number | null;
  readonly matched_on: readonly Match[];
  readonly reasons: readonly Reason[];
  /**
   * True when this lead had come before, and nothing was done again; and for a further row of one
   * file that replaces what a row before it said.
   */
  readonly repeated: boolean;
}

/**
 * The one routine through which every lead comes in, whatever its door: normalise, match, admit.
 * When its transaction has committed, the lead is an action, has joined one, or waits in
 * quarantine with the reasons why. A lead that the source sent before (same external id) is told
 * what became of it, unless it waits in quarantine: then what came now replaces it, since a sender
 * may mend what was wrong. What mends nothing takes no correction of an operator back. Another
 * person's lead under that id, or one about another programme, is a lead of its own to be looked at.
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
    if (typeof entered === 'number') return settle(trx, source, entered, came.lead, {}, { noted });
    const other = id && (await otherLeadId(trx, source, entered, came.lead, id));
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

/** Writes a lead into the ledger: its number there, or the lead that came under this id before. */
async function enter(
  trx: Transaction<Crm>,
  source: Source,
  { draft, row }: Incoming,
  externalId: string | undefined,
): Promise<number | KnownLead> {
  const own = { id_source: source.id, external_id: externalId ?? null, draft, row };
  const made = await insertLead(trx, own);
  if (made === undefined) {
    const earlier = externalId && (await lockLeadOf(trx, own, externalId));
    if (!earlier) throw new Error('a lead is neither new nor known');
    return earlier;
  }
  // The insert may have waited for an erasure, which gave the id of its twin another form.
  if (externalId && (await wasErased(trx, source.id, externalId))) {
    throw new ChangedMeanwhile('the lead of this external id was erased');
  }
  return made;
}

/** Admits a lead that came before. */
async function admitAgain(
  trx: Transaction<Crm>,
  source: Source,
  { draft, lead, row }: Incoming,
  earlier: KnownLead,
  noted: readonly Reason[],
): Promise<Admission> {
  if (earlier.outcome !== 'quarantined') return repeated(earlier);
  const decided = { row: row ?? null };
  const admission =
    earlier.corrected && earlier.draft
      ? await settle(trx, source, earlier.id, normalise(earlier.draft), decided, { noted })
      : await settle(trx, source, earlier.id, lead, { ...decided, draft, sent: true }, { noted });
  return { ...admission, repeated: row !== undefined && earlier.id_import === row.import };
}

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
  const lead = await insertLead(trx, { id_source: source.id, external_id, draft, row: undefined });
  if (lead === undefined) return undefined;
  const held = { outcome: 'quarantined', reasons: [{ code: 'postponed' }] } as const;
  await settleLead(trx, lead, held);
  await insertPostponed(trx, lead, seconds);
  return { lead, ...held, ...NOBODY, repeated: false };
}

/** Runs the routine again on a locked lead that was postponed; one that is not any more stays as it is. */
export async function retry(trx: Transaction<Crm>, source: Source, lead: Lead): Promise<void> {
  const { id, outcome, reasons, draft } = lead;
  const waits = outcome === 'quarantined' && reasons.some(({ code }) => code === 'postponed');
  if (waits && draft) await settle(trx, source, id, normalise(draft), {});
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
  lead: number,
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
  return settle(trx, source, lead.id, normalise(draft), { draft, row });
}

async function settle(
  trx: Transaction<Crm>,
  source: Source,
  id: number,
  lead: NormalisedLead,
  decided: Pick<Settlement, 'draft' | 'sent' | 'by' | 'row'>,
  { cameBack = false, noted = [] }: { cameBack?: boolean; noted?: readonly Reason[] } = {},
): Promise<Admission> {
  const programme = await findProgramme(trx, source, lead);
  const identities = identitiesOfLead(lead);
  await lockAgainstErasure(trx, identities);
  const erased = await findErasure(trx, identities);
  const judged = judge(source, lead, { programme, erased }, decided.by !== undefined);
  const found = [...judged, ...noted];
  // As long as anything else keeps the lead here, that its person was erased is told, too.
  const first = cameBack ? found.filter(({ code }) => code !== 'person_erased') : found;
  if (programme.id === undefined || quarantines(first)) {
    const held = { outcome: 'quarantined', reasons: found } as const;
    await settleLead(trx, id, { ...held, ...decided });
    return { lead: id, ...held, ...NOBODY, repeated: false };
  }
  const person = await identify(trx, lead);
  const reasons = [...first, ...person.reasons];
  const { action, effects } = await place(
    trx,
    source,
    lead,
    person,
    programme.id,
    reasons,
    decided.by,
  );
  // An operator says that it is by the person's own wish. Last, as an erasure writes it last.
  if (erased) await forgetErasure(trx, identities);
  const outcome = effects.madeAction ? 'accepted' : 'merged';
  const { prospect, matched_on } = person;
  await settleLead(trx, id, {
    ...{ outcome, reasons, matched_on, id_prospect: prospect, id_action: action, effects },
    ...decided,
  });
  return {
    ...{ lead: id, outcome, action_id: action, prospect_id: prospect, matched_on, reasons },
    repeated: false,
  };
}

/** Makes the action of a lead, or joins the open one of the same person and programme. */
async function place(
  trx: Transaction<Crm>,
  source: Source,
  lead: NormalisedLead,
  person: Identified,
  programme: number,
  reasons: readonly Reason[],
  operator: string | undefined,
): Promise<{ action: number; effects: Effects }> {
  const text = [lead.commentaire, ...person.differences].filter(Boolean).join(PARAGRAPH) || null;
  const statut = wantsReview(reasons) ? source.id_statut_review : source.id_statut;
  const by = operator
    ? { actor: operator, reason: 'released from quarantine' }
    : { actor: `source:${source.nom}`, reason: reviewReason(reasons) };
  const { identities, filled, made: madeProspect } = person;
  const open = madeProspect
    ? undefined
    : await lockOpenAction(trx, person.prospect, programme, { at: lead.createdAt ?? null, statut });

  if (!open) {
    const action = await insertAction(
      trx,
      {
        ...lead.campaign,
        id_prospect: person.prospect,
        id_programme: programme,
        id_statut: statut,
        id_origine: source.id_origine,
        id_type_contact: source.id_type_contact,
        id_type_action: source.id_type_action,
        commentaire: text,
        source_reference: lead.source_reference,
        created_at: lead.createdAt ?? null,
      },
      by,
    );
    const none = {
      appended: null,
      echoed: null,
      campaign: {},
      statutBefore: null,
      readyBefore: null,
    };
    return { action, effects: { madeProspect, madeAction: true, filled, identities, ...none } };
  }
  // A message that is there already, as after a double click, is not written twice.
  const isThere = text !== null && bounded(open.commentaire ?? '').includes(bounded(text));
  const [appended, echoed] = isThere ? [null, text] : [text, null];
  const campaign = completed(campaignFields, open, lead.campaign);
  await joinAction(trx, open.id, { text: appended, campaign });
  // A rule that lets this lead be handed out at once holds for what it joins.
  if (open.behind) await setStatut(trx, [open.id], statut, by);
  const [statutBefore, readyBefore] = open.behind ? [open.id_statut, open.ready_at] : [null, null];
  const added = { appended, echoed, campaign, statutBefore, readyBefore };
  return {
    action: open.id,
    effects: { madeProspect, madeAction: false, filled, identities, ...added },
  };
}

const reviewReason = (reasons: readonly Reason[]): string | undefined =>
  wantsReview(reasons) ? reasons.map(({ code }) => code).join(', ') : undefined;

const NOBODY = { action_id: null, prospect_id: null, matched_on: [] } as const;

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
