import { Group } from '@mantine/core';
import type { DesignationList } from '@relais/contract';
import { useState } from 'react';
import { wholeList } from '../../../api/useList.ts';
import { useOperation } from '../../../api/useOperation.ts';
import { Details } from '../../../components/Details.tsx';
import { FilterBar } from '../../../components/filters/FilterBar.tsx';
import { DataTable } from '../../../components/table/DataTable.tsx';
import { useSelected } from '../../../lib/useSelected.ts';
import { CreateButton } from '../CreateButton.tsx';
import { Nothing } from '../Nothing.tsx';
import { useNarrowed } from '../useNarrowed.ts';
import { useTexts } from '../useTexts.ts';
import { DesignationDetails } from './DesignationDetails.tsx';
import { SaveDesignation } from './SaveDesignation.tsx';
import { useColumns } from './useColumns.tsx';

interface DesignationsTabProps {
  readonly list: DesignationList;
}

/** One of the lists that an agency has of its own: statuts, origines, types. */
export function DesignationsTab({ list }: DesignationsTabProps) {
  const texts = useTexts();
  const entries = useOperation('listDesignations', { list });
  const { search, set, narrowed, isFiltered, clear } = useNarrowed();
  const { selected, open, close } = useSelected();
  const [creates, setCreates] = useState(false);
  const entry = entries.data?.items.find(({ id }) => id === selected);
  const create = <CreateButton text={texts.create[list]} onClick={() => setCreates(true)} />;
  return (
    <>
      <Group gap="xs" justify="space-between">
        <FilterBar search={search} onSearch={(text) => set({ search: text })} />
        {create}
      </Group>
      <DataTable
        name={list}
        label={texts.tabs[list]}
        columns={useColumns(list)}
        list={wholeList({
          ...entries,
          data: narrowed(entries.data?.items, (row) => [row.designation]),
        })}
        rowId={(row) => row.id}
        rowLabel={(row) => row.designation}
        onOpen={(row) => open(row.id)}
        openId={selected}
        empty={
          <Nothing
            isFiltered={isFiltered}
            onClear={clear}
            none={texts.none.designations}
            action={create}
          />
        }
      />
      <Details
        opened={selected !== undefined && entries.data !== undefined}
        onClose={close}
        title={entry?.designation ?? texts.gone}
        about={texts.tabs[list]}
      >
        {entry && <DesignationDetails key={entry.id} list={list} entry={entry} onGone={close} />}
      </Details>
      {creates && <SaveDesignation list={list} onClose={() => setCreates(false)} />}
    </>
  );
}
