import { noSuch, Refusal } from '../../refusal.ts';
import { findLead } from '../../store/leadsRead.ts';
import { namesOf } from '../../store/names.ts';
import type { DatabaseCall, OperatorHandler } from '../operatorCall.ts';
import { correctionOf, releaseOne } from '../releasing.ts';

export const releaseLead: OperatorHandler<'releaseLead'> = async (
  call,
  { id, cameBack, ...asked },
) => {
  const { database, actor } = call;
  const correction = await correctionOf(database, asked);
  const released = await releaseOne(database, id, correction, { by: actor, cameBack });
  if (!released) throw await notWaiting(call, id);
  if (released.prospect_id !== null) call.saw([released.prospect_id]);
  return released;
};

/** Why there is nothing to release: no such lead, or somebody was faster. */
async function notWaiting({ context, database }: DatabaseCall, id: number): Promise<Refusal> {
  const lead = await findLead(database.db, id);
  if (!lead) return noSuch('lead', id);
  const who = lead.settled_by;
  const names = await namesOf(context.databases.catalog, database.db, who === null ? [] : [who]);
  const by = who === null ? '' : ` by ${names.get(who) ?? who}`;
  return new Refusal(
    'changed_meanwhile',
    `The lead ${id} waits no longer: it was ${lead.outcome}${by}.`,
  );
}
