import { Badge, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { Column } from '../../../components/table/column.ts';
import { When } from '../../../components/When.tsx';
import { useFormats } from '../../../texts/useFormats.ts';
import type { Client } from '../client.ts';
import { useTexts } from '../useTexts.ts';

export function useColumns(): readonly Column<Client>[] {
  const { list: texts } = useTexts();
  const { number } = useFormats();
  return useMemo(() => {
    const { columns: titles } = texts;
    return [
      { id: 'nom', title: titles.nom, main: true, cell: (row) => row.nom },
      {
        id: 'keys',
        title: titles.keys,
        align: 'right',
        cell: (row) =>
          row.valid_keys > 0 ? number(row.valid_keys) : <Badge color="yellow">{texts.noKey}</Badge>,
      },
      {
        id: 'ready',
        title: titles.ready,
        align: 'right',
        cell: (row) => `${number(row.ready)}${row.ready_more ? '+' : ''}`,
      },
      {
        id: 'last_pull',
        title: titles.lastPull,
        cell: (row) =>
          row.last_pulled_at ? (
            <When at={row.last_pulled_at} />
          ) : (
            <Text span inherit c="dimmed">
              {texts.never}
            </Text>
          ),
      },
      { id: 'pulls', title: titles.pulls, align: 'right', cell: (row) => number(row.pulls) },
      {
        id: 'contacts',
        title: titles.contacts,
        align: 'right',
        cell: (row) => number(row.contacts),
      },
      {
        id: 'created',
        title: titles.created,
        hidden: true,
        cell: (row) => <When at={row.created_at} as="day" />,
      },
    ];
  }, [texts, number]);
}
