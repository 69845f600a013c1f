import type { Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { findErasure, forgetErasure, lockAgainstErasure } from '../store/erasure.ts';
import { type LedgerPlace, type Match, type Settlement, settleLead } from '../store/leads.ts';
import type { Source } from '../store/sources.ts';
import { giveAction } from './giveAction.ts';
import { identify, identitiesOfLead } from './identify.ts';
import { judge, quarantines } from './judge.ts';
import type { NormalisedLead } from './normalise.ts';
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

/** Who decides what becomes of a lead, and what replaces its draft; empty: the rules, and nothing. */
type Decided = Pick<Settlement, 'draft' | 'sent' | 'by' | 'row'>;

interface SettleOptions {
  /** An operator says that the person, who was erased, has come back by their own wish. */
  readonly cameBack?: boolean;
  /** What was noticed of the lead before. */
  readonly noted?: readonly Reason[];
}

/**
 * Settles a lead that is in the ledger and locked: it gets an action, joins one, or waits with the
 * reasons why.
 */
export async function settle(
  trx: Transaction<Crm>,
  source: Source,
  { id, received_at }: LedgerPlace,
  lead: NormalisedLead,
  decided: Decided,
  { cameBack = false, noted = [] }: SettleOptions = {},
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
    return leaveWaiting(trx, id, found, decided);
  }
  const person = await identify(trx, lead);
  const reasons = [...first, ...person.reasons];
  const { action, effects } = await giveAction(trx, source, lead, {
    ...{ person, programme: programme.id, reasons, releasedBy: decided.by },
    // Where its sender does not say when, it was made when it came, however long it waited since.
    at: lead.createdAt ?? received_at,
  });
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

/** Leaves a lead that is in the ledger in quarantine, with the reasons why. */
export async function leaveWaiting(
  trx: Transaction<Crm>,
  id: number,
  reasons: readonly Reason[],
  decided: Decided = {},
): Promise<Admission> {
  const outcome = 'quarantined';
  await settleLead(trx, id, { outcome, reasons, ...decided });
  const nobody = { action_id: null, prospect_id: null, matched_on: [] };
  return { lead: id, outcome, reasons, ...nobody, repeated: false };
}
