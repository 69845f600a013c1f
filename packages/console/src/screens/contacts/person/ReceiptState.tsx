import { Badge, Text } from '@mantine/core';
import { useFormats } from '../../../texts/useFormats.ts';
import { useTexts } from '../useTexts.ts';
import type { Handover } from './receipts.ts';

const COLORS = {
  written: 'accent',
  uncertain: 'yellow',
  released: 'gray',
  kept: 'accent',
} as const;

/** Whether a contact reached the client, and whether it was put back; why, where that says more. */
export function ReceiptState({ handover: { pull, held } }: { readonly handover: Handover }) {
  const texts = useTexts().person.received;
  const formats = useFormats();
  if (!pull) return <Reason text={texts.olderText} />;
  const at = pull.released_at === null ? undefined : formats.minute(pull.released_at);
  const state = at === undefined ? pull.delivery : held ? 'kept' : 'released';
  return (
    <>
      <Badge color={COLORS[state]}>{texts[state]}</Badge>
      {state === 'uncertain' && <Reason text={texts.uncertainText} />}
      {at !== undefined && <Reason text={held ? texts.keptAt(at) : texts.releasedAt(at)} />}
    </>
  );
}

const Reason = ({ text }: { readonly text: string }) => (
  <Text fz="xs" c="dimmed" maw={260}>
    {text}
  </Text>
);
