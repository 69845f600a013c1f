import type { Answer } from '../../../api/call.ts';
import { Facts } from '../../../components/Facts.tsx';
import { Section } from '../../../components/Section.tsx';
import { useComponentTexts } from '../../../components/useComponentTexts.ts';
import { When } from '../../../components/When.tsx';
import { useFormats } from '../../../texts/useFormats.ts';
import { ImportState } from '../ImportState.tsx';
import { useTexts } from '../useTexts.ts';

const counts = ['accepted', 'merged', 'quarantined', 'repeated'] as const;

/** What is known of an import. */
export function ImportFacts({ found }: { readonly found: Answer<'getImport'> }) {
  const { columns: titles, one: texts, uses } = useTexts();
  const { number } = useFormats();
  const { commandLine } = useComponentTexts();
  const { import: listed, columns } = found;
  const meanings = Object.entries(columns).map(([title, use]) => `${title} → ${uses[use]}`);
  return (
    <Section title={texts.facts}>
      <Facts
        facts={[
          [titles.state, <ImportState key="state" listed={listed} />],
          ...counts.map((name) => [titles[name], number(listed[name])] as const),
          ...(listed.undone > 0 ? [[texts.undone, number(listed.undone)] as const] : []),
          [titles.started, <When key="started" at={listed.started_at} as="minute" />],
          [texts.finished, <When key="finished" at={listed.finished_at} as="minute" />],
          [titles.by, listed.started_by_nom ?? commandLine],
          [texts.columns, meanings.join('\n')],
        ]}
      />
    </Section>
  );
}
