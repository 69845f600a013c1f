import { Group, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import type { ApiError } from '../api/apiError.ts';
import { CancelButton } from './CancelButton.tsx';
import { Dialog } from './Dialog.tsx';
import { ErrorState } from './ErrorState.tsx';
import { SubmitButton } from './SubmitButton.tsx';
import { useComponentTexts } from './useComponentTexts.ts';
import { useFaultFocus } from './useFaultFocus.ts';

interface FormModalProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** The verb of the button; "Enregistrer" when left out. */
  readonly verb?: string;
  readonly pending: boolean;
  /** A refusal that no field shows: see fieldErrors. */
  readonly error?: ApiError | null;
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  readonly size?: string;
  readonly children: ReactNode;
}

/** A form in a dialog: its fields, a refusal, and its two buttons. */
export function FormModal(props: FormModalProps) {
  const texts = useComponentTexts();
  const { form, sent } = useFaultFocus(props.pending);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    props.onSubmit(event);
    sent();
  };
  return (
    <Dialog
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      size={props.size}
      pending={props.pending}
    >
      <form ref={form} onSubmit={submit} noValidate>
        <Stack gap="md">
          {props.children}
          {props.error && <ErrorState error={props.error} />}
          <Group justify="flex-end" gap="xs">
            <CancelButton pending={props.pending} onCancel={props.onClose} />
            <SubmitButton pending={props.pending}>{props.verb ?? texts.save}</SubmitButton>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
