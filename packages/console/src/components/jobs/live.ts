import type { Job } from '@relais/contract';

/** How often work that goes on is asked for its progress. */
export const PROGRESS_EVERY = 1_000;

export const isLive = ({ state }: Pick<Job, 'state'>): boolean =>
  state === 'queued' || state === 'running';
