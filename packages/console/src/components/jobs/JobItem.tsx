import { Badge, Group, Stack, Text } from '@mantine/core';
import type { Job } from '@relais/contract';
import { When } from '../When.tsx';
import { CancelJob } from './CancelJob.tsx';
import { JobFile } from './JobFile.tsx';
import { JobProgress } from './JobProgress.tsx';
import classes from './Jobs.module.css';
import { isLive } from './live.ts';
import { OpenImport } from './OpenImport.tsx';
import { useJobName } from './useJobName.ts';
import { useJobTexts } from './useJobTexts.ts';

const COLORS = {
  queued: 'gray',
  running: 'accent',
  done: 'accent',
  failed: 'red',
  cancelled: 'gray',
} as const;

/** A job of the panel: what it is, how far it has come, and what it has made. */
export function JobItem({ job }: { readonly job: Job }) {
  const texts = useJobTexts();
  const name = useJobName()(job);
  return (
    <li className={classes.job} aria-label={name}>
      <Stack gap="xs">
        <Group justify="space-between" align="flex-start" wrap="nowrap" gap="sm">
          <div style={{ minWidth: 0 }}>
            <Text fw={500} lineClamp={3} style={{ overflowWrap: 'anywhere' }}>
              {name}
            </Text>
            <Text fz="sm" c="dimmed" component="div">
              <When at={job.created_at} />
              {job.created_by_nom !== null && ` · ${texts.by(job.created_by_nom)}`}
            </Text>
          </div>
          <Badge color={COLORS[job.state]} flex="none">
            {texts.states[job.state]}
          </Badge>
        </Group>
        <JobProgress job={job} />
        {job.kind === 'export' && job.state === 'done' && !job.file && (
          <Text fz="sm" c="dimmed">
            {texts.fileGone}
          </Text>
        )}
        <Group gap="xs" className={classes.acts ?? ''}>
          {!isLive(job) && <JobFile job={job} />}
          <OpenImport job={job} />
          <CancelJob job={job} />
        </Group>
      </Stack>
    </li>
  );
}
