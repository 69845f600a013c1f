import { isReleased, tookNothing, tookNothingEver } from '../failures.ts';
import { assertRepeatable, doneOf, newPull } from '../pullStore.ts';
import type { Relais } from '../relais.ts';
import type { Pull, PullParameters } from '../types.ts';
import { CliError, exitCodes } from './faults.ts';
import type { Entry, Journal } from './journal.ts';
import { isAddress, type Target } from './outputs/index.ts';
import type { From, Output } from './outputs/output.ts';

/** The most that one pull brings. */
const BATCH = 200;

export interface PullJob {
  readonly client: Relais;
  /** See `keyMark`. */
  readonly key: string;
  /** True when a pending pull of another key may be of the same client: the key was rotated. */
  readonly rotated: boolean;
  /** True when what an earlier run began for another address belongs to that of the target. */
  readonly moved: boolean;
  readonly journal: Journal;
  readonly target: Target;
  readonly parameters: PullParameters;
  /** How many contacts at the most. */
  readonly limit: number;
  readonly signal: AbortSignal;
  open(target: Target): Promise<Output>;
  /** Hears of each pull once its contacts are safe. */
  onPull(pull: Pull): void;
}

/**
 * Pulls until nothing is ready, first what an earlier process has left half done. The order makes
 * it safe to end at any moment: the journal names the pull before it is sent, and forgets it once
 * its contacts are safe. A repeat of the same pull brings the same contacts, and what the journal's
 * mark shows to be half written is written over.
 */
export async function pullAll(job: PullJob): Promise<void> {
  const left = job.limit - (await finishPending(job));
  await withOutput(job, job.target, (output) => pullInto(job, output, left));
}

/** Finishes what the journal names, if anything; gives how many contacts it was. */
export async function finishPending(job: PullJob): Promise<number> {
  const pending = await job.journal.load();
  return pending ? resume(job, pending) : 0;
}

/** Opens an output and has it to itself for as long as the work takes. */
async function withOutput<Result>(
  { open }: PullJob,
  target: Target,
  work: (output: Output) => Promise<Result>,
): Promise<Result> {
  const output = await open(target);
  const release = await output.take();
  try {
    return await work(output);
  } finally {
    await release();
  }
}

async function pullInto(job: PullJob, output: Output, most: number): Promise<void> {
  let left = most;
  while (left > 0) {
    const mark = await output.mark();
    const begun = newPull(left < BATCH ? { ...job.parameters, limit: left } : job.parameters);
    const entry: Entry = { ...begun, key: job.key, ...job.target, mark, end: mark };
    await job.journal.save(entry);
    const pull = await finish(job, entry, output).catch(async (error) => {
      if (tookNothing(error)) await job.journal.clear();
      throw error;
    });
    left -= pull.contacts.length;
    if (pull.contacts.length === 0 || pull.remaining === 0) return;
  }
}

async function resume(job: PullJob, entry: Entry): Promise<number> {
  if (entry.key !== job.key && !job.rotated) {
    throw new CliError(
      'An earlier pull was begun with another API key and is not finished: run it with that key, or with --rotated if this key has replaced it.',
      exitCodes.usage,
    );
  }
  assertRepeatable(entry, job.journal.path, 'remove the file');
  const { output } = job.target;
  const isMoved = job.moved && isAddress(entry.output) && isAddress(output);
  const placed = isMoved ? { ...entry, output } : entry;
  return withOutput(job, placed, (opened) => finishEarlier(job, placed, opened));
}

async function finishEarlier(job: PullJob, entry: Entry, output: Output): Promise<number> {
  try {
    return (await finish(job, entry, output)).contacts.length;
  } catch (error) {
    if (tookNothingEver(error)) {
      await job.journal.clear();
      return 0;
    }
    // It was released since: its contacts come with another pull. Half of them may be written.
    if (!isReleased(error)) throw error;
    await job.journal.assertOurs();
    await output.write([], fromOf(job, entry, entry.pull));
    await job.journal.clear();
    return 0;
  }
}

async function finish(job: PullJob, entry: Entry, output: Output): Promise<Pull> {
  const { idempotencyKey, parameters } = entry;
  const pull = await job.client.pullContacts(parameters, { idempotencyKey, signal: job.signal });
  await job.journal.assertOurs();
  // A repeat may leave out everything: what is half written of it is cut off all the same.
  const isBegun = entry.pull !== undefined;
  if (pull.contacts.length > 0 || isBegun) {
    await output.write(pull.contacts, fromOf(job, entry, pull.id));
  }
  await job.journal.clear();
  job.onPull(pull);
  return pull;
}

function fromOf({ journal, key, signal }: PullJob, entry: Entry, pull: string | undefined): From {
  const done = new Set(doneOf(entry, { key, pull }));
  return {
    mark: entry.mark,
    end: entry.end ?? Number.POSITIVE_INFINITY,
    pull,
    done,
    signal,
    onPlace: (mark, end) => journal.save({ ...entry, mark, end, pull }),
    async onDone(actionId: number) {
      done.add(actionId);
      await journal.save({ ...entry, done: [...done], pull });
    },
  };
}
