import { List, Select } from '@mantine/core';
import { useState } from 'react';
import { useChange } from '../../../api/useChange.ts';
import { FormModal } from '../../../components/FormModal.tsx';
import type { Key } from '../client.ts';
import { useTexts } from '../useTexts.ts';
import { IssuedKey } from './IssuedKey.tsx';

const OVERLAPS = [0, 1, 24, 72, 168, 720] as const;
const USUAL = '24';

interface RotateKeyProps {
  readonly apiKey: Key;
  readonly onClose: () => void;
}

/** Gives a key a successor; the old one goes on for a while. */
export function RotateKey({ apiKey, onClose }: RotateKeyProps) {
  const texts = useTexts().rotate;
  const { client_nom: client } = apiKey;
  const [hours, setHours] = useState<string>(USUAL);
  const rotate = useChange('rotateKey', {
    invalidates: ['listKeys', 'listClients'],
    tellsRefusal: false,
  });
  if (rotate.data) {
    return <IssuedKey client={client} secret={rotate.data.key} onDone={onClose} />;
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
        rotate.mutate({ id: apiKey.id, overlapHours: Number(hours) });
      }}
    >
      <List fz="sm" spacing={4}>
        {texts.effects(client).map((effect) => (
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
