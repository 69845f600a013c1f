import type { Kysely } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import type { CrmDatabase } from '../installation/databases.ts';
import type { Progress, TakenJob } from '../store/jobs.ts';

/** A job that this process has taken, as the code of its kind sees it. */
export interface JobRun {
  readonly database: CrmDatabase;
  readonly job: TakenJob;
  /** Aborted, with a JobStopped, when the job is to stop. */
  readonly signal: AbortSignal;
  /**
   * Notes how far the job has come; inside the transaction of what it tells of, where there is one.
   * Fails with JobStopped when the job is to stop: call it between two steps.
   */
  advance(progress: Progress, trx?: Kysely<Crm>): Promise<void>;
}

/** Does a job; gives what it has come to. What it is asked again after a break it does once. */
export type JobWork = (run: JobRun) => Promise<Progress>;

/** Why a job stops before its end: the server closes; somebody cancels it; another took it. */
export class JobStopped extends Error {
  readonly why: 'closing' | 'cancelled' | 'lost';
  constructor(why: JobStopped['why']) {
    super(`the job stops: ${why}`);
    this.name = 'JobStopped';
    this.why = why;
  }
}

/** Why a job can not be done, as a sentence for whoever asked. */
export class JobProblem extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'JobProblem';
  }
}
