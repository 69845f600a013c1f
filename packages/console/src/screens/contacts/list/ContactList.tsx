import { Button } from '@mantine/core';
import type { ListedContact } from '@relais/contract';
import { useEffect, useState } from 'react';
import { useLocation } from 'react-router';
import { useList } from '../../../api/useList.ts';
import { Page } from '../../../components/Page.tsx';
import { DataTable } from '../../../components/table/DataTable.tsx';
import { useSession } from '../../../shell/session.ts';
import { ExportContacts } from '../export/ExportContacts.tsx';
import { ChangeFound } from '../statut/ChangeFound.tsx';
import { ChangeStatut } from '../statut/ChangeStatut.tsx';
import { useNameOf } from '../useNameOf.ts';
import { useTexts } from '../useTexts.ts';
import { Filters } from './Filters.tsx';
import { keepListAddress } from './listAddress.ts';
import { NoContacts } from './NoContacts.tsx';
import { TABLE, useColumns } from './useColumns.tsx';
import { useContactFilter } from './useContactFilter.ts';

/** The rows that are about to be changed, as they were when that was asked for. */
interface Selection {
  readonly contacts: readonly ListedContact[];
  readonly clear: () => void;
}
const nothing: Selection = { contacts: [], clear: () => {} };

export function ContactList() {
  const texts = useTexts();
  const { can } = useSession();
  const filters = useContactFilter();
  const list = useList('searchContacts', filters.filter);
  const columns = useColumns();
  const nameOf = useNameOf();
  const { search } = useLocation();
  useEffect(() => keepListAddress(search), [search]);
  const [selection, setSelection] = useState<Selection>(nothing);
  const { total, more, stale } = list;
  const found = { filter: filters.filter, total, more, stale };
  return (
    <Page
      title={texts.title}
      fill
      actions={
        <>
          {can('admin', 'operateur') && (
            <ChangeFound {...found} isFiltered={filters.isFiltered && !filters.isTooShort} />
          )}
          {can('admin', 'operateur', 'dpo') && <ExportContacts {...found} {...filters} />}
        </>
      }
    >
      <Filters {...filters} />
      <DataTable
        name={TABLE}
        label={texts.title}
        columns={columns}
        list={list}
        rowId={(row) => row.action_id}
        rowLabel={nameOf}
        linkTo={(row) => `/contacts/${row.prospect_id}`}
        {...(can('admin', 'operateur') && {
          bulk: (contacts: readonly ListedContact[], clear: () => void) => (
            <Button onClick={() => setSelection({ contacts, clear })}>{texts.statut.change}</Button>
          ),
        })}
        empty={<NoContacts isFiltered={filters.isFiltered} onClear={filters.clear} />}
      />
      <ChangeStatut
        contacts={selection.contacts}
        onClose={() => setSelection(nothing)}
        onDone={selection.clear}
      />
    </Page>
  );
}
