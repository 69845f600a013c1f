import { List, Select } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { ApiError } from '../api/apiError.ts';
import { FormModal } from './FormModal.tsx';

/** Hours that what is replaced may go on for. */
const OVERLAPS = [0, 1, 24, 72, 168, 720] as const;
const USUAL = '24';

interface RotateFormProps {
  readonly texts: {
    readonly title: string;
    readonly verb: string;
    readonly overlap: string;
    readonly overlaps: Readonly<Record<(typeof OVERLAPS)[number], string>>;
  };
  /** What it will do, a sentence each. */
  readonly effects: readonly string[];
  readonly pending: boolean;
  readonly error: ApiError | null;
  readonly onRotate: (overlapHours: number) => void;
  readonly onClose: () => void;
  /** What else is asked. */
  readonly children?: ReactNode;
}

/** Asks how long a secret that gets a successor goes on. */
export function RotateForm({ texts, effects, onRotate, children, ...form }: RotateFormProps) {
  const [hours, setHours] = useState<string>(USUAL);
  return (
    <FormModal
      opened
      {...form}
      title={texts.title}
      verb={texts.verb}
      onSubmit={(event) => {
        event.preventDefault();
        onRotate(Number(hours));
      }}
    >
      <List fz="sm" spacing={4}>
        {effects.map((effect) => (
          <List.Item key={effect}>{effect}</List.Item>
        ))}
      </List>
      <Select
        label={texts.overlap}
        data={OVERLAPS.map((overlap) => ({
          value: String(overlap),
          label: texts.overlaps[overlap],
        }))}
        value={hours}
        onChange={(value) => setHours(value ?? USUAL)}
        allowDeselect={false}
        data-autofocus
      />
      {children}
    </FormModal>
  );
}
