import IconProgressCheck from '@tabler/icons-react/icons/IconProgressCheck';
import { lazy, Suspense, useMemo } from 'react';
import { useCommands } from '../../shell/commands.ts';
import { useJobNews } from './useJobNews.tsx';
import { useJobTexts } from './useJobTexts.ts';
import { useJobsPanel, useMaySeeJobs } from './useOwnJobs.ts';

const JobsPanel = lazy(() => import('./JobsPanel.tsx'));

/** Long work, in the shell: follows one's own and shows the panel when it is asked for. */
export function Jobs() {
  const maySee = useMaySeeJobs();
  const { title } = useJobTexts();
  const { open } = useJobsPanel();
  useJobNews();
  useCommands(
    useMemo(
      () => (maySee ? [{ id: 'jobs', text: title, icon: IconProgressCheck, run: open }] : []),
      [maySee, title, open],
    ),
  );
  if (!maySee) return null;
  return (
    <Suspense fallback={null}>
      <JobsPanel />
    </Suspense>
  );
}
