import { useMemo } from 'react';
import type { Column } from '../../../components/table/column.ts';
import { useFormats } from '../../../texts/useFormats.ts';
import { useTexts } from '../useTexts.ts';
import type { Programme } from './programme.ts';

export function useColumns(): readonly Column<Programme>[] {
  const { columns: titles } = useTexts();
  const { number } = useFormats();
  return useMemo(
    () => [
      { id: 'nom', title: titles.nom, main: true, cell: (row) => row.nom },
      { id: 'ville', title: titles.ville, cell: (row) => row.ville ?? '—' },
      { id: 'region', title: titles.region, cell: (row) => row.region_nom },
      {
        id: 'demandes',
        title: titles.demandes,
        align: 'right',
        cell: (row) => `${number(row.actions)}${row.actions_more ? '+' : ''}`,
      },
      { id: 'sources', title: titles.sources, align: 'right', cell: (row) => row.sources },
      { id: 'id', title: titles.id, align: 'right', cell: (row) => row.id },
    ],
    [titles, number],
  );
}
