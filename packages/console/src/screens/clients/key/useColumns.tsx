import { Text } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { StatutBadge } from '../../../components/StatutBadge.tsx';
import type { Column } from '../../../components/table/column.ts';
import { When } from '../../../components/When.tsx';
import type { Key } from '../client.ts';
import { useTexts } from '../useTexts.ts';
import { KeyState } from './KeyState.tsx';

const Dimmed = ({ children }: { readonly children: ReactNode }) => (
  <Text span inherit c="dimmed">
    {children}
  </Text>
);

/** Names in one line; what is left out when there is no restriction. */
const some = (names: readonly string[] | null, all: string) =>
  names ? names.join(', ') : <Dimmed>{all}</Dimmed>;

export function useColumns(): readonly Column<Key>[] {
  const { keys: texts } = useTexts();
  return useMemo(() => {
    const { columns: titles } = texts;
    return [
      {
        id: 'id',
        title: titles.id,
        main: true,
        cell: (row) => (
          <Text span inherit ff="monospace">
            {row.id}
          </Text>
        ),
      },
      { id: 'state', title: titles.state, cell: (row) => <KeyState apiKey={row} /> },
      {
        id: 'regions',
        title: titles.regions,
        cell: (row) => some(row.regions?.map(({ nom }) => nom) ?? null, texts.allRegions),
      },
      {
        id: 'ready',
        title: titles.ready,
        cell: (row) => (
          <StatutBadge id={row.ready_statut_id} designation={row.ready_statut_designation} />
        ),
      },
      {
        id: 'pulled',
        title: titles.pulled,
        cell: (row) => (
          <StatutBadge id={row.pulled_statut_id} designation={row.pulled_statut_designation} />
        ),
      },
      {
        id: 'operations',
        title: titles.operations,
        hidden: true,
        cell: (row) => some(row.operations, texts.allOperations),
      },
      {
        id: 'ip_ranges',
        title: titles.ipRanges,
        cell: ({ ip_ranges }) =>
          some(
            ip_ranges && ip_ranges.length > 1
              ? [`${ip_ranges[0]} +${ip_ranges.length - 1}`]
              : ip_ranges,
            texts.anywhere,
          ),
      },
      {
        id: 'last_used',
        title: titles.lastUsed,
        cell: (row) =>
          row.last_used_at ? <When at={row.last_used_at} /> : <Dimmed>{texts.unused}</Dimmed>,
      },
      {
        id: 'expires',
        title: titles.expires,
        cell: (row) =>
          row.expires_at ? <When at={row.expires_at} /> : <Dimmed>{texts.never}</Dimmed>,
      },
      {
        id: 'created',
        title: titles.created,
        hidden: true,
        cell: (row) => <When at={row.created_at} as="day" />,
      },
    ];
  }, [texts]);
}
