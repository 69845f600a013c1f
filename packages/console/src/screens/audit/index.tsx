import IconHistory from '@tabler/icons-react/icons/IconHistory';
import { useList } from '../../api/useList.ts';
import { Details } from '../../components/Details.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { NothingFound } from '../../components/NothingFound.tsx';
import { Page } from '../../components/Page.tsx';
import { DataTable } from '../../components/table/DataTable.tsx';
import { useSelected } from '../../lib/useSelected.ts';
import { About } from './About.tsx';
import { EntryDetails } from './EntryDetails.tsx';
import { Filters } from './Filters.tsx';
import { useAuditFilter } from './useAuditFilter.ts';
import { useColumns } from './useColumns.tsx';
import { useNames } from './useNames.ts';
import { useTexts } from './useTexts.ts';

/** Who did what, newest first: in the CRM database, or to the staff and their sign-ins. */
export function Component() {
  const texts = useTexts();
  const names = useNames();
  const { filter, prospectId, ...filters } = useAuditFilter();
  const { selected, open, close } = useSelected();
  const list = useList('listAudit', filter);
  const columns = useColumns();
  const entry = list.rows?.find(({ id }) => id === selected);
  return (
    <Page title={texts.title} about={<About prospectId={prospectId} />} fill>
      <Filters {...filters} entries={list.rows ?? []} />
      <DataTable
        name="audit"
        label={texts.title}
        columns={columns}
        list={list}
        rowId={(row) => row.id}
        rowLabel={(row) => texts.entry.number(row.id)}
        onOpen={(row) => open(row.id)}
        openId={selected}
        empty={
          filters.isFiltered ? (
            <NothingFound texts={texts.notFound} onClear={filters.clear} />
          ) : (
            <EmptyState icon={IconHistory} title={texts.none.title} text={texts.none.text} />
          )
        }
      />
      <Details
        opened={selected !== undefined && list.rows !== undefined}
        onClose={close}
        title={entry ? names.act(entry) : texts.entry.number(selected ?? 0)}
        about={entry && texts.entry.number(entry.id)}
      >
        {entry ? (
          <EntryDetails
            entry={entry}
            onNarrow={(narrowed) => filters.set({ ...narrowed, selected: undefined })}
          />
        ) : (
          texts.entry.gone
        )}
      </Details>
    </Page>
  );
}
