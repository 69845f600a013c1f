import { Code } from '@mantine/core';
import { useMemo } from 'react';
import type { Column } from '../../components/table/column.ts';
import { When } from '../../components/When.tsx';
import { useFormats } from '../../texts/useFormats.ts';
import { PullState } from './PullState.tsx';
import type { Pull } from './pull.ts';
import { useTexts } from './useTexts.ts';

export function useColumns(): readonly Column<Pull>[] {
  const texts = useTexts();
  const { number } = useFormats();
  return useMemo(() => {
    const { columns: titles } = texts;
    return [
      {
        id: 'name',
        title: titles.name,
        main: true,
        cell: (row) => texts.name(row.client_nom, row.seq),
      },
      { id: 'pulled_at', title: titles.pulledAt, cell: (row) => <When at={row.pulled_at} /> },
      {
        id: 'contacts',
        title: titles.contacts,
        align: 'right',
        cell: (row) => number(row.contacts),
      },
      { id: 'state', title: titles.state, cell: (row) => <PullState pull={row} /> },
      { id: 'key', title: titles.key, cell: (row) => <Code>{row.key_id}</Code> },
      {
        id: 'statuts',
        title: titles.statuts,
        hidden: true,
        cell: (row) => texts.pull.fromTo(row.statut_ready, row.statut_pulled),
      },
      { id: 'released_at', title: titles.released, cell: (row) => <When at={row.released_at} /> },
    ];
  }, [texts, number]);
}
