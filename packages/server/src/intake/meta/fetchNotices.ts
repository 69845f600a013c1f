import { errorFields } from '../../log/log.ts';
import type { DueNotice } from '../../store/metaNotices.ts';
import type { Graph } from './graph.ts';
import { GraphError } from './graphError.ts';
import { heed, type MetaJob } from './job.ts';
import { draftOfGraphLead } from './lead.ts';
import type { MetaSource } from './metaStore.ts';
import { nextAttempt, problemOf } from './retry.ts';

/** Leads that are fetched at once for one source. */
const AT_ONCE = 8;
/** Well over the time that a fetch may take. */
const LEASE_SECONDS = 60;

/**
 * Fetches the leads of one source that Meta told of, a batch of them; true when more may be due.
 * A notice ends stored, postponed or given up. Should the process die, or the store, its lease runs
 * out and it is due again.
 */
export async function fetchNotices(job: MetaJob, source: MetaSource): Promise<boolean> {
  if (job.limited.left(source.nom) > 0) return false;
  const due = await job.store.takeDue(source, AT_ONCE, LEASE_SECONDS);
  const graph = job.graphOf(source);
  await Promise.all(due.map((notice) => fetchOne(job, source, graph, notice)));
  return due.length === AT_ONCE;
}

async function fetchOne(
  job: MetaJob,
  source: MetaSource,
  graph: Graph,
  notice: DueNotice,
): Promise<void> {
  try {
    await job.store.admit(source, draftOfGraphLead(await graph.lead(notice.leadgenId)));
  } catch (failure) {
    if (!(failure instanceof GraphError)) {
      job.log.error({ source: source.nom, ...errorFields(failure) }, 'a lead was not stored');
    }
    await settle(job, source, notice, failure).catch((error) => {
      // Its lease runs out, and it is due again.
      job.log.error({ source: source.nom, ...errorFields(error) }, 'a notice was not settled');
    });
  }
}

async function settle(
  job: MetaJob,
  source: MetaSource,
  { leadgenId, attempts, receivedAt }: DueNotice,
  failure: unknown,
): Promise<void> {
  // Broken off by us: another process may fetch it at once.
  if (job.closing.aborted) return job.store.postpone(source, leadgenId, 0, 'stopped');
  heed(job, source, failure);
  const age = (job.now() - receivedAt.getTime()) / 1000;
  const seconds = nextAttempt(failure, { attempts, age, chance: job.random() });
  if (seconds === undefined) return job.store.giveUp(source, leadgenId);
  return job.store.postpone(source, leadgenId, seconds, problemOf(failure));
}
