import { Text } from '@mantine/core';
import type { Column } from '../../components/table/column.ts';
import { When } from '../../components/When.tsx';
import { detailLines } from './detailLines.ts';
import type { Entry } from './entry.ts';
import { useNames } from './useNames.ts';
import { useTexts } from './useTexts.ts';

export function useColumns(): readonly Column<Entry>[] {
  const { columns: titles, persons } = useTexts();
  const names = useNames();
  const summary = ({ act, detail }: Entry): string => {
    if (act === 'person.read' && Array.isArray(detail.prospects)) {
      return persons(detail.prospects.length);
    }
    return detailLines(detail)
      .map(({ name, values }) => `${names.field(name)} : ${names.values(values)}`)
      .join(' · ');
  };
  return [
    { id: 'act', title: titles.act, main: true, cell: (row) => names.act(row.act) },
    { id: 'at', title: titles.at, cell: (row) => <When at={row.at} as="minute" /> },
    { id: 'actor', title: titles.actor, cell: names.actor },
    { id: 'target', title: titles.target, cell: names.target },
    {
      id: 'detail',
      title: titles.detail,
      cell: (row) => (
        <Text span inherit c="dimmed">
          {summary(row) || '—'}
        </Text>
      ),
    },
    { id: 'id', title: titles.id, align: 'right', hidden: true, cell: (row) => row.id },
  ];
}
