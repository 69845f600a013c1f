import { errorFields } from '../../log/log.ts';
import type { DueForm } from '../../store/metaForms.ts';
import { GraphError } from './graphError.ts';
import { heed, type MetaJob } from './job.ts';
import { draftOfGraphLead } from './lead.ts';
import type { MetaSource } from './metaStore.ts';
import { limitOf, problemOf } from './retry.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const READ_EVERY = 15 * MINUTE;
/** After a failure that may be over soon. */
const READ_AGAIN = 2 * MINUTE;
/** A read that takes longer may be doubled by another process, which does no harm. */
const LEASE_SECONDS = 30 * MINUTE;
/** A lead may show up later than one that was made after it. */
const OVERLAP = HOUR;
/** As long as Meta is said to keep leads; its page on retrieving them does not tell. */
const FIRST_READ = 90 * DAY;

/**
 * Reads the forms of one source that are due, for leads whose notice never came. It keeps one
 * promise: the watermark of a form never passes a lead that is not stored.
 */
export async function readForms(job: MetaJob, source: MetaSource): Promise<void> {
  if (job.limited.left(source.nom) > 0) return;
  for (const form of await job.store.takeForms(source, LEASE_SECONDS)) {
    await readForm(job, source, form);
  }
}

async function readForm(job: MetaJob, source: MetaSource, form: DueForm): Promise<void> {
  const { store, closing, limited } = job;
  if (closing.aborted) return store.formFailed(source, form.formId, 'stopped', 0);
  const wait = limited.left(source.nom);
  if (wait > 0) return store.formFailed(source, form.formId, 'limited', wait);
  try {
    const { newest, unstored } = await readPages(job, source, form);
    if (unstored === 0) return await store.formRead(source, form.formId, newest, READ_EVERY);
    await store.formFailed(source, form.formId, `${unstored} not stored`, READ_AGAIN);
  } catch (failure) {
    if (closing.aborted) return store.formFailed(source, form.formId, 'stopped', 0);
    if (!(failure instanceof GraphError)) throw failure;
    heed(job, source, failure);
    await store.formFailed(source, form.formId, problemOf(failure), readAgain(failure));
  }
}

function readAgain(failure: GraphError): number {
  if (failure.kind === 'limited') return limitOf(failure);
  return failure.kind === 'passing' ? READ_AGAIN : READ_EVERY;
}

/**
 * Reads a form to its last page and stores what it finds; tells when the newest lead was made, and
 * how many leads could not be stored. They do not keep the others from being stored. Pages come
 * newest first, so until the last one is read nothing is known to be complete.
 */
async function readPages(
  job: MetaJob,
  source: MetaSource,
  form: DueForm,
): Promise<{ newest: Date | undefined; unstored: number }> {
  const graph = job.graphOf(source);
  const since = new Date(
    form.watermark ? form.watermark.getTime() - OVERLAP * 1000 : job.now() - FIRST_READ * 1000,
  );
  let newest = form.watermark;
  let unstored = 0;
  const cursors = new Set<string>();
  for (let after: string | undefined; ; ) {
    const page = await graph.leads(form.formId, { since, after });
    for (const lead of page.leads) {
      job.closing.throwIfAborted();
      const draft = draftOfGraphLead(lead);
      try {
        await job.store.admit(source, draft);
        newest = later(newest, draft.createdAt, job.now());
      } catch (error) {
        unstored += 1;
        if (unstored > 1) continue;
        // The first is logged: the others will hardly differ, and there may be thousands.
        job.log.error({ source: source.nom, ...errorFields(error) }, 'a lead was not stored');
      }
    }
    after = page.after;
    if (after === undefined) return { newest, unstored };
    // Cursors that go round would never end.
    if (cursors.has(after)) throw new GraphError('passing');
    cursors.add(after);
  }
}

/** The later of two times, and not later than now: a clock of Meta's that is ahead skips nothing. */
function later(newest: Date | undefined, createdAt: string | undefined, now: number) {
  const time = Math.min(Date.parse(createdAt ?? ''), now);
  return time > (newest?.getTime() ?? Number.NEGATIVE_INFINITY) ? new Date(time) : newest;
}
