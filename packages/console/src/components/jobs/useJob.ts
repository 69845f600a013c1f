import type { Job } from '@relais/contract';
import { useOperation } from '../../api/useOperation.ts';

/** How often work that goes on is asked for its progress. */
export const PROGRESS_EVERY = 1_000;

export const isLive = ({ state }: Pick<Job, 'state'>): boolean =>
  state === 'queued' || state === 'running';

/** One job, asked for each second until it has ended; undefined asks for none. */
export function useJob(id: number | undefined) {
  return useOperation(
    'getJob',
    { id: id ?? 0 },
    {
      enabled: id !== undefined,
      every: (job) => (job && isLive(job) ? PROGRESS_EVERY : false),
    },
  );
}
