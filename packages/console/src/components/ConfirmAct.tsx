import { Group, List, Stack, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { ApiError } from '../api/apiError.ts';
import { CancelButton } from './CancelButton.tsx';
import { Dialog } from './Dialog.tsx';
import { ErrorState } from './ErrorState.tsx';
import { SubmitButton } from './SubmitButton.tsx';
import { useComponentTexts } from './useComponentTexts.ts';
import { useFaultFocus } from './useFaultFocus.ts';

interface ConfirmActProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** A question: "Révoquer cette clé ?" */
  readonly title: string;
  /** What will happen, one sentence each. */
  readonly effects: readonly string[];
  /** The verb of the button: "Révoquer". */
  readonly verb: string;
  /** A word to type first, for what cannot be undone. */
  readonly typed?: string;
  /** False for an act that harms nothing. */
  readonly danger?: boolean;
  readonly pending?: boolean;
  readonly error?: ApiError | null;
  readonly onConfirm: () => void;
  /** More to fill in, such as a reason. */
  readonly children?: ReactNode;
}

/** Asks before an act: says what it will do, and may ask for a word to be typed. */
export function ConfirmAct(props: ConfirmActProps) {
  return (
    <Dialog
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      pending={props.pending}
    >
      <Question {...props} />
    </Dialog>
  );
}

/** As a page shows it: a name with two spaces inside can be typed with one. */
const shown = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();

/** Apart, so that what was typed is gone when the dialog is opened again. */
function Question(props: ConfirmActProps) {
  const texts = useComponentTexts();
  const [word, setWord] = useState('');
  const { danger = true, typed, pending = false } = props;
  const { form, sent } = useFaultFocus(pending);
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        props.onConfirm();
        sent();
      }}
    >
      <Stack gap="md">
        <List fz="sm" spacing={4}>
          {props.effects.map((effect) => (
            <List.Item key={effect}>{effect}</List.Item>
          ))}
        </List>
        {props.children}
        {typed !== undefined && (
          <TextInput
            label={texts.confirm.type(typed)}
            labelProps={{ style: { overflowWrap: 'anywhere' } }}
            value={word}
            onChange={(event) => setWord(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            data-autofocus
          />
        )}
        {props.error && <ErrorState error={props.error} />}
        <Group justify="flex-end" gap="xs">
          <CancelButton pending={pending} onCancel={props.onClose} />
          <SubmitButton
            {...(danger ? { color: 'red.7' } : {})}
            pending={pending}
            disabled={typed !== undefined && shown(word) !== shown(typed)}
          >
            {props.verb}
          </SubmitButton>
        </Group>
      </Stack>
    </form>
  );
}
