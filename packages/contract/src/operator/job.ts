import { z } from 'zod';
import { exampleMadeFile, madeFile } from './storedFile.ts';

/** What jobs do. */
export const jobKinds = ['import', 'undo', 'export', 'statut'] as const;

/** What is counted of a job, by its kind. */
export const jobCounts = [
  // import: rows that became a contact, joined one, wait in quarantine, or had come before.
  'accepted',
  'merged',
  'quarantined',
  'repeated',
  // undo: leads taken back, and those that stay.
  'undone',
  'kept',
  // export: contacts and persons in the file.
  'contacts',
  'persons',
  // statut: contacts that got it, had it, or were left as they are.
  'changed',
  'unchanged',
  'refused',
] as const;

export type JobCount = (typeof jobCounts)[number];

/** A piece of long work. It runs on the server, whether somebody looks or not. */
export const job = z
  .object({
    job_id: z.int().positive().describe('Identifies the job.'),
    kind: z.enum(jobKinds).describe('An import, taking one back, an export, or a bulk change.'),
    state: z
      .enum(['queued', 'running', 'done', 'failed', 'cancelled'])
      .describe(
        'queued: waits for its turn, or, where a problem is told, to be tried again by itself; failed: see problem; cancelled: stopped by somebody.',
      ),
    created_by: z.string().describe('Who asked for it: `staff:3`.'),
    created_by_nom: z.string().nullable().describe('Their name, where one is known.'),
    created_at: z.iso.datetime({ precision: 3 }).describe('When.'),
    started_at: z.iso.datetime({ precision: 3 }).nullable().describe('When it had its turn.'),
    finished_at: z.iso.datetime({ precision: 3 }).nullable().describe('When it ended.'),
    done: z.int().min(0).describe('How many rows or contacts it has come to.'),
    total: z.int().min(0).nullable().describe('Of how many; null while that is not known.'),
    subject: z
      .string()
      .nullable()
      .describe('What it works on, by name: the file imported, the statut given; null for others.'),
    import_id: z.int().positive().nullable().describe('The import that it does or takes back.'),
    counts: z
      .partialRecord(z.enum(jobCounts), z.int().min(0))
      .describe('What it has come to so far; which are there depends on the kind.'),
    problem: z
      .string()
      .nullable()
      .describe('Why it failed, and what to do, or why it has to wait; null otherwise.'),
    file: madeFile
      .nullable()
      .describe('What it made: an export, the rows that wait, the report of a bulk change.'),
    stopping: z.boolean().describe('True once it is to be cancelled and has not stopped yet.'),
    cancellable: z.boolean().describe('Whether you may cancel it now.'),
  })
  .meta({ id: 'Job' });

export type Job = z.infer<typeof job>;

export const exampleJob: Job = {
  job_id: 41,
  kind: 'export',
  state: 'done',
  created_by: 'staff:3',
  created_by_nom: 'Claire',
  created_at: '2026-11-23T08:59:58.000Z',
  started_at: '2026-11-23T08:59:58.010Z',
  finished_at: '2026-11-23T09:00:00.000Z',
  done: 412,
  total: 412,
  subject: null,
  import_id: null,
  counts: { contacts: 412, persons: 398 },
  problem: null,
  file: exampleMadeFile,
  stopping: false,
  cancellable: false,
};

/** The answer of an operation that starts one. */
export const startedJob = z.object({
  job_id: z.int().positive().describe('Ask getJob for its progress.'),
});
