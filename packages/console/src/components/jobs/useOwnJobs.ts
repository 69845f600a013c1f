import { useCallback } from 'react';
import { useOperation } from '../../api/useOperation.ts';
import { param } from '../../lib/urlState.ts';
import { useUrlState } from '../../lib/useUrlState.ts';
import { useSession } from '../../shell/session.ts';
import { isLive, PROGRESS_EVERY } from './live.ts';

/** The latest jobs of the person: what the shell tells of. */
const ownJobs = { mine: true, limit: 20 };
const REST = 30_000;

/** Whether the person may see jobs at all. */
export const useMaySeeJobs = (): boolean => {
  const { can, database } = useSession();
  return database !== undefined && can('admin', 'operateur', 'dpo');
};

/** One's own jobs, newest first. Only one component `watches`; the others follow it. */
export function useOwnJobs({ watches = false } = {}) {
  const enabled = useMaySeeJobs();
  return useOperation('listJobs', ownJobs, {
    enabled,
    ...(watches && {
      every: (last) => (last?.items.some(isLive) ? PROGRESS_EVERY : REST),
    }),
  });
}

const shape = { jobs: param.flag };

/** Whether the panel of jobs is open, `?jobs=true`: it survives a reload. */
export function useJobsPanel() {
  const [{ jobs }, set] = useUrlState(shape);
  return {
    opened: jobs,
    open: useCallback(() => set({ jobs: true }, { push: true, keepsPage: true }), [set]),
    close: useCallback(() => set({ jobs: false }, { keepsPage: true }), [set]),
  };
}
