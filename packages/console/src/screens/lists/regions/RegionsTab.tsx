import { Group } from '@mantine/core';
import { useMemo, useState } from 'react';
import { wholeList } from '../../../api/useList.ts';
import { useOperation } from '../../../api/useOperation.ts';
import { Details } from '../../../components/Details.tsx';
import { FilterBar } from '../../../components/filters/FilterBar.tsx';
import type { Column } from '../../../components/table/column.ts';
import { DataTable } from '../../../components/table/DataTable.tsx';
import { byNom } from '../../../lib/byNom.ts';
import { useSelected } from '../../../lib/useSelected.ts';
import { CreateButton } from '../CreateButton.tsx';
import { Nothing } from '../Nothing.tsx';
import { useNarrowed } from '../useNarrowed.ts';
import { useTexts } from '../useTexts.ts';
import { RegionDetails } from './RegionDetails.tsx';
import type { Region } from './region.ts';
import { SaveRegion } from './SaveRegion.tsx';

export function RegionsTab() {
  const texts = useTexts();
  const regions = useOperation('listRegions', {});
  const { search, set, narrowed, isFiltered, clear } = useNarrowed();
  const { selected, open, close } = useSelected();
  const [creates, setCreates] = useState(false);
  const region = regions.data?.items.find(({ id }) => id === selected);
  const columns = useMemo<readonly Column<Region>[]>(
    () => [
      { id: 'nom', title: texts.columns.nom, main: true, cell: (row) => row.nom },
      {
        id: 'programmes',
        title: texts.columns.programmes,
        align: 'right',
        cell: (row) => row.programmes,
      },
      { id: 'keys', title: texts.columns.keys, align: 'right', cell: (row) => row.keys },
      { id: 'id', title: texts.columns.id, align: 'right', cell: (row) => row.id },
    ],
    [texts],
  );
  const create = <CreateButton text={texts.create.regions} onClick={() => setCreates(true)} />;
  return (
    <>
      <Group gap="xs" justify="space-between">
        <FilterBar search={search} onSearch={(text) => set({ search: text })} />
        {create}
      </Group>
      <DataTable
        name="regions"
        label={texts.tabs.regions}
        columns={columns}
        list={wholeList({
          ...regions,
          data: narrowed(regions.data?.items.toSorted(byNom), (row) => [row.nom]),
        })}
        rowId={(row) => row.id}
        rowLabel={(row) => row.nom}
        onOpen={(row) => open(row.id)}
        openId={selected}
        empty={
          <Nothing
            isFiltered={isFiltered}
            onClear={clear}
            none={texts.none.regions}
            action={create}
          />
        }
      />
      <Details
        opened={selected !== undefined && regions.data !== undefined}
        onClose={close}
        title={region?.nom ?? texts.gone}
        about={texts.columns.region}
      >
        {region && <RegionDetails key={region.id} region={region} onGone={close} />}
      </Details>
      {creates && <SaveRegion onClose={() => setCreates(false)} />}
    </>
  );
}
