import { Anchor, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Job, OperatorOperationName } from '@relais/contract';
import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle';
import IconCheck from '@tabler/icons-react/icons/IconCheck';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef } from 'react';
import { fileAddress } from '../../api/fileAddress.ts';
import { keyOf } from '../../api/useOperation.ts';
import { useComponentTexts } from '../useComponentTexts.ts';
import { useErrorTexts } from '../useErrorText.ts';
import { isLive } from './live.ts';
import { useJobName } from './useJobName.ts';
import { useJobTexts } from './useJobTexts.ts';
import { useOwnJobs } from './useOwnJobs.ts';

/** What lists show otherwise once a job of a kind has ended. */
const CHANGED: Readonly<Record<Job['kind'], readonly OperatorOperationName[]>> = {
  import: ['searchContacts', 'listImports', 'getImport', 'listQuarantine', 'getToday'],
  undo: ['searchContacts', 'listImports', 'getImport', 'listQuarantine', 'getToday'],
  export: [],
  statut: ['searchContacts', 'getProspect', 'getToday'],
};

/** Tells in a corner when work that one has asked for ends, wherever one is by then. */
export function useJobNews(): void {
  const queries = useQueryClient();
  const texts = useJobTexts();
  const { close } = useComponentTexts();
  const nameOf = useJobName();
  const { said, other } = useErrorTexts();
  const { data } = useOwnJobs({ watches: true });
  /** Those whose end is known; undefined until the first answer, which tells of the past. */
  const known = useRef<ReadonlySet<number>>(undefined);

  const tell = useEffectEvent((job: Job) => {
    for (const name of CHANGED[job.kind]) {
      void queries.invalidateQueries({ queryKey: keyOf(name) });
    }
    if (job.state === 'cancelled') return;
    const failed = job.state === 'failed';
    const name = nameOf(job);
    notifications.show({
      ...(failed && { title: texts.news.failed(name) }),
      message: failed ? (
        (said(job.problem ?? '') ?? other)
      ) : (
        <Done job={job} text={texts.news.done(name)} />
      ),
      color: failed ? 'red' : 'accent',
      icon: failed ? <IconAlertTriangle size={16} /> : <IconCheck size={16} />,
      autoClose: 10_000,
      closeButtonProps: { 'aria-label': close },
    });
  });

  useEffect(() => {
    if (!data) return;
    const before = known.current;
    const ended = data.items.filter((job) => !isLive(job));
    known.current = new Set([...(before ?? []), ...ended.map(({ job_id }) => job_id)]);
    if (before) ended.filter(({ job_id }) => !before.has(job_id)).forEach(tell);
  }, [data]);
}

function Done({ job: { file, kind }, text }: { readonly job: Job; readonly text: string }) {
  const texts = useJobTexts();
  return (
    <Stack gap={2} align="flex-start">
      <Text fz="sm" style={{ overflowWrap: 'anywhere' }}>
        {text}
      </Text>
      {file && (
        <Anchor href={fileAddress(file.file_id)} download={file.nom} fz="sm">
          {texts.files[kind]}
        </Anchor>
      )}
    </Stack>
  );
}
