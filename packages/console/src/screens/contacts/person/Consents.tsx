import { Badge, Group, Stack, Text } from '@mantine/core';
import { Section } from '../../../components/Section.tsx';
import { When } from '../../../components/When.tsx';
import { useTexts } from '../useTexts.ts';
import type { Consent } from './person.ts';

/** What the person has agreed to, lead by lead, in the words of the forms where there are some. */
export function Consents({ consents }: { readonly consents: readonly Consent[] }) {
  const texts = useTexts().person.consents;
  return (
    <Section title={texts.title} about={consents.length > 0 ? texts.about : texts.none}>
      <Stack gap="md">
        {consents.map((consent) => (
          <Item key={consent.lead_id} consent={consent} />
        ))}
      </Stack>
    </Section>
  );
}

function Item({ consent: { at, source, consent, answers } }: { readonly consent: Consent }) {
  const texts = useTexts().person.consents;
  const state =
    consent === null
      ? { text: texts.unasked, color: 'gray' }
      : consent
        ? { text: texts.yes, color: 'accent' }
        : { text: texts.no, color: 'red' };
  return (
    <div style={{ overflowWrap: 'anywhere' }}>
      <Group gap="xs">
        <Badge color={state.color}>{state.text}</Badge>
        <Text fz="sm" c="dimmed" component="div">
          <When at={at} as="minute" /> {texts.from(source)}
        </Text>
      </Group>
      {answers.map(({ question, answer }) => (
        <Text key={`${question} ${answer}`} fz="sm" mt={4}>
          <Text span inherit c="dimmed">
            {question}
          </Text>{' '}
          {answer}
        </Text>
      ))}
    </div>
  );
}
