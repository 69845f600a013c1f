import { Badge, Group } from '@mantine/core';
import type { Person } from './person.ts';
import { useTexts } from './useTexts.ts';

const colors = { active: 'accent', invited: 'yellow', disabled: 'gray' } as const;

/** Whether a person can sign in, and whether an invitation has run out unused. */
export function PersonState({ person }: { readonly person: Person }) {
  const texts = useTexts();
  const { state, link_expires_at } = person;
  return (
    <Group gap={4} wrap="nowrap" component="span">
      <Badge color={colors[state]}>{texts.states[state]}</Badge>
      {state === 'invited' && link_expires_at === null && (
        <Badge color="red">{texts.expired}</Badge>
      )}
    </Group>
  );
}
