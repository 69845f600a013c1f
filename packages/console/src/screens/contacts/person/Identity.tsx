import { Text } from '@mantine/core';
import { Facts } from '../../../components/Facts.tsx';
import { Section } from '../../../components/Section.tsx';
import { When } from '../../../components/When.tsx';
import { useTexts } from '../useTexts.ts';
import type { Person } from './person.ts';
import { personFields } from './person.ts';

/** The details of a person, and by what a new enquiry is recognised as theirs. */
export function Identity({ person: { prospect, identities } }: { readonly person: Person }) {
  const texts = useTexts().person;
  const known =
    identities.length === 0 ? (
      texts.unrecognised
    ) : (
      <>
        {identities.map(({ value }) => (
          <div key={value}>{value}</div>
        ))}
        <Text fz="xs" c="dimmed">
          {texts.knownAbout}
        </Text>
      </>
    );
  return (
    <Section title={texts.details}>
      <Facts
        facts={[
          ...personFields.map(
            (field) => [texts.fields[field], prospect[`prospect_${field}`]] as const,
          ),
          [texts.known, known],
          [texts.since, <When key="since" at={prospect.created_at} as="day" />],
        ]}
      />
    </Section>
  );
}
