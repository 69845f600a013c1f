import { Badge, Group } from '@mantine/core';
import type { Key } from '../client.ts';
import { useTexts } from '../useTexts.ts';

const colors = { valid: 'accent', expired: 'gray', revoked: 'red' } as const;

/** Whether a key works, and whether it was seen where it must not be. */
export function KeyState({ apiKey }: { readonly apiKey: Key }) {
  const texts = useTexts().keys;
  return (
    <Group gap={4} wrap="nowrap" component="span">
      <Badge color={colors[apiKey.state]}>{texts.states[apiKey.state]}</Badge>
      {apiKey.exposed_at && apiKey.state === 'valid' && (
        <Badge color="yellow">{texts.exposed}</Badge>
      )}
    </Group>
  );
}
