import { describeContactFilter } from '../../contactFilter.ts';
import { invalidParameter, noSuch } from '../../refusal.ts';
import { writeAudit } from '../../store/audit.ts';
import { insertJob } from '../../store/jobs.ts';
import { listStatuts } from '../../store/lists.ts';
import { lastAction } from '../../store/statutJobs.ts';
import type { OperatorHandler } from '../operatorCall.ts';

export const changeStatuts: OperatorHandler<'changeStatuts'> = async (
  { context, database: { db }, actor },
  asked,
) => {
  const { statutId, reason, sort, ...filter } = asked;
  const statut = (await listStatuts(db)).find(({ id }) => id === statutId);
  if (!statut) throw noSuch('statut', statutId);
  if (sort !== 'longest_ready' && Object.values(filter).every((given) => given === undefined)) {
    throw invalidParameter('search', 'give it, or another filter: not all contacts at once');
  }
  const job = await db.transaction().execute(async (trx) => {
    const id = await insertJob(trx, {
      kind: 'statut',
      by: actor,
      request: { asked, last: await lastAction(trx) },
      subject: statut.designation,
    });
    if (id === undefined) throw new Error('a bulk change works on no import');
    await writeAudit(trx, {
      actor,
      act: 'contacts.statut',
      target: `job:${id}`,
      detail: { statut: statutId, reason, ...describeContactFilter(filter) },
    });
    return id;
  });
  context.jobs.wake();
  return { job_id: job };
};
