import { Button } from '@mantine/core';
import IconDoorEnter from '@tabler/icons-react/icons/IconDoorEnter';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import { useState } from 'react';
import { wholeList } from '../../../api/useList.ts';
import { useOperation } from '../../../api/useOperation.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { FilterBar } from '../../../components/filters/FilterBar.tsx';
import { NothingFound } from '../../../components/NothingFound.tsx';
import { Page } from '../../../components/Page.tsx';
import { DataTable } from '../../../components/table/DataTable.tsx';
import { folded } from '../../../lib/folded.ts';
import { param } from '../../../lib/urlState.ts';
import { useUrlState } from '../../../lib/useUrlState.ts';
import { useSession } from '../../../shell/session.ts';
import { CreateSource } from '../form/CreateSource.tsx';
import { useTexts } from '../useTexts.ts';
import { useColumns } from './useColumns.tsx';

const filters = { search: param.text };

/** Every source, narrowed here by a part of its name. */
export function SourceList() {
  const texts = useTexts();
  const { can } = useSession();
  const [{ search }, set] = useUrlState(filters);
  const [creates, setCreates] = useState(false);
  const sources = useOperation('listSources', {}, { every: 30_000 });
  const columns = useColumns();
  const create = can('admin', 'operateur') && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setCreates(true)}>
      {texts.create}
    </Button>
  );
  return (
    <Page title={texts.title} about={texts.about} fill actions={create}>
      <FilterBar
        search={search}
        onSearch={(text) => set({ search: text })}
        placeholder={texts.search}
      />
      <DataTable
        name="sources"
        label={texts.title}
        columns={columns}
        list={wholeList({
          ...sources,
          data: sources.data?.items.filter(({ nom }) => folded(nom).includes(folded(search))),
        })}
        rowId={(row) => row.nom}
        rowLabel={(row) => row.nom}
        linkTo={(row) => `/sources/${row.nom}`}
        empty={
          search ? (
            <NothingFound texts={texts.notFound} onClear={() => set({ search: '' })} />
          ) : (
            <EmptyState icon={IconDoorEnter} {...texts.none} action={create} />
          )
        }
      />
      {creates && <CreateSource onClose={() => setCreates(false)} />}
    </Page>
  );
}
