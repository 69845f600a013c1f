import { ActionIcon, Badge, UnstyledButton } from '@mantine/core';
import IconProgressCheck from '@tabler/icons-react/icons/IconProgressCheck';
import { useLabelled } from '../../lib/useLabelled.ts';
import classes from './Jobs.module.css';
import { isLive } from './live.ts';
import { useJobTexts } from './useJobTexts.ts';
import { useJobsPanel, useMaySeeJobs, useOwnJobs } from './useOwnJobs.ts';

interface JobsButtonProps {
  /** The class of a line of the navigation; without it the button is an icon. */
  readonly className?: string | undefined;
}

/** Opens the panel of jobs, and tells how many of one's own go on. */
export function JobsButton({ className }: JobsButtonProps) {
  const texts = useJobTexts();
  const labelled = useLabelled();
  const { open } = useJobsPanel();
  const live = useOwnJobs().data?.items.filter(isLive).length ?? 0;
  if (!useMaySeeJobs()) return null;
  const label = live > 0 ? labelled(texts.title, texts.running(live)) : texts.title;
  if (className === undefined) {
    return (
      <ActionIcon aria-label={label} onClick={open} size="lg">
        <IconProgressCheck size={20} stroke={1.6} />
        {live > 0 && <span className={classes.dot} />}
      </ActionIcon>
    );
  }
  return (
    <UnstyledButton className={className} onClick={open} aria-label={label}>
      <IconProgressCheck size={17} stroke={1.6} aria-hidden />
      {texts.title}
      {live > 0 && (
        <Badge variant="filled" circle ml="auto">
          {live}
        </Badge>
      )}
    </UnstyledButton>
  );
}
