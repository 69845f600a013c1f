import { List, Select } from '@mantine/core';
import { useState } from 'react';
import { useChange } from '../../../api/useChange.ts';
import { FormModal } from '../../../components/FormModal.tsx';
import { changedBySource, type Source } from '../source.ts';
import { useTexts } from '../useTexts.ts';
import { IssuedToken } from './IssuedToken.tsx';

const OVERLAPS = [0, 1, 24, 72, 168, 720] as const;
const USUAL = '24';

interface RotateTokenProps {
  readonly source: Source;
  readonly onClose: () => void;
}

/** Gives a source a new token; the old one goes on for a while. */
export function RotateToken({ source, onClose }: RotateTokenProps) {
  const texts = useTexts().rotate;
  const [hours, setHours] = useState<string>(USUAL);
  const rotate = useChange('rotateSourceToken', {
    invalidates: changedBySource,
    tellsRefusal: false,
  });
  if (rotate.data) {
    return <IssuedToken source={source} token={rotate.data.token} onDone={onClose} />;
  }
  return (
    <FormModal
      opened
      onClose={onClose}
      title={texts.title}
      verb={texts.verb}
      pending={rotate.isPending}
      error={rotate.error}
      onSubmit={(event) => {
        event.preventDefault();
        rotate.mutate({ nom: source.nom, overlapHours: Number(hours) });
      }}
    >
      <List fz="sm" spacing={4}>
        {texts.effects.map((effect) => (
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
    </FormModal>
  );
}
