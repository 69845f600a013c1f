import { SegmentedControl, Skeleton, Stack } from '@mantine/core';
import IconProgressCheck from '@tabler/icons-react/icons/IconProgressCheck';
import { useState } from 'react';
import { useOperation } from '../../api/useOperation.ts';
import { Details } from '../Details.tsx';
import { EmptyState } from '../EmptyState.tsx';
import { ErrorState } from '../ErrorState.tsx';
import { JobItem } from './JobItem.tsx';
import classes from './Jobs.module.css';
import { isLive, PROGRESS_EVERY } from './live.ts';
import { useJobTexts } from './useJobTexts.ts';
import { useJobsPanel, useOwnJobs } from './useOwnJobs.ts';

/** Long work beside any screen: one's own, or that of everybody. */
export default function JobsPanel() {
  const texts = useJobTexts();
  const { opened, close } = useJobsPanel();
  return (
    <Details opened={opened} onClose={close} title={texts.title} about={texts.about}>
      <Content />
    </Details>
  );
}

function Content() {
  const texts = useJobTexts();
  const [whose, setWhose] = useState('mine');
  return (
    <Stack gap="xs">
      <SegmentedControl
        aria-label={texts.whose}
        value={whose}
        onChange={setWhose}
        data={[
          { value: 'mine', label: texts.mine },
          { value: 'all', label: texts.all },
        ]}
        style={{ alignSelf: 'flex-start' }}
      />
      {whose === 'mine' ? <OwnJobs /> : <AllJobs />}
    </Stack>
  );
}

const OwnJobs = () => <List query={useOwnJobs()} />;

function AllJobs() {
  const query = useOperation(
    'listJobs',
    { limit: 50 },
    { every: (last) => (last?.items.some(isLive) ? PROGRESS_EVERY : 10_000) },
  );
  return <List query={query} />;
}

function List({ query }: { readonly query: ReturnType<typeof useOwnJobs> }) {
  const texts = useJobTexts();
  const { data, error, refetch } = query;
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={96} mt="sm" />;
  if (data.items.length === 0) return <EmptyState icon={IconProgressCheck} {...texts.empty} />;
  return (
    <ul className={classes.jobs}>
      {data.items.map((job) => (
        <JobItem key={job.job_id} job={job} />
      ))}
    </ul>
  );
}
