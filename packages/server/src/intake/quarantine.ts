import type { CrmDatabase } from '../installation/databases.ts';
import { writeAudit } from '../store/audit.ts';
import { discardLead, lockLead } from '../store/leads.ts';
import { insertNotices } from '../store/metaNotices.ts';
import { findSourceOfLead } from '../store/sources.ts';
import { type Releaser, readmit } from './admit.ts';
import { inTransaction } from './inTransaction.ts';
import { correctedDraft, type LeadDraft } from './leadDraft.ts';
import type { Admission } from './settle.ts';

/** What an operator puts right before a lead is let in. */
export type Correction = Pick<
  LeadDraft,
  'programme' | 'telephone' | 'email' | 'consent' | 'nom' | 'prenom'
>;

/**
 * Lets a lead out of quarantine: the routine runs on it once more, with what the operator put
 * right. It may well stay, with the reasons that are left; one of somebody who was erased does,
 * unless the operator says of this very lead that they have come back. Undefined when no lead of this
 * id waits.
 */
export async function release(
  { db }: CrmDatabase,
  lead: number,
  correction: Correction,
  releaser: Releaser,
): Promise<Admission | undefined> {
  return inTransaction(db, async (trx) => {
    const source = await findSourceOfLead(trx, lead);
    const waiting = await lockLead(trx, lead);
    if (!source || waiting?.outcome !== 'quarantined' || !waiting.draft) return undefined;
    const { externalId, hints = [], unfetched } = waiting.draft;
    if (unfetched && externalId) {
      // The worker asks for it again, and lets it in when it is handed out.
      await insertNotices(trx, source.id, [{ leadgenId: externalId, hints }]);
    }
    const admission = await readmit(
      trx,
      source,
      waiting,
      correctedDraft(waiting.draft, correction),
      releaser,
    );
    await writeAudit(trx, {
      actor: releaser.by,
      act: 'lead.release',
      target: `lead:${lead}`,
      detail: {
        outcome: admission.outcome,
        corrected: Object.keys(correction).join(', '),
        ...(releaser.cameBack && { came_back: true }),
      },
    });
    return admission;
  });
}

/** Puts a lead away for good: it stays in the ledger. False when no lead of this id waits. */
export async function discard(
  { db }: CrmDatabase,
  lead: number,
  reason: string,
  by: string,
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const waiting = await lockLead(trx, lead);
    if (waiting?.outcome !== 'quarantined') return false;
    await discardLead(trx, waiting, by);
    const target = `lead:${lead}`;
    await writeAudit(trx, { actor: by, act: 'lead.discard', target, detail: { reason } });
    return true;
  });
}
