import { Group } from '@mantine/core';
import { useState } from 'react';
import { useFilterOptions } from '../../../api/useFilterOptions.ts';
import { wholeList } from '../../../api/useList.ts';
import { useOperation } from '../../../api/useOperation.ts';
import { Details } from '../../../components/Details.tsx';
import { FilterBar } from '../../../components/filters/FilterBar.tsx';
import { FilterSelect } from '../../../components/filters/FilterSelect.tsx';
import { DataTable } from '../../../components/table/DataTable.tsx';
import { byNom } from '../../../lib/byNom.ts';
import { given } from '../../../lib/given.ts';
import { useSelected } from '../../../lib/useSelected.ts';
import { CreateButton } from '../CreateButton.tsx';
import { Nothing } from '../Nothing.tsx';
import { useNarrowed } from '../useNarrowed.ts';
import { useTexts } from '../useTexts.ts';
import { ProgrammeDetails } from './ProgrammeDetails.tsx';
import { SaveProgramme } from './SaveProgramme.tsx';
import { useColumns } from './useColumns.tsx';

export function ProgrammesTab() {
  const texts = useTexts();
  const { search, regionIds, set, narrowed, isFiltered, clear } = useNarrowed();
  const programmes = useOperation('listProgrammes', given({ regionIds }), { keepsLast: true });
  const { regions } = useFilterOptions();
  const { selected, open, close } = useSelected();
  const [creates, setCreates] = useState(false);
  const programme = programmes.data?.items.find(({ id }) => id === selected);
  const create = <CreateButton text={texts.create.programmes} onClick={() => setCreates(true)} />;
  return (
    <>
      <Group gap="xs" justify="space-between">
        <FilterBar
          search={search}
          onSearch={(text) => set({ search: text })}
          placeholder={texts.search}
          onClear={isFiltered ? clear : undefined}
        >
          <FilterSelect
            label={texts.columns.region}
            options={regions}
            value={regionIds}
            onChange={(ids) => set({ regionIds: ids })}
          />
        </FilterBar>
        {create}
      </Group>
      <DataTable
        name="programmes"
        label={texts.tabs.programmes}
        columns={useColumns()}
        list={wholeList({
          ...programmes,
          data: narrowed(programmes.data?.items.toSorted(byNom), (row) => [row.nom, row.ville]),
        })}
        rowId={(row) => row.id}
        rowLabel={(row) => row.nom}
        onOpen={(row) => open(row.id)}
        openId={selected}
        empty={
          <Nothing
            isFiltered={isFiltered}
            onClear={clear}
            none={texts.none.programmes}
            action={create}
          />
        }
      />
      <Details
        opened={selected !== undefined && programmes.data !== undefined}
        onClose={close}
        title={programme?.nom ?? texts.gone}
        about={programme?.region_nom}
      >
        {programme && <ProgrammeDetails key={programme.id} programme={programme} onGone={close} />}
      </Details>
      {creates && <SaveProgramme onClose={() => setCreates(false)} />}
    </>
  );
}
