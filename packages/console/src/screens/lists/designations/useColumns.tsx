import { Badge, Tooltip } from '@mantine/core';
import type { DesignationList } from '@relais/contract';
import { useMemo } from 'react';
import { StatutBadge } from '../../../components/StatutBadge.tsx';
import type { Column } from '../../../components/table/column.ts';
import { useTexts } from '../useTexts.ts';
import type { Designation } from './designation.ts';

/** The columns of a list; those of the statuts say what is handed out as well. */
export function useColumns(list: DesignationList): readonly Column<Designation>[] {
  const texts = useTexts();
  return useMemo(() => {
    const titles = texts.columns;
    const isStatuts = list === 'statuts';
    return [
      {
        id: 'designation',
        title: titles.designation,
        main: true,
        cell: ({ id, designation }) =>
          isStatuts ? <StatutBadge id={id} designation={designation} /> : designation,
      },
      ...(isStatuts
        ? ([
            {
              id: 'handed_out',
              title: titles.handedOut,
              cell: (row: Designation) => (row.pulled_from ? <HandedOut /> : '—'),
            },
            {
              id: 'keys',
              title: titles.keys,
              align: 'right',
              cell: (row: Designation) => row.keys,
            },
          ] as const)
        : []),
      { id: 'sources', title: titles.sources, align: 'right', cell: (row) => row.sources },
      { id: 'id', title: titles.id, align: 'right', cell: (row) => row.id },
    ];
  }, [texts, list]);
}

function HandedOut() {
  const texts = useTexts();
  return (
    <Tooltip label={texts.handedOutExplained} multiline maw={280}>
      <Badge color="accent">{texts.handedOut}</Badge>
    </Tooltip>
  );
}
