import { Group, Progress, Stack, Text } from '@mantine/core';
import type { Job } from '@relais/contract';
import { useFormats } from '../../texts/useFormats.ts';
import { useErrorTexts } from '../useErrorText.ts';
import { countsInOrder } from './countsInOrder.ts';
import { isLive } from './live.ts';
import { useJobTexts } from './useJobTexts.ts';

interface JobProgressProps {
  readonly job: Pick<Job, 'state' | 'done' | 'total' | 'counts' | 'stopping' | 'problem'>;
}

/** How far a job has come and what it has come to so far; why it failed or waits. */
export function JobProgress({ job }: JobProgressProps) {
  const texts = useJobTexts();
  const formats = useFormats();
  const { said, other } = useErrorTexts();
  const { done, total, problem, stopping } = job;
  const told = countsInOrder(job.counts).map(([count, value]) => texts.counts[count](value));
  return (
    <Stack gap={6}>
      {isLive(job) && (
        <>
          <Bar {...job} />
          <Group justify="space-between" gap="xs" fz="sm" c="dimmed">
            <span>{stopping ? texts.stopping : texts.states[job.state]}</span>
            <span>
              {total === null
                ? formats.number(done)
                : texts.progressOf(formats.number(done), formats.number(total))}
            </span>
          </Group>
        </>
      )}
      {told.length > 0 && <Text fz="sm">{told.join(' · ')}</Text>}
      {problem && (
        <Text fz="sm" c={isLive(job) ? 'dimmed' : 'var(--mantine-color-error)'}>
          {said(problem) ?? other}
        </Text>
      )}
    </Stack>
  );
}

/** A bar: empty while the job waits, and one that moves while nobody knows how much there is. */
function Bar({ state, done, total }: Pick<Job, 'state' | 'done' | 'total'>) {
  const texts = useJobTexts();
  const known = total !== null || state === 'queued';
  const percent = total ? Math.floor((100 * done) / total) : 0;
  return (
    <Progress.Root size="sm" radius="xl">
      <Progress.Section
        value={known ? percent : 100}
        animated={!known}
        striped={!known}
        {...(known ? {} : { color: 'gray' })}
        aria-label={texts.progress}
        {...(known ? {} : { 'aria-valuetext': texts.states[state] })}
      />
    </Progress.Root>
  );
}
