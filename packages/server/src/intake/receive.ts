import type { Kysely } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { lockTimedOut } from '../db/pool.ts';
import { lockLead } from '../store/leads.ts';
import { forgetPostponed, takePostponed } from '../store/postponedLeads.ts';
import { findSourceOfLead, type Source } from '../store/sources.ts';
import { admit, postpone, retry } from './admit.ts';
import { inTransaction } from './inTransaction.ts';
import type { LeadDraft } from './leadDraft.ts';
import type { Admission } from './settle.ts';

/** After so long a postponed lead is tried again, seconds. */
const AGAIN_SECONDS = 5;
/** After so long it is tried again once more; well over what a try may take. */
const LEASE_SECONDS = 30;

/**
 * Takes in a lead whose sender may never send it again, such as the visitor of a page. Where what it
 * needs is locked for longer than a request may wait (a programme that moves, a person in a file
 * that is imported), it is stored all the same, in quarantine as `postponed`, and tried again later.
 */
export async function receive(
  db: Kysely<Crm>,
  source: Source,
  draft: LeadDraft,
): Promise<Admission> {
  try {
    return await inTransaction(db, (trx) => admit(trx, source, draft));
  } catch (error) {
    if (!lockTimedOut(error)) throw error;
    const kept = await inTransaction(db, (trx) => postpone(trx, source, draft, AGAIN_SECONDS));
    // It is in the ledger already: its sender has an answer, or is told to ask again.
    if (!kept) throw error;
    return kept;
  }
}

/**
 * Tries the postponed lead again that has been due longest; false when none is due. What is still
 * locked is due again later, and so is what fails.
 */
export async function retryPostponed(db: Kysely<Crm>): Promise<boolean> {
  const id = await takePostponed(db, LEASE_SECONDS);
  if (id === undefined) return false;
  try {
    await inTransaction(db, async (trx) => {
      const source = await findSourceOfLead(trx, id);
      const lead = await lockLead(trx, id);
      if (source && lead) await retry(trx, source, lead);
      await forgetPostponed(trx, id);
    });
  } catch (error) {
    if (!lockTimedOut(error)) throw error;
  }
  return true;
}
