import { Group, Text } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { ReasonBadge } from '../../components/ReasonBadge.tsx';
import type { Column } from '../../components/table/column.ts';
import { When } from '../../components/When.tsx';
import { nameOf, type WaitingLead } from './lead.ts';
import { useTexts } from './useTexts.ts';

const Dimmed = ({ children }: { readonly children: ReactNode }) => (
  <Text span inherit c="dimmed">
    {children}
  </Text>
);
const orDash = (text: string | null | undefined) => text || <Dimmed>—</Dimmed>;

/** The columns; `suggestions` gives what can be taken over from a row. */
export function useColumns(
  suggestions: (row: WaitingLead) => ReactNode,
): readonly Column<WaitingLead>[] {
  const texts = useTexts();
  return useMemo(() => {
    const { columns: titles } = texts;
    return [
      {
        id: 'person',
        title: titles.person,
        main: true,
        cell: ({ draft }) =>
          nameOf(draft) ?? <Dimmed>{draft ? texts.nobody : texts.erased}</Dimmed>,
      },
      {
        id: 'why',
        title: titles.why,
        cell: (row) => (
          <Group gap={4}>
            {row.reasons
              .filter(({ effect }) => effect !== 'note')
              .map(({ code }) => (
                <ReasonBadge key={code} reason={code} />
              ))}
          </Group>
        ),
      },
      {
        id: 'suggestion',
        title: titles.suggestion,
        cell: (row) => suggestions(row) ?? <Dimmed>—</Dimmed>,
      },
      {
        id: 'asked',
        title: titles.asked,
        cell: ({ draft }) => orDash(draft?.programme ?? draft?.hints[0]),
      },
      {
        id: 'contact',
        title: titles.contact,
        cell: ({ draft }) => orDash([draft?.telephone, draft?.email].filter(Boolean).join(' · ')),
      },
      { id: 'source', title: titles.source, cell: (row) => row.source },
      { id: 'received', title: titles.received, cell: (row) => <When at={row.received_at} /> },
    ];
  }, [texts, suggestions]);
}
