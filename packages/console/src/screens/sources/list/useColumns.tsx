import { Anchor, Text } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { Link } from 'react-router';
import type { Column } from '../../../components/table/column.ts';
import { When } from '../../../components/When.tsx';
import { useFormats } from '../../../texts/useFormats.ts';
import type { ListedSource } from '../source.ts';
import { useTexts } from '../useTexts.ts';
import { SourceState } from './SourceState.tsx';

const Dimmed = ({ children }: { readonly children: ReactNode }) => (
  <Text span inherit c="dimmed">
    {children}
  </Text>
);

export function useColumns(): readonly Column<ListedSource>[] {
  const texts = useTexts();
  const { number } = useFormats();
  return useMemo(() => {
    const { columns: titles } = texts;
    return [
      { id: 'nom', title: titles.nom, main: true, cell: (row) => row.nom },
      { id: 'channel', title: titles.channel, cell: (row) => texts.channels[row.channel] },
      { id: 'state', title: titles.state, cell: (row) => <SourceState {...row} /> },
      { id: 'statut', title: titles.statut, cell: (row) => row.statut_designation },
      {
        id: 'programme',
        title: titles.programme,
        cell: (row) => row.programme_nom ?? <Dimmed>—</Dimmed>,
      },
      {
        id: 'leads',
        title: titles.leads,
        align: 'right',
        cell: (row) => number(row.leads),
      },
      {
        id: 'quarantined',
        title: titles.quarantined,
        align: 'right',
        cell: (row) =>
          row.quarantined > 0 ? (
            <Anchor
              component={Link}
              to={`/quarantine?sources=${row.nom}`}
              inherit
              aria-label={texts.waiting(row.quarantined)}
            >
              {number(row.quarantined)}
            </Anchor>
          ) : (
            <Dimmed>0</Dimmed>
          ),
      },
      {
        id: 'last',
        title: titles.last,
        cell: (row) =>
          row.last_lead_at ? <When at={row.last_lead_at} /> : <Dimmed>{texts.never}</Dimmed>,
      },
      {
        id: 'consent',
        title: titles.consent,
        hidden: true,
        cell: (row) => (row.consent_required ? texts.required : <Dimmed>—</Dimmed>),
      },
      {
        id: 'mapped',
        title: titles.mapped,
        hidden: true,
        align: 'right',
        cell: (row) => number(row.mapped),
      },
    ];
  }, [texts, number]);
}
