import { Text } from '@mantine/core';
import type { Column } from '../../components/table/column.ts';
import { When } from '../../components/When.tsx';
import { useLabelled } from '../../lib/useLabelled.ts';
import { type DetailLine, detailLines } from './detailLines.ts';
import type { Entry } from './entry.ts';
import { useNames } from './useNames.ts';
import { useTexts } from './useTexts.ts';

export function useColumns(): readonly Column<Entry>[] {
  const { columns: titles, counts } = useTexts();
  const names = useNames();
  const labelled = useLabelled();
  /** Of a list of ids, how many they are: a row has no room for each. */
  const line = ({ name, values }: DetailLine): string => {
    const [first] = values;
    const isCounted = name === 'prospects' || name === 'leads' || name === 'actions';
    return isCounted && Array.isArray(first)
      ? counts[name](first.length)
      : labelled(names.field(name), names.values(values, name));
  };
  const summary = ({ detail }: Entry): string => detailLines(detail).map(line).join(' · ');
  return [
    { id: 'act', title: titles.act, main: true, cell: (row) => names.act(row) },
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
