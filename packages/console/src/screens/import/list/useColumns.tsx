import { Text } from '@mantine/core';
import type { ListedImport } from '@relais/contract';
import { useMemo } from 'react';
import type { Column } from '../../../components/table/column.ts';
import { useComponentTexts } from '../../../components/useComponentTexts.ts';
import { When } from '../../../components/When.tsx';
import { useFormats } from '../../../texts/useFormats.ts';
import { ImportState } from '../ImportState.tsx';
import { useTexts } from '../useTexts.ts';

export function useColumns(): readonly Column<ListedImport>[] {
  const { columns: titles } = useTexts();
  const { number } = useFormats();
  const { commandLine } = useComponentTexts();
  return useMemo(() => {
    const count = (id: 'accepted' | 'merged' | 'quarantined' | 'repeated') => ({
      id,
      title: titles[id],
      align: 'right' as const,
      cell: (row: ListedImport) =>
        row[id] > 0 ? (
          number(row[id])
        ) : (
          <Text span inherit c="dimmed">
            0
          </Text>
        ),
    });
    return [
      { id: 'file', title: titles.file, main: true, cell: (row) => row.file },
      { id: 'source', title: titles.source, cell: (row) => row.source },
      { id: 'state', title: titles.state, cell: (row) => <ImportState listed={row} /> },
      count('accepted'),
      count('merged'),
      count('quarantined'),
      count('repeated'),
      { id: 'started', title: titles.started, cell: (row) => <When at={row.started_at} /> },
      { id: 'by', title: titles.by, cell: (row) => row.started_by_nom ?? commandLine },
    ];
  }, [titles, number, commandLine]);
}
