import { FILE_HOURS } from '@relais/contract';
import { type Change, changeStatutIn } from '../changes/changeStatut.ts';
import { readContactFilter } from '../contactFilter.ts';
import { growFile, insertFile } from '../store/files.ts';
import { listStatuts } from '../store/lists.ts';
import { allowLongWork } from '../store/longWork.ts';
import { countMatchesUpTo, matchesAfter } from '../store/statutJobs.ts';
import { frenchCsv } from '../text/frenchCsv.ts';
import { dayOf } from './day.ts';
import { JobProblem, type JobRun, type JobWork } from './jobRun.ts';
import { type JobRequest, jobRequests, readRequest } from './requests.ts';

const BATCH = 500;

/**
 * Gives a statut to every contact that a search finds, by id, and reports what became of each.
 * Each batch is one transaction with its part of the report and the place that it has come to, so
 * that after a break none is changed or reported twice.
 */
export const statutJob: JobWork = async (run) => {
  const { database, job } = run;
  const { db } = database;
  const { asked, last } = readRequest(jobRequests.statut, job.request);
  const statuts = await listStatuts(db);
  if (!statuts.some(({ id }) => id === asked.statutId)) {
    throw new JobProblem('The statut was deleted meanwhile.');
  }
  const report = job.output ?? (await begin(run, asked, last));
  let { position, done } = job;
  const counts = { changed: 0, unchanged: 0, refused: 0, ...job.counts };
  for (;;) {
    const range = { after: position, last, most: BATCH };
    const changes = await db.transaction().execute(async (trx) => {
      await allowLongWork(trx);
      const filter = readContactFilter(asked);
      const found = await matchesAfter(trx, filter, asked.sort, range);
      const changes = await changeStatutIn(trx, {
        actions: new Map(found.map(({ id, version }) => [id, version])),
        statut: asked.statutId,
        reason: asked.reason,
        by: job.by,
      });
      if (changes.length === 0) return changes;
      done += changes.length;
      for (const { outcome } of changes) counts[outcome] += 1;
      position = changes.at(-1)?.action ?? position;
      await growFile(trx, report, Buffer.from(frenchCsv(changes.map(reported))), FILE_HOURS);
      await run.advance({ done, position, counts }, trx);
      return changes;
    });
    if (changes.length < BATCH) break;
  }
  return { done, total: done, counts };
};

/** Counts what there is to do and begins the report; gives its id. */
async function begin(run: JobRun, asked: JobRequest<'statut'>['asked'], last: number) {
  const { database, job } = run;
  return database.db.transaction().execute(async (trx) => {
    await allowLongWork(trx);
    const total = await countMatchesUpTo(trx, readContactFilter(asked), asked.sort, last);
    const nom = `statuts-${dayOf(new Date())}.csv`;
    const output = await insertFile(trx, { nom, by: job.by });
    const titles = ['N° de contact', 'Résultat', 'Explication'];
    await growFile(trx, output, Buffer.from(frenchCsv([titles], { bom: true })), FILE_HOURS);
    await run.advance({ total, output }, trx);
    return output;
  });
}

const outcomes: Readonly<Record<Change['outcome'], string>> = {
  changed: 'changé',
  unchanged: 'inchangé',
  refused: 'refusé',
};

const reported = ({ action, outcome, problem }: Change): string[] => [
  String(action),
  outcomes[outcome],
  problem ?? '',
];
