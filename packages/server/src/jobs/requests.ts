import { operatorOperations } from '@relais/contract';
import { z } from 'zod';
import { JobProblem } from './jobRun.ts';

/** What the request of a job holds, by its kind. It may be of an earlier version of the program. */
export const jobRequests = {
  import: z.object({
    separator: z.string().optional(),
    encoding: z.string().optional(),
    sheet: z.string().optional(),
  }),
  export: operatorOperations.exportContacts.request,
  statut: z.object({
    asked: operatorOperations.changeStatuts.request,
    /** The newest action of the moment when it was asked for. */
    last: z.int().min(0),
  }),
};

export type JobRequest<Kind extends keyof typeof jobRequests> = z.output<
  (typeof jobRequests)[Kind]
>;

/** Reads the request of a job. */
export function readRequest<Schema extends z.ZodType>(
  schema: Schema,
  request: unknown,
): z.output<Schema> {
  const read = schema.safeParse(request);
  if (read.success) return read.data;
  throw new JobProblem('An earlier version of the program was asked for this: ask anew.');
}
