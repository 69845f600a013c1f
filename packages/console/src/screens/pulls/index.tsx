import { Button } from '@mantine/core';
import IconPackageExport from '@tabler/icons-react/icons/IconPackageExport';
import { Link } from 'react-router';
import { useList } from '../../api/useList.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { NothingFound } from '../../components/NothingFound.tsx';
import { Page } from '../../components/Page.tsx';
import { DataTable } from '../../components/table/DataTable.tsx';
import { useSelectedName } from '../../lib/useSelected.ts';
import { Filters } from './Filters.tsx';
import { PullDetails } from './PullDetails.tsx';
import { useColumns } from './useColumns.tsx';
import { usePullFilter } from './usePullFilter.ts';
import { useTexts } from './useTexts.ts';

/** What clients have pulled, batch by batch; one of them opens beside the list. */
export function Component() {
  const texts = useTexts();
  const { filter, ...filters } = usePullFilter();
  const { selected, open, close } = useSelectedName();
  const list = useList('listPulls', filter, { every: 30_000 });
  const columns = useColumns();
  return (
    <Page title={texts.title} about={texts.about} fill>
      <Filters {...filters} />
      <DataTable
        name="pulls"
        label={texts.title}
        columns={columns}
        list={list}
        rowId={(row) => row.pull_id}
        rowLabel={(row) => texts.name(row.client_nom, row.seq)}
        onOpen={(row) => open(row.pull_id)}
        openId={selected}
        empty={
          filters.isFiltered ? (
            <NothingFound texts={texts.notFound} onClear={filters.clear} />
          ) : (
            <EmptyState
              icon={IconPackageExport}
              title={texts.none.title}
              text={texts.none.text}
              action={
                <Button component={Link} to="/clients" variant="default">
                  {texts.none.clients}
                </Button>
              }
            />
          )
        }
      />
      <PullDetails id={selected} onClose={close} />
    </Page>
  );
}
