import { z } from 'zod';
import { answerCount, answerId, answerTime } from './parameters.ts';

/** An import as lists show it. */
export const listedImport = z
  .object({
    id: answerId('Identifies the import.'),
    source: z.string().describe('The source that its leads are of.'),
    file: z.string().describe('The name of the file.'),
    state: z
      .enum(['running', 'done', 'undone'])
      .describe(
        'running: it has not come to its end; when no job of it is live it was broken off, or runs on the command line, and startImport with the same file goes on with it.',
      ),
    started_at: answerTime('When it began.'),
    started_by: z.string().describe('Who: `staff:3` or `command:import`.'),
    started_by_nom: z.string().nullable().describe('Their name, where one is known.'),
    finished_at: answerTime('When it came to its end; null before.').nullable(),
    accepted: answerCount('Rows that became a contact of their own.'),
    merged: answerCount('Rows that joined an open contact of the same person.'),
    quarantined: answerCount('Rows that still wait in quarantine.'),
    repeated: answerCount('Rows that the source had sent before.'),
    undone: answerCount('Leads that were taken back.'),
    live: z.boolean().describe('True while a job of it is queued or runs.'),
    job_id: z.int().positive().nullable().describe('Its latest job; null when there is none.'),
  })
  .meta({ id: 'ListedImport' });

export type ListedImport = z.infer<typeof listedImport>;

export const exampleImport: ListedImport = {
  id: 12,
  source: 'salons',
  file: 'visiteurs.xlsx',
  state: 'done',
  started_at: '2026-11-23T08:59:58.000Z',
  started_by: 'staff:3',
  started_by_nom: 'Claire',
  finished_at: '2026-11-23T09:00:00.000Z',
  accepted: 398,
  merged: 9,
  quarantined: 5,
  repeated: 0,
  undone: 0,
  live: false,
  job_id: 41,
};
