import { Badge, Group, Text } from '@mantine/core';
import type { Answer } from '../../../api/call.ts';
import { ReasonBadge } from '../../../components/ReasonBadge.tsx';
import { useTexts } from '../useTexts.ts';

const COLORS = { accepted: 'accent', merged: 'accent', quarantined: 'red', discarded: 'gray' };

/** What an import would make of a row, and why. */
export function Verdict({ row }: { readonly row: Answer<'previewImport'>['items'][number] }) {
  const texts = useTexts().fresh;
  const { outcome, repeated, known, reasons } = row;
  const suggestions = reasons.flatMap(({ suggestion }) => suggestion ?? []);
  return (
    <Group gap={4} wrap="nowrap">
      <Badge color={COLORS[outcome]} flex="none">
        {texts.outcomes[outcome]}
      </Badge>
      {repeated && (
        <Badge color="gray" flex="none">
          {texts.repeated}
        </Badge>
      )}
      {known && (
        <Badge color="gray" flex="none">
          {texts.known}
        </Badge>
      )}
      {reasons.map(({ code }) => (
        <ReasonBadge key={code} reason={code} />
      ))}
      {suggestions.length > 0 && (
        <Text span fz="xs" c="dimmed" truncate maw="16rem">
          {suggestions.join(' ')}
        </Text>
      )}
    </Group>
  );
}
