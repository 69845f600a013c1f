import { Text } from '@mantine/core';
import type { ExportColumn, ListedContact } from '@relais/contract';
import { useMemo } from 'react';
import { StatutBadge } from '../../../components/StatutBadge.tsx';
import type { Column } from '../../../components/table/column.ts';
import { When } from '../../../components/When.tsx';
import { useNameOf } from '../useNameOf.ts';
import { useTexts } from '../useTexts.ts';

/** Under which the table remembers its columns. */
export const TABLE = 'contacts';

/** A column of the table, with what an export has for it. */
export interface ContactColumn extends Column<ListedContact> {
  readonly exports: readonly ExportColumn[];
}

const Dimmed = ({ children }: { readonly children: string }) => (
  <Text span inherit c="dimmed">
    {children}
  </Text>
);
const orDash = (text: string | null) => text || <Dimmed>—</Dimmed>;

export function useColumns(): readonly ContactColumn[] {
  const { list: texts } = useTexts();
  const nameOf = useNameOf();
  const titles = texts.columns;
  // biome-ignore lint/correctness/useExhaustiveDependencies: nameOf follows the language, as texts do
  return useMemo<readonly ContactColumn[]>(
    () => [
      {
        id: 'nom',
        title: titles.nom,
        main: true,
        cell: (row) => nameOf(row),
        exports: ['prospect_nom', 'prospect_prenom'],
      },
      {
        id: 'telephone',
        title: titles.telephone,
        cell: (row) => orDash(row.prospect_telephone),
        exports: ['prospect_telephone'],
      },
      {
        id: 'email',
        title: titles.email,
        cell: (row) => orDash(row.prospect_email),
        exports: ['prospect_email'],
      },
      {
        id: 'programme',
        title: titles.programme,
        cell: (row) => row.programme_nom,
        exports: ['programme_nom'],
      },
      {
        id: 'region',
        title: titles.region,
        cell: (row) => row.region_nom,
        hidden: true,
        exports: ['region_nom'],
      },
      {
        id: 'statut',
        title: titles.statut,
        cell: (row) => <StatutBadge id={row.statut_id} designation={row.statut_designation} />,
        exports: ['statut_designation'],
      },
      {
        id: 'client',
        title: titles.client,
        cell: (row) =>
          row.client_nom ?? <Dimmed>{row.pulled_at === null ? '—' : texts.olderSystem}</Dimmed>,
        exports: ['client_nom'],
      },
      {
        id: 'pulled_at',
        title: titles.pulled_at,
        cell: (row) => <When at={row.pulled_at} />,
        hidden: true,
        exports: ['pulled_at'],
      },
      {
        id: 'date',
        title: titles.date,
        cell: (row) => <When at={row.action_date} />,
        exports: ['action_date'],
      },
      {
        id: 'source',
        title: titles.source,
        cell: (row) => row.source ?? <Dimmed>{texts.loaded}</Dimmed>,
        exports: ['source'],
      },
      {
        id: 'origine',
        title: titles.origine,
        cell: (row) => orDash(row.origine_designation),
        hidden: true,
        exports: ['origine_designation'],
      },
      {
        id: 'ready_at',
        title: titles.ready_at,
        cell: (row) => <When at={row.ready ? row.ready_at : null} />,
        hidden: true,
        exports: ['ready_at'],
      },
      {
        id: 'commentaire',
        title: titles.commentaire,
        cell: (row) => orDash(row.action_commentaire),
        hidden: true,
        exports: ['action_commentaire'],
      },
      {
        id: 'action_id',
        title: titles.action_id,
        cell: (row) => row.action_id,
        align: 'right',
        hidden: true,
        exports: ['action_id'],
      },
      {
        id: 'prospect_id',
        title: titles.prospect_id,
        cell: (row) => row.prospect_id,
        align: 'right',
        hidden: true,
        exports: ['prospect_id'],
      },
    ],
    [texts, titles],
  );
}
