import { Button } from '@mantine/core';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import IconUsersGroup from '@tabler/icons-react/icons/IconUsersGroup';
import { useMemo, useState } from 'react';
import { wholeList } from '../../../api/useList.ts';
import { useOperation } from '../../../api/useOperation.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { FilterBar } from '../../../components/filters/FilterBar.tsx';
import { NothingFound } from '../../../components/NothingFound.tsx';
import { Page } from '../../../components/Page.tsx';
import { DataTable } from '../../../components/table/DataTable.tsx';
import { byNom } from '../../../lib/byNom.ts';
import { folded } from '../../../lib/folded.ts';
import { param } from '../../../lib/urlState.ts';
import { useUrlState } from '../../../lib/useUrlState.ts';
import { useCommands } from '../../../shell/commands.ts';
import { useSession } from '../../../shell/session.ts';
import { CreateClient } from '../NameClient.tsx';
import { useTexts } from '../useTexts.ts';
import { useColumns } from './useColumns.tsx';

const filters = { search: param.text };

/** Every client, narrowed here by a part of its name: an agency has some dozens. */
export function ClientList() {
  const texts = useTexts();
  const { can } = useSession();
  const [{ search }, set] = useUrlState(filters);
  const clients = useOperation('listClients', {}, { every: 60_000 });
  const list = wholeList({
    ...clients,
    data: clients.data?.items
      .filter(({ nom }) => folded(nom).includes(folded(search)))
      .toSorted(byNom),
  });
  const columns = useColumns();
  const [creates, setCreates] = useState(false);
  const mayCreate = can('admin', 'operateur');
  const { create: text } = texts.client;
  useCommands(
    useMemo(
      () =>
        mayCreate ? [{ id: 'client', text, icon: IconPlus, run: () => setCreates(true) }] : [],
      [mayCreate, text],
    ),
  );
  const create = mayCreate && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setCreates(true)}>
      {text}
    </Button>
  );
  const clear = () => set({ search: '' });
  return (
    <Page title={texts.title} fill actions={create}>
      <FilterBar
        search={search}
        onSearch={(text) => set({ search: text })}
        placeholder={texts.list.search}
      />
      <DataTable
        name="clients"
        label={texts.title}
        columns={columns}
        list={list}
        rowId={(row) => row.id}
        rowLabel={(row) => row.nom}
        linkTo={(row) => `/clients/${row.id}`}
        empty={
          search ? (
            <NothingFound texts={texts.list.notFound} onClear={clear} />
          ) : (
            <EmptyState icon={IconUsersGroup} {...texts.list.none} action={create} />
          )
        }
      />
      {creates && <CreateClient onClose={() => setCreates(false)} />}
    </Page>
  );
}
