import { Button } from '@mantine/core';
import type { Job } from '@relais/contract';
import { useState } from 'react';
import { useChange } from '../../api/useChange.ts';
import { ConfirmAct } from '../ConfirmAct.tsx';
import { useJobTexts } from './useJobTexts.ts';

/** Stops a job, after a question; nothing where the person may not, or it has ended. */
export function CancelJob({ job }: { readonly job: Pick<Job, 'job_id' | 'kind' | 'cancellable'> }) {
  const texts = useJobTexts();
  const [asked, setAsked] = useState(false);
  const cancel = useChange('cancelJob', {
    invalidates: ['listJobs', 'getJob'],
    tellsRefusal: false,
    onDone: () => setAsked(false),
  });
  if (!job.cancellable && !asked) return null;
  return (
    <>
      <Button variant="default" onClick={() => setAsked(true)}>
        {texts.stop}
      </Button>
      <ConfirmAct
        opened={asked}
        onClose={() => setAsked(false)}
        title={texts.stopTitle}
        effects={texts.stopEffects[job.kind]}
        verb={texts.stop}
        pending={cancel.isPending}
        error={cancel.error}
        onConfirm={() => cancel.mutate({ id: job.job_id })}
      />
    </>
  );
}
