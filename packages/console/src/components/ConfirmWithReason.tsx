import { Textarea } from '@mantine/core';
import { type ComponentProps, useState } from 'react';
import type { ApiError } from '../api/apiError.ts';
import { ConfirmAct } from './ConfirmAct.tsx';
import { useFieldErrors } from './useErrorText.ts';

interface ConfirmWithReasonProps
  extends Omit<ComponentProps<typeof ConfirmAct>, 'children' | 'error' | 'onConfirm'> {
  /** The label of the reason, and what is beneath it. */
  readonly reason: string;
  readonly reasonHint: string;
  readonly error: ApiError | null;
  readonly onConfirm: (reason: string) => void;
}

/** Asks before an act, and why: the parameter `reason` of its operation. */
export function ConfirmWithReason(props: ConfirmWithReasonProps) {
  const { reason: label, reasonHint, error, onConfirm, ...act } = props;
  const fieldErrors = useFieldErrors();
  const [reason, setReason] = useState('');
  const fields = fieldErrors(error, ['reason']);
  return (
    <ConfirmAct {...act} error={fields ? null : error} onConfirm={() => onConfirm(reason)}>
      <Textarea
        label={label}
        description={reasonHint}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={fields?.reason}
        required
        data-autofocus
        maxLength={500}
        autosize
        minRows={2}
      />
    </ConfirmAct>
  );
}
