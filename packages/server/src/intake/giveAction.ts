import type { Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import {
  bounded,
  findLoadedAction,
  insertAction,
  joinAction,
  lockOpenAction,
  PARAGRAPH,
  setStatut,
} from '../store/actions.ts';
import type { Effects } from '../store/leads.ts';
import type { Source } from '../store/sources.ts';
import { completed, type Identified } from './identify.ts';
import { ChangedMeanwhile } from './inTransaction.ts';
import { wantsReview } from './judge.ts';
import { campaignFields } from './leadDraft.ts';
import type { NormalisedLead } from './normalise.ts';
import type { Reason } from './reason.ts';

/** What was found out of a lead that may come in. */
interface Placed {
  /** Its person, who is locked. */
  readonly person: Identified;
  /** The id of its programme. */
  readonly programme: number;
  /** What was noticed of it. */
  readonly reasons: readonly Reason[];
  /** When the enquiry was made. */
  readonly at: Date;
  /** The operator who lets it in; undefined: the rules of its source do. */
  readonly releasedBy: string | undefined;
}

/**
 * Makes the action of a lead, or joins the open one of the same person and programme. One that was
 * loaded as an action under its own id is that one, and adds nothing to it.
 */
export async function giveAction(
  trx: Transaction<Crm>,
  source: Source,
  lead: NormalisedLead,
  { person, programme, reasons, at, releasedBy }: Placed,
): Promise<{ action: number; effects: Effects }> {
  const text = [lead.commentaire, ...person.differences].filter(Boolean).join(PARAGRAPH) || null;
  const statut = wantsReview(reasons) ? source.id_statut_review : source.id_statut;
  const by = releasedBy
    ? { actor: releasedBy, reason: 'released from quarantine' }
    : { actor: `source:${source.nom}`, reason: reviewReason(reasons) };
  const { identities, filled, made: madeProspect } = person;
  const own = { madeProspect, filled, identities };
  const none = { appended: null, campaign: {}, statutBefore: null, readyBefore: null };
  const loaded =
    madeProspect || lead.externalId === undefined || lead.source_reference === null
      ? undefined
      : await findLoadedAction(trx, person.prospect, programme, lead.source_reference);
  if (loaded !== undefined) {
    return { action: loaded, effects: { ...own, ...none, madeAction: false, echoed: text } };
  }
  const open = madeProspect
    ? undefined
    : await lockOpenAction(trx, person.prospect, programme, { at, statut });

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
        created_at: at,
      },
      by,
    );
    if (action === undefined) throw new ChangedMeanwhile('the programme of the lead is gone');
    return { action, effects: { ...own, ...none, madeAction: true, echoed: null } };
  }
  // A message that is there already, as after a double click, is not written twice.
  const isThere = text !== null && bounded(open.commentaire ?? '').includes(bounded(text));
  const [appended, echoed] = isThere ? [null, text] : [text, null];
  const campaign = completed(campaignFields, open, lead.campaign);
  await joinAction(trx, open.id, { text: appended, campaign });
  // A rule that lets this lead be handed out at once holds for what it joins, not against an operator.
  if (open.behind) await setStatut(trx, [open.id], statut, by);
  const [statutBefore, readyBefore] = open.behind ? [open.id_statut, open.ready_at] : [null, null];
  const added = { appended, echoed, campaign, statutBefore, readyBefore };
  return { action: open.id, effects: { ...own, ...added, madeAction: false } };
}

const reviewReason = (reasons: readonly Reason[]): string | undefined =>
  wantsReview(reasons) ? reasons.map(({ code }) => code).join(', ') : undefined;
